"""The public holidays by name: which days they are in a year, as they were published, or as long as they usually are."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from chinese_calendar import Holiday, holidays

from models.workdays import is_published, is_workday, usual

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
        return usual(holiday, today)
    first = last = published
    while _is_free(first - _DAY):  # weekends belong to it, and 中秋 and 国庆 may be one holiday
        first -= _DAY
    while _is_free(last + _DAY):
        last += _DAY
    return first, last


def _is_free(day: date) -> bool:
    return is_published(day) and not is_workday(day)
