"""The demo unit is the unit of the corpus, with posts, trios and somebody on duty."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.directory import load_directory
from models.migrate import upgrade
from models.roster import Roster
from models.roster_check import check
from models.roster_rows import apply, difference, lines_of
from models.roster_sheet import RosterLine, lines_from_roster
from models.sealing import Cipher
from models.store import Store, make_engine

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@pytest.fixture
def demo() -> Roster:
    return Roster.model_validate_json((ROOT / "content" / "demo" / "roster.json").read_bytes())


@pytest.fixture
def corpus() -> Any:
    return json.loads((ROOT / "tests" / "corpus" / "roster.json").read_bytes())


def import_lines(session: Session, lines: list[RosterLine]) -> int:
    found = difference(session, lines)
    apply(session, found, NOW)
    return len(found.entries)


def test_the_demo_has_the_names_ids_and_aliases_of_the_corpus(demo: Roster, corpus: Any) -> None:
    plain = demo.model_dump(mode="json", exclude={"duty_officers": True, "groups": {"__all__": {"members": {"__all__": {"post", "trio"}}}}})
    assert plain == corpus


def test_everybody_of_the_demo_has_a_post_and_a_trio_of_three_in_the_own_group(demo: Roster) -> None:
    for group in demo.groups:
        assert all(member.post for member in group.members)
        trios = Counter(member.trio for member in group.members)
        assert set(trios.values()) == {3}
        assert all(trio.startswith(f"{group.id}-") for trio in trios)
    assert demo.duty_officers == ("于海",)


def test_the_demo_roster_becomes_the_same_unit_in_the_database(demo: Roster, tmp_path: Path) -> None:
    lines = lines_from_roster(demo)
    assert check(lines) == []
    engine = make_engine(f"sqlite:///{tmp_path / 'demo.db'}", Cipher(None))
    upgrade(engine)
    store = Store(engine)
    try:
        assert store.write_now(lambda session: import_lines(session, lines)) == 2 + 4 + len(lines)
        unit = store.read_now(lambda session: load_directory(session, demo.organization))
        assert unit.roster == demo
        assert {room.address for room in unit.rooms.values()} == {"org", "b1", "b2", "g1", "g2", "g3", "g4"}
        assert {address for _, address in unit.accounts} == {person.name for person in unit.people.values()}
        assert store.write_now(lambda session: import_lines(session, lines)) == 0
        assert store.write_now(lambda session: import_lines(session, lines_of(session))) == 0
    finally:
        store.close()


def test_the_ids_of_a_roster_in_json_are_kept_whatever_they_are(demo: Roster, tmp_path: Path) -> None:
    """Rooms are bound by id, so a roster in JSON says which; only a sheet leaves the numbering to the bot."""
    groups = tuple(group.model_copy(update={"id": f"g{number}"}) for group, number in zip(demo.groups, (7, 2, 9, 1), strict=True))
    engine = make_engine(f"sqlite:///{tmp_path / 'demo.db'}", Cipher(None))
    upgrade(engine)
    store = Store(engine)
    try:
        store.write_now(lambda session: import_lines(session, lines_from_roster(demo.model_copy(update={"groups": groups}))))
        unit = store.read_now(lambda session: load_directory(session, demo.organization))
        assert {group.id: group.name for group in unit.roster.groups} == {group.id: group.name for group in groups}
    finally:
        store.close()


def test_a_member_of_a_group_may_be_on_duty(demo: Roster) -> None:
    lines = lines_from_roster(demo.model_copy(update={"duty_officers": ("张伟",)}))
    assert [(line.role, line.group) for line in lines if line.name == "张伟"] == [("duty_officer", "第一党小组")]
    assert check(lines) == []


def test_an_import_that_fails_half_way_leaves_nothing_behind(demo: Roster, tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'demo.db'}", Cipher(None))
    upgrade(engine)
    store = Store(engine)

    def broken(session: Session) -> None:
        import_lines(session, lines_from_roster(demo))
        raise OSError("the power went out")

    try:
        with pytest.raises(OSError, match="power"):
            store.write_now(broken)
        unit = store.read_now(lambda session: load_directory(session, demo.organization))
        assert (unit.people, unit.rooms, unit.accounts, unit.roster.groups) == ({}, {}, {}, ())
    finally:
        store.close()
