"""Whoever is ill says that something is over, or all of it, in words that are no check-in: 不咳了, 嗓子不疼了, 没事了, 康复了."""

from datetime import date

from handlers import health
from handlers.incoming import Incoming
from models import cases, checkins
from models.reading import Checkin, Form, Intent, Reading
from services import case_lists, watch_health
from services.record import is_abnormal

_BESIDE = "36.5，"
"""By themselves such words may be of anything; beside a temperature they are of health, and are read as such."""
_MEASURED = frozenset(("fever",))
"""What is over by a number: 退烧了 alone is better, and no more."""
_OVER = "negations.over"
"""The words that say that something is over."""


def over(incoming: Incoming, day: date) -> list[str] | None:
    """The receipt of such words, which are a check-in of a day; None where they are not such, or nobody is known to be ill."""
    said = _said(incoming, day)
    if said is None:
        return None
    if not _is_ill(incoming, day, said):
        return _case_over(incoming) if said.well else None
    reading = Reading(intents=(Intent.HEALTH,), form=Form.TALK, checkins=(said,))
    return health.handle(incoming.meaning(reading))


def _case_over(incoming: Incoming) -> list[str] | None:
    """What is asked of an illness by which nothing stands for the day any more; None where there is none, or another need it may be."""
    work = incoming.work
    mine = case_lists.own(work, incoming.sender)
    if any(case.kind != cases.HEALTH or case.relation for case in mine):
        return None
    return [work.say("receipt.is_it_over", number=case.id) for case in watch_health.ask_whether_over(work, incoming.sender, mine)] or None


def _said(incoming: Incoming, day: date) -> Checkin | None:
    """What the words take back of the sender's own illness, if they do nothing else."""
    name = incoming.sender.name
    reading = incoming.read(_BESIDE + incoming.text, name, day)
    if set(reading.intents) != {Intent.HEALTH} or len(reading.checkins) != 1:
        return None
    said = reading.checkins[0]
    if (said.person, said.date) != (name, day) or said.symptoms or not (said.well or set(said.denied) - _MEASURED):
        return None
    if not any(piece.by == _OVER for piece in said.evidence):
        return None  # 老样子
    return Checkin(person=name, date=day, healthy=True, denied=said.denied, well=said.well)


def _is_ill(incoming: Incoming, day: date, said: Checkin) -> bool:
    """Whether something stands for the day that may be over; of an illness of before only all of it can be, and where it is a case."""
    session, member = incoming.work.session, incoming.sender.id
    today = checkins.current_checkin(session, member, "", day)
    if today is not None:
        return is_abnormal(today)
    before = checkins.checkin_before(session, member, "", day)
    ill = before is not None and is_abnormal(before) and bool(cases.unfinished_about(session, cases.HEALTH, member, ""))
    return ill and said.well
