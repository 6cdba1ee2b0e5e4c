"""The corpus: what is reached today may not be lost again."""

import json

import pytest

from benchmarks.corpus import held_out, messages
from benchmarks.reading_score import Score, read_all, scored
from bot.config import REPOSITORY
from bot.understand import understand
from handlers.reading.lexicon import Lexicon
from models.roster import Roster

HERE = REPOSITORY / "tests" / "corpus"
SHARED = REPOSITORY.parent / "shared" / "corpus"
CORPUS = messages("dev.jsonl")
TEXTS = {message["id"]: message["text"] for message in CORPUS}

# a little under what is reached (docs/reading.md)
EXACT, EXACT_HELD_OUT, EXACT_OWN, EXACT_FRESH, EXACT_UNSEEN, EXACT_DANGER = 0.98, 0.95, 0.91, 0.84, 0.88, 0.62
F1 = {
    "intent health": 0.985,
    "intent report": 0.95,
    "intent hardship": 0.97,
    "intent leave": 0.98,
    "intent group_report": 0.98,
    "check-in": 0.985,
    "temperature": 0.985,
    "healthy": 0.985,
    "symptom": 0.98,
}


@pytest.fixture(scope="module")
def score(roster: Roster, lexicon: Lexicon) -> Score:
    """Facets, harm and the messages read wrong, over the whole corpus."""
    return scored(CORPUS, read_all(CORPUS, roster, lexicon))


def test_most_messages_are_read_exactly_right(score: Score) -> None:
    assert score.exact >= EXACT


def test_most_messages_that_were_never_looked_at_are_read_exactly_right(score: Score) -> None:
    held = {key for key in TEXTS if held_out(key)}
    assert 1 - len(score.wrong & held) / len(held) >= EXACT_HELD_OUT


def test_no_stated_symptom_is_read_as_healthy(score: Score) -> None:
    assert score.harm["stated symptom read as healthy"] == []


def test_no_urgent_hardship_is_missed(score: Score) -> None:
    assert score.harm["urgent hardship missed"] == []


def test_chatter_that_is_not_said_to_the_bot_leaves_nothing(score: Score) -> None:
    assert [key for key in score.harm["chatter kept"] if "@小微" not in TEXTS[key]] == []


def test_few_reports_are_lost(score: Score) -> None:
    assert len(score.harm["report lost"]) <= 4


@pytest.mark.parametrize(("facet", "floor"), F1.items())
def test_every_facet_keeps_its_floor(score: Score, facet: str, floor: float) -> None:
    assert score.facets[facet].f1() >= floor


@pytest.mark.parametrize(
    ("name", "floor", "healthy", "missed"),
    [
        ("more.jsonl", EXACT_OWN, 8, 12),
        ("fresh.jsonl", EXACT_FRESH, 2, 1),
        ("unseen.jsonl", EXACT_UNSEEN, 4, 2),
        ("danger.jsonl", EXACT_DANGER, 1, 6),
    ],
)
def test_messages_of_other_people_are_read(roster: Roster, lexicon: Lexicon, name: str, floor: float, healthy: int, missed: int) -> None:
    others = messages(name)
    score = scored(others, read_all(others, roster, lexicon))
    assert score.exact >= floor
    assert len(score.harm["stated symptom read as healthy"]) <= healthy
    assert len(score.harm["urgent hardship missed"]) <= missed


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not beside this checkout")
@pytest.mark.parametrize("name", ["dev.jsonl", "shapes.jsonl", "roster.json", "LABELS.md"])
def test_the_copies_of_the_corpus_are_in_step(name: str) -> None:
    assert (HERE / name).read_bytes() == (SHARED / name).read_bytes()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not beside this checkout")
def test_the_copy_of_the_score_is_in_step() -> None:
    assert (REPOSITORY / "benchmarks" / "score.py").read_bytes() == (SHARED / "score.py").read_bytes()


def test_the_traps_are_read_without_an_error(roster: Roster, lexicon: Lexicon) -> None:
    shapes = messages("shapes.jsonl")
    lines = [json.dumps({"id": s["id"], "sender": "张伟", "sent_at": "2026-03-15T08:00:00+08:00", "text": s["text"]}) for s in shapes]
    assert len(list(understand(lines, roster, lexicon))) == 130
