"""Whose account is it? Its name says so, or a stranger says "我是 张伟", and the leader of that member says whether it is true."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Final

from models import accounts, deliveries, nicknames, questions
from models.capabilities import Push
from models.directory import Directory
from models.outbox import NoticeKind, Priority
from models.people import Person
from models.questions import CLAIM, CLAIMED
from models.roster import Role
from models.tables.cases import QuestionRow
from models.tables.queue import MessageRow
from models.tables.unit import AccountRow
from services import reach, wording
from services.notify import answer_account, tell
from services.work import Work

CLAIMS_A_DAY: Final = 3
"""About so many claims of one account somebody is asked a day; a slip of the pen or two is among them."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
"""So long somebody can say that an account which counts as a member's is not theirs."""
_TOGETHER = timedelta(minutes=1)
"""So long what is recognised waits for more: of a room that was just bound it is nearly everybody."""


def claim(work: Work, message: MessageRow, name: str, *, called: str, call: str) -> str:
    """Note the claim and ask whoever can tell; the answer for the stranger, who says `call` before words that the bot is to hear.

    `called` is by what whoever can tell may know the account. Nobody is asked twice a day about the same claim.
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
    known = accounts.by_address(work.session, message.channel, message.account)
    new = [judge for judge in judges if known is None or not _waits(work, judge, known, member)]
    if new and questions.claims_since(work.session, message.channel, message.account, work.now - _DAY) >= CLAIMS_A_DAY:
        return work.say("claim.enough")
    row = accounts.claim(work.session, message.channel, message.account, member.id)
    for judge in new:
        question = questions.keep(work.session, questions.ask(work.session, judge.id, CLAIM, row.id, work.now, member.id))
        question.message_id = message.id
        tell(work, judge, work.say("claim.question", name=member.name, account=called, number=question.id), NoticeKind.QUESTION)
    return work.say("claim.asked" if new else "claim.asked_before", name=member.name, judge=judges[0].name)


def _waits(work: Work, judge: Person, account: AccountRow, member: Person) -> bool:
    """Whether somebody was asked within a day whether an account is a member, and has not answered."""
    asked = questions.open_questions(work.session, judge.id, work.now)
    same = (CLAIM, account.id, member.id)
    return any((q.kind, q.ref, q.about_id) == same and q.asked_at > work.now - _DAY for q in asked)


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
    return _first(work, member, (Role.LEADER, Role.SECRETARY, Role.DUTY_OFFICER))


def _above(work: Work, member: Person, judges: Collection[Person]) -> tuple[Person, ...]:
    """Who else should know: the secretary, or where that is who judged or whom it is about, the duty officer."""
    return _first(work, member, (Role.SECRETARY, Role.DUTY_OFFICER), judges)


def _first(work: Work, member: Person, roles: Iterable[Role], without: Collection[Person] = ()) -> tuple[Person, ...]:
    for role in roles:
        held = [p for p in work.directory.holding(role, member) if p not in without and may_judge(work, p, member)]
        found = [p for p in held if reach.reachable(work, p)]
        if found:
            return tuple(found)
    return ()


def may_judge(work: Work, judge: Person, member: Person) -> bool:
    """Whether somebody may say whose a member's account is: never their own, nor that of whom they only stand in for."""
    return judge.answers_for(member) and judge.id not in (member.id, work.directory.stand_ins.get(member.id))


def number(question: QuestionRow) -> int:
    """The number that is said with the answer to a question: of a case the case's, of an account, which may claim anew, its own."""
    return question.id if question.kind in (CLAIM, CLAIMED) else question.ref


def settle(work: Work, judge: Person, question: QuestionRow, *, true: bool) -> str:
    """The leader's word on a claim. What the account said before it was known is handled now.

    It is a word on the claim that was asked about, by one who may judge it: where the account says to be somebody else by now, it is void.
    """
    questions.answered(work.session, question, work.now)
    account = accounts.by_id(work.session, question.ref)
    member = None if account is None else work.directory.people.get(account.member_id)
    if account is None or member is None or account.confirmed_at is not None:
        return work.say("claim.settled_before")
    if question.about_id != member.id or not may_judge(work, judge, member):
        return work.say("claim.void")
    questions.settle(work.session, CLAIM, account.id, work.now)
    channel, address = account.channel, account.address
    if not true:
        accounts.refuse(work.session, account)
        _tell(work, channel, address, work.say("claim.refused", name=member.name))
        return work.say("claim.refusal_noted", name=member.name)
    if accounts.first_of_member(work.session, member.id):
        _tell_of_one_more(work, judge, member, account)
    _theirs(work, account)
    _tell(work, channel, address, work.say("claim.confirmed", name=member.name))
    return work.say("claim.confirmation_noted", name=member.name)


def _tell_of_one_more(work: Work, judge: Person, member: Person, account: AccountRow) -> None:
    """A member who has an account already is told of another one there, and can say that it is not theirs; who is above hears of it too."""
    if reach.reachable(work, member):
        number = _may_object(work, member, account)
        tell(work, member, work.say("claim.yours", account=account.address, number=number), NoticeKind.QUESTION)
    text = work.say("claim.one_more", name=member.name, account=account.address, judge=judge.name)
    for person in _above(work, member, (judge,)):
        tell(work, person, text, NoticeKind.OPERATION, Priority.REMINDER)


def _tell_of_recognised(work: Work, member: Person, account: AccountRow, called: str) -> None:
    """Nobody was asked: the member, on another account, and whoever can tell hear by what name it was, and can say that it is not them."""
    words = {"channel": work.unit.texts.word("channel", account.channel), "called": called, "name": member.name}
    if reach.reachable(work, member):
        number = _may_object(work, member, account)
        tell(work, member, work.say("claim.taken_for_you", number=number, **words), NoticeKind.QUESTION)
    for judge in _judges(work, member):
        line = work.say("claim.taken_for", number=_may_object(work, judge, account), **words)
        waiting = deliveries.still_waiting(work.session, judge.id, NoticeKind.ACCOUNT, work.now, work.unit.channels)
        if waiting is None:
            tell(work, judge, line, NoticeKind.ACCOUNT, Priority.REMINDER, not_before=work.now + _TOGETHER)
        else:
            waiting.text = f"{waiting.text}\n{line}"


def _may_object(work: Work, person: Person, account: AccountRow) -> int:
    """Somebody may say for a week that an account is not whose it counts as; the number to say it with."""
    question = questions.keep(work.session, questions.ask(work.session, person.id, CLAIMED, account.id, work.now))
    question.expires_at = work.now + _WEEK
    return question.id


def settle_own(work: Work, speaker: Person, question: QuestionRow, said_on: tuple[str, str], *, mine: bool) -> str:
    """A word on an account that counts as a member's: theirs, or of one who may judge it. The account itself has no say in it."""
    account = accounts.by_id(work.session, question.ref)
    if account is not None and said_on == (account.channel, account.address):
        return work.say("claim.not_on_that_account")
    questions.answered(work.session, question, work.now)
    member = None if account is None else work.directory.people.get(account.member_id)
    if account is None or member is None or account.confirmed_at is None or account.confirmed_at > question.asked_at:
        return work.say("claim.settled_before")
    if speaker.id != member.id:
        return _settle_for(work, speaker, member, account, theirs=mine)
    if mine:
        return work.say("claim.mine")
    address = account.address
    _refuse(work, account)
    judges = _judges(work, member)
    told = (*judges, *_above(work, member, judges))
    for person in told:
        tell(work, person, work.say("claim.not_theirs", name=member.name, account=address), NoticeKind.OPERATION, Priority.REMINDER)
    return work.say("claim.not_mine", names=wording.listed(work.unit.texts, (p.name for p in told)) or work.say("word.branch"))


def _settle_for(work: Work, judge: Person, member: Person, account: AccountRow, *, theirs: bool) -> str:
    """The word of one who may judge it on an account that was recognised."""
    if not may_judge(work, judge, member):
        return work.say("claim.settled_before")
    if theirs:
        return work.say("claim.confirmation_noted", name=member.name)
    _refuse(work, account)
    _tell(work, account.channel, account.address, work.say("claim.refused", name=member.name))
    return work.say("claim.not_them", name=member.name)


def _refuse(work: Work, account: AccountRow) -> None:
    """An account that counted as a member's is nobody's from now on."""
    questions.settle(work.session, CLAIMED, account.id, work.now)
    accounts.refuse(work.session, account)
    work.directory_changed = True


def _tell(work: Work, channel: str, address: str, text: str) -> None:
    """Tell a claimant in private, where the platform lets the bot speak there now or with the next answer."""
    able = work.unit.channels.get(channel)
    if able is not None and (able.people is Push.IN_REPLY or reach.of_account(work, channel, address)):
        answer_account(work, channel, address, text)


def same_person(work: Work, channel: str, account: str, other_channel: str, other: str) -> None:
    """An account that is nobody's yet belongs to whoever has the account `other` on another channel."""
    person = work.directory.speaker(other_channel, other)
    if person is None or work.directory.speaker(channel, account) is not None:
        return
    row = accounts.claim(work.session, channel, account, person.id)
    questions.settle(work.session, CLAIM, row.id, work.now)
    _theirs(work, row)


def _theirs(work: Work, account: AccountRow) -> int:
    """An account is a member's from now on; how many messages are handled now that were said before."""
    work.directory_changed = True
    return accounts.confirm(work.session, account, work.now)


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

    Who has claimed to be somebody else waits for the leader's word, and of whom it was said that they are not somebody, no name says so.
    """
    member = named_by(work.directory, channel, room, alias=alias, remark=remark)
    if member is None or channel in accounts.first_of_member(work.session, member.id):
        return None
    row = accounts.by_address(work.session, channel, account)
    if row is None:
        row = accounts.claim(work.session, channel, account, member.id)
    elif row.confirmed_at is not None or row.member_id != member.id or not questions.waits(work.session, CLAIM, row.id):
        return None
    else:
        questions.settle(work.session, CLAIM, row.id, work.now)
        _tell(work, channel, account, work.say("claim.confirmed", name=member.name))
    _tell_of_recognised(work, member, row, alias or remark)
    return _theirs(work, row)
