"""The public holidays by name: which days they are in a year, as they were published, or as long as they usually are."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from chinese_calendar import Holiday, holidays

from models.workdays import is_published, is_workday

_DAY = timedelta(days=1)
_YEAR = timedelta(days=390)  # one by the moon has up to 384 days
_NAMES = {
    "元旦": Holiday.new_years_day,
    "春节": Holiday.spring_festival,
    "过年": Holiday.spring_festival,
    "清明": Holiday.tomb_sweeping_day,
    "五一": Holiday.labour_day,
    "端午": Holiday.dragon_boat_festival,
    "中秋": Holiday.mid_autumn_festival,
    "国庆": Holiday.national_day,
    "十一": Holiday.national_day,
}
# for years that are not published yet: month, day and usual length of those that have their place in the year …
_USUAL = {
    Holiday.new_years_day: (1, 1, 3),
    Holiday.tomb_sweeping_day: (4, 4, 3),
    Holiday.labour_day: (5, 1, 5),
    Holiday.national_day: (10, 1, 7),
}
# … and of those that follow the moon the first day (of the Spring Festival its eve) and how many days are free at least
_MOON = {
    Holiday.spring_festival: (
        "2027-02-05 2028-01-25 2029-02-12 2030-02-02 2031-01-22 2032-02-10 2033-01-30 2034-02-18 2035-02-07 2036-01-27",
        4,
    ),
    Holiday.dragon_boat_festival: (
        "2027-06-09 2028-05-28 2029-06-16 2030-06-05 2031-06-24 2032-06-12 2033-06-01 2034-06-20 2035-06-10 2036-05-30",
        1,
    ),
    Holiday.mid_autumn_festival: (
        "2027-09-15 2028-10-03 2029-09-22 2030-09-12 2031-10-01 2032-09-19 2033-09-08 2034-09-27 2035-09-16 2036-10-04",
        1,
    ),
}
_NAMED = re.compile("元旦|春节|过年|清明|(?<!十)五一|端午|中秋|国庆|(?<![二三])十一(?=长?假|黄金周|期间|[休请回放])")
# "中秋值班", "国庆物资", "五一的补休": the holiday is none of whoever goes
_OF_OTHERS = re.compile(
    "[^,。;!?\\n]{0,8}?(?:值班|班次|排班|换班|值守|战备|备勤|留守|执勤|勤务|在位|在岗|带班|顶班|上班|加班|安保|[不没][休回请放]|的?补休|快乐|安康"
    "|福利|慰问|物资|晚会|演出|彩排|活动|聚餐|会餐|月饼|粽子)"
)
_BEFORE = re.compile("(?:[过忙]完|过了|等|[去前]年|上个?|补)$")
_BEYOND = re.compile("节?(?:长?假)?(?:之|以)?[前后]|[前后]夕")  # "国庆后休假": nobody knows when


class Named(NamedTuple):
    """A holiday that `text[start:end]` names. `days`: its first and last, None where nobody knows them."""

    start: int
    end: int
    days: tuple[date, date] | None


def named(text: str, today: date) -> Named | None:
    """The first holiday that a text names as somebody's free days, the next one from `today`."""
    return next(_all_named(text, today), None)


def _all_named(text: str, today: date) -> Iterator[Named]:
    for match in _NAMED.finditer(text):
        if _OF_OTHERS.match(text, match.end()) is None:
            vague = _BEYOND.match(text, match.end()) or _BEFORE.search(text, 0, match.start())
            yield Named(*match.span(), None if vague else upcoming(_NAMES[match.group()], today))


def upcoming(holiday: Holiday, today: date) -> tuple[date, date] | None:
    """The first and last day of a holiday that is not over on `today`; None where nobody knows them yet."""
    published = min((day for day, name in holidays.items() if name == holiday.value and today <= day < today + _YEAR), default=None)
    if published is None:
        return _usual(holiday, today)
    first = last = published
    while _is_free(first - _DAY):  # weekends belong to it, and 中秋 and 国庆 may be one holiday
        first -= _DAY
    while _is_free(last + _DAY):
        last += _DAY
    return first, last


def _is_free(day: date) -> bool:
    return is_published(day) and not is_workday(day)


def _usual(holiday: Holiday, today: date) -> tuple[date, date] | None:
    if holiday in _MOON:
        written, length = _MOON[holiday]
        firsts = [date.fromisoformat(day) for day in written.split()]
    else:
        month, day, length = _USUAL[holiday]
        firsts = [date(year, month, day) for year in (today.year, today.year + 1)]
    spans = ((first, first + (length - 1) * _DAY) for first in firsts)
    return next((span for span in spans if today <= span[1] < today + _YEAR), None)
