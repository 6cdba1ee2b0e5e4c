"""What was read before is not read again, and nobody can tell: another sender, another value, another day, and what is never kept."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from handlers.reading import reader
from handlers.reading.again import LONGEST, Again
from handlers.reading.lexicon import Lexicon
from handlers.reading.scan import scanner
from models.reading import Reading
from models.roster import Roster

CORPUS = Path(__file__).parent.parent / "corpus"
MORNING = datetime.fromisoformat("2026-03-04T08:05:00+08:00")
TELLERS = ("高强", "韩冰", "刘洋", "")
"""Of two groups, one who leads, and somebody unknown."""
NORMAL = re.compile(r"(?<![.0-9])36\.[1-9](?![0-9])")


@pytest.fixture(autouse=True)
def nothing_read_yet(roster: Roster, lexicon: Lexicon) -> None:
    """No test meets what another one has read."""
    scanner(roster, lexicon).again = Again(scanner(roster, lexicon).people, lexicon.table)


def texts() -> Iterator[str]:
    """Every short text of the corpora."""
    for name in ("dev.jsonl", "more.jsonl"):
        for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            if len(text) <= LONGEST:
                yield text


def test_whoever_says_it_and_with_whatever_value_it_is_read_as_if_it_were_read_anew(roster: Roster, lexicon: Lexicon) -> None:
    for text in dict.fromkeys(texts()):
        variants = dict.fromkeys([text, NORMAL.sub("36.9", text), NORMAL.sub("36.2", text)])
        for teller in TELLERS:
            for variant in variants:
                anew = reader.read_message(reader.prepare(variant, teller, MORNING, roster, lexicon, addressed=True))
                assert reader.read(variant, teller, MORNING, roster, lexicon, addressed=True) == anew, (variant, teller)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are really read from now on."""
    seen: list[str] = []
    whole = reader.read_message

    def reads(message: reader.Message) -> Reading:
        seen.append(message.original)
        return whole(message)

    monkeypatch.setattr(reader, "read_message", reads)
    return seen


def test_a_plain_check_in_is_read_once_a_day(roster: Roster, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = counted(monkeypatch)
    for day in range(2):
        at = MORNING + timedelta(days=day)
        for teller, text in (("高强", "体温36.5，一切正常"), ("张伟", "体温36.7，一切正常"), ("高强", "体温36.5，一切正常")):
            (checkin,) = reader.read(text, teller, at, roster, lexicon).checkins
            assert (checkin.person, checkin.date, checkin.temperature) == (teller, at.date(), float(text[2:6]))
    assert seen == ["体温36.5，一切正常"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "哈哈哈",
        "孩子没人带，能不能早点回去",
        "36.5 正常" + "。" * LONGEST,
    ],
)
def test_chatter_what_more_is_told_and_what_is_long_is_read_every_time(
    text: str, roster: Roster, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = counted(monkeypatch)
    for _ in range(2):
        reader.read(text, "高强", MORNING, roster, lexicon)
    assert seen == [text] * 2


def test_who_is_named_is_somebody_else_for_somebody_else(roster: Roster, lexicon: Lexicon) -> None:
    assert [c.person for c in reader.read("张伟36.5 正常", "张伟", MORNING, roster, lexicon).checkins] == ["张伟"]
    assert [c.person for c in reader.read("张伟36.5 正常", "高强", MORNING, roster, lexicon).checkins] == ["张伟"]
    assert [c.person for c in reader.read("36.5 正常", "高强", MORNING, roster, lexicon).checkins] == ["高强"]


def test_a_day_before_the_latest_is_read_anew(roster: Roster, lexicon: Lexicon) -> None:
    for days in (1, 0, 1):
        at = MORNING + timedelta(days=days)
        assert [c.date for c in reader.read("昨天36.5，今天36.6", "高强", at, roster, lexicon).checkins] == [
            (at - timedelta(days=1)).date(),
            at.date(),
        ]


def test_a_fever_is_never_taken_for_a_value_of_every_day(roster: Roster, lexicon: Lexicon) -> None:
    for text, healthy in (("体温36.5", True), ("体温38.5", False), ("体温36.8", True), ("体温63.5", None)):
        (checkin,) = reader.read(text, "高强", MORNING, roster, lexicon).checkins
        assert checkin.healthy is healthy, text


def test_of_what_is_kept_no_word_can_be_told(roster: Roster, lexicon: Lexicon) -> None:
    for text in ("体温36.5，嗓子有点干", "今天整理了器材库，下午检修了水泵。体温36.5"):
        reader.read(text, "高强", MORNING, roster, lexicon)
    known = repr(vars(scanner(roster, lexicon).again)["_known"])
    assert "symptom:" in known
    assert "Section" in known
    assert "嗓子" not in known
    assert "器材" not in known


def test_the_words_of_a_report_are_those_of_whoever_says_it(roster: Roster, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = counted(monkeypatch)
    for teller, value in (("高强", "36.5"), ("张伟", "36.7")):
        reading = reader.read(f"今天整理了器材库，下午检修了水泵。体温{value}", teller, MORNING, roster, lexicon)
        assert [(s.name, s.text) for s in reading.sections] == [("work", "今天整理了器材库，下午检修了水泵")]
        assert [c.temperature for c in reading.checkins] == [float(value)]
    assert len(seen) == 1
