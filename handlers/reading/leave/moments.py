"""The days that a text names for something to come: dates, weekdays, "明后两天", "下周", "月底", and which of them are taken back."""

import re
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from handlers.reading.leave.numbered import Said, number, numbered
from handlers.reading.lexicon import Lexicon
from handlers.reading.message import Message
from handlers.reading.text import dates
from handlers.reading.text.words import Words

_WITHDRAWN = re.compile(
    r"(?:含|包括|除了?|算上|不是|唔系|并非|(?:写|填|报|登记|说|记|打)成了?|原来?(?:定|请|说|报)?的?(?:是|为)?|上次(?:写|报|请)的?(?:是|为)?)\s?$"
)
_REPLACED = re.compile(r"\s?(?:号|日)?(?:的|走|开始|起|回)?\s?(?:,)?(?:现)?(?:改|换|挪|推迟|提前)(?:为|成|到|至)|\s?(?:的)?(?:不算|作废)")
_CHINESE = re.compile(
    r"(?<![一二三四五六七八九十第月])(?P<day>三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[二三四五六七八九]|一(?=号\s?[到至~、和-]))(?:号|日)(?![车楼线库员机])"
)
_MONTH_END = re.compile(r"(?P<which>下个?|这个?|本)?(?:(?P<month>1[0-2]|[1-9]))?月(?:底|末)")
_WEEK = re.compile(r"(?P<which>下下?个?|这个?|本)(?:周|星期|礼拜)(?![一二三四五六日天末\d])(?P<all>一整周|一周|整周|全周)?")
_BOTH = re.compile(  # 下礼拜四五两天
    r"(?P<which>下下个?|下个?|这个?|本)?(?:周|星期|礼拜)(?P<one>[一二三四五六])[、和跟]?(?P<two>[二三四五六日天])(?=两天|两日|俩|请|休|我|去|回|,|。|$)"
)
_CALENDAR = re.compile("[号日月周期拜]")  # a text without any of these names no day in the ways above
_BARE_DAY = re.compile(r"\d{1,2}\s?[号日]?")
_WEEKDAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天]")
_SAME_WEEK = re.compile(r"\s?[、,和跟]?\s?(?:周|星期|礼拜)[一二三四五六日天]")
_TO = re.compile(r"\s?(?:号|日)?\s?(?:至|到|-{1,2}|~|—)\s?")
_NEXT_MONTH = re.compile(r"下个?月\s?(?=\d)")
_SAME_DAY = re.compile(r"[\s,、]?(?:也?就是|即)?\s?")
_WEEKEND = re.compile(r"(?:周|星期|礼拜)末")
_GONE = re.compile(r".{0,3}?(?:走|起|开始|就)|\s?(?:日|号)?\s?(?:至|到|-|~|—)\s?\d")  # begun before today
_DECEMBER, _SUNDAY, _WEEK_DAYS = 12, 6, 7


def moments(text: str, today: date, message: Message) -> list[Said]:
    """The days said, read forward from `today`, in order; days before today only where nothing else is said."""
    found = [Said(d.future, d.future, d.start, d.end) for d in dates.days(text, today)]
    found += _words(text, today, message.lexicon)
    if _CALENDAR.search(text) is not None:
        found += _calendar(text, today)
    found += numbered(text, today)
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
    taken = _once(text, taken)
    _carry_on(text, taken, today)
    if any(d.last >= today for d in taken):
        taken = [d for d in taken if d.last >= today or len(taken) == 1 or _GONE.match(text, d.end, d.end + 4)]
    month = _NEXT_MONTH.search(text)
    if month is not None:
        taken = [
            d._replace(first=_next_month(d.first, today), last=_next_month(d.last, today)) if d.start >= month.end() else d for d in taken
        ]
    taken = _within_week(text, taken)
    _of_one_week(text, taken)
    withdrawn: set[Said] = set()
    for place, one in enumerate(taken):
        before = taken[place - 1] if place else None
        ends = before in withdrawn and before is not None and _TO.fullmatch(text, before.end, one.start) is not None
        if ends or _is_withdrawn(text, one):
            withdrawn.add(one)  # "不是9号到11号": neither is meant
    return [d for d in taken if d not in withdrawn]


def _once(text: str, taken: list[Said]) -> list[Said]:
    """A day that is said twice in one breath ("明天21号", "下周二 6.9") is one."""
    kept: list[Said] = []
    for one in taken:
        if kept and kept[-1][:2] == one[:2] and _SAME_DAY.fullmatch(text, kept[-1].end, one.start) is not None:
            kept[-1] = kept[-1]._replace(end=one.end)
        else:
            kept.append(one)
    return kept


def _carry_on(text: str, taken: list[Said], today: date) -> None:
    """Put a bare day behind a date into the month after, where it cannot be of the same ("4月30号走，5号回")."""
    for place, (one, other) in enumerate(pairwise(taken), 1):
        if other.last < today <= one.first and _BARE_DAY.fullmatch(text, other.start, other.end):
            taken[place] = other._replace(first=_next_month(other.first, today), last=_next_month(other.last, today))


def _within_week(text: str, taken: list[Said]) -> list[Said]:
    """Weekdays behind a week that is named are those of that week, in its place: "下周我请两天假，周二周三"."""
    week = next((d for d in taken if (d.last - d.first).days == _SUNDAY and _WEEK.fullmatch(text, d.start, d.end)), None)
    days = [d for d in taken if week is not None and d.start > week.end and _WEEKDAY.match(text, d.start, d.end)]
    if week is None or not days:
        return taken
    moved = {d: timedelta(days=(d.first.weekday() - week.first.weekday()) % _WEEK_DAYS) for d in days}
    return [
        d._replace(first=week.first + moved[d], last=week.first + moved[d] + (d.last - d.first)) if d in moved else d
        for d in taken
        if d is not week
    ]


def _of_one_week(text: str, taken: list[Said]) -> None:
    """Put the second of two weekdays into the week of the first ("下周三周四")."""
    for place in range(1, len(taken)):
        one, other = taken[place - 1 : place + 1]
        if other.first < one.first and other.first == other.last and _SAME_WEEK.fullmatch(text, one.end, other.end):
            ahead = timedelta(days=_WEEK_DAYS * -((other.first - one.first).days // _WEEK_DAYS))
            taken[place] = other._replace(first=other.first + ahead, last=other.last + ahead)


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


def _is_withdrawn(text: str, said: Said) -> bool:
    """Whether a day is named only to be replaced ("不是20号走，是21号走")."""
    return _WITHDRAWN.search(text[max(0, said.start - 8) : said.start]) is not None or _REPLACED.match(text, said.end) is not None


def _next_month(day: date, today: date) -> date:
    year, month = (today.year + 1, 1) if today.month == _DECEMBER else (today.year, today.month + 1)
    try:
        return date(year, month, day.day)
    except ValueError:
        return day
