"""What simulated people say is read by the real reader; a way to say it that is not understood is a finding, not a slip of the test."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from bot.config import REPOSITORY
from bot.content import ContentError, load_lexicon
from bot.simulation.script import Script, load_script
from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from models.outbox import NoticeKind
from models.reading import Intent, Reading
from models.roster import Branch, Group, Member, Roster

ROSTER = Roster(
    organization="示例支队",
    branches=(Branch(id="b1", name="第1党支部"),),
    groups=(Group(id="g1", branch="b1", name="第1小组", members=(Member(name="邹钊铮"), Member(name="熊炜栋"))),),
)
MORNING = datetime.fromisoformat("2026-03-02T08:00:00+08:00")
FACTS = {"name": "邹钊铮", "temperature": "36.4", "fever": "38.1", "case": "12", "heir": "熊炜栋", "first": "3月5日", "last": "3月7日"}


@pytest.fixture(scope="module")
def script() -> Script:
    return load_script(REPOSITORY / "content")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(REPOSITORY / "content" / "lexicon")


def readings(script: Script, lexicon: Lexicon, kind: str, *, addressed: bool = False) -> list[Reading]:
    said = [way.format(symptom=symptom, **FACTS) for way in script.words[kind] for symptom in script.symptoms]
    return [read(text, "邹钊铮", MORNING, ROSTER, lexicon, lambda _account: None, addressed=addressed) for text in dict.fromkeys(said)]


@pytest.mark.parametrize(
    ("kind", "intent"),
    [
        ("checkin", Intent.HEALTH),
        ("checkin_ill", Intent.HEALTH),
        ("checkin_slip", Intent.HEALTH),
        ("falls_ill", Intent.HEALTH),
        ("report", Intent.REPORT),
        ("leave", Intent.LEAVE),
    ],
)
def test_everyday_words_are_read(script: Script, lexicon: Lexicon, kind: str, intent: Intent) -> None:
    assert [reading.intents for reading in readings(script, lexicon, kind) if intent not in reading.intents] == []


def test_who_is_well_is_read_as_well_and_who_is_ill_as_ill(script: Script, lexicon: Lexicon) -> None:
    assert {reading.checkins[0].healthy for reading in readings(script, lexicon, "checkin")} == {True}
    assert {reading.checkins[0].healthy for kind in ("checkin_ill", "falls_ill") for reading in readings(script, lexicon, kind)} == {False}


@pytest.mark.parametrize("kind", ["hardship_ordinary", "hardship_heart", "hardship_urgent"])
def test_most_needs_are_understood(script: Script, lexicon: Lexicon, kind: str) -> None:
    found = readings(script, lexicon, kind)
    assert sum(Intent.HARDSHIP in reading.intents for reading in found) >= 0.8 * len(found)


def test_every_urgent_need_is_understood_as_urgent(script: Script, lexicon: Lexicon) -> None:
    assert all(reading.hardship is not None and reading.hardship.urgent for reading in readings(script, lexicon, "hardship_urgent"))


def test_nothing_is_reported_by_chatter(script: Script, lexicon: Lexicon) -> None:
    assert [reading for reading in readings(script, lexicon, "chatter") if reading.reports] == []


def test_there_are_dozens_of_ways_to_say_what_matters(script: Script) -> None:
    for kind in ("hardship_ordinary", "chatter"):
        assert len(set(script.words[kind])) >= 24


def test_people_react_to_kinds_of_notices_that_there_are(script: Script) -> None:
    cues = {habit.when for habit in script.habits.reactions}
    asked = {cue for cue in cues if cue.startswith(("question.", "said."))}
    assert cues - asked <= set(NoticeKind)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "content" / "simulation", tmp_path / "simulation")
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("words.yaml", "\nsettle:", "\nsetle:", "settle: is missing"),
        ("words.yaml", "\nchatter:", "\nchat:", "chatter: is missing"),
        ("habits.yaml", "falls_ill: 0.004", "falls_ill: 4", "life.falls_ill"),
        ("habits.yaml", "median: PT15M", "median: 15", "median"),
        ("habits.yaml", "life:", "live: [", "cannot be read"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(content: Path, file: str, old: str, new: str, said: str) -> None:
    edit(content / "simulation" / file, old, new)
    with pytest.raises(ContentError) as caught:
        load_script(content)
    assert file in str(caught.value)
    assert said in str(caught.value)
