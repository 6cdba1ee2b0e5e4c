"""Health over the days: the SQL that finds what was said of members, what was only replaced included. To be looked at only."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, FromClause, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from models import checkins, together
from models.prepared import Prepared, among
from models.reading import Reading
from models.tables.cases import QuestionRow
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow, GroupReportRow

ROUND = "round"
"""The kind of the question how somebody who is ill is today."""

_OWN = CheckinRow.relation == ""
_GENERAL = exists().where(GroupReportRow.message_id == CheckinRow.message_id)
"""It stands in a report of a whole group."""
_SAYS_SO = (_OWN, MessageRow.retracted_at.is_(None), ~(_GENERAL & CheckinRow.healthy.is_(True) & CheckinRow.temperature.is_(None)))
"""It is about the member, was not taken back, and is more than a leader's general "all normal"."""


def _stands(checkins: FromClause) -> tuple[ColumnElement[bool], ...]:
    """A temperature that stands for a day, of the member's own."""
    return checkins.c.relation == "", checkins.c.ended_at.is_(None), checkins.c.temperature.is_not(None)


_FIRST = (
    select(
        CheckinRow.member_id,
        func.min(CheckinRow.day, type_=CheckinRow.day.type).label("day"),
        func.min(CheckinRow.recorded_at, type_=CheckinRow.recorded_at.type).label("at"),
    )
    .where(among(CheckinRow.member_id, "members"), CheckinRow.day >= bindparam("since"), _OWN)
    .where(or_(CheckinRow.healthy.is_not(True), CheckinRow.temperature >= bindparam("fever")))
    .group_by(CheckinRow.member_id)
    .subquery()
)
"""Of whom anything was said that was not plainly well, and when first. More than are ill; of the others nobody was."""
_NEWER, _WHY = CheckinRow.__table__.alias("newer"), MessageRow.__table__.alias("why")
_OF_SAME = (_NEWER.c.member_id == CheckinRow.member_id) & (_NEWER.c.day == CheckinRow.day)  # said for the index
_SAID = Prepared(
    select(CheckinRow.__table__, _WHY.c.reading)
    .join(_FIRST, _FIRST.c.member_id == CheckinRow.member_id)
    .join(MessageRow, MessageRow.id == CheckinRow.message_id)
    .outerjoin(_NEWER, _OF_SAME & (_NEWER.c.replaces_id == CheckinRow.id))
    .outerjoin(_WHY, (_WHY.c.id == _NEWER.c.message_id) & _WHY.c.retracted_at.is_(None))
    .where(CheckinRow.day >= bindparam("since"), or_(CheckinRow.day >= _FIRST.c.day, CheckinRow.recorded_at >= _FIRST.c.at), *_SAYS_SO)
    .order_by(CheckinRow.day, CheckinRow.id),
    ("members", "since", "fever"),
)
_NOW, _BEFORE = CheckinRow.__table__.alias("now"), CheckinRow.__table__.alias("before")
_HIGHER = (
    select(_NOW.c.member_id)
    .join(_BEFORE, _BEFORE.c.member_id == _NOW.c.member_id)
    .where(among(_NOW.c.member_id, "members"), _NOW.c.day == bindparam("day"), *_stands(_NOW))
    .where(_BEFORE.c.day >= bindparam("since"), _BEFORE.c.day < bindparam("day"), *_stands(_BEFORE))
    .where(_BEFORE.c.temperature <= _NOW.c.temperature - bindparam("by"))
)
_TEMPERATURES = Prepared(
    select(CheckinRow.member_id, CheckinRow.day, CheckinRow.temperature, CheckinRow.message_id)
    .where(CheckinRow.member_id.in_(_HIGHER), CheckinRow.day >= bindparam("since"), CheckinRow.day <= bindparam("day"))
    .where(*_stands(CheckinRow.__table__))
    .order_by(CheckinRow.day),
    ("members", "since", "day", "by"),
)
_LAST = Prepared(
    select(MessageRow.member_id, func.max(MessageRow.received_at, type_=MessageRow.received_at.type))
    .where(among(MessageRow.member_id, "members"))
    .group_by(MessageRow.member_id),
    ("members",),
)
_ROUNDS = Prepared(
    select(QuestionRow.member_id, QuestionRow.asked_at)
    .where(among(QuestionRow.member_id, "members"), QuestionRow.kind == ROUND, QuestionRow.day >= bindparam("since"))
    .order_by(QuestionRow.asked_at, QuestionRow.id),
    ("members", "since"),
)
_IN_CONFIDENCE = Prepared(
    select(QuestionRow.id)
    .where(QuestionRow.member_id == bindparam("member"), QuestionRow.kind == ROUND, QuestionRow.day >= bindparam("since"))
    .where(QuestionRow.confidential)
    .limit(1),
    ("member", "since"),
)
_REPORTED = Prepared(
    select(CheckinRow.id)
    .join(MessageRow, MessageRow.id == CheckinRow.message_id)
    .where(CheckinRow.member_id == bindparam("member"), CheckinRow.day >= bindparam("since"))
    .where(CheckinRow.recorded_at >= bindparam("moment"), *_SAYS_SO)
    .limit(1),
    ("member", "since", "moment"),
)


class Said(NamedTuple):
    """A check-in of a member's own health that counts for its day, though another may stand by now (`stands`)."""

    row: CheckinRow
    stands: bool


def reported_since(session: Session, member_id: int, moment: datetime, today: date) -> bool:
    """Whether anybody told how a member is, today or of the day before, from a moment on; what was taken back since counts for nothing."""
    return bool(together.select(session, _REPORTED, member=member_id, since=today - timedelta(days=1), moment=moment))


def said_since(session: Session, member_ids: Collection[int], since: date, fever: float) -> dict[int, list[Said]]:
    """What was said of some members since a day, in order, from the first word on that was not plainly well; of others nothing.

    Every measurement, but none that was taken back or corrected. A leader's general "all normal" is no word of one who is ill.
    """
    names = CheckinRow.__table__.columns.keys()
    found: dict[int, dict[int, Said]] = {}
    corrected: set[int] = set()
    for *values, replaced_by in together.select(session, _SAID, members=list(member_ids), since=since, fever=fever):
        row = CheckinRow(**dict(zip(names, values, strict=True)))
        found.setdefault(row.member_id, {})[row.id] = Said(row, stands=row.ended_at is None)
        if row.ended_at is not None and replaced_by is not None and _corrects(replaced_by):
            corrected.update(_with_the_same_value(found[row.member_id], row))
    return {member: [said for number, said in found[member].items() if number not in corrected] for member in member_ids if member in found}


def _with_the_same_value(said: Mapping[int, Said], row: CheckinRow) -> Iterator[int]:
    """A check-in that was corrected, and those before it from which it only has its temperature: that was wrong when it was told."""
    yield row.id
    while checkins.itself(row).temperature is None and row.temperature is not None and (before := said.get(row.replaces_id or 0)):
        row = before.row
        yield row.id


def _corrects(reading: str) -> bool:
    return Reading.model_validate_json(reading).correction


class Measured(NamedTuple):
    """The temperature that stands for a day."""

    day: date
    temperature: float
    message_id: int


def temperatures(session: Session, member_ids: Collection[int], since: date, day: date, by: float) -> dict[int, list[Measured]]:
    """The temperatures that stand from one day to another, in order, of those whose last lies at least so much above one before it."""
    found: dict[int, list[Measured]] = defaultdict(list)
    for member, *measured in together.select(session, _TEMPERATURES, members=list(member_ids), since=since, day=day, by=by):
        found[member].append(Measured(*measured))
    return found


def asked_in_confidence(session: Session, member_id: int, since: date) -> bool:
    """Whether a round since a day asked a member about what the leader shall not know."""
    return bool(together.select(session, _IN_CONFIDENCE, member=member_id, since=since))


def last_words(session: Session, member_ids: Collection[int]) -> dict[int, datetime]:
    """When some members said anything last that is kept."""
    return {member: at for member, at in together.select(session, _LAST, members=list(member_ids)) if at is not None}


def rounds(session: Session, member_ids: Collection[int], since: date) -> dict[int, list[datetime]]:
    """When some members were asked how they are, since a day, in order."""
    found: dict[int, list[datetime]] = defaultdict(list)
    for member, asked_at in together.select(session, _ROUNDS, members=list(member_ids), since=since):
        found[member].append(asked_at)
    return found
