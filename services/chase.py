"""Chasing the silent: after their own reminder one buddy is asked about them; and who has nobody to look after them tomorrow."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from models import inbox, nudges, questions
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.questions import SILENT
from models.tables.cases import QuestionRow
from services import buddies, coverage, reach, wording
from services.coverage import Coverage, MemberDay
from services.notify import tell
from services.questions import EXPIRES_AFTER
from services.record import is_abnormal
from services.work import Work

LOOKED_BACK = timedelta(days=7)
"""Within which it counts who was asked how often."""
PATIENCE = timedelta(minutes=10)
"""So long at least somebody has had to answer for themselves, where the reminder came late."""
MOST = 2
"""About how many one buddy is asked on a day."""


def ask_buddies(work: Work, group_id: str, day: date, *, expires_at: datetime) -> None:
    """Ask a buddy about each member of a group who was reminded, is still open, and has said nothing at all that day; once on a day."""
    group = coverage.of_group(work, group_id, day)
    if not group.open:
        return
    reminded = nudges.reminded(work.session, day, [member.person.id for member in group.open])
    spoke = inbox.spoke_since(work.session, list(reminded), datetime.combine(day, time(), work.unit.zone))
    waiting = reminded.keys() - spoke
    silent = [member.person for member in group.open if member.asked is None and member.person.id in waiting]
    found = _pair(work, group, silent)
    of_buddy = Counter(buddy.id for _, buddy in found)
    for person, buddy in found:
        questions.add(
            work.session,
            QuestionRow(
                member_id=buddy.id,
                kind=SILENT,
                ref=0,
                asked_at=work.now,
                expires_at=datetime.combine(day, time(), work.unit.zone) + EXPIRES_AFTER,
                about_id=person.id,
                day=day,
            ),
        )
        text = work.say("nudge.buddy" if of_buddy[buddy.id] == 1 else "nudge.buddy_of_several", name=person.name)
        tell(
            work,
            buddy,
            text,
            NoticeKind.NUDGE_BUDDY,
            Priority.REMINDER,
            day=day,
            expires_at=expires_at,
            about=person,
            not_before=reminded[person.id] + PATIENCE,
        )


def _pair(work: Work, group: Coverage, silent: Iterable[Person]) -> list[tuple[Person, Person]]:
    """Who of a group is asked about whom: only whoever was heard of and is well has a hand free for others."""
    squad = work.directory.group_members(group.group_id)
    able = _able(work, (member for member in group.members if member.checkin is not None and not is_abnormal(member.checkin)))
    midnight = datetime.combine(group.day, time(), work.unit.zone)
    asked = questions.asked_since(work.session, [one.id for one in squad], work.now - LOOKED_BACK)
    today = questions.asked_since(work.session, [one.id for one in squad], midnight)
    found = []
    for person in silent:
        buddy = buddies.choose(person, squad, {one for one in able if today[one] < MOST}, asked)
        if buddy is not None:
            found.append((person, buddy))
            asked[buddy.id] += 1
            today[buddy.id] += 1
    return found


def _able(work: Work, members: Iterable[MemberDay]) -> set[int]:
    """Who may be asked of these: nobody who is away, or whom no channel reaches."""
    return {member.person.id for member in members if not member.away and reach.reachable(work, member.person)}


def unasked(work: Work, group: Coverage) -> list[Person]:
    """The open ones of a group about whom nobody was asked and nobody can be."""
    silent = [member.person for member in group.open if member.asked is None]
    if not silent:
        return []
    paired = {person.id for person, _ in _pair(work, group, silent)}
    return [person for person in silent if person.id not in paired]


def gaps(work: Work, group_id: str, day: date) -> list[str]:
    """Who of a group will have nobody of the own trio (三人包保) on a day that is to come, and who stands in; a line for each of these."""
    group = coverage.of_group(work, group_id, day)
    squad = work.directory.group_members(group_id)
    able = _able(work, group.members)
    there = {member.person.id for member in group.members if not member.away}
    asked = questions.asked_since(work.session, [one.id for one in squad], work.now - LOOKED_BACK)
    found: dict[str, list[str]] = {}
    for member in group.members:
        trio = work.directory.trio_of(member.person)
        if not member.away and trio and there.isdisjoint(one.id for one in trio):
            buddy = buddies.choose(member.person, squad, able, asked)
            found.setdefault("" if buddy is None else buddy.name, []).append(member.person.name)
    when = work.say("word.tomorrow") if day == work.today + timedelta(days=1) else wording.day(work.unit.texts, day)
    return [
        work.say("chase.gap" if buddy else "chase.gap_alone", when=when, names=wording.listed(work.unit.texts, names), buddy=buddy)
        for buddy, names in found.items()
    ]
