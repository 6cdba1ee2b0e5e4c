"""Vague words of being unwell: beside a value and in a form they are an illness without a name, of things and feelings they are none."""

from datetime import datetime

import pytest

from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from models.reading import Reading
from models.roster import Roster
from tests.reading.conftest import MORNING, Say, only, told


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("难受，36.5", 36.5),
        ("36.5，难受", 36.5),
        ("状态不佳36.9", 36.9),
        ("身体有点异常，36.9", 36.9),
        ("36.5 不是很舒服", 36.5),
        ("36.5 不对劲", 36.5),
        ("36.5 感觉不好", 36.5),
        ("身体状况不佳，36.5", 36.5),
        ("健康状况：异常，体温36.5", 36.5),
        ("36.5 身体状况：不佳", 36.5),
        ("是否健康：否 体温：36.5", 36.5),
        ("有无症状：有 体温：36.5", 36.5),
        ("有无症状：有\n体温：36.5", 36.5),
        ("体温异常", None),
        ("体温不太正常", None),
        ("身体异常", None),
        ("今天身体有点异常", None),
    ],
)
def test_who_feels_bad_beside_a_value_or_in_a_form_is_unwell(say: Say, text: str, celsius: float | None) -> None:
    checkin = only(say(text))
    assert (checkin.person, checkin.temperature, checkin.symptoms, checkin.healthy) == ("张伟", celsius, ("other",), False)


def test_it_is_said_of_whoever_is_named(say: Say) -> None:
    assert told(say("王磊难受，36.5")) == {"王磊": (36.5, ("other",), False)}
    assert told(say("老婆难受，我36.5")) == {"family:老婆": (None, ("other",), False), "张伟": (36.5, (), True)}


@pytest.mark.parametrize(
    "text",
    [
        "发动机声音不对劲，36.5",
        "车辆状态不佳，36.5",
        "这方案感觉不好，36.5",
        "不难受，36.5",
        "没有难受，36.5",
        "感觉不好意思，36.5",
        "消防栓状态异常，36.5",
        "身体状况：良好，体温36.5",
        "健康状况：无异常，体温36.5",
        "是否健康：是 体温：36.5",
        "有无症状：无 体温：36.5",
        "身体没有异常，36.5",
        "训练状态不佳，36.5",
        "这把椅子坐着不是很舒服，36.5",
    ],
)
def test_what_is_said_of_things_and_what_is_denied_is_no_illness(say: Say, text: str) -> None:
    checkin = only(say(text))
    assert (checkin.temperature, checkin.symptoms, checkin.healthy) == (36.5, (), True)


@pytest.mark.parametrize(
    "text",
    [
        "体温异常的不得归队",
        "体温异常人员立即上报",
        "如体温异常，及时报告",
        "发现身体异常立即报告",
        "身体状况不佳的同志可以请假",
        "有无症状：有/无",
        "体温计异常",
        "测温仪体温异常报警调试",
        "心里难受",
        "这雨下得人难受",
        "难受",
        "有点难受",
        "球队状态不佳",
        "这壶水摸着烫",
    ],
)
def test_alone_a_mood_a_thing_and_an_order_leave_nothing(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize("text", ["有点难受", "好难受，不想动", "今天特别难受", "状态不太好"])
def test_to_the_bot_in_private_it_counts_alone(lexicon: Lexicon, roster: Roster, text: str) -> None:
    reading = _private(text, roster, lexicon)
    assert told(reading) == {"张伟": (None, ("other",), False)}


@pytest.mark.parametrize("text", ["难受", "心里难受", "王磊很难受", "你好难受吗"])
def test_in_private_a_mere_word_and_others_are_none(lexicon: Lexicon, roster: Roster, text: str) -> None:
    assert _private(text, roster, lexicon).checkins == ()


def test_a_body_that_feels_hot_without_a_thermometer_is_a_fever(say: Say) -> None:
    assert told(say("摸着烫，没体温计")) == {"张伟": (None, ("fever",), False)}


def _private(text: str, roster: Roster, lexicon: Lexicon) -> Reading:
    return read(text, "张伟", datetime.fromisoformat(MORNING), roster, lexicon, addressed=True)
