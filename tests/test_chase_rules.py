"""Who is asked about whom: the rule by itself."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from models.people import Person
from models.roster import Role
from services.buddies import choose, of_one_trio


def person(number: int, trio: str = "", role: Role = Role.MEMBER) -> Person:
    return Person(number, f"{number}", role, "b", "g", "", trio)


LEADER = person(1, "a", Role.LEADER)
SILENT, MATE, OTHER = person(2, "a"), person(3, "a"), person(4, "a")
FAR, FARTHER = person(5, "b"), person(6, "b")
SQUAD = (LEADER, SILENT, MATE, OTHER, FAR, FARTHER)
EVERYBODY = {one.id for one in SQUAD}


def test_the_own_trio_comes_first_then_the_squad_and_the_leader_last() -> None:
    order = []
    able = set(EVERYBODY)
    while (found := choose(SILENT, SQUAD, able, {})) is not None:
        order.append(found)
        able.remove(found.id)
    assert order == [MATE, OTHER, FAR, FARTHER, LEADER]


def test_who_was_asked_less_comes_first_but_the_trio_before_all() -> None:
    assert choose(SILENT, SQUAD, EVERYBODY, {MATE.id: 2, OTHER.id: 1}) == OTHER
    assert choose(SILENT, SQUAD, EVERYBODY, {MATE.id: 9, OTHER.id: 9, FAR.id: 0}) == MATE
    assert choose(SILENT, SQUAD, EVERYBODY - {MATE.id, OTHER.id}, {FAR.id: 1}) == FARTHER


def test_nobody_is_asked_about_themselves_and_where_nobody_is_there_nobody_is() -> None:
    assert choose(SILENT, SQUAD, {SILENT.id}, {}) is None
    assert choose(SILENT, SQUAD, set(), {}) is None
    assert choose(SILENT, (), EVERYBODY, {}) is None


def test_who_has_no_trio_has_a_squad() -> None:
    alone = person(7)
    assert choose(alone, (*SQUAD, alone), EVERYBODY, {}) == SILENT
    assert not of_one_trio(alone, person(8)), "two without a trio are not one"


@given(able=st.sets(st.sampled_from(sorted(EVERYBODY))), asked=st.dictionaries(st.sampled_from(sorted(EVERYBODY)), st.integers(0, 5)))
def test_the_one_who_is_chosen_is_able_and_costs_no_more_than_any_other(able: set[int], asked: dict[int, int]) -> None:
    found = choose(SILENT, SQUAD, able, asked)
    others = [one for one in SQUAD if one.id in able and one is not SILENT]
    assert (found is None) == (not others)
    if found is not None:
        assert found in others
        assert found.role is not Role.LEADER or others == [LEADER]
        assert of_one_trio(found, SILENT) or not any(of_one_trio(one, SILENT) for one in others if one.role is not Role.LEADER)
        same = [one for one in others if one.role is found.role and of_one_trio(one, SILENT) == of_one_trio(found, SILENT)]
        assert asked.get(found.id, 0) == min(asked.get(one.id, 0) for one in same)


def test_of_equals_the_roster_decides() -> None:
    for squad in permutations((MATE, OTHER)):
        assert choose(SILENT, squad, EVERYBODY, {}) == squad[0]
