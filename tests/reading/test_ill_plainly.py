"""Everyday health messages in many manners: old-fashioned, childlike, clipped, as if translated, misspelt."""

import pytest

from tests.reading.conftest import Say, only


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("喉间如含刀，36.9", ("sore_throat",)),
        ("嗓门哑得像公鸭，36.5", ("sore_throat",)),
        ("涕泗交流，三十六度四", ("runny_nose",)),
        ("吃啥都没味儿 鼻子也不通 37.0", ("runny_nose", "taste_loss")),
        ("脑袋像被门夹了，37.0", ("headache",)),
        ("投疼，36.5", ("headache",)),
        ("36.6 晕", ("dizziness",)),
        ("蹲下去再站起来眼前就黑，36.5", ("dizziness",)),
        ("提不起精神，36.5", ("fatigue",)),
        ("筋骨酸楚，三十六度七", ("muscle_pain",)),
        ("全身像被车碾过，36.9", ("muscle_pain",)),
        ("盖了两床被还是冷，36.9", ("chills",)),
        ("大便不成形，一天四次，36.5", ("diarrhea",)),
        ("上吐下泻一整夜，36.9", ("diarrhea", "vomiting")),
        ("昨晚吃的都吐出来了，36.8", ("vomiting",)),
        ("腹中绞痛，三十六度六", ("stomach_pain",)),
        ("走几步就得停下来喘，36.7", ("breathless",)),
        ("胳膊上一片一片的红，痒，36.4", ("rash",)),
        ("食不知味，三十六度七", ("taste_loss",)),
        ("醋放鼻子底下都没感觉，36.7", ("taste_loss",)),
        ("凌晨三点才睡着，36.6", ("insomnia",)),
        ("睡得不咋地，36.5", ("insomnia",)),
        ("指甲盖掀了，疼得直抽，36.6", ("injury",)),
        ("下来手掌磨掉块皮 36.6", ("injury",)),
        ("齿痛连腮，不能食硬，三十六度八。", ("other",)),
        ("我觉得头疼，36.8", ("headache",)),
        ("不光咳，还流鼻涕，36.6", ("cough", "runny_nose")),
        ("不是我一个人咳嗽，36.5", ("cough",)),
        ("除头晕外无其他不适，36.5", ("dizziness",)),
    ],
)
def test_a_symptom_is_heard_in_every_manner(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    checkin = only(say(text))
    assert (checkin.symptoms, checkin.healthy) == (symptoms, False)


@pytest.mark.parametrize(
    "text",
    [
        "36.5，未觉任何不适",
        "未诉不适，36.5",
        "36.6，连个喷嚏都没打",
        "发烧咳嗽这些统统没有，36.5",
        "咳嗽已愈，36.6",
        "36.5，身上没有一处不舒服",
        "没烧没咳嗓子也没事，36.6",
    ],
)
def test_a_denial_is_heard_in_every_manner(say: Say, text: str) -> None:
    checkin = only(say(text))
    assert (checkin.symptoms, checkin.healthy) == ((), True)


@pytest.mark.parametrize(
    "text",
    [
        "请问，疫苗本在哪个柜子？不是我发烧，是体检要用",
        "出警都提不起精神",
        "说不出的憋得慌",
        "咳咳 大家安静 我宣布个事",
        "手抬泵咳嗽两声熄火了",
        "发动机又发烧了，水温报警",
        "老板又画饼，听吐了",
        "外来人员测温37.3以下方可入院。",
        "闻邻市一新兵中暑，高烧四十度。",
        "幼儿园群里说隔壁班有三个娃发烧到39度",
        "中暑之兆：头晕、心悸、呕吐。",
        "谁投B谁拉肚子",
        "水罐车今天拉水八趟",
    ],
)
def test_what_only_sounds_like_it_is_none(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("闻到油味就犯恶心，36.6", ("vomiting",)),
        ("闻什么都没味道，36.7", ("taste_loss",)),
        ("听说流感又来了，我也烧到38.5", ("fever",)),
        ("打球时泵旁边站久了，头晕，36.6", ("dizziness",)),
        ("咳咳咳，36.8，停不下来", ("cough",)),
        ("连着咳嗽，一晚上没停，36.7", ("cough",)),
        ("体温37.4，有些乏力，医生说属于正常反应。", ("fatigue", "fever")),
    ],
)
def test_what_drops_does_not_drop_what_is_said_of_oneself(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    assert set(symptoms) <= set(only(say(text)).symptoms)


@pytest.mark.parametrize(
    "text",
    [
        "高强刚在宿舍突然喘不上气，脸煞白，赶紧送医院",
        "刘洋从梯子上摔下来，腿骨头戳出来了，血止不住，快叫120",
        "杜若飞呛水了，捞上来没反应",
        "娃喘得喉咙头像拉风箱，气都接不上来，打不到车，哪个在附近搭把手！",
    ],
)
def test_danger_with_a_symptom_is_urgent(say: Say, text: str) -> None:
    reading = say(text)
    assert reading.hardship is not None
    assert reading.hardship.urgent


def test_who_takes_a_child_to_hospital_calls_for_nobody(say: Say) -> None:
    hardship = say("娃发烧38.5，我请假半天带他去医院，我自己36.4").hardship
    assert hardship is None or not hardship.urgent
