"""Whose account is it? Its name says so, or a stranger says "我是 张伟", and the leader of that member says whether it is true."""

from models import accounts, inbox, nicknames, promises, questions
from models.capabilities import Push
from models.directory import Directory, Person
from models.outbox import NoticeKind
from models.promises import TimerKind
from models.roster import Role
from models.tables.unit import AccountRow
from services import reach
from services.notify import answer_account, tell
from services.work import Work

CLAIM = "claim"


def claim(work: Work, channel: str, account: str, name: str, *, called: str, call: str) -> str:
    """Note the claim and ask whoever can tell; the answer for the stranger, who says `call` before words that the bot is to hear.

    `called` is by what whoever can tell may know the account.
    """
    found = _called(work, name)
    if len(found) > 1:
        return work.say("claim.several_of_that_name", name=name, call=call)
    if not found:
        return work.say("claim.nobody_of_that_name", name=name)
    member = found[0]
    judges = _judges(work, member)
    if not judges:
        return work.say("claim.nobody_can_confirm")
    row = accounts.claim(work.session, channel, account, member.id)
    for judge in judges:
        questions.ask(work.session, judge.id, CLAIM, row.id, work.now)
        tell(work, judge, work.say("claim.question", name=member.name, account=called, number=row.id), NoticeKind.QUESTION)
    return work.say("claim.asked", name=member.name, judge=judges[0].name)


def _called(work: Work, name: str) -> list[Person]:
    """The members of that full name; with the name of a group or squad before it (二班张伟), those of that group."""
    people = work.directory.people.values()
    found = [p for p in people if p.name == name]
    for group in work.directory.roster.groups:
        for label in (group.name, *group.aliases):
            rest = name.removeprefix(label).strip()
            found += [p for p in people if rest != name and p.group_id == group.id and p.name == rest and p not in found]
    return found


def _judges(work: Work, member: Person) -> tuple[Person, ...]:
    """The leader; for a leader, or where there is none, the secretary; then the duty officer."""
    for role in (Role.LEADER, Role.SECRETARY, Role.DUTY_OFFICER):
        found = [p for p in work.directory.holding(role, member) if p.id != member.id and reach.reachable(work, p)]
        if found:
            return tuple(found)
    return ()


def settle(work: Work, account_id: int, *, true: bool) -> str:
    """The leader's word on a claim. What the account said before it was known is handled now."""
    account = accounts.by_id(work.session, account_id)
    questions.settle(work.session, CLAIM, account_id, work.now)
    member = None if account is None else work.directory.people.get(account.member_id)
    if account is None or member is None or account.confirmed_at is not None:
        return work.say("claim.settled_before")
    channel, address = account.channel, account.address
    if not true:
        accounts.refuse(work.session, account)
        _tell(work, channel, address, work.say("claim.refused", name=member.name))
        return work.say("claim.refusal_noted", name=member.name)
    _theirs(work, account)
    _tell(work, channel, address, work.say("claim.confirmed", name=member.name))
    return work.say("claim.confirmation_noted", name=member.name)


def _tell(work: Work, channel: str, address: str, text: str) -> None:
    """Tell a claimant in private, where the platform lets the bot speak there now or with the next answer."""
    able = work.unit.channels.get(channel)
    if able is not None and (able.people is Push.IN_REPLY or reach.of_account(work, channel, address)):
        answer_account(work, channel, address, text)


def _theirs(work: Work, account: AccountRow) -> int:
    """An account is a member's from now on; how many messages are handled now that were said before."""
    accounts.confirm(work.session, account, work.now)
    work.directory_changed = True
    before = inbox.of_stranger(work.session, account.channel, account.address)
    for message in before:
        promises.set_timer(work.session, TimerKind.MESSAGE_RETRY, message.id, work.now)
    return len(before)


def named_by(directory: Directory, channel: str, address: str | None, *, alias: str, remark: str) -> Person | None:
    """The one member whom the names of an account mean and who has none on that channel yet.

    The owner of the bot's account may have called anybody anything in any chat (`remark`); what somebody calls themselves (`alias`)
    counts in a bound room and for those who belong to it.
    """
    room = None if address is None else directory.rooms.get((channel, address))
    person = nicknames.called(directory, remark, room)
    if person is None and room is not None:
        person = nicknames.called(directory, alias, room, only_there=True)
    return None if person is None or directory.addresses_of(person.id, channel) else person


def recognise(work: Work, channel: str, account: str, room: str | None, *, alias: str, remark: str) -> int | None:
    """An account is whose its names say; how many messages are handled now that were said before, None where it stays as it was.

    Who has claimed to be somebody else waits for the leader's word.
    """
    member = named_by(work.directory, channel, room, alias=alias, remark=remark)
    if member is None or channel in accounts.first_of_member(work.session, member.id):
        return None
    row = accounts.by_address(work.session, channel, account)
    if row is None:
        return _theirs(work, accounts.claim(work.session, channel, account, member.id))
    if row.confirmed_at is not None or row.member_id != member.id:
        return None
    questions.settle(work.session, CLAIM, row.id, work.now)
    _tell(work, channel, account, work.say("claim.confirmed", name=member.name))
    return _theirs(work, row)
