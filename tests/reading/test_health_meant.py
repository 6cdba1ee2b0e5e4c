"""What is meant of health: pains told on in the next clause, lessons and illnesses of others, numbers of things and places."""

import pytest

from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("头一阵一阵疼，体温倒是36.8", ("headache",)),
        ("头一动就晕，36.5", ("dizziness",)),
        ("腰比前两天好点，还是疼，今天36.5", ("other",)),
        ("眼睛让沙子打了 红着呢 疼 36.5", ("other",)),
        ("嗓子好多了，还有点痒，36.5", ("sore_throat",)),
        ("洗澡水烫了一下，小腿红了巴掌大一片，36.4", ("injury",)),
        ("脚脖子消肿了但走路还疼，36.6", ("injury",)),
        ("昨天训练膝盖磕台阶上，青了一块，弯腿疼，36.4", ("injury",)),
        ("昨天抬泵腰扭了一下，弯腰费劲，36.6", ("injury",)),
        ("伤口有点发炎，36.6", ("injury",)),
        ("看电脑头晕，36.5", ("dizziness",)),
        ("近来夜里两三点便醒，再难入睡，36.4", ("insomnia",)),
        ("娃闹了一宿，没睡好，36.5", ("insomnia",)),
        ("胃胀得疼，36.6", ("stomach_pain",)),
        ("人还虚，36.6", ("fatigue",)),
        ("还有点鼻音，36.6", ("runny_nose",)),
        ("走路踩棉花似的，36.6", ("dizziness",)),
        ("腿肚子转筋，36.6", ("other",)),
        ("脑子嗡嗡的，36.6", ("other",)),
        ("三天没解大手了，36.6", ("other",)),
        ("闻啥都没味，36.6", ("taste_loss",)),
        ("捂两床被子还哆嗦，36.6", ("chills",)),
        ("手被油溅了几个泡，36.6", ("injury",)),
        ("小腿被铁丝剐了一道，36.6", ("injury",)),
        ("脚趾甲盖掉了，36.6", ("injury",)),
        ("嘴里发苦，吃啥不香，36.6", ("other",)),
        ("手背上次烫的泡破了，贴了纱布还疼 36.4", ("injury",)),
        ("海鲜过敏，嘴唇肿得像香肠，36.5", ("other",)),
        ("磕了一下，嘴唇肿了，36.5", ("injury",)),
        ("这几天忙得一直头晕", ("dizziness",)),
        ("又拉又吐，36.9", ("diarrhea", "vomiting")),
        ("这两天大便不通，36.6", ("other",)),
        ("耳朵里像进了水，听不清，36.6", ("other",)),
        ("胸口发紧，爬楼梯要歇两回，36.6", ("breathless",)),
        ("脚底起了俩泡，走路一瘸一拐，36.6", ("injury",)),
        ("纸巾用掉一整包，36.6", ("runny_nose",)),
        ("说话没声儿了，36.6", ("sore_throat",)),
        ("连着三天没睡个囫囵觉，36.6", ("insomnia",)),
        ("跟腱那块疼，36.6", ("other",)),
        ("伤口没长好，碰着还疼，36.6", ("injury",)),
        ("腰跟断了一样，36.6", ("other",)),
        ("后背跟压了块石头，36.6", ("other",)),
        ("怕是感冒了，36.6", ("other",)),
        ("崴了脚，没伤着骨头，36.6", ("injury",)),
        ("昨儿夜里骑电驴子摔沟里了，头还有点晕，36.7", ("dizziness",)),
        ("猫着腰钻进去，膝盖磕青了，36.5", ("injury",)),
        ("练挂钩梯膝盖擦破皮，涂了碘伏😅", ("injury",)),
        ("胳膊抬不起来，酸，36.5", ("muscle_pain",)),
        ("指甲盖掀了，疼得直抽，36.6", ("injury",)),
        ("脚上磨出水泡了，36.5", ("injury",)),
        ("脸煞白，喘不上气，36.5", ("breathless",)),
        ("胳膊腿都疼，36.9", ("muscle_pain",)),
        ("从早上一直在吐，36.7", ("vomiting",)),
        ("听见狗叫醒了，头疼，36.6", ("headache",)),
        ("今天带了七百多个市民体验，嗓子喊得火辣辣地疼，36.5", ("sore_throat",)),
        ("过敏性选手上线，胳膊起了一片红疹子，36.4", ("rash",)),
        ("胳膊让虫子咬了一片疙瘩，36.7", ("rash",)),
        ("嗓子疼，班我跟佳佳换好了，36.5", ("sore_throat",)),
        ("鼻子塞得只能张嘴喘气，36.7", ("runny_nose",)),
        ("腰背酸痛已到第三日，直不起身，36.4", ("muscle_pain",)),
        ("人在兰州头疼，37度2", ("headache",)),
        ("没有请假的也没有嗓子疼的，就我咳嗽，36.5", ("cough",)),
    ],
)
def test_a_complaint_is_heard_wherever_it_goes_on(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    checkin = only(say(text))
    assert (checkin.person, checkin.symptoms, checkin.healthy) == ("张伟", symptoms, False)


@pytest.mark.parametrize(
    "text",
    [
        "37.0。不算烧。干活去了。",
        "36.5，昨天摔了一跤，没伤着",
        "36.5，怕感冒多穿了一件",
        "36.5，喝姜汤预防感冒",
        "36.8，烧倒是没有",
        "36.4，腰板挺直",
        "36.2，估计探头也冻着了",
        "废轮胎烧起来了。36.6，人没事",
        "拆线啦，伤口长好了，36.4，毫无不适，缝了九针的汉子回归",
        "3.65，哎手抖，36.5",
        "体温36.4，身体没毛病。从我妈病了以后这半年一个人撑着",
        "张伟 正常，吃了两个馕",
        "体温枪没电了 先报个正常呗",
        "36.4，正常。愚人节的玩笑还是少开一些为好。",
    ],
)
def test_who_only_mentions_illness_is_well(say: Say, text: str) -> None:
    checkin = only(say(text))
    assert (checkin.person, checkin.symptoms, checkin.healthy) == ("张伟", (), True)


@pytest.mark.parametrize(
    "text",
    [
        "学习材料：冬季一氧化碳中毒初期会头晕、恶心、乏力，发现后先开窗再救人。",
        "身上不爽利的，超37.3的，先报班长再去卫生室，别硬扛。",
        "一出现头晕、恶心、胸闷立即停训报告，不算孬种",
        "支队通报：某站队员训练不戴手套，手掌撕裂，各班引以为戒",
        "《冬季取暖防一氧化碳中毒，头痛恶心要警惕》大家转给家里老人看看",
        "幼儿园又发通知了，说隔壁班有三个流感的，发现孩子发热马上接回家",
        "一中暑就头晕恶心，大家出警前把藿香正气水带上",
        "（转发）某市一单位食堂多人腹泻发热，原因正在查",
        "听讲隔离街陈伯发烧三日冇人理",
        "会唱的带嗓子 嗓子疼的也来 坐着听就行",
        "清明禁烧的宣传单在我办公室",
        "水带接口65，压力36.5",
        "体温正常的可以走了",
        "老李请客，别拉肚子",
        "开会开到想吐",
        "听他唱歌耳朵疼",
        "我看见数学题就头晕",
        "这天热得能中暑",
        "医院里全是发烧的",
        "有没有治嗓子疼的药",
        "各位注意，最近流感多发，咳嗽发热及时就医",
        "中午的鱼36.8一条",
        "被救老人体温35.2，已经保暖",
        "有个战士训练扭伤了脚",
        "嗓子疼可以含金银花",
        "体温枪坏了，量谁都是34.2",
        "外婆屋头的老房子被水泡垮了",
        "我把攒钱买的二手车撞了，人没事",
        "俺那防蜂服破了个口子，拿胶带缠着穿",
        "那把椅子的靠背断了两个月",
        "班里有四个人拿创可贴贴烫伤，我看着来气",
        "送中暑的工友到医院",
        "前四回咳嗽似的吐一口停一口",
        "刹车踩下去一脚软一脚硬",
        "机房里头快四十度了",
        "我们那会儿当兵，手冻得跟胡萝卜似的",
        "救回来的那个吐了我一袖子水",
        "大伙都抱着凉席睡车库",
        "换了两条轮胎，一条扎了三个钉子",
        "我爸等结果呢，我离这么远一点劲使不上",
        "电视上说南方有地方41度了",
        "兰州37度，黄河边走走倒凉快",
        "36.5度的咖啡是什么温吞水，店家退款",
        "对面那家牛肉面涨到36.5一碗了",
        "双十一买了36.9一包的尿不湿，要凑单的喊我",
        "三八五，我说的是那个泵，不是体温",
        "王小磊你是37.5？再量一次",
        "退烧药到底是37.5就吃还是38.5再吃？",
        "36.55算36.5还是36.6",
        "别再把36.5填到姓名那列",
        "王先生发烧了",
        "电话调通了",
        "水退了",
    ],
)
def test_what_is_told_of_others_and_of_things_leaves_nothing(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("三十六度……八，嗯，八", 36.8),
        ("归队第1天 三六。五", 36.5),
        ("ty36.2", 36.2),
        ("今天一切都好 wendu36.3", 36.3),
        ("身体36.5倍棒", 36.5),
        ("现在躺值班室38.9", 38.9),
        ("36.5。三点集合", 36.5),
        ("凯子那个洋温度计，换算下来36点7，没事", 36.7),
        ("更正：早上发的那行应是36.7不是37.6", 36.7),
        ("36.6。泵房6度，泵体38，都别冻着", 36.6),
        ("更正 36.9误 实36.3", 36.3),
        ("更正，刚才那个37.4是被窝里量的，起来凉快了重测36.6", 36.6),
        ("39度的高烧，难受", 39.0),
        ("37.5？不会吧，真烧了", 37.5),
        ("丫头说圣诞老人也要系安全绳 36.5", 36.5),
        ("36.5，不是体温计坏了吧", 36.5),
        ("一下午量了三回 37.6→37.2→36.9", 37.6),
    ],
)
def test_the_number_that_counts(say: Say, text: str, celsius: float) -> None:
    checkin = only(say(text))
    assert (checkin.person, checkin.temperature) == ("张伟", celsius)


@pytest.mark.parametrize("text", ["33.2", "46.5 在站"])
def test_a_value_that_nobody_has_alone_is_a_slip(say: Say, text: str) -> None:
    assert (only(say(text)).temperature, only(say(text)).implausible) == (None, True)


def test_who_is_meant(say: Say) -> None:
    assert told(say("天儿自己说37.0")) == {"谢天": (37.0, (), True)}
    child = say("36.5\n家里娃昨晚烧到38.6\n今天早上退了点37.8").checkins
    assert [(c.person, c.date.day, c.temperature) for c in child] == [("张伟", 4, 36.5), ("family:娃", 3, 38.6), ("family:娃", 4, 37.8)]
    assert told(say("365 媳妇364 丫头366")) == {"张伟": (36.5, (), True), "family:媳妇": (36.4, (), True), "family:丫头": (36.6, (), True)}
    assert told(say("我36.4。先生昨晚起上吐下泻")) == {"张伟": (36.4, (), True), "family:先生": (None, ("diarrhea", "vomiting"), False)}
    assert told(say("我36.5 小朋友36.7")) == {"张伟": (36.5, (), True), "family:小朋友": (36.7, (), True)}
    assert told(say("我和小杜一起量的，两个人体温都正常")) == {"张伟": (None, (), True), "杜若飞": (None, (), True)}
    assert told(say("娃今天打疫苗，37.6，吃奶照常。我自己36.5。")) == {"family:娃": (37.6, ("fever",), False), "张伟": (36.5, (), True)}
    assert told(say("娃哭了一晚上，38.5")) == {"family:娃": (38.5, ("fever",), False)}
    assert told(say("妈打电话说头疼")) == {"family:妈": (None, ("headache",), False)}
    assert told(say("一班6人实到5人，高强休假，在位的都正常，我自己36.5")) == {"张伟": (36.5, (), True)}


def test_a_heading_gives_its_day_to_the_lines_below(say: Say) -> None:
    found = say("昨日漏报补录2人：\n罗一鸣｜36.5\n沈冬｜36.4")
    assert [(c.person, c.date.day, c.temperature) for c in found.checkins] == [("罗一鸣", 3, 36.5), ("沈冬", 3, 36.4)]
    both = say("36度5。昨天的写错了，不是38度6，是36度8，更正一下")
    assert {c.date.day: c.temperature for c in both.checkins} == {4: 36.5, 3: 36.8}


@pytest.mark.parametrize(
    ("text", "numbers", "exceptions"),
    [
        ("一班 应6到5 磊子外培 其余正常", (6, 5), ("王磊",)),
        ("二班今天到5个，应到6，欧阳朔请假陪母亲，其余体温正常", (6, 5), ("欧阳朔",)),
        ("一班齐，6个。高强37.5，已让他去医务室，其他五个正常", (6, 6), ("高强",)),
        ("应到6人，实到5人。\n欧阳朔休陪产假。\n王小磊37.5，已安排就医。\n其余正常。", (6, 5), ("欧阳朔", "王小磊")),
        ("二班应到6实到6没有请假的也没有发烧的就是王小磊一直在咳体温三十六度七我让他多喝水别的五个都好", (6, 6), ("王小磊",)),
    ],
)
def test_who_is_ill_in_a_group(say: Say, text: str, numbers: tuple[int, int], exceptions: tuple[str, ...]) -> None:
    report = say(text).group_report
    assert report is not None
    assert ((report.expected, report.present), report.exceptions) == (numbers, exceptions)
