"""Who of a group is not well: those who are named, and whether some are only counted."""

import re
from collections.abc import Mapping

from handlers.reading.facts import Fact
from handlers.reading.health.temperature import FEVER
from handlers.reading.leave.numbered import number
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.scan import Token

_N = r"(?P<n>\d{1,2}|[零无一二两三四五六])"
_TALLY = re.compile(rf"\s?[:|]?\s?{_N}\s?(?:个|人|例|名)")
_TALLY_BEFORE = re.compile(rf"{_N}\s?(?:个|名)?(?:人|例)\s?(?:还|也|都)?(?:有点|有些|有|出现|在|轻微|低|高)?\s?$")
_PEOPLE = re.compile(rf"{_N}\s?(?:个|名)?(?:人|例|名)")
_DENIED = re.compile("[无没未](?:有|见|出现)?(?:人|一[个人])?[^,。;]{0,2}$")
_NEAR = 6
_BEFORE = 10  # characters before a symptom in which those who have it are counted
_NAMED_FROM = 3  # characters behind a count in which the first of them is named
_JOINED = re.compile(r"\s?[、,和跟与及]\s?")
_NONE = ("0", "零", "无")
_MYSELF = re.compile(r"(?:我自己|我本人|本人自己|本人|俺自己|我(?:也|的|个人)?)(?:体温|是|量的|量了|测的|[: ]){0,2}$")
_HIMSELF = re.compile("自己|自报|本人|在家|那边|电话")
_OWN_WITHIN = 8


def told(message: Message, facts: list[Fact]) -> list[Fact]:
    """The facts with those of a tally given to whom it names ("咳嗽1人（陈一，36.7）"), without what nobody has ("发热0人")."""
    kept: list[Fact] = []
    for fact in facts:
        clause = message.speech.clauses[fact.clause]
        if fact.kind not in ("symptom", "unwell"):
            kept.append(fact)
            continue
        if message.search.first("group.nobody", message.text, clause.start, fact.start) is not None:
            continue
        tally = _tally(message, fact)
        if tally is None:
            kept.append(fact)
            continue
        kept += [fact._replace(person=person) for person in _listed(message, *tally)]
    return kept


def counted(message: Message) -> Place | None:
    """Where somebody is counted as ill and not named: "发热1人，其余正常"."""
    facts = {fact.start: fact for fact in message.facts}
    for token in message.tokens if _PEOPLE.search(message.head) is not None else ():
        if token.kind != "symptom" or _DENIED.search(message.text, max(0, token.start - _NEAR), token.start):
            continue
        tally = _tally(message, facts.get(token.start) or token)
        if tally is not None and tally[0] > 0 and not _listed(message, *tally):
            return Place(token.start, token.end, "group.ill")
    return None


def _tally(message: Message, said: Fact | Token) -> tuple[int, int] | None:
    """How many have a symptom, and where that has been said; None where they are not counted, or it is of whom is named before it."""
    tally, end = _TALLY.match(message.text, said.end), said.end
    if tally is not None:
        end = tally.end()
    elif not isinstance(said, Fact) or said.named is None:
        tally = _TALLY_BEFORE.search(message.text, max(0, said.start - _BEFORE), said.start)
    if tally is None:
        return None
    return 0 if tally.group("n") in _NONE else number(tally.group("n")), end


def _listed(message: Message, most: int, since: int) -> list[str]:
    """Those who are named from a place on, one after the other, at most so many."""
    people: list[str] = []
    end = since
    for token in (t for t in message.tokens if t.kind == "person" and t.start >= since):
        near = token.start <= since + _NAMED_FROM if not people else _JOINED.fullmatch(message.text, end, token.start) is not None
        person = message.people.resolve(token.value, message.sender)
        if not near or person is None or len(people) == most:
            break
        people.append(person)
        end = token.end
    return people


def is_value_of(message: Message, fact: Fact, absentees: Mapping[str, Place]) -> bool:
    """Whether it is the temperature of somebody who is away and named ("天儿在医院，他自己说37.0")."""
    if fact.kind != "temperature" or fact.person not in absentees:
        return False
    return _HIMSELF.search(message.text, max(0, fact.start - _OWN_WITHIN), fact.start) is not None


def is_own_value(message: Message, fact: Fact) -> bool:
    """Whether the sender gives his own value beside what he says of the group ("在位的都正常，我自己36.5")."""
    if fact.kind != "temperature" or fact.person != message.sender:
        return False
    return _MYSELF.search(message.text, max(0, fact.start - _OWN_WITHIN), fact.start) is not None


def unwell(facts: list[Fact]) -> list[Fact]:
    """The facts of somebody in the group who is not well."""
    return [
        f
        for f in facts
        if (f.kind in ("symptom", "unwell") and not (f.past and f.day is None))
        or (f.kind == "temperature" and f.value is not None and f.value >= FEVER)
    ]
