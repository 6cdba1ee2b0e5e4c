"""What is put right and what is taken back: of two values the wrong one is nobody's, and an opinion taken back is no retraction."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    "text",
    [
        "37.8打错咯，是36.8",
        "38.8写错了哈，应该是36.8",
        "刚才写的37.6是我眼花，36.8",
        "刚发那35.8是在风口里量的，进屋是36.8，改成这个",
        "班长，我报的36.8，表上登成38.6了，改一下",
        "手机给我打成38.6了，是36.8",
        "更正：我36.8（原写38.6）",
        "更正：我36.8（误写36.9）",
        "刚才37.9那条不作数，歇了半个钟头重测36.8",
    ],
)
def test_the_right_value_stands(say: Say, text: str) -> None:
    reading = say(text)
    assert (reading.correction, only(reading).temperature, only(reading).symptoms) == (True, 36.8, ())


def test_a_value_called_wrong_and_none_in_its_place(say: Say) -> None:
    assert say("我给打成39.6了").intents == (Intent.RETRACT,)


@pytest.mark.parametrize(
    "text", ["三十六度五，看错了，三十六度八", "这表不准，36.5", "36.5，培训改了地点", "36.5，记错时间差点迟到", "36.8是在食堂量的"]
)
def test_no_correction(say: Say, text: str) -> None:
    assert not say(text).correction


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("症状那栏填成腹泻了，其实是咳嗽，36.6", ("cough",)),
        ("写的是咳嗽，其实还头疼，36.6", ("cough", "headache")),
        ("勾了咳嗽，是有点咳，36.9", ("cough",)),
        ("我点成没症状了，其实咳嗽，36.9", ("cough",)),
        ("填成头疼了，是真的头疼，36.6", ("headache",)),
    ],
)
def test_a_symptom_ticked_by_a_slip(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    assert only(say(text)).symptoms == symptoms


def test_of_whom_a_value_is_that_the_speaker_wrote_down(say: Say) -> None:
    assert told(say("佳佳的体温我抄错一位，37.6该是36.6", "黄敏")) == {"宋佳": (36.6, (), True)}
    assert told(say("小张的体温我抄错了，我自己头疼，36.5", "李明")) == {"李明": (36.5, ("headache",), False)}
    assert told(say("三班的表订正两处：郑凯36.6（原写36.9），韩冰36.2（原写36.7）", "吴静")) == {
        "郑凯": (36.6, (), True),
        "韩冰": (36.2, (), True),
    }


def test_who_was_only_company_is_he(say: Say) -> None:
    assert told(say("我跟王磊在外头跑手续，他36.7我36.5")) == {"王磊": (36.7, (), True), "张伟": (36.5, (), True)}
    assert told(say("我36.4，爸妈在我这儿住着，也都正常")) == {"张伟": (36.4, (), True), "family:爸妈": (None, (), True)}


def test_a_value_of_all_who_were_named(say: Say) -> None:
    assert told(say("高强一直咳，云飞头疼，体温倒都是36.8", "李明")) == {
        "高强": (36.8, ("cough",), False),
        "赵云飞": (36.8, ("headache",), False),
    }
    assert told(say("我头疼，小马咳嗽，俩人都36.7", "刘洋")) == {"刘洋": (36.7, ("headache",), False), "马腾": (36.7, ("cough",), False)}
    assert told(say("高强咳嗽，云飞头疼，云飞36.8", "李明"))["高强"] == (None, ("cough",), False)
    assert told(say("高强咳嗽，云飞头疼，36.8", "李明"))["高强"] == (None, ("cough",), False)


def test_a_group_reported_anew_is_corrected(say: Say) -> None:
    reading = say("三班重报一遍：应到6，实到6，全员无异常。刚才那个实到5作废", "吴静")
    assert reading.intents == (Intent.CORRECTION, Intent.GROUP_REPORT)
    assert reading.group_report is not None
    assert reading.group_report.present == 6
    assert say("刚才一班应到6实到5那条作废", "李明").intents == (Intent.RETRACT,)


def test_a_difficulty_is_put_right(say: Say) -> None:
    assert say("更正：我爸住院垫付的医药费是两万三，不是三万二，家里实在凑不出").intents == (Intent.CORRECTION, Intent.HARDSHIP)
    assert not say("跟书记反映个情况：我妈一个人在县里，腿脚不行，家里没人照顾，看组织能不能帮帮").correction


@pytest.mark.parametrize(
    "text",
    [
        "上面嗰条唔算数，唔小心发咗",
        "发串了，都当没瞅见啊",
        "刚才那个不是我写的，孩子按的，不要登记",
        "我那条体温莫往上登，做不得准",
        "一班晨检数据我先撤下来，九点前重报",
        "手机在裤兜里自己发出去一串数字，无视即可",
        "收回刚才骂人的话和那条日报，作废",
        "取消请假，明天正常上班",
        "周五的假我不休了，照常排班",
    ],
)
def test_taken_back(say: Say, text: str) -> None:
    assert say(text).intents == (Intent.RETRACT,)


@pytest.mark.parametrize(
    "text",
    [
        "收回我上午的话，今天的鱼能吃",
        "这谁发的购物链接，发错群了吧老铁",
        "删了那段视频吧，太丑",
        "那幅字不是我写的",
        "这个活动不要登记了",
        "水带收回来了",
        "战备期间所有请假取消，一律在岗",
        "过期假条作废，重新写",
        "刚才群里那个文件发错了，看这个",
    ],
)
def test_not_taken_back(say: Say, text: str) -> None:
    assert not say(text).retract


@pytest.mark.parametrize("text", ["昨天写的是36.8", "三十六点三人没事", "36.5人精神着呢"])
def test_values_are_not_lost(say: Say, text: str) -> None:
    assert only(say(text)).temperature is not None


@pytest.mark.parametrize(
    "text",
    [
        "不对，拉肚子的是马腾不是谢天，马腾36.9",
        "错了，不是王磊是王小磊发烧",
        "日报里写错一处，今天出警一次，没有两次，麻烦改过来",
        "出差改到周四，周六回",
        "婚假推到六月",
        "早上报的改成36.9",
        "刚才那条改成没咳嗽",
    ],
)
def test_what_was_reported_is_put_right(say: Say, text: str) -> None:
    assert say(text).correction


@pytest.mark.parametrize(
    "text",
    [
        "白天出了三趟警，一趟电瓶车，两趟是误报，器材已归位",
        "给小学讲课，口误三次，孩子们笑成一片，明天再去一所",
        "爬绳爬到一半手滑下来了，明天接着练",
        "整理更正台账四十条，明天复核",
        "上午看了两个站的厨房，回来就把预算里修车那块改了，下周上会",
        "今天练的预案背到第四遍才不串行",
        "36.3，昨天磨破了手，不耽误打字",
        "36.5，今天的字帖抄错两个",
        "讲解时嘴瓢好几次，明天把稿子背熟",
        "3.64，哎手抖，36.4",
        "38…不对看反了，36.7",
        "大伙体问都齐了36.4（打错字了）",
        "今天体温36.5，改到下午练",
        "36.5，错过早饭了",
    ],
)
def test_a_slip_of_work_or_of_the_same_breath_corrects_nothing(say: Say, text: str) -> None:
    assert not say(text).correction


@pytest.mark.parametrize(
    "text",
    [
        "本月器材清点差两个库房，挪到下周一",
        "36.4，体能考核改到周四了",
        "今天灭火操换成了爬梯，36.5",
        "小谢的站姿毛病改过来了，36.5",
        "新来的老记混水带型号，36.6",
        "老把水带接口搞反，练了一上午，36.5",
    ],
)
def test_another_plan_another_habit_is_no_correction(say: Say, text: str) -> None:
    assert not say(text).correction


@pytest.mark.parametrize(
    "text",
    [
        "发串了，不是给你们的",
        "哎呀发岔了，给我姐的",
        "点错了，别登记",
        "昨儿说的假不请了",
        "刚才请的假作废吧，不用去了",
        "上午说的调休黄了，继续上班",
    ],
)
def test_taken_back_in_plain_words(say: Say, text: str) -> None:
    assert say(text).intents == (Intent.RETRACT,)


@pytest.mark.parametrize(
    "text", ["工资发岔了，找财务问问", "快递发串了", "作训服颜色发混了", "证件作废了，去补办", "请假条作废了，重写一张"]
)
def test_things_sent_wrong_take_nothing_back(say: Say, text: str) -> None:
    assert not say(text).retract


@pytest.mark.parametrize(
    "text",
    [
        "更正：夜里出动是5次，不是15次",
        "订正下午的小结，我写成两栋楼了，实际是三栋，水源也查了",
        "更正，周计划里的演练不是周三，是周五",
        "日报（更正）：今天巡查12家，换灯三盏",
        "昨天报的巡查数是12家，写成21家了",
        "刚才周报里培训人数多写了十个，是四十五人",
    ],
)
def test_the_old_and_the_new_of_an_account(say: Say, text: str) -> None:
    assert say(text).intents == (Intent.CORRECTION, Intent.REPORT)


@pytest.mark.parametrize("text", ["更正：食堂今晚七点开饭，不是六点", "更正：昨晚打牌是我赢了，不是他", "更正一下，快递是3号柜，5号柜空着"])
def test_what_was_never_reported_is_no_account(say: Say, text: str) -> None:
    assert say(text).intents == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我36.7，刚才手滑发了38.7", 36.7),
        ("三十六度九，哎呀不是，三十六度七", 36.7),
        ("36.9——哦不是，36.7", 36.7),
        ("早上报的36.9改成36.7吧", 36.7),
        ("我的体温由36.9更正为36.7", 36.7),
        ("36.9→36.7，更正", 36.7),
        ("我是36.7，不是37.6", 36.7),
        ("36.7不是37.6。", 36.7),
    ],
)
def test_the_last_value_that_is_meant_stands(say: Say, text: str, value: float) -> None:
    assert only(say(text)).temperature == value


def test_whether_it_was_changed_is_asked(say: Say) -> None:
    assert say("王磊的改成36.9了吧").intents == ()


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("咳嗽的不是王磊，是李明", "李明"),
        ("发烧的不是我，是王磊", "王磊"),
        ("不是王磊咳嗽，是李明咳嗽", "李明"),
        ("我早上报的咳嗽填错行了，咳嗽的是谢天", "谢天"),
        ("头疼的不是王磊，是我", "张伟"),
        ("咳嗽的不是我一个人，大家都有点", "张伟"),
    ],
)
def test_who_has_it_in_the_place_of_another(say: Say, text: str, person: str) -> None:
    assert only(say(text)).person == person


def test_it_is_somebody_of_no_roster(say: Say) -> None:
    assert only(say("我没发烧，发烧的是隔壁老王")).symptoms == ()
    assert say("烧的不是我，是灶台").intents == ()
    assert only(say("我不咳，咳嗽的是因为烟大")).symptoms == ("cough",)


def test_nobody_knows_who_has_it(say: Say) -> None:
    assert say("咳嗽的不是王磊").intents == ()


@pytest.mark.parametrize(
    "text",
    [
        "一班应到6实到6，不对，实到5，高强请假，其余正常",
        "一班应到6，实到6有误，应为5，高强请假，其余正常",
        "一班应到6，实到报成6了，应该是5，高强请假，其余正常",
        "一班应到6，刚报的实到6改成5，高强请假，其余正常",
    ],
)
def test_a_count_that_is_put_right(say: Say, text: str) -> None:
    group = say(text, "李明").group_report
    assert group is not None
    assert (group.expected, group.present, group.exceptions) == (6, 5, ("高强",))


@pytest.mark.parametrize(
    "text",
    [
        "上面那条请各位略过",
        "作废。刚才那份体温我填串行了",
        "刚才替二班报的先别认，他们自己报",
        "上面那个是给我爸报平安的，别往表里记",
    ],
)
def test_what_was_sent_is_taken_back(say: Say, text: str) -> None:
    assert say(text).intents == (Intent.RETRACT,)


@pytest.mark.parametrize(
    "text",
    [
        "刚才视频里那段我舍不得删",
        "本周安排：周四考核，补考不算数",
        "昨天起夜里抱着孩子发愣，她啥也不说",
        "昨天那段视频谁存着？？删了",
        "警铃录音明天放，听见别当真",
    ],
)
def test_other_words_of_taking_back(say: Say, text: str) -> None:
    assert not say(text).retract


@pytest.mark.parametrize("text", ["刚才那条不用看了，人从三楼掉下去了，快来", "刚才娃吐了，孩子发烧39.5抽过去了，快叫车"])
def test_a_pressing_need_is_not_silenced_by_words_of_taking_back(say: Say, text: str) -> None:
    reading = say(text)
    assert not reading.retract
    assert reading.hardship is not None
    assert reading.hardship.urgent


def test_a_group_that_was_counted_wrong_is_put_right(say: Say) -> None:
    reading = say("数岔了，一班实到5个，高强拉菜没回，其余正常", "李明")
    assert reading.intents == (Intent.CORRECTION, Intent.GROUP_REPORT)


def test_a_report_that_was_for_another_is_put_right(say: Say) -> None:
    reading = say("刚才报的正常是替王磊报的，我37.1头疼")
    assert (reading.correction, only(reading).temperature, only(reading).symptoms) == (True, 37.1, ("headache",))


@pytest.mark.parametrize(
    "text", ["36.9->36.5", "36.9→36.5", "我的36.9=>36.5", "更正：36.9->36.5", "改一下 36.9-->36.5", "写错了36.9，应该36.5"]
)
def test_an_arrow_and_should_be_put_the_new_value_in_the_place_of_the_old(say: Say, text: str) -> None:
    reading = say(text)
    assert (reading.correction, only(reading).temperature) == (True, 36.5)


@pytest.mark.parametrize(("text", "value"), [("38.9->36.5", 38.9), ("37.6→37.2→36.9", 37.6), ("早上36.3->晚上36.8", 36.8)])
def test_of_how_a_temperature_went_the_highest_stays(say: Say, text: str, value: float) -> None:
    reading = say(text)
    assert (reading.correction, only(reading).temperature) == (False, value)


@pytest.mark.parametrize("text", ["体温>37.3的不要来", "体温≥37.3请报告"])
def test_a_bound_is_no_arrow(say: Say, text: str) -> None:
    assert not say(text).checkins
