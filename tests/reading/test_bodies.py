"""Whose body it is, and whether it is one: devices run hot, plants are limp, and one speaks to others and does things for them."""

import pytest

from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    "text",
    [
        "电脑发烧了，风扇狂转",
        "中继台烧得烫手，谁去开下门",
        "烤箱烧到两百度",
        "馕坑烧到三百多度了",
        "盆里那几棵花蔫了",
        "账本扒拉了五遍",
        "馈线接头重新焊了",
        "骨折的是食堂那把椅子",
        "看恁跑步我腿都酸",
        "我都替他喘不上气",
        "大学军训时中暑晕倒过",
        "抢答题：开水烫了手，第一步该干啥？",
        "破伤风针打一次管几年",
        "演练谁当伤员\n1. 骨折的来一个",
        "给车让个口子，开过去",
    ],
)
def test_what_is_no_body_of_today_is_none(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("抱着电脑干了一宿，发烧了38.5", "fever"),
        ("守着锅炉，烧到38度", "fever"),
        ("烧到385，难受", "fever"),
        ("浇完花人就蔫了，36.8", "fatigue"),
        ("看人家搬沙袋我腰酸，36.5", "muscle_pain"),
        ("骨折的是我的左手，36.5", "injury"),
        ("吃坏了拉了五遍，36.9", "diarrhea"),
        ("头疼×3天了，36.5", "headache"),
        ("表拿出来一看36.9难怪头疼", "headache"),
        ("开会开到一半肚子疼，36.6", "stomach_pain"),
        ("不是愚人节玩笑，头疼，36.6", "headache"),
    ],
)
def test_beside_the_same_words_somebody_is_ill(say: Say, text: str, symptom: str) -> None:
    checkin = only(say(text))
    assert (checkin.person, symptom in checkin.symptoms, checkin.healthy) == ("张伟", True, False)


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("又咳上了", "cough"),
        ("晕得站不起来", "dizziness"),
        ("房顶都在打旋，36.4", "dizziness"),
        ("一睁眼就吐", "vomiting"),
        ("早饭全还给马桶了", "vomiting"),
        ("喘得说不出话", "breathless"),
        ("爬个楼倒半天气", "breathless"),
        ("吃啥都像吃锯末", "taste_loss"),
        ("一晚上没合拢眼，36.4", "insomnia"),
        ("心里扑通扑通乱跳，36.5", "other"),
        ("腿上叮了十几个包", "rash"),
        ("胃里一阵阵绞着", "stomach_pain"),
    ],
)
def test_plain_words_of_illness(say: Say, text: str, symptom: str) -> None:
    assert only(say(text)).symptoms == (symptom,)


@pytest.mark.parametrize(
    "text", ["没有发烧没有颗嗽没有拉度子，36.4", "发烧✘咳嗽✘ 36.4", "头疼脑热✘ 36.4", "发烧的没有，咳嗽的也没有，36.4"]
)
def test_a_denial_without_commas_with_a_mark_or_of_everybody(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (36.4, (), True)}


def test_a_leader_denies_it_of_everybody(say: Say) -> None:
    report = say("一班8人，一个咳嗽的都没有").group_report
    assert report is not None
    assert (report.expected, report.all_normal, report.exceptions) == (8, True, ())


@pytest.mark.parametrize("text", ["体温：正常\n血压：120/80\n心率：70", "体温正常，血压128/82mmHg，心率70次/分"])
def test_other_measures_beside_a_temperature_that_is_called_normal(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (None, (), True)}


def test_a_complaint_beside_the_blood_pressure_stays(say: Say) -> None:
    assert only(say("体温正常，血压160/100，头有点晕")).symptoms == ("dizziness",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("黄姐，早上下楼把脚崴了", {"张伟": (None, ("injury",), False)}),
        ("静姐，嗓子疼得厉害，36.9", {"张伟": (36.9, ("sore_throat",), False)}),
        ("静姐嗓子疼，36.9", {"吴静": (36.9, ("sore_throat",), False)}),
        ("静姐36.5", {"吴静": (36.5, (), True)}),
        ("云飞，头疼，36.8", {"赵云飞": (36.8, ("headache",), False)}),
        ("静姐，我妈早上晕得扶不住墙", {"family:妈": (None, ("dizziness",), False)}),
    ],
)
def test_whom_one_speaks_to_is_not_the_one_who_is_ill(say: Say, text: str, expected: dict[str, object]) -> None:
    assert told(say(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("小马拉肚子，我让他躺着，量了37.2", {"马腾": (37.2, ("diarrhea",), False)}),
        ("云飞崴脚了，我给他冰敷着呢，我36.4", {"赵云飞": (None, ("injury",), False), "张伟": (36.4, (), True)}),
        ("我给他打电话，头疼", {"张伟": (None, ("headache",), False)}),
        ("小杜叫我带个话：昨晚没睡着，36.2", {"杜若飞": (36.2, ("insomnia",), False)}),
    ],
)
def test_what_i_do_for_him_is_told_of_him(say: Say, text: str, expected: dict[str, object]) -> None:
    assert told(say(text)) == expected


def test_who_is_out_of_his_senses_is_ill_where_it_is_an_emergency(say: Say) -> None:
    assert told(say("王磊倒在训练场，叫不醒，快来人")) == {"王磊": (None, ("other",), False)}
    assert say("小马趴桌上叫不醒，昨晚打游戏了").checkins == ()
