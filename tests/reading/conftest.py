"""The real lexicon and the corpus' roster, and a short way to have something read."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.config import REPOSITORY
from bot.content import load_lexicon
from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from models.reading import Checkin, GroupReport, Reading
from models.roster import Roster

Say = Callable[..., Reading]
MORNING = "2026-03-04T08:05:00+08:00"  # a Wednesday
TODAY = date(2026, 3, 4)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(REPOSITORY / "content" / "lexicon")


@pytest.fixture(scope="session")
def roster() -> Roster:
    return Roster.model_validate_json((Path(__file__).parent.parent / "corpus" / "roster.json").read_text(encoding="utf-8"))


@pytest.fixture
def say(lexicon: Lexicon, roster: Roster) -> Say:
    """Have one message read; sender and time may be given."""

    def reading(text: str, sender: str = "张伟", at: str = MORNING) -> Reading:
        return read(text, sender, datetime.fromisoformat(at), roster, lexicon)

    return reading


def only(reading: Reading) -> Checkin:
    """The one check-in of a reading."""
    assert len(reading.checkins) == 1, reading.checkins
    return reading.checkins[0]


def told(reading: Reading) -> dict[str, tuple[float | None, tuple[str, ...], bool | None]]:
    """The check-ins of a reading by person."""
    return {c.person: (c.temperature, c.symptoms, c.healthy) for c in reading.checkins}


def report(say: Say, text: str, sender: str = "李明") -> GroupReport:
    """The report of a group that a leader's message is."""
    found = say(text, sender).group_report
    assert found is not None
    return found


def assert_quiet_need(reading: Reading, kind: str) -> None:
    """Fail unless a difficulty of that kind is read that can wait."""
    assert reading.hardship is not None
    assert kind in reading.hardship.categories
    assert not reading.hardship.urgent
