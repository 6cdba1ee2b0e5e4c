"""Every value names its piece of text, what decided, and how sure that is."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from bot.config import REPOSITORY
from handlers.reading.explain import pieces
from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from handlers.reading.reasons import RULES
from models.reading import Checkin, Evidence, GroupReport, Hardship, Intent, Leave, Reading
from models.roster import Roster

CORPUS = [json.loads(line) for line in (REPOSITORY / "tests/corpus/dev.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def readings(roster: Roster, lexicon: Lexicon) -> list[tuple[dict[str, Any], Reading]]:
    return [(m, read(m["text"], m["sender"], datetime.fromisoformat(m["sent_at"]), roster, lexicon)) for m in CORPUS]


def known(lexicon: Lexicon) -> set[str]:
    """Everything that can have decided: the rules, and the lists of the lexicon."""
    days = {f"days.words.{offset}" for offset in lexicon.subkeys["days.words"]}
    compounds = {f"symptoms.compounds.{symptom}" for symptom in lexicon.subkeys["symptoms.compounds"]}
    return {*RULES, *lexicon.lists, *lexicon.patterns.expressions, "family.relations", *days, *compounds}


def values_of(reading: Reading, sender: str, today: str) -> Iterator[tuple[tuple[Evidence, ...], str]]:
    """Every value of a reading that is not a default: the evidence of its part, and the field that must be there."""
    for checkin in reading.checkins:
        yield from ((checkin.evidence, field) for field in _of_checkin(checkin, sender, today))
    for section in reading.sections:
        yield section.evidence, section.name
    if reading.hardship is not None:
        yield from ((reading.hardship.evidence, field) for field in _of_hardship(reading.hardship))
    for leave in reading.leaves:
        yield from ((leave.evidence, field) for field in _of_leave(leave, sender))
    if reading.group_report is not None:
        yield from ((reading.group_report.evidence, field) for field in _of_group(reading.group_report))
    yield from ((reading.evidence, act) for act in ("correction", "retract") if getattr(reading, act))
    if Intent.IDEA in reading.intents:
        yield reading.idea, "idea"


def _of_checkin(checkin: Checkin, sender: str, today: str) -> Iterator[str]:
    if checkin.person != sender:
        yield "person"
    if checkin.date.isoformat() != today:
        yield "date"
    if checkin.temperature is not None or checkin.implausible:
        yield "temperature"
    if checkin.healthy is not None:
        yield "healthy"
    yield from (f"symptom:{symptom}" for symptom in checkin.symptoms)


def _of_hardship(hardship: Hardship) -> Iterator[str]:
    yield from (f"categories:{category}" for category in hardship.categories)
    if hardship.urgent:
        yield "urgent"


def _of_leave(leave: Leave, sender: str) -> Iterator[str]:
    yield from ("leave", "from")
    if leave.person != sender:
        yield "person"
    if leave.last is not None:
        yield "to"


def _of_group(report: GroupReport) -> Iterator[str]:
    yield from (field for field in ("group", "expected", "present") if getattr(report, field) is not None)
    if report.all_normal:
        yield "all_normal"
    yield from (f"exception:{name}" for name in report.exceptions)


def test_every_value_of_the_corpus_has_its_piece(readings: list[tuple[dict[str, Any], Reading]]) -> None:
    missing = [
        (message["id"], message["text"], field)
        for message, reading in readings
        for evidence, field in values_of(reading, message["sender"], message["sent_at"][:10])
        if field not in [piece.field for piece in evidence]
    ]
    assert missing == []


def test_every_piece_of_the_corpus_lies_in_its_text_and_says_what_decided(
    readings: list[tuple[dict[str, Any], Reading]], lexicon: Lexicon
) -> None:
    reasons = known(lexicon)
    wrong = [
        (message["id"], piece)
        for message, reading in readings
        for piece in pieces(reading)
        if not (0 <= piece.start < piece.end <= len(message["text"]) and piece.by in reasons and 0 < piece.confidence <= 1)
    ]
    assert wrong == []


def test_every_intent_of_the_corpus_has_a_confidence(readings: list[tuple[dict[str, Any], Reading]]) -> None:
    assert [(m["id"], i) for m, reading in readings for i in reading.intents if not 0 < reading.confidence(i) <= 1] == []
    assert [(m["id"], i) for m, reading in readings for i in Intent if i not in reading.intents and reading.confidence(i) > 0] == []
