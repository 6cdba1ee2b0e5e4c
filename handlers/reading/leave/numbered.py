"""Days that a text says by bare numbers (20、21我休, 19到21三天) or by a name of their own (六一)."""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from handlers.reading.text import dates

_BARE = re.compile(  # 20、21我休
    r"(?<![\d.:/])(?P<one>3[01]|[12]\d|[1-9])\s?[、,和跟到至~-]\s?(?P<two>3[01]|[12]\d|[1-9])\s?(?:号|日)?\s?(?:我|俺|本人)?(?:要|得|想|都)?(?:(?:轮|补|调|倒|公|年)?休(?!息室)|请[事病年]?假|出差|外出|离队)"
)
_BARE_GOING = re.compile(  # 我24到28去支队
    r"(?<=[我俺])\s?(?P<one>3[01]|[12]\d|[1-9])\s?[到至~-]\s?(?P<two>3[01]|[12]\d|[1-9])\s?(?:号|日)?\s?(?:要|得)?(?:[去回在](?![了过])|请假|出差|外出|参加|培训|集训|探亲)"
)
_RESTS = re.compile("休|请.?假|出差|外出|离队|[我俺]\\s?\\d")
# 19到21三天; 9、10、11; 28 29两天: bare numbers are days where as many days are counted
_COUNTED = re.compile(r"[\d一二两三四五六七八九]\s?天")
_FROM_TO = re.compile(
    r"(?<![\d.:/])(?P<one>3[01]|[12]\d|[1-9])\s?[号日]?\s?[到至~-]\s?(?P<two>3[01]|[12]\d|[1-9])\s?[号日]?\s?(?:一共|共|就|休|请)?\s?(?P<n>\d|[一二两三四五六七八九])\s?天"
)
_LIST = re.compile(r"(?<![\d.:/])(?:(?:3[01]|[12]\d|[1-9])(?:[、, ]|[和跟])\s?){1,6}(?:3[01]|[12]\d|[1-9])(?![\d.:/%℃度点楼人个])")
_MONTH, _MONTH_LENGTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月\s?$"), 4  # "4月20、21两天"
_DAY_NAMES = {"六一": (6, 1), "七一": (7, 1), "八一": (8, 1), "三八": (3, 8), "五四": (5, 4)}  # days with a name, and no public holidays
_NAMED = re.compile("(?P<day>六一|七一|八一|三八|五四)(?:儿童|妇女|青年|建军|建党)?节?(?:那天|当天)?(?=[请休我俺想要下上回在,]|需|得|歇)")
_NUMBERS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "仨": 3}


class Said(NamedTuple):
    """A day or several together, as `text[start:end]` says them."""

    first: date
    last: date
    start: int
    end: int


def numbered(text: str, today: date) -> Iterator[Said]:
    """The days of all these kinds."""
    if _RESTS.search(text) is not None:
        yield from _bare(text, today)
    if _COUNTED.search(text) is not None:
        yield from _counted(text, today)
    for match in _NAMED.finditer(text):
        month, day = _DAY_NAMES[match.group("day")]
        named = date(today.year + ((month, day) < (today.month, today.day)), month, day)
        yield Said(named, named, *match.span("day"))


def _bare(text: str, today: date) -> list[Said]:
    """Two days of the month before a word of rest, without the word for day."""
    found = []
    for match in (*_BARE.finditer(text), *_BARE_GOING.finditer(text)):
        one, two = (dates.day_of_month(int(match.group(name)), today) for name in ("one", "two"))
        if one is not None and two is not None and one[1] <= two[1]:
            found.append(Said(one[1], two[1], match.start("one"), match.end("two")))
    return found


def _counted(text: str, today: date) -> list[Said]:
    """Days of the month without the word for day, where their number is said as well."""
    found = []
    for match in _FROM_TO.finditer(text):
        one, two = (dates.day_of_month(int(match.group(name)), today) for name in ("one", "two"))
        if one is not None and two is not None and (two[1] - one[1]).days + 1 == number(match.group("n")):
            found.append(Said(one[1], two[1], match.start("one"), match.end("two")))
    lengths = {number(match.group()[0]) for match in _COUNTED.finditer(text)}
    for match in _LIST.finditer(text):
        days = [int(each) for each in re.findall(r"\d+", match.group())]
        month = _MONTH.search(text, max(0, match.start() - _MONTH_LENGTH), match.start())
        day = dates.day_of_month if month is None else partial(_in_month, int(month.group(1)))
        first, last = day(days[0], today), day(days[-1], today)
        in_order = days == list(range(days[0], days[0] + len(days)))
        if in_order and len(days) in lengths and first is not None and last is not None and first[1] <= last[1]:
            found.append(Said(first[1], last[1], match.start() if month is None else month.start(), match.end()))
    return found


def _in_month(month: int, dom: int, today: date) -> tuple[date, date] | None:
    """A day of a month that is named, read forward."""
    try:
        day = date(today.year, month, dom)
        return day, day if day >= today else day.replace(year=today.year + 1)
    except ValueError:
        return None


def number(written: str) -> int:
    """A number up to 99, in digits or Chinese numerals."""
    if written.isdigit():
        return int(written)
    tens, mark, ones = written.rpartition("十")
    if not mark:
        return _NUMBERS.get(written[-1], 0)
    return (_NUMBERS.get(tens, 1) if tens else 1) * 10 + (_NUMBERS.get(ones, 0) if ones else 0)
