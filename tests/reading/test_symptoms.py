"""Symptoms stated, denied and over. Each rule that denies or drops is shown where it must not fire."""

import pytest

from tests.reading.conftest import Say, only


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("无高热，头痛明显，咳嗽不重，36.8", ("cough", "headache")),
        ("发热无汗，38.1", ("fever",)),
        ("头晕无力两天", ("dizziness", "fatigue")),
        ("没发烧，就是嗓子有点干，36.6", ("sore_throat",)),
        ("不是没发烧，是没敢说，38.1", ("fever",)),
        ("除了有点咳嗽其他都好，36.5", ("cough",)),
        ("嗓子疼得像吞刀片，哈哈问题不大", ("sore_throat",)),
        ("鼻子堵死了 打喷嚏 36.9", ("runny_nose",)),
        ("肚子绞着疼，拉了四回，36.6", ("diarrhea", "stomach_pain")),
        ("浑身酸疼，36.9", ("muscle_pain",)),
        ("左手腕扭了一下，不影响，36.8", ("injury",)),
        ("牙疼，36.7", ("other",)),
        ("一宿没合眼，36.3", ("insomnia",)),
        ("胳膊上起了一片红疹，痒，36.5", ("rash",)),
        ("闻不到味道了，37.2", ("taste_loss",)),
        ("喘不上气，37.9", ("breathless", "fever")),
        ("冷得打哆嗦，刚量39.1", ("chills", "fever")),
        ("恶心，吐了两回，37.0", ("vomiting",)),
        ("有点不舒服，体温倒正常", ("other",)),
        ("有点 headache，36.8", ("headache",)),
        ("上午考核伤了手腕，肿了，36.6", ("injury",)),
        ("嗓子不舒服，36.8", ("sore_throat",)),
        ("我这嗓子从昨天起就跟砂纸磨似的，体温倒是正常36.8", ("sore_throat",)),
        ("36.5 头跟要裂开一样", ("headache",)),
        ("今天肚子里像有人拧毛巾一样，36.6", ("stomach_pain",)),
        ("36.5正常，肩膀跟别人打了一架似的", ("other",)),
        ("体温36.4正常，就是腰不得劲", ("other",)),
        ("36.6 膝盖有点不对劲", ("other",)),
        ("36.6 脖子转不动", ("other",)),
        ("36.5，嗓子有点那个", ("other",)),
        ("咽东西费劲 36.6", ("other",)),
        ("体温正常，就是眼皮子老跳", ("other",)),
        ("瞅啥都转圈儿，37度整", ("dizziness",)),
    ],
)
def test_a_stated_symptom_is_read(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    checkin = only(say(text))
    assert checkin.symptoms == symptoms
    assert checkin.healthy is False


@pytest.mark.parametrize(
    "text",
    [
        "无发热、咳嗽、乏力",
        "无发热、无咳嗽，36.5",
        "没有发热也没有咳嗽",
        "没发烧没咳嗽没拉肚子",
        "不咳不烧，36.5",
        "发热：无 咳嗽：无 体温：36.4",
        "体温: 36.5 正常\n症状：发热□ 咳嗽□ 乏力□ 无☑",
        "没任何不舒服，36.4",
        "头不疼了，36.6",
        "feeling good, 36.5, no cough",
        "无发热、咳嗽等不适症状，36.5",
        "未出现发热、干咳、嗅觉味觉减退、鼻塞等症状，36.4",
    ],
)
def test_a_denied_symptom_is_absent_and_the_person_well(say: Say, text: str) -> None:
    checkin = only(say(text))
    assert (checkin.symptoms, checkin.healthy) == ((), True)


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("不停地咳嗽，36.5", "cough"),
        ("没想到发烧了，38.0", "fever"),
        ("没吃早饭头晕，36.4", "dizziness"),
        ("不小心崴了脚，36.5", "injury"),
        ("没发烧 咳嗽得厉害 36.7", "cough"),
        ("没发烧，咳嗽两天了，36.7", "cough"),
        ("没有力气，36.9", "fatigue"),
        ("还没退烧，37.8", "fever"),
        ("咳嗽还没好，36.5", "cough"),
        ("前两天就咳，还没好，36.5", "cough"),
        ("前天嗓子疼，到现在没好，36.5", "sore_throat"),
        ("前几天咳嗽。还没好。36.5", "cough"),
        ("上周扭了脚，还没好利索，36.4", "injury"),
        ("都没睡好，头疼，36.5", "headache"),
        ("无发热、有点头痛、咳嗽，36.6", "cough"),
        ("忍不住一直吐，36.9", "vomiting"),
    ],
)
def test_a_denial_reaches_only_what_it_denies(say: Say, text: str, symptom: str) -> None:
    assert symptom in only(say(text)).symptoms


@pytest.mark.parametrize(
    "text",
    ["上周咳嗽，现在好了，36.5", "前两天拉肚子，今天彻底好了，36.4", "昨天脚崴的那下已经不疼了，36.5", "昨晚那阵头晕过去了，今早36.4"],
)
def test_what_is_over_is_absent(say: Say, text: str) -> None:
    assert (only(say(text)).symptoms, only(say(text)).healthy) == ((), True)


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("昨天下楼梯崴了脚，今天肿得像馒头，36.7", "injury"),
        ("从昨晚开始闻不到味道，36.8", "taste_loss"),
        ("头疼好了，嗓子还疼，36.5", "sore_throat"),
        ("前天开始咳嗽，到现在还咳，36.6", "cough"),
        ("昨天有点咳嗽，体温36.5", "cough"),
        ("感冒好了，又拉肚子，36.8", "diarrhea"),
    ],
)
def test_what_goes_on_is_not_taken_for_over(say: Say, text: str, symptom: str) -> None:
    assert symptom in only(say(text)).symptoms


@pytest.mark.parametrize(
    "text",
    [
        "发热发光作贡献",
        "家里有退烧药",
        "如果发烧就去医院",
        "真让人头疼的是报表",
        "笑得我肚子疼",
        "森林火灾烧了三天",
        "你发烧了吗？脸这么红",
        "昨晚梦见自己烧到四十二度",
    ],
)
def test_words_that_only_look_like_illness_are_none(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("疼得直冒汗，肚子疼，37.0", "stomach_pain"),
        ("咳得我头疼，36.9", "headache"),
        ("哈哈没事，就是发烧了，38.3", "fever"),
        ("吃了退烧药还在发烧，38.2", "fever"),
        ("如果明天还烧就请假，今天38.5，头疼", "headache"),
        ("听说流感多，我也中招了，38.6，咳嗽。", "fever"),
    ],
)
def test_figures_of_speech_hide_no_real_symptom(say: Say, text: str, symptom: str) -> None:
    assert symptom in only(say(text)).symptoms


def test_unwell_without_a_symptom_is_asked(say: Say) -> None:
    assert [d.kind for d in say("今天不太舒服，36.8").doubts] == ["unwell"]


@pytest.mark.parametrize(
    "text",
    [
        "36.5，头跟昨天一样",
        "36.5，嗓子没事",
        "36.5 身体正常 嗓子好了",
        "36.5 头发有点长",
        "36.5 手有点生，今天挂钩梯慢了",
        "36.6，腰不像昨天那样了",
        "36.5 从头到脚都正常",
        "36.5，手摸着不烫",
    ],
)
def test_a_part_of_the_body_without_a_complaint_leaves_one_well(say: Say, text: str) -> None:
    assert (only(say(text)).symptoms, only(say(text)).healthy) == ((), True)


def test_a_vague_complaint_alone_is_no_check_in(say: Say) -> None:
    assert say("今天手有点不听使唤，字写得难看").checkins == ()
    assert say("头像换一下").checkins == ()


def test_a_named_symptom_takes_the_place_of_a_vague_complaint(say: Say) -> None:
    assert only(say("肚子不争气，一早上拉了四回，没烧36.6")).symptoms == ("diarrhea",)
