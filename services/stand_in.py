"""Somebody who answers for others is away, and somebody else has their charge for some days: digests, reminders and alerts go there."""

from datetime import date

from models import delegations
from models.outbox import NoticeKind
from models.people import Person
from models.roster import Role
from models.tables.queue import MessageRow
from models.tables.unit import DelegationRow
from services import case_lists, reach, wording
from services.notify import tell
from services.work import Work


def may_appoint(author: Person, away: Person) -> bool:
    """Whether somebody may say who stands in: for themselves, and for those whom their own role covers.

    What is held for a day or two gives no right to hand it on, nor to keep it.
    """
    return author.id == away.id or author.own.covers(away)


def appoint(work: Work, message: MessageRow, author: Person, away: Person, name: str, days: tuple[date, date | None]) -> str:
    """8月1日至8日由李明代: from the first to the last of `days` (None: until they say so) `name` has what `away` answers for."""
    heir = work.directory.named(name, near=away) or work.directory.called.get(name)
    refusal = _refusal(work, away, name, heir, days)
    if heir is None or refusal:
        return refusal
    delegations.end_overlapping(work.session, away.id, *days, work.now)
    row = DelegationRow(
        member_id=away.id, delegate_id=heir.id, first=days[0], last=days[1], message_id=message.id, recorded_at=work.now, ended_at=None
    )
    delegations.add(work.session, row)
    work.directory_changed = True
    when = _days(work, row)
    facts = {"author": author.name, "days": when, "charge": _charge(work, away)}
    if author.id == away.id:
        tell(work, heir, work.say("stand_in.asked", **facts), NoticeKind.CASE)
    else:
        if heir.id != author.id:
            tell(work, heir, work.say("stand_in.asked_for", name=away.name, **facts), NoticeKind.CASE)
        tell(work, away, work.say("stand_in.told_away", heir=heir.name, **facts), NoticeKind.CASE)
    for above in _above(work, away):
        if above.id not in (away.id, heir.id, author.id):
            text = work.say("stand_in.told", name=away.name, days=when, charge=_charge(work, away), heir=heir.name)
            tell(work, above, text, NoticeKind.CASE)
    done = work.say("stand_in.done", name=heir.name, days=when, charge=_charge(work, away))
    mine = [str(case.id) for case in case_lists.in_hand(work, away)] if author.id == away.id else []
    if not mine:
        return done
    return f"{done}\n{work.say('stand_in.in_hand', numbers=wording.listed(work.unit.texts, mine), number=mine[0], name=heir.name)}"


def _refusal(work: Work, away: Person, name: str, heir: Person | None, days: tuple[date, date | None]) -> str:
    if away.role is Role.MEMBER:
        return work.say("stand_in.nothing_to_give")
    if heir is None:
        return work.say("case.nobody_of_that_name", name=name)
    if heir.id == away.id:
        return work.say("stand_in.not_oneself")
    if (days[1] or days[0]) < work.today:
        return work.say("stand_in.past")
    return "" if reach.reachable(work, heir) else work.say("stand_in.unreachable", name=heir.name)


def _above(work: Work, away: Person) -> tuple[Person, ...]:
    """Who should know: of a leader the secretary, of a secretary the deputy."""
    return work.directory.holding(Role.DEPUTY if away.role is Role.SECRETARY else Role.SECRETARY, away)


def end(work: Work, actor: Person) -> str:
    """不用代了: whoever stands in for the actor, now or later, does so no more. "" where nobody does."""
    rows = delegations.to_come(work.session, actor.id, work.today)
    if not rows:
        return ""
    delegations.end(work.session, actor.id, work.today, work.now)
    work.directory_changed = True
    heirs = {row.delegate_id: work.directory.people[row.delegate_id] for row in rows if row.delegate_id in work.directory.people}
    for heir in heirs.values():
        tell(work, heir, work.say("stand_in.ended_for_you", name=actor.name), NoticeKind.CASE)
    return work.say("stand_in.ended", names=wording.listed(work.unit.texts, (heir.name for heir in heirs.values())))


def listed(work: Work, actor: Person) -> str:
    """代理: who stands in for the actor, and for whom the actor does."""
    lines = [
        work.say("stand_in.mine", name=_name(work, row.delegate_id), days=_days(work, row))
        for row in delegations.to_come(work.session, actor.id, work.today)
    ]
    lines += [
        work.say("stand_in.yours", name=_name(work, row.member_id), days=_days(work, row))
        for row in delegations.given_to(work.session, actor.id, work.today)
    ]
    return "\n".join(lines) or work.say("stand_in.none")


def take_back(work: Work, message: MessageRow) -> int:
    """The message that appointed somebody is taken back; how many appointments that ends."""
    rows = delegations.of_message(work.session, message.id)
    for row in rows:
        row.ended_at = work.now
        heir = work.directory.people.get(row.delegate_id)
        if heir is not None:
            tell(work, heir, work.say("stand_in.ended_for_you", name=_name(work, row.member_id)), NoticeKind.CASE)
    work.directory_changed = work.directory_changed or bool(rows)
    return len(rows)


def _charge(work: Work, person: Person) -> str:
    """江北站党支部书记, 第一党小组组长."""
    names = work.directory.group_titles | work.directory.branch_names
    return names.get(person.own.scope or "", "") + work.unit.texts.word("role", person.role)


def _days(work: Work, row: DelegationRow) -> str:
    texts = work.unit.texts
    if row.last is None:
        return texts("stand_in.from", first=wording.day(texts, row.first))
    if row.last == row.first:
        return wording.day(texts, row.first)
    return texts("stand_in.days", first=wording.day(texts, row.first), last=wording.day(texts, row.last))


def _name(work: Work, member_id: int) -> str:
    person = work.directory.people.get(member_id)
    return work.say("word.somebody") if person is None else person.name
