"""A verb and 得 before a symptom: what was done to the body makes ill, what was felt is only how much; and words of now end the past."""

import pytest

from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("喊得嗓子疼，36.5", ("sore_throat",)),
        ("讲课讲得嗓子冒烟，36.5", ("sore_throat",)),
        ("吃得我拉肚子，36.5", ("diarrhea",)),
        ("吃得肚子疼，36.5", ("stomach_pain",)),
        ("空调吹得头疼，36.5", ("headache",)),
        ("吹得流鼻涕，36.5", ("runny_nose",)),
        ("油漆味闻得头晕恶心，36.5", ("dizziness", "vomiting")),
        ("啃骨头啃得牙疼，36.5", ("other",)),
        ("吵得睡不着，36.5", ("insomnia",)),
        ("咳得睡不着，36.5", ("cough", "insomnia")),
        ("咳得胸口疼，36.5", ("cough", "other")),
        ("挠得破皮了，36.5", ("injury",)),
        ("不得不说嗓子疼，36.5", ("sore_throat",)),
    ],
)
def test_what_is_done_to_the_body_makes_ill(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    assert told(say(text)) == {"张伟": (36.5, symptoms, False)}


@pytest.mark.parametrize(
    "text",
    ["笑得肚子疼", "气得头疼", "吓得腿软", "激动得睡不着", "愁得睡不着", "听得耳朵疼", "写得头疼", "辣得直流鼻涕", "吵得头疼", "算得头晕"],
)
def test_what_is_only_felt_is_no_illness(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("前阵子腰疼这两天头疼", ("headache",)),
        ("去年扭过的脚踝刚才又崴了", ("injury",)),
        ("前几天咳嗽现在又开始发烧了", ("fever",)),
        ("上周感冒刚好这会儿又流鼻涕", ("runny_nose",)),
        ("之前膝盖伤过最近又肿了", ("injury",)),
    ],
)
def test_now_ends_the_past_without_a_stop(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    assert only(say(text)).symptoms == symptoms


@pytest.mark.parametrize("text", ["去年这会儿发烧", "前几天咳嗽这会儿好多了", "前天发烧这两天没事", "小时候得过肺炎如今咳嗽就怕"])
def test_what_is_over_stays_over(say: Say, text: str) -> None:
    assert not any(checkin.symptoms for checkin in say(text).checkins)
