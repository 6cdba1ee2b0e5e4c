"""Whom the name of an account means: a full name, once what people write around it is cut off. Pure.

A wrong match would hand one person's health to another: a name inside another (张伟 in 张伟明) is nobody's, and so is what leaves a choice.
"""

from collections.abc import Sequence

from models.decoration import Place, plain
from models.directory import Directory, Room
from models.people import Person


def called(directory: Directory, nickname: str, room: Room | None = None, *, only_there: bool = False) -> Person | None:
    """The one member whom a nickname means; of namesakes the one whose squad it names, or whose `room` it is.

    `only_there`: none but a member who belongs to that room.
    """
    text = plain(nickname)
    found: list[tuple[Person, list[frozenset[Place]]]] = []
    for name, person in directory.plain_names:
        if name not in text or (only_there and not (room and belongs(person, room))):
            continue
        places = directory.decoration.around(text, name)
        if places is not None and all(_may_be(directory, person, place) for place in places):
            found.append((person, places))
    if len(found) <= 1:
        return found[0][0] if found else None
    placed = [person for person, places in found if places and all(_is_of(person, place) for place in places)]
    return _only(placed) or _only([person for person, _ in found if room is not None and belongs(person, room)])


def belongs(person: Person, room: Room) -> bool:
    """Whether a member is one of those whose room it is: the members of the group, the people of the branch, or everybody."""
    match room.kind:
        case "group":
            return person.group_id == room.scope
        case "branch":
            return person.branch_id == room.scope
        case _:
            return True


def _is_of(person: Person, place: frozenset[Place]) -> bool:
    return ("group", person.group_id) in place or ("branch", person.branch_id) in place


def _may_be(directory: Directory, person: Person, place: frozenset[Place]) -> bool:
    """Whether nothing speaks against it: a secretary is of no group and may still name one of the branch, a duty officer any."""
    if _is_of(person, place) or person.branch_id is None:
        return True
    return person.group_id is None and any(kind == "group" and directory.group_branches.get(at) == person.branch_id for kind, at in place)


def _only(people: Sequence[Person]) -> Person | None:
    return people[0] if len(people) == 1 else None
