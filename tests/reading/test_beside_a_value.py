"""A normal value does not make well who complains in the same breath, whatever the words; and what is no complaint leaves it normal."""

import pytest

from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    "text",
    [
        "嘴里疼，36.5",
        "背后疼，36.5",
        "腿脚疼，36.5",
        "那里疼，36.5",
        "下面痒，36.5",
        "心绞痛，36.5",
        "嘴里疼得吃不下饭，36.5",
        "36.5，口子疼",
    ],
)
def test_a_pain_of_whatever_part_of_the_body_is_a_complaint(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (36.5, ("other",), False)}


@pytest.mark.parametrize(
    "text",
    [
        "不疼，36.5",
        "哪儿也不疼，36.5",
        "不痛不痒，36.5",
        "36.5，嘴里疼好了",
        "36.5，嘴里已经不疼了",
        "36.5，去年嘴里疼过",
        "36.5，王磊说他嘴里疼",
        "36.5，痛并快乐着",
        "36.5，训练虽然痛但快乐",
        "36.5，上午学习了疼痛处理，下午训练",
        "36.5，水带肿了一截",
        "36.5，别喊疼",
    ],
)
def test_where_nobody_is_in_pain_all_is_well(say: Say, text: str) -> None:
    assert told(say(text))["张伟"] == (36.5, (), True)


@pytest.mark.parametrize(
    "text",
    [
        "今天真头疼，36.5",
        "有点头疼脑热的，36.5",
        "浑身疲软的，36.5",
        "又拉了，36.5",
        "一把鼻涕一把泪的，36.5",
        "心口疼得厉害，36.5",
        "胀得难受，36.5",
        "吐出来了，36.5",
        "吐痰带血，36.5",
        "不停喘息，36.5",
        "喘口气都费劲，36.5",
        "带伤，36.5",
        "在医院输液，36.5",
        "新冠阳性，36.5",
        "抗原两道杠，36.5",
    ],
)
def test_what_is_said_of_work_and_things_as_well_counts_where_nothing_else_is_said(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (36.5, ("other",), False)}


@pytest.mark.parametrize(
    "text",
    [
        "工作真头疼，36.5",
        "体温36.5，这活真头疼",
        "没有头疼脑热，36.5",
        "带伤训练的是王队那会儿，36.5",
        "36.5，又拉了三次警报",
        "36.5，演练时又拉了两趟水带",
        "无伤，36.5",
        "血压正常，36.5",
        "没得流感，36.5",
    ],
)
def test_where_more_is_said_it_is_said_of_that(say: Say, text: str) -> None:
    assert told(say(text))["张伟"] == (36.5, (), True)


@pytest.mark.parametrize(
    "text", ["真头疼", "这报表真头疼", "谁没个头疼脑热的", "又拉了", "吐出来了", "带伤", "预防流感", "流感阳性的要隔离"]
)
def test_without_a_value_it_is_talk(say: Say, text: str) -> None:
    assert say(text).intents == ()


@pytest.mark.parametrize("text", ["头疼不是很厉害，36.5", "头疼不是瞎说的，36.5", "头疼不是一天两天了，36.5", "头痛打针去了，36.5"])
def test_what_a_headache_is_not_leaves_it_a_headache(say: Say, text: str) -> None:
    assert only(say(text)).symptoms == ("headache",)


@pytest.mark.parametrize("text", ["又拉了三次，36.5", "早上又拉了一次肚子，36.5", "又拉了好几回，36.5"])
def test_whoever_went_again_so_many_times_has_diarrhea(say: Say, text: str) -> None:
    assert only(say(text)).symptoms == ("diarrhea",)


@pytest.mark.parametrize(
    "text", ["查出来肺炎，36.5", "得了流感，36.5", "体检查出心律不齐，36.5", "肾结石犯了，36.5", "阑尾炎，要手术", "我确诊肺炎了"]
)
def test_a_diagnosis_is_a_difficulty_of_health_beside_a_value_as_well(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert (hardship.categories, hardship.urgent) == (("health",), False)


@pytest.mark.parametrize("text", ["无人感染流感", "咱们没人得了流感", "没得流感，36.5", "学习流感防治知识", "最近流感多发，大家注意"])
def test_what_nobody_has_and_what_is_taught_is_none(say: Say, text: str) -> None:
    assert say(text).hardship is None
