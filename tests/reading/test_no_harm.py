"""What must not happen, tried in thousands of plain sentences: a stated symptom read as healthy, a denied one as stated."""

from itertools import product

from tests.reading.conftest import Say

SYMPTOMS = [
    "咳嗽",
    "咳",
    "头疼",
    "头痛",
    "头晕",
    "嗓子疼",
    "嗓子痛",
    "喉咙痛",
    "流鼻涕",
    "鼻塞",
    "打喷嚏",
    "拉肚子",
    "肚子疼",
    "胃疼",
    "恶心",
    "吐了",
    "乏力",
    "没力气",
    "胸闷",
    "浑身疼",
    "发冷",
    "起疹子",
    "牙疼",
    "腰疼",
    "失眠",
    "没睡好",
    "脚崴了",
    "手划破了",
    "闻不到味",
    "膝盖疼",
    "眼睛疼",
    "耳朵疼",
    "心慌",
    "便秘",
    "腿抽筋",
    "脖子疼",
    "后背疼",
    "肌肉酸痛",
    "畏寒",
    "鼻子不通",
    "嗓子哑了",
    "反胃",
    "头昏",
    "没精神",
    "呼吸困难",
    "喘",
    "中暑了",
]
BEFORE = [
    "有点",
    "早上",
    "今天",
    "昨晚开始",
    "还是",
    "一直",
    "感觉",
    "又",
    "晚上",
    "现在",
    "我",
    "报告班长，",
    "就是",
    "稍微有点",
    "这两天",
    "半夜",
]
AFTER = ["，36.5", "，体温正常", "，别的都好", "，没发烧，36.6", " 36.7", "，36.8，正常上班", "，其他正常"]
DENIALS = ["没", "无", "没有", "未见", "没再", "不再", "没怎么", "没有任何", "也没", "都没", "没觉得"]
DENIABLE = [s for s in SYMPTOMS if s[0] not in "没闻" and not s.endswith("了") and s not in ("失眠", "鼻子不通")]


def test_no_plainly_stated_symptom_is_read_as_healthy(say: Say) -> None:
    harmed = [
        text
        for symptom, before, after in product(SYMPTOMS, BEFORE, AFTER)
        for text in [before + symptom + after]
        if any(c.healthy is True for c in say(text).checkins)
    ]
    assert harmed == []


def test_no_plainly_denied_symptom_is_read_as_stated(say: Say) -> None:
    frames = [("", "，36.5"), ("我", "，体温36.6"), ("今天", ""), ("", "，一切正常"), ("无发热、", "，36.4"), ("早上36.5，", "")]
    misread = [
        text
        for symptom, denial, (before, after) in product(DENIABLE, DENIALS, frames)
        for text in [before + denial + symptom + after]
        if any(c.healthy is not True for c in say(text).checkins)
    ]
    assert misread == []


def test_a_lack_that_ends_the_sentence_denies_no_symptom_before_it(say: Say) -> None:
    (checkin,) = say("头疼、胃口都没有，36.6").checkins
    assert "headache" in checkin.symptoms


def test_an_ordinary_word_never_eats_a_symptom_that_begins_inside_it(say: Say) -> None:
    """点头 in 有点头疼, 上头 in 早上头晕, 上手 in 早上手腕疼."""
    for text, symptom in (("有点头疼，36.5", "headache"), ("早上头晕，36.5", "dizziness"), ("早上手腕扭了，36.5", "injury")):
        assert say(text).checkins[0].symptoms == (symptom,)


def test_an_ordinary_word_that_covers_the_whole_symptom_keeps_it(say: Say) -> None:
    assert say("家里有退烧药").checkins == ()
    assert say("令人头疼的报表").checkins == ()
