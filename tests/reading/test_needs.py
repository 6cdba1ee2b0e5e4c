"""Needs in many people's words: what they are made of, what makes them urgent, and what undoes them."""

import pytest

from handlers.reading.lexicon import Lexicon
from tests.reading.conftest import Say

NEEDS = [
    ("health", "腰椎间盘突出压迫神经，左腿一直麻，大夫说不能再负重了"),
    ("health", "肩袖撕裂还没好，举不过头顶，等着排期手术"),
    ("family", "爷爷得了老年痴呆，老往外跑，奶奶一个人看不住"),
    ("family", "我妈跟我媳妇闹翻了，一个回老家一个回娘家，孩子没人管"),
    ("family", "二胎刚满月，媳妇堵奶发烧，老大又没人送幼儿园"),
    ("finance", "看病垫了两万多，报销单子交上去三个月了还没信"),
    ("finance", "爸厂子倒了，欠着工人的钱，我妹下学期学费还没影呢"),
    ("finance", "俺家大棚让雪压塌了仨，一年的柿子全冻了"),
    ("psychological", "打那天以后一闭眼就是那张脸，不敢跟家里说"),
    ("psychological", "最近什么都提不起劲，跟谁都不想说话"),
    ("work", "连着值了十七个班了，替班的人都被抽走了，再这么顶下去人要垮"),
    ("work", "后勤就我一人管五个库，实在转不开"),
    ("supplies", "无人机电池鼓包了四块，就剩一块能飞，真来任务顶不住"),
    ("supplies", "八个人只有五副隔热手套，轮流戴，已经磨穿两副了"),
    ("housing", "营房顶楼夏天跟蒸笼似的，半夜能热醒三回"),
    ("housing", "房东突然要卖房，让我们十五号之前腾干净"),
    ("education", "儿子小升初，户口还在乡下，城里学校说啥都不给上"),
    ("other", "跟隔壁起了争执，人家把我们告了，下月开庭，家里没一个懂的，请律师又没钱"),
    ("other", "我妹让前夫天天跟踪，报警也就是调解"),
]


@pytest.mark.parametrize(("kind", "text"), NEEDS)
def test_a_need_is_read_from_what_it_consists_of(say: Say, kind: str, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert kind in hardship.categories


@pytest.mark.parametrize(
    "text",
    [
        "大半夜烧到39.1，浑身酸疼，下床都站不住，宿舍就我自己，对讲没人应，看到的来个人吧",
        "艾力肚子疼得在地上打滚，汗把衣服都湿透了，谁能找个车送医院",
        "刚爬完三十楼，歇了二十分钟还是喘不上来气，越坐越憋，班长你来看看我",
        "胸口憋得喘不上气，左胳膊发麻，我一个人在泵房",
        "老魏在训练塔上摔下来了，叫不答应，头上有血",
        "刚接我妹电话说我爸喝农药了，救护车说路上雪大得一个多小时",
        "闺女误吞了纽扣电池，医院说取不了让马上转沈阳，我这边没车",
        "娃儿被鱼刺卡住脸都发紫了",
        "我女儿放学到现在没回家，手机关机，急死人了",
        "弟弟失踪三天了，家里正到处找",
        "媳妇带孩子让暴雪堵在国道上了，车没油了，电话打不通了",
        "我们还困在村小学，四十多个人，干粮只够今晚",
        "司机卡在驾驶室里，腿一直在流血，请求支援",
        "灶台煤气管老化了，胶皮都裂了，闻着一股味",
        "讨债的人现在就在我家门口砸门，家里只有我老婆和两个孩子",
        "快来人帮我劝劝老徐，已经转了三万，还要转，门反锁了，敲不开也不听我的",
        "最近总冒一个念头，要是哪次冲进去别出来就好了，反正也没人等",
        "要是能睡过去别再醒就好了，活着太累",
        "老周趴地上不动了，喊他也不吱声，赶紧上三楼",
        "手被卷帘门压断了两根手指，血一直往外冒",
        "被马蜂蜇了十几下，喉咙发紧喘不动，离最近的卫生所二十里",
        "老吴说心口像被人攥住，脸都灰了，一头的汗",
        "我妈刚给我打视频，半边脸是歪的，一只手抬不起来",
        "切菜把手腕割了，按不住，毛巾都透了",
        "液化气罐阀门拧不上了，嘶嘶往外喷，炊事班先撤出来了",
        "值班室楼下变压器着了，火苗窜到二楼窗户",
        "我在三号井下面，气瓶压力快没了，上面的人听见回一声",
        "前姐夫提着菜刀在我姐家楼下，我姐不敢开门",
        "我爸早上去地里到现在天黑了都没回，全村都在找",
        "幼儿园打电话说娃被一个女的领走了",
        "山洪下来了，我爹妈那片全淹了，手机一直没人接",
        "他让我把钱转到保全账户，刚转了两笔，还让我别挂电话",
        "媳妇产后血止不住，血库B型告急，哪位兄弟是B型",
        "撑不住了，真的撑不住了，各位保重，手机我关了",
        "昨晚他又拿刀片划自己，我劝不住",
        "有时候站在训练塔顶上，就想往前迈一步",
        "爱人产后抑郁，刚发信息说抱着孩子在江边，不接电话",
        "我现在就坐在桥栏杆上，跟你们说声再见",
    ],
)
def test_what_cannot_wait_is_urgent_in_any_words(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "谁宿舍有多的衣架，急用",
        "楼下快递到了，谁去搬一下，快点",
        "电影里那个男主最后跳楼了，看得我难受",
        "又要考理论了，想死",
        "谁在楼顶？帮我看下旗子收了没",
        "卡在最后一关过不去了，谁会打",
        "我被堵在环城路上了，晚到十分钟",
        "油卡压在登记本下面，接班的同志自己拿",
        "今天操场谁带操，我嗓门小，别找我",
        "对着打卡机喊了三遍36.5也没反应，谁管这个",
        "除夕的抓饭我做，十二个人够不够？",
        "昨晚跳楼警情一起，女子被成功劝下，已移交派出所",
        "救下来那个轻生的姑娘今天托人送了封信",
        "安全提示：取暖器旁别烤鞋垫，去年有位老人煤气中毒",
        "刚刷到一个新闻，外省一位消防员父亲病重，网友捐了好多款",
        "多谢各位惦记，老爷子前天出院了，能自己走了",
        "三年前我爱人做手术，是队里帮着联系的医生，这份情一直记着",
        "今天班长没骂我，也没罚我",
        "食堂的鱼刺卡我喉咙了，喝两口醋好了",
        "借我充电宝，手机快没电了，救命",
        "我闺女在江边放风筝呢，发张照片你们看看",
        "烧烤摊的火窜到半米高，老板淡定得很",
        "什么都不用管了，休假真好",
        "密码我写在纸条上转交给小张了，以后不用找我要",
        "孩子在姥姥家玩疯了，到现在还没回家，哈哈",
        "云飞别慌，O型血的现在都来值班室门口集合",
        "急救常识：心梗的信号是胸痛、大汗、喘不上气，贴在每个车库门口",
        "处置一起老人走失警情，两小时后在公园找到，交给家属",
        "出警途中遇老人突发心梗，协助120送医，家属道谢",
        "处置变压器起火一起，断电后用干粉扑灭，无人员伤亡",
        "配合民警劝导一名欲跳桥女子，最终安全带回",
        "思想汇报：看到群众房子被淹，更觉得肩上担子重",
        "你爸住院了？啥时候的事",
        "失眠了一宿，36.4，别的没有",
    ],
)
def test_near_misses_are_no_need(say: Say, text: str) -> None:
    assert say(text).hardship is None


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("我妈又走丢了，到现在没找到", True),
        ("岳母老年痴呆，昨晚又走丢了，找回来时脚都冻肿了", False),
        ("我爱人产后大出血抢救过来了，孩子还在保温箱", False),
        ("我爱人产后大出血，血库告急，谁是B型血", True),
    ],
)
def test_what_is_out_of_danger_stays_a_need_and_is_not_urgent(say: Say, text: str, urgent: bool) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent is urgent


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("听说隔壁支队有人病危住院了", False),
        ("二班小谷他妈脑出血在ICU呢，听说一天一万多", True),
        ("听说我爸又住院了，家里瞒着我", True),
        ("今天去家属院查出来十一处飞线充电", False),
        ("我妈住家属院，昨天查出来肿瘤，没人陪护", True),
        ("手套够不够用，不缺吧", False),
        ("别问手套够不够了，八个人就五副，都磨穿了，没得换", True),
    ],
)
def test_hearsay_traps_and_questions_undo_only_what_they_speak_of(say: Say, text: str, there: bool) -> None:
    assert (say(text).hardship is not None) is there


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("没钱给我妈交住院费了，还差三万", {"health", "family", "finance"}), ("父亲欠债被起诉，工资大半替他还", {"family"})],
)
def test_a_need_beside_a_word_of_the_family_is_the_familys_too(say: Say, text: str, wanted: set[str]) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert wanted <= set(hardship.categories)


def test_a_face_is_no_laughter_and_a_sticker_is(say: Say, lexicon: Lexicon) -> None:
    assert say("同宿舍的老吴脸都灰了，心口像被人攥住，一头的汗").hardship is not None
    assert not lexicon.finds("frames.joke", "脸都灰了")
    assert lexicon.finds("frames.joke", "又要加班[捂脸]")
