"""Days said in a message, resolved from the day of sending."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6, "末": 5}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")}
_DAY_TAIL = r"(?![车楼线库员床门窗机站柜水桌院文炮位令称码牌家火罐桥梯泵井塔栋闸炉])"
_N = "一二三四五六七八九十"
_CDOM = "三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]"
# what makes the number behind 到 no day of the month: "到十五人", "到二十度"
_NO_DOM = "(?![一二三四五六七八九十百千万点.:%℃度°/元块秒个公班组站人名位岁件台次车楼层步米分天周年月])"
_DATE = re.compile(
    r"(?=[0-9一二三四五六七八九十上下这本周星礼昨今前])(?:"  # a look at the first character spares most places the rest
    r"(?:(?P<year>20\d\d)\s?[年./-]\s?)?(?<![\d.])(?P<month>1[0-2]|0?[1-9])\s?月\s?(?P<dom>3[01]|[12]\d|0?[1-9])(?!\d)\s?[日号]?"
    rf"|(?P<ends>(?<=[至到~-]))?(?P<cmonth>十[一二]?|[一二三四五六七八九])月(?P<cdom>{_CDOM})"
    rf"(?:[日号]|(?=\s?[至到~-]\s?[一二三四五六七八九十\d])|(?(ends){_NO_DOM}|(?!)))"
    # the end of such a range: 三月十到十五
    rf"|(?:(?<=月[{_N}][至到~-])|(?<=月[{_N}][{_N}][至到~-])|(?<=月[{_N}][{_N}][{_N}][至到~-]))(?P<cuntil>{_CDOM})[日号]?{_NO_DOM}"
    rf"|(?<![\d.a-z第])(?P<only>3[01]|[12]\d|0?[1-9])\s?[号日]{_DAY_TAIL}"
    rf"|(?P<cnum>{_CDOM})[号](?=忘|没报|没填|漏|补|的?体温|的?晨检|的?晚检|的?36|的?三十)"
    r"|(?:(?<=[班组补庆到至假休请从期检])|(?<=[一-鿿]:)|(?<![\d.:/a-z一-鿿])|(?<=[我俺咱人于定改])(?=\d\d?[.]\d\d?\s?(?:[-~至到—]|\.\.)\s?\d))(?P<pm>1[0-2]|0?[1-9])(?P<psep>[.]|(?<=[-~至到]\d)/|(?<=[-~至到]\d\d)/|/(?!\d+\s?[,，|]))(?P<pd>3[01]|[12]\d|0?[1-9])(?![\d.%℃度°/元块秒个公kcmg]|:(?!\s?(?:3[4-9]|4[0-2])[.。]))"
    r"|(?P<which>上上|上个?|下下|下个?|这个?|本)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])(?!班|岁|年级)"
    # "前36.5" is the day before yesterday where a clause or another value ends before it; "吃药前38.5" is before something else
    r"|(?P<short>昨|(?<![至如当])今|(?:(?<![一-鿿\da-z:])|(?<=[.]\d)|(?<=[我俺昨今]))前)(?=\s?:?\s?(?:[34]\d[.。度点℃]|三十))"
    # the end of a range whose beginning is written with its month: 2月19到24
    r"|(?<=月\d[至到~-])(?P<until>3[01]|[12]\d|[1-9])(?![\d.点:%℃度°/元块秒个公班组站人kcmg])"
    r"|(?<=月\d\d[至到~-])(?P<until2>3[01]|[12]\d|[1-9])(?![\d.点:%℃度°/元块秒个公班组站人kcmg])"
    r"|(?<![\d.])(?P<shared>3[01]|[12]\d|0?[1-9])(?=(?:\s?[、,和至到-]\s?\d{1,2}){1,3}\s?[日号](?![车楼])))"
)
_WISHED = re.compile("愉快|快乐|好(?=[!~,。啊呀哦]|$)|开心")  # "周末愉快" names no day
_SATURDAY = 5
_CENTURY = 100
_RECENT = 31  # days back for which a date without a year still means the one that has been
_SHORT = {"昨": -1, "今": 0, "前": -2}  # "昨36.7，今36.5"
# a text without any of these names no day; that it begins with single characters makes the search quick
_QUICK = re.compile(
    r"[昨今前月号日周星礼\d](?:(?<=[昨今前])\s?:?\s?[34三]|(?<=[月号日周])|(?<=星)期|(?<=礼)拜"
    r"|(?<=\d)(?<!\d\d)(?:(?<=1)[0-2]|(?<=0)[1-9]|(?<=[1-9]))[./]\d)"  # a month, not the 6 of 36.5
)


class Day(NamedTuple):
    """A day said at `start:end`. `form`: date (month and day), dom (day of the month alone), point (1.29), weekday."""

    day: date
    start: int
    end: int
    form: str
    future: date  # the same words read forward from the day of sending (leave, plans)


_YEAR = re.compile(
    r"(?<![\d零〇一二三四五六七八九十])(?P<year>(?:19|20)?\d\d|[零〇一二九八七][零〇一二三四五六七八九])年(?![级款产月\d]|[^,。;!?\n]{0,10}[落留]下)"
    r"(?=[^,。;!?\n]{0,10}(?:那会|那年|那时|时候|那次|那场|那阵|当兵|入伍|新兵))"
)
_ROUND = "零〇"


def years(text: str, today: date) -> list[tuple[int, int]]:
    """Where a year that is over is said to be the time of what is told ("零八年救灾那会儿")."""
    found = []
    for match in _YEAR.finditer(text) if "年" in text else ():
        said = "".join("0" if c in _ROUND else str(_DIGITS.get(c, c)) for c in match.group("year"))
        year = int(said)
        if year < _CENTURY:
            year += 2000 if year <= today.year % _CENTURY else 1900
        if year < today.year:
            found.append(match.span())
    return found


def days(text: str, today: date) -> list[Day]:
    """Every calendar day named in a uniform text (words such as 昨天 are in the lexicon). Past readings are preferred for `day`."""
    if _QUICK.search(text) is None:
        return []
    found: list[Day] = []
    month = None
    for match in _DATE.finditer(text):
        read = _read(match, today, month)
        if read is None:
            continue
        if read.form == "date":
            month = read.day.month
        elif found and found[-1].end + 4 < read.start:
            month = None
        found.append(read)
    return found


def _read(match: re.Match[str], today: date, month: int | None) -> Day | None:
    part = match.group
    start, end = match.span()
    if part("short"):
        day = today + timedelta(days=_SHORT[part("short")])
        return Day(day, start, end, "short", day)
    if part("weekday"):
        return _of_week(match, today)
    bare = part("only") or part("shared") or part("until") or part("until2") or part("cuntil") or part("cnum")
    if bare:
        dom = int(bare) if bare.isdigit() else _chinese(bare)
        if month is not None and (both := _in_month(month, dom, today, None)) is not None:
            return Day(both[0], start, end, "dom", both[1])
        both = day_of_month(dom, today)
        return None if both is None else Day(both[0], start, end, "dom", both[1])
    if part("pm"):
        both = _in_month(int(part("pm")), int(part("pd")), today, None)
        return None if both is None else Day(both[0], start, end, "point", both[1])
    if part("cmonth"):
        both = _in_month(_chinese(part("cmonth")), _chinese(part("cdom")), today, None)
    else:
        both = _in_month(int(part("month")), int(part("dom")), today, int(part("year")) if part("year") else None)
    return None if both is None else Day(both[0], start, end, "date", both[1])


def _of_week(match: re.Match[str], today: date) -> Day | None:
    """The day of the week that is named. 周末 is its first day, or today where it is said on one of the two; in a wish it is none."""
    start, end = match.span()
    which, weekday = match.group("which") or "", match.group("weekday")
    if weekday == "末" and _WISHED.match(match.string, end):
        return None
    if weekday == "末" and which[:1] not in ("上", "下") and today.weekday() >= _SATURDAY:
        return Day(today, start, end, "weekday", today)
    near, far = _weekday(_WEEKDAYS[weekday], which, today)
    return Day(near, start, end, "weekday", far)


def _chinese(numeral: str) -> int:
    """One to thirty-one in Chinese numerals."""
    tens, mark, ones = numeral.rpartition("十")
    if not mark:
        return _DIGITS[numeral]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _weekday(wanted: int, which: str, today: date) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday())
    weeks = {"上上": -2, "上": -1, "下下": 2, "下": 1}.get(which.rstrip("个"))
    if weeks is not None:
        day = monday + timedelta(days=wanted, weeks=weeks)
        return day, day
    back = today - timedelta(days=(today.weekday() - wanted) % 7)
    ahead = today + timedelta(days=(wanted - today.weekday()) % 7)
    return back, ahead


def day_of_month(dom: int, today: date) -> tuple[date, date] | None:
    """The nearest such day on or before `today`, and on or after it."""
    back: date | None = None
    ahead: date | None = None
    for shift in range(3):
        back = back or _earlier(_make(today.year, today.month - shift, dom), today)
        ahead = ahead or _later(_make(today.year, today.month + shift, dom), today)
    return (back, ahead) if back is not None and ahead is not None else None


def month_before(day: date) -> date | None:
    """The same day of the month before; None where there is none."""
    return _make(day.year, day.month - 1, day.day)


def _earlier(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None


def _later(day: date | None, today: date) -> date | None:
    return day if day is not None and day >= today else None


def _in_month(month: int, dom: int, today: date, year: int | None) -> tuple[date, date] | None:
    """Month and day in the year said, else in the year that brings it nearest to `today`."""
    if year is not None:
        day = _make(year, month, dom)
        return None if day is None else (day, day)
    near = [d for d in (_make(today.year + y, month, dom) for y in (-1, 0, 1)) if d is not None]
    if not near:
        return None
    best = min(near, key=lambda d: abs((d - today).days))
    ahead = best if best >= today - timedelta(days=_RECENT) else next((d for d in near if d >= today), best)
    return best, ahead


def _make(year: int, month: int, dom: int) -> date | None:
    """A date; months beyond December or before January run into the neighbouring years; None where there is no such day."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return None
    try:
        return date(year, month, dom)
    except ValueError:
        return None
