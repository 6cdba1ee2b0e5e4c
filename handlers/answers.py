"""What somebody answers to the bot's question about a check-in: 是, 不是, a bare number, a symptom in one word."""

import re
import unicodedata
from datetime import date

from handlers import health, recovered, reread, round_answers
from handlers.incoming import Incoming
from models import cases
from models.health import ROUND
from models.reading import Checkin, Doubt, Form, Intent, Reading
from models.tables.cases import QuestionRow
from services import case_moves, ladder, questions

LONGEST = 12
"""How many characters a bare answer has at most; what is longer speaks for itself."""
_ALONE = re.compile(r"(?:3[5-9]|4[0-2])|[2-9]\d\.\d")
"""A number that may be a temperature and says so by nothing: 38, 56.4; 12.5 is a day."""


def bare(incoming: Incoming) -> list[str] | None:
    """The receipt of a message that is nothing but the answer; None where it is anything else, which is then read as it stands."""
    day = incoming.message.sent_at.astimezone(incoming.work.unit.zone).date()
    if len(incoming.text) > LONGEST or not _says_no_more(incoming.reading, incoming.sender.name, day):
        return None
    question = questions.open_about(incoming.work, incoming.sender, day)
    if question is None:
        return None if incoming.reading.checkins else _unasked(incoming, day)
    if question.kind == ROUND:
        gone = None if incoming.reading.checkins else recovered.over(incoming, question.day or day)
        return gone or round_answers.bare(incoming, question)
    said = reread.health(incoming.read, incoming.text, incoming.sender.name, question.day or day)
    if len(said) != 1 or said[0].person != incoming.sender.name or said[0].date != question.day:
        return None if incoming.reading.checkins else recovered.over(incoming, day)
    return _answered(incoming, question, said[0])


def _unasked(incoming: Incoming, day: date) -> list[str] | None:
    """The receipt of a few words that answer no question: how an illness goes, or a number."""
    return recovered.over(incoming, day) or round_answers.unasked(incoming) or _a_number_alone(incoming, day)


def _a_number_alone(incoming: Incoming, day: date) -> list[str] | None:
    """38, said to the bot and to no question: the sender's own, and asked about. It may be a fever; None where it may be a case instead."""
    words = unicodedata.normalize("NFKC", incoming.text).strip("。.!！~～ ")
    if not incoming.message.addressed or not _ALONE.fullmatch(words) or (words.isdigit() and _knows_case(incoming, int(words))):
        return None
    said = reread.health(incoming.read, words, incoming.sender.name, day)
    if len(said) != 1 or (said[0].person, said[0].date) != (incoming.sender.name, day):
        return None
    if said[0].implausible:
        doubt = Doubt(kind="implausible", person=incoming.sender.name, value=words)
    else:
        doubt = Doubt(kind="guessed", person=incoming.sender.name, value=f"{said[0].temperature}")
    return health.handle(incoming.meaning(Reading(intents=(Intent.HEALTH,), form=Form.TALK, checkins=said, doubts=(doubt,))))


def _knows_case(incoming: Incoming, number: int) -> bool:
    """Whether the sender may mean a case by a number."""
    case = cases.seen(incoming.work.session, number)
    return case is not None and (
        ladder.may_act(incoming.work, case, incoming.sender) or case_moves.knows(incoming.work, case, incoming.sender)
    )


def _says_no_more(reading: Reading, name: str, day: date) -> bool:
    """Whether a message by itself says nothing, or only the sender's own health of today."""
    return (
        not set(reading.intents) - {Intent.HEALTH, Intent.CORRECTION}
        and reading.form is Form.TALK
        and all(c.person == name and c.date == day for c in reading.checkins)
    )


def agreed(incoming: Incoming, question: QuestionRow) -> str:
    """是."""
    work = incoming.work
    said = questions.measured(question)
    if said is None:
        return questions.sentence(work, question)
    if question.kind != "guessed":
        return "\n".join(_answered(incoming, question, said))
    questions.settle(work, incoming.row, question)
    return work.say("reply.kept", value=f"{question.value:.1f}")


def denied(incoming: Incoming, question: QuestionRow, *, nothing: bool) -> str:
    """不是, or (`nothing`) 没有, by which somebody who is asked where it hurts says that it does not."""
    if question.kind not in questions.OF_A_NUMBER:
        if not nothing:
            return questions.sentence(incoming.work, question)
        return _settled(incoming, question, well=False)
    if question.kind == "guessed":
        health.handle(incoming.meaning(questions.without_value(incoming.work, question), in_confidence=question.confidential))
    return questions.ask_again(incoming.work, question)


def well(incoming: Incoming, question: QuestionRow) -> str:
    """没事."""
    return _settled(incoming, question, well=True)


def _settled(incoming: Incoming, question: QuestionRow, *, well: bool) -> str:
    said = Checkin(person=incoming.sender.name, date=question.day or incoming.work.today, healthy=True, well=well)
    return "\n".join(_answered(incoming, question, said))


def _answered(incoming: Incoming, question: QuestionRow, said: Checkin) -> list[str]:
    """Write the answer down as a check-in; the lines of the receipt."""
    work = incoming.work
    if said.implausible:
        return [questions.ask_again(work, question, incoming.text)]
    lines = health.handle(incoming.meaning(questions.answer(work, question, said), in_confidence=question.confidential))
    questions.settle(work, incoming.row, question)
    return lines
