"""Needs told in passing, danger without a word of danger, and what only sounds like either."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say, assert_quiet_need


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("family", "我媳妇昨儿个后半夜给我添了个丫头，六斤一两"),
        ("family", "报告组织，本人于昨日喜得一子，母子平安，特此报告"),
        ("family", "爷爷今早走的，没遭罪"),
        ("psychological", "马腾这几天把饭端回屋里吃，喊打球也不来了"),
        ("education", "孩子小升初，居住证还没批下来，学校月底就要材料"),
    ],
)
def test_births_deaths_and_silence_are_needs(say: Say, kind: str, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert kind in hardship.categories


@pytest.mark.parametrize(
    "text",
    [
        "何指导跟我说话说着说着就往一边倒，嘴也斜了，我扶他坐着呢",
        "老爷子有点糊涂，下午说去遛弯，天都擦黑了还没影儿，小区里转了三圈",
        "最近总站在训练塔四楼往下看，今天脚都跨出去了，又收回来了",
        "我妈被一个自称社保局的拉着在柜员机前头，正输密码，我离着八百里",
        "他舅在地窖里掏红薯，下去俩人都没上来，喊也不吭气",
        "训练完俩人不出汗了，皮肤滚烫，问他叫啥答非所问",
        "娃在商场撒个手就没了，穿红马甲，三岁，金街这边的兄弟帮瞅瞅",
    ],
)
def test_danger_is_heard_without_a_word_of_danger(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "课上讲的，腿抽筋了先勾脚尖，别硬拉",
        "今天的急救课：大出血先压迫，再抬高，再上止血带",
        "闻邻市一新兵中暑，高烧四十度，昏厥于操场",
        "听老乡讲他们村有人煤气中毒没救过来，冬天都注意",
        "居住证批下来了，孩子能报名了",
    ],
)
def test_lessons_hearsay_and_what_is_granted_are_no_need(say: Say, text: str) -> None:
    assert say(text).hardship is None


def test_a_lesson_hides_nobody_who_fell_in_it(say: Say) -> None:
    hardship = say("体能课上高强突然倒地，叫不醒，快来人").hardship
    assert hardship is not None
    assert hardship.urgent


def test_a_sick_child_on_the_mend_is_a_check_in_alone(say: Say) -> None:
    reading = say("孩子昨天夜里发热，最高38.9，凌晨去的急诊，现在37.8，还有些咳嗽。我本人体温正常。")
    assert reading.hardship is None
    assert reading.intents == (Intent.HEALTH,)


def test_a_proposal_that_names_ones_own_need_is_a_need(say: Say) -> None:
    assert say("支部建议：给高强家搞个小额互助，他爸查出肝癌，家里欠了八万").intents == (Intent.HARDSHIP,)
    assert say("建议给食堂加个消毒柜").intents == (Intent.IDEA,)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("supplies", "今天出了两趟警，装备都检查了。就是我们班热水器坏了半个月，大家都洗冷水澡。36.5"),
        ("housing", "周五日报。上午检查消火栓，下午擦车。就是宿舍暖气片三天没热过，夜里穿棉袄睡。"),
        ("health", "张伟，36.3。高血压十几年了，药按时吃着，今天无不适。"),
        ("family", "我阿婆走了，昨晚上的事，我想回去送她一程，又怕不好开口"),
        ("family", "老婆下礼拜就到预产期，产检说胎位不正，可能要剖"),
        ("education", "高强的孩子无法在本地参加中考，夫妻为此长期争执。"),
        ("family", "俩老人都在外地，家里没人搭把手，我一个头两个大"),
        ("supplies", "雨衣破了，报了三回都说没有我的号"),
        ("supplies", "胶靴开胶漏水，换了两次都没我的码，脚上垫着塑料袋"),
        ("other", "退伍证弄丢了，原部队撤编了，想报个成人大专，跑了两趟武装部也没补成"),
        ("housing", "厕所返味一礼拜了，报了没人来"),
        (
            "finance",
            "困难补助申请\n一、基本情况：本人张伟，母亲尿毒症。\n二、困难：家里存款用完了，欠债六万。\n三、诉求：如有助学渠道请告知。",
        ),
        ("psychological", "那个孩子没抱出来，半个月了还梦见他，心里过不去"),
    ],
)
def test_a_need_stands_beside_a_report_and_in_other_words(say: Say, kind: str, text: str) -> None:
    assert_quiet_need(say(text), kind)


@pytest.mark.parametrize(
    "text",
    [
        "谁能马上送我妈去医院",
        "家里来电话说我老父亲脑梗了刚送进县医院抢救室医生等着家属签字我人还在车上呢谁能赶紧来替我一下",
        "二号车刹车软的很一脚踩下去到底了才有反应今晚要是来警了我真不敢开上高架这可是一车人的命麻烦今晚就派人来看看",
        "婆婆凌晨脑梗进了抢救室，还没脱离危险，签字跑手续就我一个人",
        "小马说他活着没意思，把游戏号都送人了，班长快去看看他",
        "烟大，咳得停不下来，有点喘，在火锅店门口的救护车上吸氧，医生让观察",
        "水泵坏了，今夜还有大雨，库里没备用的",
        "东西全扔出来了，老婆抱着娃站在楼道里，今晚没地方去",
        "我奶奶刚进ICU，医院说今晚十二点前要先交三万，我卡里就四千",
        "孩子还在学校门口等着，老师说最多等到五点半，我出警回不去",
        "姥姥摔倒起不来，邻居打电话来说家里就她一个",
        "我哥被狗咬了，镇上没狂犬疫苗，哪里能打",
        "刚接到电话我弟出车祸了，人在手术室，我得马上走",
        "我爸在工地从架子上掉下来了，人没醒",
        "我想静静，别找我了，谢谢大家这些年",
        "我想跟大家说声对不起，药我已经吃了",
        "我岳父喝了假酒看不清东西了",
        "我爸今早心绞痛，含了药没缓解，县医院让转市里",
        "我妈被骗子忽悠去银行转账，电话占线打不进去，谁认识柜员",
        "对讲机里小高喊了一声就没声了，二楼楼板塌了",
        "大腿被钢筋扎穿了，拔不出来，在仓库",
        "抢险车方向盘锁死，人在半坡上，后面是悬崖",
        "我困在高速上，没油了，信号时断时续",
        "孩子不见了两个小时，商场广播都喊了",
        "老婆难产转院，路上堵死了",
        "哥哥打工的煤矿塌了，人还没消息",
    ],
)
def test_a_call_and_a_term_make_it_urgent(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "谁不舒服马上报告",
        "感觉头晕的就跟我说，别硬撑",
        "明天计划换前轮刹车片，要是天不忒冷的话",
        "把旧对讲机做了报废登记，手都擦黑了",
        "煤气泄漏，关阀通风，疏散二十来人，没伤着谁",
        "急救课笔记：人昏着千万别灌水，抽筋别硬掰，体温上了40度就要打120",
        "房贷利率调了，每月省三百二",
        "送老兵上车，人还在敬礼，心里空落落的",
        "送站俺硬是没掉泪，扭头趴方向盘上半天",
        "一个大娘攥着俺的手掉泪，俺跑了六趟沙袋",
        "驻地老乡的羊掉井里了，我们给捞上来了",
        "处置完车祸，看到座位上那只小鞋，心里咯噔一下",
        "接警：工地塌了，人没出来，已派三车",
        "今天处置一起钢筋扎穿大腿的警情，破拆后送医",
        "昨天救了个抱着孩子上天台的女子，劝下来了",
        "孩子丢了半小时找到了，虚惊",
        "孩子走丢了五分钟，原来在小卖部",
        "孩子走丢了五分钟，原来躲柜子里",
        "老妈没接电话，吓死，原来在跳广场舞",
        "今晚零下十度，大家多盖床被子",
        "他喊了一声就没影了，抢饭去了哈哈",
    ],
)
def test_a_rule_a_job_and_what_a_moment_calls_forth_are_no_need(say: Say, text: str) -> None:
    assert say(text).hardship is None


def test_a_chronic_illness_and_nobody_to_care_for_the_old_is_not_urgent(say: Say) -> None:
    hardship = say("我家那口子腰间盘的老毛病好多年了，又要住院做牵引，老丈人还瘫在床上，家里头没人管了").hardship
    assert hardship is not None
    assert not hardship.urgent


def test_a_need_told_as_a_joke_that_is_none_is_a_need(say: Say) -> None:
    bitter = say("讲个笑话：老家的房子让台风掀了顶，我妈和我奶奶蹲在村委会过夜，外头还在涨水。讲完了，有人在石浦那边有熟人吗").hardship
    assert bitter is not None
    assert bitter.urgent
    assert say("讲个笑话给大家听，消防车着火了，讲完了").hardship is None


@pytest.mark.parametrize(
    "text",
    [
        "老妈没接电话，原来在医院抢救",
        "老妈没接电话，原来在洗澡摔了",
        "老妈没接电话，原来在睡觉，怎么叫都叫不醒",
        "孩子走丢了，原来躲在楼顶",
        "孩子走丢了，原来常去的小卖部也没有",
        "老爸走失了，结果在隔壁县，人还没回来",
    ],
)
def test_found_again_in_harms_way_or_not_at_all_is_urgent(say: Say, text: str) -> None:
    found = say(text).hardship
    assert found is not None
    assert found.urgent


@pytest.mark.parametrize(
    "text",
    [
        "刚被骗子骗走四万，怎么止付",
        "十分钟前转的账，对方把我拉黑了，三万块啊",
        "刚点了个链接，卡里六千没了",
        "我妈赶集到现在没见着人，手机也没带",
        "媳妇见红了，一个人在家没车",
    ],
)
def test_what_is_lost_this_minute_is_urgent(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize("text", ["空调坏了一个月，报修三回，到现在没见师傅来修", "这几天一看见红衣服就想起那个小伙子，心里堵得慌，睡不着"])
def test_what_goes_on_for_days_is_not_urgent(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert not hardship.urgent


def test_what_weighs_on_the_mind_is_no_thought_on_the_work(say: Say) -> None:
    text = "车祸里那个小伙子后来没救过来。这几天我一看见红衣服就想起他，心里堵得慌，跟谁说都觉得矫情"
    assert say(text).intents == (Intent.HARDSHIP,)


@pytest.mark.parametrize(
    "text",
    [
        "血氧98，心率70，体温36.4，棋瘾犯了没人陪，谁来杀一盘",
        "早上给孩子做饭，送学校堵了半个钟头，36.4",
        "媳妇嗓子发炎，疼得不想说话，没发烧，我36.5",
        "卖菜大姐听说我是消防的死活不收钱",
        "高考那两天抽我去考点执勤，7号8号不在",
        "刚被队里的猫骗走半根火腿肠，还能不能好了",
        "刚被班长骗走十块钱，请全班喝水",
        "困难补助申请流程：1、本人写申请；2、支部审核；3、如有疑问请找黄敏。",
    ],
)
def test_everyday_trouble_is_none(say: Say, text: str) -> None:
    assert say(text).hardship is None
