"""Every rule that denies, drops or overrides fires where it should and lets pass where it must not; the table is must_not_fire.yaml."""

from datetime import datetime
from pathlib import Path

import pytest
import yaml

from handlers.reading.explain import explain, pieces
from handlers.reading.lexicon import Lexicon
from handlers.reading.reasons import AGAINST
from models.roster import Roster
from tests.reading.conftest import MORNING

TABLE = yaml.safe_load(Path(__file__).with_name("must_not_fire.yaml").read_text(encoding="utf-8"))
MOMENT = datetime.fromisoformat(MORNING)
DENIALS = {"negations.words", "negations.over", "denial.answer"}


def cases(kind: str) -> list[tuple[str, str, str]]:
    """The rows of one kind, each with the name of its rule."""
    return [(name, text, value) for name, pair in TABLE.items() for text, value in pair[kind]]


def test_every_rule_has_a_message_where_it_fires_and_one_where_it_must_not() -> None:
    assert set(TABLE) == {*AGAINST, *DENIALS}
    assert [name for name, pair in TABLE.items() if not (pair["fires"] and pair["keeps"])] == []


@pytest.mark.parametrize(("name", "text", "piece"), cases("fires"))
def test_it_leaves_out_what_it_should(roster: Roster, lexicon: Lexicon, name: str, text: str, piece: str) -> None:
    left_out = explain(text, "张伟", MOMENT, roster, lexicon).left_out
    assert (piece, name) in [(text[e.start : e.end], e.by) for e in left_out]


@pytest.mark.parametrize(("name", "text", "value"), cases("keeps"))
def test_it_leaves_standing_what_is_said(roster: Roster, lexicon: Lexicon, name: str, text: str, value: str) -> None:
    reading = explain(text, "张伟", MOMENT, roster, lexicon).reading
    assert value in {*(e.field for e in pieces(reading)), *map(str, reading.intents)}
