"""Every value names its piece of text, what decided, and how sure that is."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from bot.config import REPOSITORY
from handlers.reading.explain import explain, pieces
from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from handlers.reading.reasons import AGAINST, LISTS, RULES, family
from models.reading import Checkin, Evidence, GroupReport, Hardship, Intent, Leave, Reading
from models.roster import Roster
from tests.reading.conftest import Say, only

CORPUS = [json.loads(line) for line in (REPOSITORY / "tests/corpus/dev.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def readings(roster: Roster, lexicon: Lexicon) -> list[tuple[dict[str, Any], Reading]]:
    return [(m, read(m["text"], m["sender"], datetime.fromisoformat(m["sent_at"]), roster, lexicon)) for m in CORPUS]


def known(lexicon: Lexicon) -> set[str]:
    """Everything that can have decided: the rules, and every list of the lexicon of which it is documented how sure it is."""
    keys = {*lexicon.lists, *lexicon.subkeys, *lexicon.sieve.patterns}
    return {*RULES, *(key for key in keys if family(key) in LISTS)}


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


def test_every_list_that_decides_or_speaks_against_is_in_the_lexicon(lexicon: Lexicon) -> None:
    keys = {*lexicon.lists, *lexicon.subkeys, *lexicon.sieve.patterns}
    assert [name for name in (*LISTS, *AGAINST) if name.partition(".")[0] in TABLES and name not in keys] == []


def test_what_was_left_out_of_the_corpus_has_its_place_and_its_reason(roster: Roster, lexicon: Lexicon) -> None:
    reasons = known(lexicon) | set(AGAINST)
    wrong = []
    for message in CORPUS:
        text = message["text"]
        told = explain(text, message["sender"], datetime.fromisoformat(message["sent_at"]), roster, lexicon)
        assert told.reading == read(text, message["sender"], datetime.fromisoformat(message["sent_at"]), roster, lexicon)
        wrong += [(message["id"], e) for e in told.left_out if not (0 <= e.start < e.end <= len(text) and e.by in reasons)]
    assert wrong == []


TABLES = ("frames", "numbers", "days", "symptoms", "negations", "names", "family", "acts", "hardships", "normal")


def by_field(say: Say, text: str) -> dict[str, str]:
    """What decided each value of the one check-in."""
    return {e.field: e.by for e in only(say(text)).evidence}


def test_a_check_in_names_what_decided_each_value(say: Say) -> None:
    assert by_field(say, "36.5") == {"temperature": "temperature.exact", "healthy": "health.no_symptom"}
    assert by_field(say, "昨天36.5，正常") == {"date": "days.words.-1", "temperature": "temperature.exact", "healthy": "normal.weak"}
    assert by_field(say, "磊子头疼") == {
        "person": "person.alias",
        "symptom:headache": "symptoms.terms.headache",
        "healthy": "health.symptom",
    }
    assert by_field(say, "38.2") == {
        "temperature": "temperature.exact",
        "symptom:fever": "temperature.fever",
        "healthy": "health.symptom",
    }
    assert by_field(say, "体温36.4，没发烧") == {"temperature": "temperature.exact", "healthy": "negations.words"}


def test_a_denial_names_the_denial_with_the_symptom(say: Say) -> None:
    text = "体温36.4，没有发烧"
    (piece,) = (e for e in only(say(text)).evidence if e.field == "healthy")
    assert text[piece.start : piece.end] == "没有发烧"


def test_a_guess_is_less_sure_than_what_was_said(say: Say) -> None:
    assert say("体温36.5，无异常").confidence(Intent.HEALTH) == 1.0
    assert say("365").confidence(Intent.HEALTH) < 0.7
    assert say("体温63.5").confidence(Intent.HEALTH) < 0.5
    assert say("今天天气不错").confidence(Intent.HEALTH) == 0.0


def test_what_rests_on_the_judge_is_as_sure_as_the_judge(say: Say) -> None:
    plain = say("上午体能训练，下午保养3号车，晚上组织学习").confidence(Intent.REPORT)
    assert 0.5 <= plain <= 1.0
    assert say("工作：保养3号车\n计划：明天考核").confidence(Intent.REPORT) == 1.0


def test_a_reading_stored_before_there_were_reasons_still_loads() -> None:
    old = {
        "checkins": [{"person": "张伟", "date": "2026-03-04", "healthy": True, "evidence": [{"field": "healthy", "start": 0, "end": 2}]}]
    }
    (piece,) = Reading.model_validate_json(json.dumps(old)).checkins[0].evidence
    assert (piece.by, piece.confidence) == ("", 1.0)
