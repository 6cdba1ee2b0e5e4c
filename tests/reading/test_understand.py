"""What the command understand gives out."""

import json

import pytest

from bot.understand import label, understand
from handlers.reading.lexicon import Lexicon
from models.roster import Roster
from tests.reading.conftest import MORNING, Say


def line(**changed: object) -> str:
    return json.dumps({"id": "a1", "sender": "张伟", "sent_at": MORNING, "text": "36.5", "tags": ["x"]} | changed, ensure_ascii=False)


def test_a_reading_becomes_the_fields_of_the_labels(say: Say) -> None:
    assert label(say("体温36.5，有点咳")) == {
        "intents": ["health"],
        "checkins": [{"person": "张伟", "date": "2026-03-04", "temperature": 36.5, "symptoms": ["cough"], "healthy": False}],
        "sections": {},
        "hardship": None,
        "leave": None,
        "group_report": None,
        "correction": False,
        "retract": False,
    }


def test_implausible_is_said_only_where_it_is_so(say: Say) -> None:
    assert label(say("体温63.5"))["checkins"][0]["implausible"] is True
    assert "implausible" not in label(say("体温36.5"))["checkins"][0]


def test_leave_sections_hardship_and_group_are_given_out(say: Say) -> None:
    assert label(say("3月20日至27日休年假"))["leave"] == {"person": "张伟", "from": "2026-03-20", "to": "2026-03-27"}
    assert label(say("工作：值守\n思想：踏实"))["sections"] == {"work": "值守", "thought": "踏实"}
    assert label(say("活着没意思，别找我"))["hardship"]["urgent"] is True
    assert label(say("一班6/6，全员正常", "李明"))["group_report"] == {
        "group": "g1",
        "expected": 6,
        "present": 6,
        "all_normal": True,
        "exceptions": [],
    }


def test_every_line_is_answered_with_its_id_and_readable_chinese(roster: Roster, lexicon: Lexicon) -> None:
    out = list(understand([line(), "\n", line(id=7, text="磊子36.4")], roster, lexicon))
    assert [json.loads(o)["id"] for o in out] == ["a1", 7]
    assert "王磊" in out[1]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("{", "line 2: is no JSON"),
        ("[]", "line 2: must be an object"),
        (line(text=3), "line 2: 'text' must be a text"),
        ('{"id": 1, "sender": "", "text": ""}', "line 2: 'sent_at' is missing"),
        (line(sent_at="heute"), "line 2: 'sent_at' is no ISO 8601 time"),
        (line(sent_at="2026-03-04T08:05:00"), "line 2: 'sent_at' needs a time zone"),
    ],
)
def test_a_bad_line_is_named_by_its_number(roster: Roster, lexicon: Lexicon, bad: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        list(understand([line(), bad], roster, lexicon))
