"""Whom a group report does not count: what a leader answers who was asked (马腾不在, 小马休假, or the name alone), or adds to it."""

import re
from dataclasses import replace
from datetime import date

from handlers.incoming import Incoming
from handlers.leave import LEAVE_DENIED, STAYS
from handlers.reread import moved
from models import inbox, records
from models.reading import GroupReport, Intent, Leave, Reading
from services import coverage, questions

LONGEST = 40
"""How many characters such an answer has at most; what is longer speaks for itself."""
_BESIDE = frozenset({Intent.LEAVE, Intent.HEALTH, Intent.HARDSHIP})
"""What else it may say of who is absent: for how long, that somebody is ill."""
_LITTLE = re.compile(
    r"(?:[\s、,，.。!！:：]|是|就|和|跟|还有|哦|啊|吧|呢|了|的|今天|今早|现在|一个|不在|没在|没来|没到|宿舍|寝室|家里?|屋里?|岗位?上?|站里?|队里?|班里?)*"
)
"""What may stand around a name that is the answer by itself."""
_NOT_THERE = re.compile("不在|没在|没来|没到|缺席")
"""Without these words nothing is looked up: most messages say nothing of who is absent."""
_THERE = re.compile(rf"{STAYS}|{LEAVE_DENIED}|在[岗位]")
"""Who is spoken of so is there: 王磊没请假."""
_AFTER_ALL = re.compile(
    rf"(?:同志|其实|今天|现在|人|也|都|还|已经?)*(?:在[岗位站队班]|在的|在呢|到了|来了|{STAYS}|{LEAVE_DENIED})(?![吗么没])"
)
"""Behind a name: whom a report had as absent is there after all (王磊在位)."""
_BESIDE_THERE = frozenset({Intent.HEALTH, Intent.CORRECTION})
_BY_WORDS = frozenset({"leave.absent", "group.listed", "group.unwell"})


def completed(incoming: Incoming) -> Incoming:
    """The message as the rest of the group report that waits for it, or as what puts one right; as it is, where it is neither."""
    if not incoming.message.addressed or len(incoming.text) > LONGEST:
        return incoming
    day = incoming.message.sent_at.astimezone(incoming.work.unit.zone).date()
    return _there_after_all(incoming, day) or _absent_too(incoming, day)


def _absent_too(incoming: Incoming, day: date) -> Incoming:
    """马腾不在: the report with who is absent besides; the message as it is, where it says nothing of the kind."""
    work, reading = incoming.work, incoming.reading
    if set(reading.intents) - _BESIDE:
        return incoming
    question = questions.open_absent(work, incoming.sender, day)
    if question is None:
        return incoming if reading.intents else _put_right(incoming, day)
    waiting = _said(incoming, question.message_id)
    if waiting is None:
        return incoming
    names, leaves = _absent(incoming, day, waiting, alone=_is_a_name(incoming))
    if not names:
        return incoming
    questions.settle(work, incoming.row, question)
    return _as_report(incoming, _with(waiting, names), leaves)


def _put_right(incoming: Incoming, day: date) -> Incoming:
    """王小磊也不在: somebody whom the sender's own report of the day counted, and of whom nothing else is known, is absent after all."""
    work = incoming.work
    for row in records.group_reports_by(work.session, incoming.sender.id, day) if _NOT_THERE.search(incoming.text) else ():
        said = _said(incoming, row.message_id)
        names, _ = ((), ()) if said is None else _absent(incoming, day, said, alone=False)
        state = coverage.of_group(work, row.group_id, day)
        counted = coverage.counted_by_report(work, state)
        wrong = tuple(m.person.name for m in state.members if m.person.name in names and m.person.id in counted)
        if said is not None and wrong:
            return _as_report(incoming, _without(said, wrong, len(state.members)), ())
    return incoming


def _there_after_all(incoming: Incoming, day: date) -> Incoming | None:
    """王磊在位: whom the sender's own report of the day had as absent is not, so that it is corrected."""
    work, text = incoming.work, incoming.text
    if set(incoming.reading.intents) - _BESIDE_THERE:
        return None
    there = {
        person.name
        for name, person in work.directory.called.items()
        if (place := text.find(name)) >= 0 and _AFTER_ALL.match(text, place + len(name))
    }
    for row in records.group_reports_by(work.session, incoming.sender.id, day) if there else ():
        said = _said(incoming, row.message_id)
        back = () if said is None else tuple(name for name in said.exceptions if name in there)
        if said is None or not back:
            continue
        present = None if said.present is None else said.present + len(back)
        if present is not None and said.expected is not None:
            present = min(present, said.expected)
        left = tuple(name for name in said.exceptions if name not in back)
        return _as_report(incoming, said.model_copy(update={"exceptions": left, "present": present}), (), corrects=True)
    return None


def _as_report(incoming: Incoming, report: GroupReport, leaves: tuple[Leave, ...], *, corrects: bool = False) -> Incoming:
    """The message as a group report; `corrects`: in the place of one that had somebody as absent who is there."""
    reading = incoming.reading
    intents = dict.fromkeys((*reading.intents, *((Intent.CORRECTION,) if corrects else ()), Intent.GROUP_REPORT))
    told = Reading.model_validate(
        reading.model_dump()
        | {
            "group_report": report,
            "leaves": leaves or reading.leaves,
            "intents": tuple(intents),
            "correction": corrects or reading.correction,
        }
    )
    inbox.keep(incoming.work.session, incoming.row)
    incoming.row.reading = told.model_dump_json()
    return replace(incoming, reading=told)


def _said(incoming: Incoming, message_id: int | None) -> GroupReport | None:
    """The group report of a message."""
    message = inbox.by_id(incoming.work.session, message_id or 0)
    return None if message is None else Reading.model_validate_json(message.reading).group_report


def _absent(incoming: Incoming, day: date, waiting: GroupReport, *, alone: bool) -> tuple[tuple[str, ...], tuple[Leave, ...]]:
    """Who of the group is absent by these words, read where they belong: within the report; and the leaves among them.

    `alone`: a name by itself is enough.
    """
    work = incoming.work
    group = waiting.group or incoming.sender.group_id or ""
    members = work.directory.group_members(group)
    there = waiting.present if waiting.present is not None else waiting.expected or 0
    size = max(len(members), there + 1)
    before = f"{work.directory.group_names.get(group, '')}应到{size}人,实到{there}人,"
    words = f"{before}{incoming.text.strip()},其余正常"
    reading = incoming.read(words, incoming.sender.name, day)
    said = reading.group_report
    if said is None or _THERE.search(incoming.text) or any(checkin.healthy for checkin in incoming.reading.checkins):
        return (), ()
    by_words = {piece.field.removeprefix("exception:") for piece in said.evidence if piece.by in _BY_WORDS}
    known = {person.name for person in members}
    names = tuple(name for name in said.exceptions if name in known and (alone or name in by_words))
    start = max(incoming.message.text.find(incoming.text.strip()), 0)
    end = start + len(incoming.text.strip())
    return names, tuple(
        leave.model_copy(update={"evidence": moved(leave.evidence, len(before) - start, start, end)})
        for leave in reading.leaves
        if leave.person in names
    )


def _is_a_name(incoming: Incoming) -> bool:
    """Whether nothing is said but who."""
    rest = incoming.text
    for name in sorted(incoming.work.directory.called, key=len, reverse=True):
        rest = rest.replace(name, "")
    return rest != incoming.text and _LITTLE.fullmatch(rest) is not None


def _with(said: GroupReport, names: tuple[str, ...]) -> GroupReport:
    """The report with those who are absent; who was counted is there, and they come on top, unless they were counted as absent already."""
    absent = tuple(dict.fromkeys((*said.exceptions, *names)))
    there = said.present if said.present is not None else said.expected
    if there is None:
        return said.model_copy(update={"exceptions": absent})
    counted = said.expected if said.expected is not None and said.expected - there >= len(absent) else there + len(absent)
    return said.model_copy(update={"exceptions": absent, "present": there, "expected": counted})


def _without(said: GroupReport, names: tuple[str, ...], size: int) -> GroupReport:
    """The report with those absent whom it had counted as there. `size`: how many the group has."""
    absent = tuple(dict.fromkeys((*said.exceptions, *names)))
    there, expected = said.present, said.expected
    if there is not None:
        there -= len(names)
    elif expected is not None and expected < size:  # "5人正常，马腾没来": those who are well are counted
        expected -= len(names)
    return said.model_copy(update={"exceptions": absent, "present": there, "expected": expected})
