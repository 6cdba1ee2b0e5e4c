"""Health as people of many places tell it: dialects, kin, figures, injuries, other units; and what only sounds like it."""

import pytest

from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("嗓子快劈了，36.7", ("sore_throat",)),
        ("一宿木合眼，36.6", ("insomnia",)),
        ("冇瞓好，36.6", ("insomnia",)),
        ("味觉嗅觉皆失，36.7", ("taste_loss",)),
        ("咳嗽，味道没有了，36.5", ("cough", "taste_loss")),
        ("拉了三趟肚子，36.7", ("diarrhea",)),
        ("胃头一抽一抽痛，36.7", ("stomach_pain",)),
        ("两条腿杆肉痛得下不了楼，36.6", ("muscle_pain",)),
        ("36.8，唔舒服", ("other",)),
        ("一点劲都木有，36.8", ("fatigue",)),
        ("耳朵里头像钻了只知了，嗡嗡响了一早上，36.6", ("other",)),
        ("身上捂出一片疹子，36.5", ("rash",)),
        ("怕是中暑哒，头晕，36.9", ("dizziness",)),
        ("右手背烫了，起了俩水泡，36.6", ("injury",)),
        ("端火锅烫手背上了 起个泡 36.6", ("injury",)),
        ("拿刀背敲到大拇指，有点青，不影响炒菜。36.4", ("injury",)),
        ("搬器材砸到脚面了 有点青 36.5", ("injury",)),
        ("今天像被人抽了电池，体温倒没事36.4", ("fatigue",)),
        ("闷得像木鱼脑壳 36度2", ("headache",)),
        ("踩空滑倒了，胯骨疼，36.5", ("injury",)),
        ("猫把我手背抓破了，36.5", ("injury",)),
        ("36.6，姨妈驾到，肚子疼得直不起腰", ("stomach_pain",)),
        ("额头滚烫，36.9", ("fever",)),
        ("隔壁装修叮叮咚咚，一宿没合眼，36.7", ("insomnia",)),
        ("大夫讲莫得大事，头还是昏，36.8", ("dizziness",)),
        ("上楼救猫，这会儿嗓子疼，37.0", ("sore_throat",)),
        ("姓名：张伟\n体温：36.5\n备注：嗓子疼", ("sore_throat",)),
        ("手让机器夹了，36.5", ("injury",)),
        ("昨天打完球膀子痛惨了，36.5", ("muscle_pain",)),
        ("打错，唔系咳，系喉咙痛，36.8", ("sore_throat",)),
        ("好不容易跑完操，嗓子疼得很，36.6", ("sore_throat",)),
        ("郑凯出差到周五，我嗓子疼", ("sore_throat",)),
        ("写材料写得颈椎疼，36.5", ("other",)),
        ("咽唾沫嗓子眼硌得慌，36.7", ("sore_throat",)),
        ("小肚子坠得慌，36.5", ("stomach_pain",)),
        ("一阵热一阵冷的，36.9", ("chills",)),
        ("半夜热醒三回，36.8", ("insomnia",)),
        ("大腿根拉着了，36.5", ("injury",)),
        ("崴脚处理了一下，36.5", ("injury",)),
        ("学了一天，头疼，36.5", ("headache",)),
        ("坐船晃得恶心，36.5", ("vomiting",)),
        ("脚气犯了，痒，36.5", ("rash",)),
        ("36.6，牙花子肿老高", ("other",)),
        ("37.2，有点烧心", ("stomach_pain",)),
        ("头有点沉，37", ("dizziness",)),
        ("前天起咳嗽，今天第三天，36.5", ("cough",)),
        ("我室友咳了一晚上，吵得我没睡，36.5", ("insomnia",)),
    ],
)
def test_a_symptom_is_heard_as_it_is_told_there(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    checkin = only(say(text))
    assert (checkin.person, checkin.symptoms, checkin.healthy) == ("张伟", symptoms, False)


@pytest.mark.parametrize(
    "text",
    [
        "36.5，木事",
        "36.5，木一个不得劲的",
        "不咳嗽，不发热，不乏力，36.5",
        "没啥不得劲，36.5",
        "昨天下午那个头晕今天没有了，36.3",
        "昨天喉咙痛的毛病喝了两壶水好哒，今天36.5",
        "手抖发成36.9，其实是36.4",
        "鞋都磨破了，36.5",
        "累成狗了，36.6",
        "爬塔十二趟，体温莫得问题",
        "有点乏善可陈，36.5",
        "肚子饿得慌，36.5",
        "手拉着横幅走，36.5",
        "昨晚闹肚子，今早消停了，36.5",
        "36.4，昨天那点咳嗽也好利索了",
        "昨天烧，食咗药退咗烧，36.5",
        "阿拉36.5，呒啥事体",
        "今天没量，体温计碎了，人没啥事",
        "周五开始拉肚子 周六最凶一天七八趟 昨天就止住了 今天36.4",
    ],
)
def test_who_denies_in_the_words_of_a_place_is_well(say: Say, text: str) -> None:
    checkin = only(say(text))
    assert (checkin.symptoms, checkin.healthy) == ((), True)


@pytest.mark.parametrize(
    "text",
    [
        "牛腩涨到36.5一斤了",
        "电表一夜走了36.5度",
        "照片37.3KB那种糊的一律重拍",
        "气象台：14日最高温38.5℃，局地40℃，注意防暑",
        "今天37度高温，户外作业的同志错开中午",
        "月亮今晚36.5度仰角",
        "#接龙 早餐吃啥\n1 李明 豆浆\n2 黄敏 温牛奶 36.5度最佳\n3 王磊 不吃",
        "那年在沂蒙山救火，俺烧到39度还开着水罐车往山上拱",
        "想起我当年高考  发着39度的烧写作文",
        "谁问我为啥不给，我当场晕倒给他看",
        "脚泡烂的、身上起疹的、拉肚子的，一律如实报告",
        "有发热、咳嗽的直接找我",
        "俺这心里头啊，滚烫滚烫的",
        "这灯真会磕到头",
        "嘴皮子都磨破了，总算劝下来",
        "思想上有个疙瘩跟组织说说",
        "今天愚人节，想报个40度吓你们一跳，算了",
        "我女儿学会量体温了，给洋娃娃报了个三十八度",
        "大夫说嘞，拉肚子喝米汤比啥药都强",
        "入冬后一氧化碳中毒警情增多，症状为头晕、恶心、四肢无力，宣传时务必讲清。",
        "63.5，这价格离谱",
        "已自行隔离在407",
        "中暑演练圆满结束",
        "今天急救培训学了心肺复苏和骨折固定，收获很大",
        "今天讲了热射病：核心温度超过40度就是热射病",
        "看个视频笑岔气",
        "遥控器让人拔了电池",
        "一拍大腿，青菜忘买了",
        "猫在屋子里转圈圈",
        "现场血淋淋的，晚上不想吃肉",
        "晒得手黑到发亮",
        "手都写断了",
        "新来的水带每卷38.5",
        "班长一瞪眼我腿都软了",
        "伤者头部流血，意识清醒",
        "新训队员易出现膝盖疼、脚踝扭伤，训前热身要到位",
        "我当新兵那会儿发高烧还站岗呢",
        "花生瓜子嗑得舌头起泡",
        "#接龙 元宵节煮汤圆报数\n1 李明 10个\n2 王磊 8个 37.5也行\n3 高强 12",
        "出动四十三起，无一人受伤",
        "一号车开走了",
        "五公里跑吐了一个队友",
        "明天轮到我写脚本，头疼（不是真头疼，是不会写）",
    ],
)
def test_what_only_sounds_like_health_leaves_nothing(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("上头写着98.6，带个F", 37.0),
        ("家里带来的表是华氏的，97.9，换算下来正常", 36.6),
        ("烧到40度一直退不下来", 40.0),
        ("烧到38度两天了", 38.0),
        ("我发烧39，请假", 39.0),
        ("刚从外面进来测的37.4，歇十分钟36.6", 37.4),
        ("昨天五公里跑猛了，温度36.6", 36.6),
        ("气温40度，我烧到39度", 39.0),
        ("明天轮到我上台模拟，体温36.4顺手报了", 36.4),
        ("今日：核对发票37张   明日：跑一趟国库   36.5正常", 36.5),
        ("刚才那个37.8是我没甩表，重新量的是36.7", 36.7),
        ("更正：体温误录为37.6，应为36.7", 36.7),
        ("更正下，我今天是36.7，刚才手抖打成37.6", 36.7),
        ("热得狗都不叫了，量了三回，36.8、37.0、36.9", 37.0),
    ],
)
def test_the_value_that_is_meant_is_read(say: Say, text: str, celsius: float) -> None:
    checkin = only(say(text))
    assert (checkin.person, checkin.temperature) == ("张伟", celsius)


@pytest.mark.parametrize(
    "text", ["63.5，我没写错吧", "3.65", "早打卡 26.4（？这体温枪是不是冻坏了）", "63.8，写完自个儿都不信，反正人木事"]
)
def test_a_slip_at_the_beginning_is_kept_as_implausible(say: Say, text: str) -> None:
    assert (only(say(text)).temperature, only(say(text)).implausible) == (None, True)


def test_kin_in_the_words_of_a_place(say: Say) -> None:
    assert told(say("我36.6，夫人也一切正常，弟娃有点发烧，37.9")) == {
        "张伟": (36.6, (), True),
        "family:夫人": (None, (), True),
        "family:弟娃": (37.9, ("fever",), False),
    }
    assert told(say("俺儿子咳嗽，我女儿37.8")) == {"family:儿子": (None, ("cough",), False), "family:女儿": (37.8, ("fever",), False)}


def test_a_value_is_of_whom_it_is_said_to_be(say: Say) -> None:
    assert told(say("写错人哒，36.9是小马的，我自己是36.5")) == {"马腾": (36.9, (), True), "张伟": (36.5, (), True)}
    assert told(say("欧阳37，睡了会儿。我36.4。")) == {"欧阳朔": (37.0, (), True), "张伟": (36.4, (), True)}
    assert told(say("刚才写错人了，36.9是云飞的不是我的，我36.4")) == {"赵云飞": (36.9, (), True), "张伟": (36.4, (), True)}
    assert told(say("刚才把郑凯写成36.8了，他是37.8，咳嗽")) == {"郑凯": (37.8, ("cough", "fever"), False)}
    assert told(say("家中老人和孩子也都没有不适，我36.5"))["family:老人"] == (None, (), True)
    assert told(say("小马小陈都咳嗽")) == {"马腾": (None, ("cough",), False), "陈一": (None, ("cough",), False)}
    assert told(say("看着马腾脸色不好，一量38.4")) == {"马腾": (38.4, ("fever",), False)}
    assert told(say("早上发现谢天在厕所吐，现在躺着呢")) == {"谢天": (None, ("vomiting",), False)}
    assert told(say("媳妇给量的，36.5")) == {"张伟": (36.5, (), True)}


def test_a_value_is_of_the_day_it_is_said_to_be_of(say: Say) -> None:
    assert {c.date.day: c.temperature for c in say("36.8补2号的，今天的天亮再说").checkins} == {2: 36.8}
    assert {c.date.day: c.temperature for c in say("二号忘报了补上36.6，今天36.4").checkins} == {2: 36.6, 4: 36.4}
    assert {c.date.day: c.temperature for c in say("我刚填的36.2是昨天的 今天36.6").checkins} == {3: 36.2, 4: 36.6}
