"""How many people of a group there should be, are, and are missing ("应到6实到5", "六个，五个在", "缺一个", "6/6")."""

import re
from datetime import date
from typing import NamedTuple

from handlers.reading.message import Message
from handlers.reading.reasons import Place

_UNIT = r"(?:个人|口子|口人|号人|名同志|位同志|名|个|人|员|位)"
_N = r"(?P<n>\d{1,3}|[一二两俩仨三四五六七八九十壹贰叁肆伍陆柒捌玖]{1,3})"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "仨": 3}
_DIGITS |= {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_TIMES = "点|号|日|月|楼|次|起|分|秒|%|级|年|米|公里|天(?!儿)|组|班|车|台|层|岁|小时|多|周|场|趟|部|把|件|份"
_THINGS = "[箱盘条瓶桶袋本张套支根台辆具顶双块片页篇户家处宗项批对节门卷枚只头副盏架座栋间遍圈]"
_TAIL = rf"(?![\d.度℃/~一二三四五六七八九十百千]|:\s?\d|\s?(?:{_TIMES}|{_THINGS})|\s?人次)\s?{_UNIT}?"
_RATHER = r"(?:应?改(?:成|为)|更正为|应为|应该是|应是|实为|实际是|其实是)"
_NOT_SO = (  # 实到不是6，是5; 实到6有误，应为5
    r"(?:\s?(?:不是|并非|唔系)\s?[\d一二两三四五六七八九十]{1,3}\s?(?:人|个|名)?\s?,?\s?(?:而|应该|应)?(?=[是系])"
    rf"|\s?(?:[写报填]成)?[是的:]?\s?[\d一二两三四五六七八九十]{{1,3}}\s?(?:人|个|名)?的?了?\s?,?\s?(?:有误|不对|错了?|[写报填]错了?)?\s?,?\s?(?={_RATHER}|(?<=错,)是|(?<=了,)是))?"
)
_BEHIND = re.compile(
    rf"(?:人数|人员|数)?{_NOT_SO}\s?(?:[:|=]|应?(?:该|当)?(?:是|为)|(?:改|更正|修正|订正|更改)?[为成]|{_RATHER}|是|有|了|的|在)?\s?{_N}{_TAIL}"
)
_BEFORE = re.compile(rf"(?<![\d.~/第其余他下])(?<!另外){_N}\s?{_UNIT}?\s?(?:都|全|均|还|人)?$")
_RATIO = re.compile(r"(?<![\d./])(?P<present>\d{1,3})\s?/\s?(?P<expected>\d{1,3})(?![\d/.])")
_CALLED = re.compile(
    r"(?<![\d.月/])(?P<expected>\d{1,2})\s?(?:实?到|实)\s?(?P<present>\d{1,2})(?=\s?(?:人|全|无|都|均|正|其余|$|[,。;\n]| [一-鿿]))"
)  # 6到6
_HEADS = re.compile(  # a look at the first character spares most places the rest
    rf"(?=[\d一二两俩仨三四五六七八九十壹贰叁肆伍陆柒捌玖])(?<![\d.~/第其余他下外另没少缺差])(?<!不是)(?<!并非){_N}\s?(?:(?:个人|口子|口人|号人|名同志|条汉子|条好汉|杆枪|号兄弟|个弟兄|人|名|员|位)(?!次|群|以上|数|工|份|没|不|轮[着流换])"
    r"|个(?=$|[,。;!\s:(]|兄弟|弟兄|同志|队员|战友|小伙|都|全|均|在|到|今|齐|满|整|一个|体温|没|就|只|仅))"
)
_LACK = re.compile(rf"(?<![\d.])(?:{_N})缺(?P<m>[1-9一二两三四五])(?![\d.])")  # 六缺一
_VALUE = re.compile(r"\s*3\d[.。度](?!\d\s?[-~至到]{1,2}\s?3\d)")  # not the range of a group: "6/6 36.1-36.8"
_BOTH = re.compile(  # "应到实到都是六", "应到、实到一致，均为6人"
    rf"应到(?:人数|人员)?\s?[、和与跟/]?\s?实到(?:人数|人员)?\s?(?:(?:一致|相同|一样|相符|相等)\s?,?\s?)?(?:[都均全各同]|[:=])\s?(?:是|为|有)?\s?{_N}{_TAIL}"
)
_AFTER_ALL = re.compile(rf"\s?(?:人|个|名)?\s?,?\s?(?:不对|说错|写错|报错|错了|哦不|啊不|{_RATHER})")  # "应到6实到6，不对，实到5"
_TABLE = re.compile(r"(?P<head>[^\n]*应到[^\n]*实到[^\n]*)\n(?:[\s|:-]*\n)?(?P<row>[^\n]+)")
_CELL = re.compile(r"[^|\t,、 ]+")
_ROW = re.compile(r"\n[^\n]{0,12}[|\t, ]\s?\d+\s?[|\t, ]\s?\d")
_OF_ILL = re.compile("异常|症状|发热|发烧|咳嗽|腹泻|不适")  # columns
_COLUMNS = 3  # as many as a table has at least
_DENIED = re.compile(r"[没不无未别]\s?$")
_OPENS = re.compile(r"(?:^|[,。;!\s|、(:]|人|个|名|员|现|天|早|班|组)\Z")  # before a word of one character, such as 到 or 缺
_CLOSES = re.compile(r"$|[,。;!\s|、):的位]")
_LATER = re.compile(rf"{_UNIT}?(?:的|是|,|那条)?")
_OF_GROUP = re.compile(rf"(?:^|[,。;:\s]|组|班|队|站|全员|总)人数\s?:?\s?{_N}{_TAIL}")  # "机关组人数6，在岗5"
_NEAR, _REST, _SHORT = 6, 4, 1
_ILL = re.compile(
    r"异常(?:人数|人员|的)?\s?[:=]?\s?(?:有\s?)?(?:(?:[1-9]|[一二两三四五六])\s?(?:个|人|例|名)|[1-9](?=\s?[(,。;]))"
)  # not well, and nobody is named
AWAY = "(?:请假|休假|事假|病假|年假|出差|培训|学习|公差|外勤|轮休|调休|补休|住院|探亲|外出|借调|没来|没到|未到|不在|缺席)"
"""Words for which somebody is away, as they stand beside the number of those who are."""
_SOME = rf"(?:{AWAY}|发烧|发热|低烧|高烧|咳嗽|感冒|腹泻|拉肚子|头疼|头晕|不舒服|不适)"
_OF_SOME = re.compile(rf"\s?(?:今天|今日|在外?|外出|有点)?{_SOME}(?=$|[\s:,。;(]|[之以]?外)")  # "2人请假：张伟、王磊"
_SOME_OF = re.compile(rf"{_SOME}(?:的|有|人员|人数)?\s?[:是]?\s?$")  # "请假2人"
_SOME_BEFORE = 8
_ONCE = re.compile("(?!个|人|名|员|位|口|号)[一-龥]")  # "现在一响铃": no count
_ON_ROLL = re.compile("(?:实有|现有|在册|共有|总共)(?:人数|人员)?[^,。;\\d]{0,3}$")  # "实有6,在位4": who belongs to it, then who is there


class Count(NamedTuple):
    """A number of people, and the piece that says it."""

    number: int
    place: Place


class Counts(NamedTuple):
    """What is counted. `said`: by words such as 应到, 实到, 缺; else only heads are numbered. `called`: those present by such words.

    `ill`: where some are counted who are not well. `heading`: where the head of a table stands, whose words say nothing of anybody.
    """

    expected: Count | None
    present: Count | None
    heads: Count | None
    said: bool
    called: bool = False
    ill: Place | None = None
    heading: tuple[int, int] = (0, 0)


def counts(message: Message, size: int) -> Counts:
    """The numbers of people in a message; "6/6" only where it fits the `size` of the group, for 3/3 may be a day."""
    text = message.head
    heads = [_count(m, "group.heads") for m in _HEADS.finditer(text) if not _is_some(text, *m.span())]
    first = next((h for h in heads if h is not None and h.number > 1), None)
    table, ill = _table(text), _ILL.search(text)
    if table is not None:
        return table._replace(heads=first)
    not_well = ill and Place(*ill.span(), "group.ill")
    both = _both(text) or _ratio(text, size, message.today)
    if both is not None:
        return Counts(*both, first, said=True, called=True, ill=not_well)
    lack = _LACK.search(text) if "缺" in text else None
    if lack is not None and (due := _count(lack, "group.count")) is not None:
        return Counts(due, Count(due.number - (_number(lack.group("m")) or 0), due.place), first, said=True, ill=not_well)
    expected, present, missing = (_said(message, f"group.{key}") for key in ("expected", "present", "missing"))
    called = present is not None
    if expected is None and present is not None and (there := _said(message, "group.present", present.place.end)) is not None:
        expected, present = (
            (present, there) if _ON_ROLL.search(text, 0, present.place.start) and there.number <= present.number else (None, present)
        )
    taken = [c.place.start for c in (expected, present, missing) if c is not None]
    others = [h for h in heads if h is not None and h.place.start not in taken]
    if expected is None and present is not None and (whole := _OF_GROUP.search(text)) is not None:
        expected = _count(whole, "group.count")
    due = expected
    if due is None and present is not None:
        due = next((h for h in others if h.number >= present.number), None)
    if due is None and missing is not None:
        due = next((h for h in others if h.number > missing.number), None)
    if missing is not None and present is None and due is not None and due.number > missing.number:
        present = Count(due.number - missing.number, missing.place)
    elif missing is not None and due is None and present is not None and expected is None:
        due = Count(present.number + missing.number, missing.place)
    return Counts(due, present, first, said=expected is not None or present is not None, called=called, ill=not_well)


def _is_some(text: str, start: int, end: int) -> bool:
    """Whether a number is of those alone who are away or not well."""
    return _OF_SOME.match(text, end) is not None or _SOME_OF.search(text, max(0, start - _SOME_BEFORE), start) is not None


def _said(message: Message, key: str, since: int = 0) -> Count | None:
    """The number that stands behind a word of `key`, or before it. `since`: where the first word may begin."""
    text = message.head
    for word in message.all(key):
        if word.start() < since:
            continue
        if _DENIED.search(text, max(0, word.start() - 2), word.start()):
            continue
        if key == "group.present" and text[max(0, word.start() - 1) : word.start()] == "应":
            continue
        short = len(word.group()) <= _SHORT
        number = _BEHIND.match(text, word.end()) if not short or _OPENS.search(text, max(0, word.start() - 1), word.start()) else None
        if number is None and (not short or _CLOSES.match(text, word.end())):
            number = _BEFORE.search(text, max(0, word.start() - _NEAR), word.start())
            rest = number and message.search.first("group.rest", text, max(0, number.start() - _REST), number.start())
            if number is not None and rest and not text.endswith("外", 0, number.start()):  # "除小马外5人都到了" counts who is there
                number = None
        if number is not None and number.group("n") == "一" and _ONCE.match(text, number.end("n")):
            number = None
        if number is not None and not _is_withdrawn(message, number) and (found := _count(number, "group.count")) is not None:
            return found
    return None


def _is_withdrawn(message: Message, number: re.Match[str]) -> bool:
    """Whether a count is named only to be put right ("实到6人有误，应为…")."""
    after = _LATER.match(message.head, number.end())
    ends = {number.end(), after.end()} if after is not None else set()
    return any(message.search.at("acts.withdrawn_after", message.head, end) is not None for end in ends)


def _both(text: str) -> tuple[Count, Count] | None:
    """The one number of those who should be there and those who are."""
    same = _BOTH.search(text) if "实到" in text else None
    count = None if same is None else _count(same, "group.count")
    return None if count is None else (count, count)


def _table(text: str) -> Counts | None:
    """The first row of a table, in the columns of 应到 and 实到, and in those of who is not well."""
    table = _TABLE.search(text) if "应到" in text else None
    if table is None:
        return None
    head = _CELL.findall(table.group("head"))
    row = [Place(*cell.span(), "group.table") for cell in _CELL.finditer(text, *table.span("row"))]
    numbers = [int(text[c.start : c.end]) if text[c.start : c.end].isdigit() else None for c in row]
    due, there = (next((n for n, cell in enumerate(head) if cell.startswith(word)), 0) for word in ("应到", "实到"))
    if len(head) < _COLUMNS or not 0 < due < there < len(row):
        return None
    expected, present = numbers[due], numbers[there]
    if expected is None or present is None or present > expected or _ROW.match(text, table.end()):
        return None  # several rows are several groups
    ill = next((c for name, n, c in zip(head, numbers, row, strict=False) if n and _OF_ILL.search(name)), None)
    return Counts(Count(expected, row[due]), Count(present, row[there]), None, said=True, called=True, ill=ill, heading=table.span("head"))


def _ratio(text: str, size: int, today: date) -> tuple[Count, Count] | None:
    for ratio in (*_RATIO.finditer(text), *_CALLED.finditer(text)) if size else ():
        if _AFTER_ALL.match(text, ratio.end()) is not None:
            continue
        there, total = int(ratio.group("present")), int(ratio.group("expected"))
        if there == size > total and (there - today.month) % 12 not in (0, 1, 11):
            there, total = total, there  # "一班6/5" is five of six, where it cannot be a day that is near
        if there <= total and total in {size, there} and not _VALUE.match(text, ratio.end()):
            place = Place(*ratio.span(), "group.ratio")
            return Count(total, place), Count(there, place)
    return None


def _count(match: re.Match[str], by: str) -> Count | None:
    number = _number(match.group("n"))
    return None if number is None else Count(number, Place(*match.span("n"), by))


def _number(written: str) -> int | None:
    """A count in digits or Chinese numerals up to 99."""
    if written.isdigit():
        return int(written)
    tens, mark, ones = written.rpartition("十")
    if mark:
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    return _DIGITS.get(written)
