"""What somebody under watch answers to "how are you today" in words that say nothing by themselves: 好多了, 老样子, 还没好, 住院中."""

import re
from collections.abc import Callable
from datetime import date

from handlers import course, hardship, health, reread
from handlers.incoming import Incoming
from models import cases as rows
from models import checkins
from models.case_states import CaseState
from models.reading import Checkin, Intent, Reading
from models.tables.cases import QuestionRow
from models.tables.records import CheckinRow
from services import cases, questions, under_watch

_OFTEN = r"(?:今天|现在|这会儿|已经|都|又|感觉|比昨天|比早上|比中午|吃了?药了?|一?天比一?天|[，, ])*"
_BETTER = re.compile(
    rf"{_OFTEN}(?:好(?:多|些|一?点儿?|很多|不少|转|起来)+|轻(?:多|些|一?点儿?)+|强(?:多|些|一?点儿?)+|(?:不|没再?)(?:怎么|那么)?(?:烧|发烧|咳|咳嗽|疼|痛|晕|吐|拉|难受)|退烧|还(?:行|可以|成)"
    r"|烧(?:也|已经|都)?退|(?:基本|快|差不多)(?:上|全|都)?(?:好|没事)?(?=了)|体温(?:也|已经)?(?:降|下)下?[来去]?)了?[呢的啦]*"
)
"""It is better; that it is over it does not say."""
_SAME = re.compile(rf"{_OFTEN}(?:还是|还|跟昨天|和昨天|跟早上|和早上)*(?:老样子|一个样|一样|差不多|那样|没变化|没什么变化|没啥变化)[呢的]?")
_NOT_YET = re.compile(
    rf"{_OFTEN}(?:还|还是|仍)*(?:没好|没(?:有|见)?好转|没见好|没退烧?|在烧|烧着|不太好|不好|不行|难受|不舒服|不得劲|不太舒服)(?:着)?[呢的]?"
)
_AT_HOSPITAL = re.compile(r"(?:还)?(?:住院中|在住院|住着院)[呢的]?")
_IN_PLAIN_WORDS = "我住院了"
_POLITE = re.compile(r"(?:好[的啊呀吧哦]?|ok|okay|行|可以|知道了|明白了?)", re.IGNORECASE)
"""To "量个体温，回个数就行" a promise rather than an answer: nobody is well by it."""


def bare(incoming: Incoming, question: QuestionRow) -> list[str] | None:
    """The receipt of such an answer; None where the message is read as it stands."""
    words = incoming.text.strip("。.!！~～ ")
    if incoming.reading.checkins:
        return None  # 37.8, 还咳: a check-in like any other
    key = course.turn(words)
    if key == course.WORSE:
        return _in_other_words(incoming, question, key)
    act = next((act for pattern, act in _MEANT if pattern.fullmatch(words)), None)
    if act is not None:
        return act(incoming, question)
    if incoming.reading.unread and under_watch.is_in_hospital(words):
        return _in_hospital(incoming, question)
    if _POLITE.fullmatch(words):
        return [questions.sentence(incoming.work, question)]
    return _read_again(incoming, question, words) if key is None else _in_other_words(incoming, question, key)


def unasked(incoming: Incoming) -> list[str] | None:
    """Whose illness is a case says how it goes, and nobody has asked just now: those who look after it hear the words."""
    work, key = incoming.work, course.turn(incoming.text)
    if key is None and _BETTER.fullmatch(incoming.text.strip("。.!！~～ ")):
        key = "receipt.better"
    if key is None or incoming.reading.checkins:
        return None
    confidential = incoming.confidential
    known = rows.unfinished_about(work.session, rows.HEALTH, incoming.sender.id, "")
    known = [case for case in known if case.confidential or not confidential]
    for case in known:
        if key == course.WORSE and case.state == CaseState.PROPOSED and case.reporter_id == incoming.sender.id:
            return [cases.reopen(work, incoming.sender, case.id, incoming.words)]
        cases.note(work, case, incoming.sender, work.say("round.in_own_words", words=incoming.words))
    return [work.say(key)] if known else None


def _read_again(incoming: Incoming, question: QuestionRow, words: str) -> list[str] | None:
    """Of health alone even one word may speak: 挺好的, 肚子."""
    said = reread.health(incoming.read, words, incoming.sender.name, _day(incoming, question))
    if len(said) != 1 or (said[0].person, said[0].date) != (incoming.sender.name, question.day):
        return None
    if said[0].implausible:
        return [questions.ask_again(incoming.work, question, words)]
    return _write(incoming, question, said[0])


def _in_other_words(incoming: Incoming, question: QuestionRow, key: str) -> list[str]:
    """Ill as before, as far as the record goes; what there is in the words goes to those who help."""
    return [incoming.work.say(key), *not_yet(incoming, question)[1:]]


def not_yet(incoming: Incoming, question: QuestionRow) -> list[str]:
    """还没好: ill as before, or in some way."""
    before = _last(incoming, question)
    said = _as_before(incoming, question, before) if before is not None and before.symptoms else Checkin(person="", date=date.min)
    return _write(incoming, question, said.model_copy(update={"symptoms": said.symptoms or ("other",), "healthy": False}))


def _better(incoming: Incoming, question: QuestionRow) -> list[str]:
    """Heard of, and neither well nor ill, unless today something else was said: that stays. Nothing more is asked."""
    today = _today(incoming, question)
    said = Checkin(person="", date=date.min) if today is None else _as_before(incoming, question, today)
    return [incoming.work.say("receipt.better"), *_write(incoming, question, said)[1:]]


def _same(incoming: Incoming, question: QuestionRow) -> list[str] | None:
    before = _last(incoming, question)
    return None if before is None else _write(incoming, question, _as_before(incoming, question, before))


def _in_hospital(incoming: Incoming, question: QuestionRow) -> list[str]:
    """Those who help must know, as if it had been said in a whole sentence."""
    reading = incoming.read(_IN_PLAIN_WORDS, incoming.sender.name, _day(incoming, question))
    if Intent.HARDSHIP not in reading.intents:
        return []
    return hardship.handle(incoming.meaning(Reading(intents=(Intent.HARDSHIP,), hardship=reading.hardship)))


def _write(incoming: Incoming, question: QuestionRow, said: Checkin) -> list[str]:
    work = incoming.work
    lines = health.handle(incoming.meaning(questions.answer(work, question, said)))
    questions.settle(work, incoming.row, question)
    return lines


def _as_before(incoming: Incoming, question: QuestionRow, before: CheckinRow) -> Checkin:
    """What was said before holds; the temperature only of the same day."""
    temperature = before.temperature if before.day == _day(incoming, question) else None
    return Checkin(person="", date=date.min, temperature=temperature, symptoms=tuple(before.symptoms), healthy=before.healthy)


def _last(incoming: Incoming, question: QuestionRow) -> CheckinRow | None:
    session, member, day = incoming.work.session, incoming.sender.id, _day(incoming, question)
    return _today(incoming, question) or checkins.checkin_before(session, member, "", day)


def _today(incoming: Incoming, question: QuestionRow) -> CheckinRow | None:
    return checkins.current_checkin(incoming.work.session, incoming.sender.id, "", _day(incoming, question))


def _day(incoming: Incoming, question: QuestionRow) -> date:
    return question.day or incoming.work.today


_MEANT: tuple[tuple[re.Pattern[str], Callable[[Incoming, QuestionRow], list[str] | None]], ...] = (
    (_BETTER, _better),
    (_NOT_YET, not_yet),
    (_SAME, _same),
    (_AT_HOSPITAL, _in_hospital),
)
