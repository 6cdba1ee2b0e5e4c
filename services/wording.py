"""Facts in the bot's words: days, spans of time, health, leave. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from models.daily_health import Stands
from models.listeners import named
from models.people import Person
from models.tables.records import CheckinRow, LeaveRow
from services.texts import Texts
from services.work import Work

LATE = timedelta(minutes=2)
"""From this on a promise counts as kept late, and says so."""
LONG_OPEN = 3
"""The day of a leave without a known end from which on it is said how long it lasts already."""


def day(texts: Texts, when: date) -> str:
    """3月8日."""
    return texts("word.day", month=when.month, day=when.day)


def span(texts: Texts, length: timedelta) -> str:
    """5 分钟, 3 小时, 1 小时 55 分, 2 天."""
    minutes = max(int(length.total_seconds() // 60), 0)
    hours, minutes_left = divmod(minutes, 60)
    if hours >= 24:  # noqa: PLR2004
        return texts("word.days", days=hours // 24)
    if not hours:
        return texts("word.minutes", minutes=minutes)
    return texts("word.hours_minutes", hours=hours, minutes=minutes_left) if minutes_left else texts("word.hours", hours=hours)


def moment(work: Work, at: datetime) -> str:
    """06:05, or with its day where that is not today."""
    when = at.astimezone(work.unit.zone).date()
    time = work.clock_time(at)
    return time if when == work.today else work.say("word.day_time", day=day(work.unit.texts, when), time=time)


def late(work: Work, due_at: datetime) -> str:
    """How late a promise is kept, as the end of its sentence; empty where it is in time."""
    if work.now - due_at < LATE:
        return ""
    return work.say("word.late", due=work.clock_time(due_at), span=span(work.unit.texts, work.now - due_at))


def listed(texts: Texts, items: Iterable[str]) -> str:
    """张伟、王磊."""
    return texts("word.list_mark").join(items)


def short(text: str, length: int = 40) -> str:
    """The beginning of what somebody wrote, in one line of so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def health(texts: Texts, checkin: CheckinRow | Stands) -> str:
    """36.5℃，正常 — or the symptoms, or that nothing is known."""
    parts = [] if checkin.temperature is None else [texts("word.degrees", temperature=f"{checkin.temperature:.1f}")]
    if checkin.symptoms:
        parts.append(symptoms(texts, checkin.symptoms))
    elif checkin.healthy is not None:
        parts.append(texts("word.well" if checkin.healthy else "word.unwell"))
    return texts("word.comma").join(parts) or texts("word.health_unknown")


def symptoms(texts: Texts, codes: Sequence[str]) -> str:
    """咳嗽、发热."""
    return listed(texts, (texts.word("symptom", code) for code in codes))


def categories(texts: Texts, codes: Sequence[str]) -> str:
    """家庭、身体."""
    return listed(texts, (texts.word("category", code) for code in codes))


def whose(texts: Texts, person: Person, relation: str) -> str:
    """张伟, or 张伟的孩子."""
    return texts("word.relative", name=person.name, relation=relation) if relation else person.name


def whose_day(work: Work, person: Person | None, relation: str, when: date) -> str:
    """Whose check-in it is and of which day, to stand before it; what goes without saying (None, today) is left out."""
    texts = work.unit.texts
    who = "" if person is None else texts("word.of_person", name=whose(texts, person, relation))
    return who if when == work.today else who + texts("word.of_day", day=day(texts, when))


def who(texts: Texts, told: str) -> str:
    """组长, 包保战友, 所有书记, or a name: whom a policy names (models.listeners)."""
    return named(told) or texts.word("role", told)


def leave(texts: Texts, row: LeaveRow) -> str:
    """出差至3月8日, or 休假 where the end is not known."""
    return row.reason if row.last is None else texts("word.leave_until", reason=row.reason, day=day(texts, row.last))


def leave_on(texts: Texts, row: LeaveRow, when: date) -> str:
    """The same as it stands on a day: where the end is not known, from the third day on with how long it lasts, lest it be forgotten."""
    days = (when - row.first).days + 1
    return texts("word.leave_open", reason=row.reason, days=days) if row.last is None and days >= LONG_OPEN else leave(texts, row)
