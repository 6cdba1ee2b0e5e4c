"""A message is taken back, by a word (撤销) or in the chat itself (撤回): what it wrote no longer counts, and stays as history."""

from models import cases as case_rows
from models import checkins, delegations, inbox, promises, questions, records, reviews
from models.inbox import MessageStatus
from models.outbox import NoticeKind
from models.people import Person
from models.promises import TimerKind
from models.reading import Reading
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from services import cases, reach, stand_in, wording
from services.notify import answer_account, tell
from services.work import Work


def last(work: Work, sender: Person, before_id: int) -> str:
    """撤销: take back the sender's last message that wrote something, of those stored before `before_id`; the sentence for the sender."""
    for message in inbox.last_of(work.session, sender.id, before_id):
        if _wrote(work, message):
            return _take_back(work, message, sender)
    return work.say("retract.nothing")


def stands(work: Work, channel: str, external_id: str) -> bool:
    """Whether a platform's message is stored and was not taken back."""
    message = inbox.by_key(work.session, channel, external_id)
    return message is not None and message.retracted_at is None


def recalled(work: Work, channel: str, external_id: str) -> None:
    """撤回: take back a message that stands, and tell its sender in private what was. One that still waits is never handled."""
    message = inbox.by_key(work.session, channel, external_id, lock=True)
    if message is None or message.retracted_at is not None:
        return
    sender = work.directory.people.get(message.member_id or 0)
    if message.status == MessageStatus.HANDLED and _wrote(work, message):
        _tell(work, message, sender, _take_back(work, message, sender))
        return
    # also where it wrote nothing that stands: what it said must not stand again when what took its place is taken back
    inbox.retract(work.session, message.id, work.now)
    if records.undo(work.session, message.id, work.now):
        _tell(work, message, sender, work.say("retract.done", time=work.clock_time(message.sent_at)))
    if message.status != MessageStatus.HANDLED:
        promises.cancel_timers(work.session, TimerKind.MESSAGE_RETRY, message.id, work.now)
        if Reading.model_validate_json(message.reading).reports:
            _tell(work, message, sender, work.say("retract.case_only", time=work.clock_time(message.sent_at)))


def _wrote(work: Work, message: MessageRow) -> bool:
    """Whether anything stands that a message wrote, raised, or put on the review list."""
    return bool(
        any(records.written_by(work.session, message.id).values())
        or case_rows.of_message(work.session, message.id)
        or reviews.of_message(work.session, message.id)
        or delegations.of_message(work.session, message.id)
    )


def _take_back(work: Work, message: MessageRow, sender: Person | None) -> str:
    """Undo a message. A case stays until its reporter says that it is over: they are asked. The sentence for the sender."""
    inbox.retract(work.session, message.id, work.now)
    questions.settle_of_message(work.session, message.id, work.now)
    reviews.take_back(work.session, message.id, work.now)
    written = [row for row in records.written_by(work.session, message.id).get("checkins", []) if isinstance(row, CheckinRow)]
    count = records.undo(work.session, message.id, work.now) + stand_in.take_back(work, message)
    raised = [case for case in case_rows.of_message(work.session, message.id) if case.closed_at is None]
    asked = [] if sender is None else [cases.ask_whether_over(work, case, sender) for case in raised]
    done = work.say("retract.done" if count else "retract.case_only", time=work.clock_time(message.sent_at))
    left = [] if sender is None else [_left(work, row) for row in written if row.member_id == sender.id and not row.relation]
    return "\n".join(filter(None, [done, *left, *asked]))


def _left(work: Work, taken: CheckinRow) -> str:
    """What the sender's health of that day is now that a check-in of theirs does not count: what stood before, or nothing."""
    standing = checkins.current_checkin(work.session, taken.member_id, taken.relation, taken.day)
    day = work.say("word.today") if taken.day == work.today else wording.day(work.unit.texts, taken.day)
    if standing is None:
        return work.say("retract.nothing_left", day=day)
    return work.say("retract.stands", day=day, health=wording.health(work.unit.texts, standing))


def _tell(work: Work, message: MessageRow, sender: Person | None, text: str) -> None:
    """Tell whoever sent a message, in private; somebody who is no member yet, where the channel can."""
    if sender is not None:
        tell(work, sender, text, NoticeKind.RECEIPT, on=message.channel)
    elif message.member_id is None and reach.of_account(work, message.channel, message.account):
        answer_account(work, message.channel, message.account, text)
