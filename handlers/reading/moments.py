"""The days that a text names for something to come: dates, weekdays, "明后两天", "下周", "月底", and which of them are taken back."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from handlers.reading import dates
from handlers.reading.lexicon import Lexicon
from handlers.reading.message import Message
from handlers.reading.words import Words

_WITHDRAWN = re.compile(
    r"(?:含|包括|除了?|算上|不是|唔系|并非|(?:写|填|报|登记|说|记|打)成了?|原来?(?:定|请|说|报)?的?(?:是|为)?|上次(?:写|报|请)的?(?:是|为)?)\s?$"
)
_REPLACED = re.compile(r"\s?(?:号|日)?(?:的|走|开始|起|回)?\s?(?:,)?(?:现)?(?:改|换|挪|推迟|提前)(?:为|成|到|至)|\s?(?:的)?(?:不算|作废)")
_CHINESE = re.compile(
    r"(?<![一二三四五六七八九十第月])(?P<day>三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[二三四五六七八九])(?:号|日)(?![车楼线库员机])"
)
_MONTH_END = re.compile(r"(?P<which>下个?|这个?|本)?(?:(?P<month>1[0-2]|[1-9]))?月(?:底|末)")
_WEEK = re.compile(r"(?P<which>下下?个?|这个?|本)(?:周|星期|礼拜)(?![一二三四五六日天末\d])(?P<all>一整周|一周|整周|全周)?")
_BOTH = re.compile(  # 下礼拜四五两天
    r"(?P<which>下下个?|下个?|这个?|本)?(?:周|星期|礼拜)(?P<one>[一二三四五六])[、和跟]?(?P<two>[二三四五六日天])(?=两天|两日|俩|请|休|我|去|回|,|。|$)"
)
_CALENDAR = re.compile("[号日月周期拜]")  # a text without any of these names no day in the ways above
_BARE = re.compile(  # 20、21我休
    r"(?<![\d.:/])(?P<one>3[01]|[12]\d|[1-9])\s?[、,和跟到至~-]\s?(?P<two>3[01]|[12]\d|[1-9])\s?(?:号|日)?\s?(?:我|俺|本人)?(?:轮|补|调|倒|公|年)?休(?!息室)"
)
_BARE_GOING = re.compile(  # 我24到28去支队
    r"(?<=[我俺])\s?(?P<one>3[01]|[12]\d|[1-9])\s?[到至~-]\s?(?P<two>3[01]|[12]\d|[1-9])\s?(?:号|日)?\s?(?:要|得)?(?:[去回在](?![了过])|请假|出差|外出|参加|培训|集训|探亲)"
)
_RESTS = re.compile("休|[我俺]\\s?\\d")
_SAME_WEEK = re.compile(r"\s?[、,和跟]?\s?(?:周|星期|礼拜)[一二三四五六日天]")
_TO = re.compile(r"\s?(?:号|日)?\s?(?:至|到|-{1,2}|~|—)\s?")
_NEXT_MONTH = re.compile(r"下个?月\s?(?=\d)")
_NUMBERS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "仨": 3}
_WEEKEND = re.compile(r"(?:周|星期|礼拜)末")
_GONE = re.compile(r".{0,3}?(?:走|起|开始|就)|\s?(?:日|号)?\s?(?:至|到|-|~|—)\s?\d")  # begun before today
_DECEMBER, _SUNDAY, _WEEK_DAYS = 12, 6, 7


class Said(NamedTuple):
    """A day or several together, as `text[start:end]` says them."""

    first: date
    last: date
    start: int
    end: int


def moments(text: str, today: date, message: Message) -> list[Said]:
    """The days said, read forward from `today`, in order; days before today only where nothing else is said."""
    found = [Said(d.future, d.future, d.start, d.end) for d in dates.days(text, today)]
    found += _words(text, today, message.lexicon)
    if _CALENDAR.search(text) is not None:
        found += _calendar(text, today)
    if _RESTS.search(text) is not None:
        found += _bare(text, today)
    found += [
        Said(today + timedelta(days=t.value), today + timedelta(days=t.value), t.start, t.end)
        for t in message.scanner.days(text, message.search)
    ]
    if not found:
        return []
    # the longest of those that begin first: 明后两天, not 明天
    taken: list[Said] = []
    for one in sorted(found, key=lambda s: (s.start, -s.end)):
        if not taken or one.start >= taken[-1].end:
            taken.append(one._replace(last=one.last + timedelta(days=1)) if _WEEKEND.search(text, one.start, one.end) else one)
    if any(d.last >= today for d in taken):
        taken = [d for d in taken if d.last >= today or len(taken) == 1 or _GONE.match(text, d.end, d.end + 4)]
    month = _NEXT_MONTH.search(text)
    if month is not None:
        taken = [
            d._replace(first=_next_month(d.first, today), last=_next_month(d.last, today)) if d.start >= month.end() else d for d in taken
        ]
    for number in range(1, len(taken)):  # "下周三周四": the second weekday is of the same week
        one, other = taken[number - 1 : number + 1]
        if other.first < one.first and other.first == other.last and _SAME_WEEK.fullmatch(text, one.end, other.end):
            ahead = timedelta(days=_WEEK_DAYS * -((other.first - one.first).days // _WEEK_DAYS))
            taken[number] = other._replace(first=other.first + ahead, last=other.last + ahead)
    withdrawn: set[Said] = set()
    for number, one in enumerate(taken):
        before = taken[number - 1] if number else None
        ends = before in withdrawn and before is not None and _TO.fullmatch(text, before.end, one.start) is not None
        if ends or _is_withdrawn(text, one):
            withdrawn.add(one)  # "不是9号到11号": neither is meant
    return [d for d in taken if d not in withdrawn]


def _calendar(text: str, today: date) -> list[Said]:
    """The days said in Chinese numerals, ends of months, weeks."""
    found: list[Said] = []
    for match in _CHINESE.finditer(text):
        both = dates.day_of_month(number(match.group("day")), today)
        found += [] if both is None else [Said(both[1], both[1], *match.span())]
    for match in _MONTH_END.finditer(text):
        last = _month_end(match, today)
        found.append(Said(last, last, *match.span()))
    found += [_week(match, today) for match in _WEEK.finditer(text)]
    found += [_both(match, today) for match in _BOTH.finditer(text)]
    return found


@lru_cache(maxsize=8)
def _several(lexicon: Lexicon) -> tuple[Words, list[tuple[int, int]]]:
    """The words for several days together, and how many days from today they begin and end."""
    words = {
        word: (int(key.split()[0]), int(key.split()[1]))
        for key in lexicon.subkeys.get("days.several", ())
        for word in lexicon.lists[f"days.several.{key}"]
    }
    return Words(words), list(words.values())


def _words(text: str, today: date, lexicon: Lexicon) -> list[Said]:
    words, spans = _several(lexicon)
    found: list[Said] = []
    for start, (word, end) in sorted(words.longest(text).items()):
        if not found or start >= found[-1].end:
            first, last = spans[word]
            found.append(Said(today + timedelta(days=first), today + timedelta(days=last), start, end))
    return found


def _month_end(match: re.Match[str], today: date) -> date:
    month = int(match.group("month")) if match.group("month") else today.month + (1 if (match.group("which") or "").startswith("下") else 0)
    year = today.year + (1 if month < today.month or month > _DECEMBER else 0)
    month = (month - 1) % _DECEMBER + 1
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _week(match: re.Match[str], today: date) -> Said:
    ahead = match.group("which").count("下")
    monday = today + timedelta(days=7 * ahead - today.weekday())
    return Said(max(monday, today), monday + timedelta(days=_SUNDAY), *match.span())


def _both(match: re.Match[str], today: date) -> Said:
    """Two days of one week."""
    one, two = ("一二三四五六日".index(match.group(name).replace("天", "日")) for name in ("one", "two"))
    monday = today + timedelta(days=7 * (match.group("which") or "").count("下") - today.weekday())
    first = monday + timedelta(days=one if match.group("which") or monday + timedelta(days=one) >= today else one + _WEEK_DAYS)
    return Said(first, first + timedelta(days=(two - one) % _WEEK_DAYS), *match.span())


def _bare(text: str, today: date) -> list[Said]:
    """Two days of the month before a word of rest, without the word for day."""
    found = []
    for match in (*_BARE.finditer(text), *_BARE_GOING.finditer(text)):
        one, two = (dates.day_of_month(int(match.group(name)), today) for name in ("one", "two"))
        if one is not None and two is not None and one[1] <= two[1]:
            found.append(Said(one[1], two[1], match.start("one"), match.end("two")))
    return found


def _is_withdrawn(text: str, said: Said) -> bool:
    """Whether a day is named only to be replaced ("不是20号走，是21号走")."""
    return _WITHDRAWN.search(text[max(0, said.start - 8) : said.start]) is not None or _REPLACED.match(text, said.end) is not None


def number(written: str) -> int:
    """A number up to 99, in digits or Chinese numerals."""
    if written.isdigit():
        return int(written)
    tens, mark, ones = written.rpartition("十")
    if not mark:
        return _NUMBERS.get(written[-1], 0)
    return (_NUMBERS.get(tens, 1) if tens else 1) * 10 + (_NUMBERS.get(ones, 0) if ones else 0)


def _next_month(day: date, today: date) -> date:
    year, month = (today.year + 1, 1) if today.month == _DECEMBER else (today.year, today.month + 1)
    try:
        return date(year, month, day.day)
    except ValueError:
        return day
