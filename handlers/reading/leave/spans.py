"""The days of an absence: the first and the last, as people say them ("明后两天", "5号起五天", "歇到下礼拜三", "周五回")."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from handlers.reading.leave import holidays
from handlers.reading.leave.moments import moments
from handlers.reading.leave.numbered import Said, number
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.text import dates

_BETWEEN = re.compile(r"\s?(?:日|号|早|晚|早上|晚上|上午|下午)?[（(]?[^,。;)\n]{0,3}?[)）]?\s?(?:至|到|-{1,2}|~|—|、|和|跟)\s?")
_LISTED = re.compile(r"\s?[、,和跟]\s?")
_UNTIL = re.compile(r"(?:(?<![攒凑])到|至|截止|为止)(?:了|本月|这个月|下个?月)?\s?$")
_MOVED = re.compile(r"(?:推迟|推后|推|改|延后|延迟|顺延|挪|提前|换)(?:到|至)\s?$")  # "推迟到9号" is where it begins
_END_MOVED = re.compile(r"(?:到|至)\s?[^,。;\d]{0,3}\d{1,2}[号日]?\s?,?(?:改|延长|延|顺延|推迟|推)(?:到|至)\s?$")  # "请假到8号改到9号"
_SINCE = re.compile(r"(?:从|自|打|由|于)\s?$")
_STARTS = re.compile(
    r"\s?(?:号|日)?(?:早上|早|晚上|晚|上午|下午|中午)?(?:就|要|的?(?:火|动|高)?[车铁]|的?飞机)?(?:起|开始|走|动身|出发|离队|报到|启程|往后)"
)
_HOUR = re.compile(
    r"(?:黑了|天黑|擦黑|傍黑|半夜|后半夜|天亮|下晌|前晌|头晌|晌午|早操|早饭|午饭|晚饭|一早|早上|早晨|清早|上午|中午|下午|午后|午前|傍晚|黑天|晚上|夜里|凌晨|晚点名|早|晚|午)"
)
_MORNING = re.compile("早|晨|上午")
_BEFORE_DUTY = re.compile("(?:早操|出操|起床|早饭|早点名|上班|交接?班|晨检)(?:之|以)?前")  # who is back by then is not away that day
_ON_THE_WAY = re.compile(
    r"(?:[\d一二三四五六七八九十]{1,2}点半?|前|左右|之前|才|能|就|再|可以|准时|要|会|坐车|的(?:火)?车|的飞机|的高铁|我|本人|按时|正常|照常|照旧|接着|继续|正式|当天|当晚|指定|肯定|一定|到时候?|,)*"
)
_UNIT = (
    r"(?P<n>\d{1,3}|[一二两俩仨三四五六七八九十]{1,3}|半)\s?"
    r"(?P<unit>整?天|个?(?:星期|礼拜)(?![一二三四五六日天末])|个月|日(?=假)|周(?![一二三四五六日天末])|(?<=[一两])日)"
)
_AGAIN = _UNIT.replace("<n>", "<m>").replace("<unit>", "<munit>")
_GO = "休|假|请|去|待|呆|歇|出公?差|培训|学习|集训|老家|回|陪|探亲|为期|期限|共|放|开始|[号日]起?|天起|走|离|要|用|批|外出|出门"
_KINDS = "(?:年|事|病|婚|产|丧|陪产|探亲|公休|疗)?(?:假|休养|疗养|培训|集训|轮训|学习)"
# A count of days belongs to an absence behind a word of it, before the word of it, or alone between stops.
_COUNT = re.compile(
    rf"(?:(?:{_GO})[^,。;\n\d第]{{0,4}}?|(?:借调|抽调|挂职|外派|支援|跟班|派驻|驻训|轮训)[^,。;\n\d第]{{0,14}}?"
    rf"|(?:^|[,。;\n(: ])\s?(?:共|一共|总共|大概|大约|就|得|要)?){_UNIT}"
    rf"(?!前|后|内|之内|以前|以后|没|不|来|制|班)|(?<![第近每这那上前过烧咳疼痛了]){_AGAIN}的?{_KINDS}"
)
# Weeks and months are an absence from today where a word of it governs them ("请假两周"), not where a course is looked back on
# ("学习一周，收获很大"), nor where they are running already ("休假两周了"); elsewhere they may be anything.
_GOVERNS = re.compile(
    "[请休假歇]|出公?差|借调|抽调|挂职|外派|探亲(?!的)|外出(?=[\\d一两半])"
    "|(?:[去赴]|参加|外出)[^,。;]{0,4}(?:[培轮集驻]训|学习|进修|见学)(?![^。;!?\\n]{0,20}?[了过到得完人的])"
)
_RUNNING = re.compile("[了多]|的(?!.?假)|以上|[^!?\\n]{0,12}?(?:收获|体会|感触|心得|感受|见闻|结束|归来)")
_BYGONE = re.compile("(?:上个?(?:周|月|星期|礼拜)|[去前]年|前[阵段])[^。;!?\\n]{0,6}$")
_COUNTED = re.compile(r"[\d一二两俩仨三四五六七八九十半]\s?[整天个星礼日周]")  # what every count contains
_HALF = re.compile(r"半天|半日|全天|一整天|整天|一?个?(?:上午|下午|晌午)")
_NOT_BACK = re.compile(
    r"回(?:访|复|头|收|信|执|款|顾|填|应|话|电|放|看|查|去|一?趟|老家|家|乡|娘家"
    r"|(?!来|队|站|岗|单位|江城|城|市|支队|中队|返|到|程|校|部|也|就|的|我|请)[一-鿿]{2})"
)
_FROM_HOLIDAY = re.compile(r"节?(?:当天|那天|放?假)?(?:开始|起)?(?:我|俺|就|一直|想)*[休歇请回待]?[^,。;!?\n]{0,3}?\s?(?:到|至|-|~|—)")
_WEEK = 7
_LITTLE = 10  # characters of a sentence that says only when somebody comes back
_ENDS = re.compile(r"\s?(?:到|至|直到|截止|归期|[^,。;]{2,6}(?:回|归队|返|销假|上班))")
_BARE_DAY = re.compile(r"\d{1,2}\s?[号日]?")


class Day(NamedTuple):
    """A day, and the piece that says it."""

    day: date
    place: Place


_Maker = Callable[..., Day]


def span(message: Message, start: int, end: int, today: date, default: Day | None) -> tuple[Day | None, Day | None]:
    """First and last day of an absence as `text[start:end]` says them, read forward from `today`; `default`: the first, if none is said."""
    text = message.text[start:end]

    def day(moment: date, said: Said, by: str = "leave.said") -> Day:
        return Day(moment, Place(start + said.start, start + said.end, by))

    said = moments(text, today, message)
    first, last = _range(text, said, day)
    if first is None and said:
        first, last = _ends(message, text, said, day)
    if first is None and last is None and not said:
        first, last = _holiday(text, start, today)
    if first is None and last is not None:
        first = _since_holiday(text, start, last, today)
    if first is None and last is not None:
        first = default or Day(today, last.place._replace(by="leave.sent"))
    if last is None:
        first, last = _counted(text, start, first, default, today)
    elif first is not None and last.place == first.place and text[: first.place.end - start].endswith(("周", "星期", "礼拜")):
        last = _counted(text, start, first, None, today)[1] or last  # "下周去集训两周"
    elif last.place.by == "leave.said":
        last = _last_counted(text, start, first or default, last, today)
    if first is None and said:
        first = default
    if first is not None and last is not None and last.day < first.day:
        return _counted(text, start, first, default, today)  # "值班到8号，9号开始轮休两天"
    return first, last


def _last_counted(text: str, start: int, first: Day | None, back: Day, today: date) -> Day:
    """The last day by their number, where the day that is said is the next: "明天起休五天，30号回来点名"."""
    counted = _counted(text, start, first, None, today)[1] if first is not None else None
    if counted is not None and "天" not in text[counted.place.start - start : counted.place.end - start]:
        return back  # a month is no exact number of days
    return counted if counted is not None and back.day - counted.day == timedelta(days=1) else back


def around(message: Message, word: int, start: int, end: int) -> tuple[Day | None, Day | None]:
    """The days in the sentence `start:end` around a word of leave.

    From one to another in the clause of the word, else in the sentence; and where no end is said, with a short sentence behind it that says
    the end ("今天起休假。到周日。").
    """
    head, today = len(message.head), message.today
    clauses, number = message.speech.clauses, message.speech.at(word)
    clause = clauses[number]
    if (start, end) != (clause.start, clause.end):
        first, last = span(message, clause.start, min(clause.end, head), today, default=None)
        week = first is not None and message.text[: first.place.end].endswith(("周", "星期", "礼拜"))  # its days may follow
        if first is not None and last is not None and first.place.by == "leave.range" and not week:
            return first, last
    first, last = span(message, start, min(end, head), today, default=None)
    if first is not None and first.day < today and first.place.by == "leave.said" and message.speech.at(first.place.start) != number:
        # what was yesterday is the reason, not the beginning: "昨天摔了腿，请假三天"
        sent = Day(today, first.place._replace(by="leave.sent"))
        first, last = span(message, clause.start, min(clause.end, head), today, default=sent)
        first = first or sent
    behind = next((c for c in clauses[number + 1 :] if c.start >= end), None)
    if last is None and behind is not None and behind.hard and behind.end - behind.start <= _LITTLE:
        ends = _ENDS.match(message.text, behind.start, behind.end) is not None
        return span(message, start, min(behind.end, head), today, default=None) if ends else (first, last)
    return first, last


def _range(text: str, said: Sequence[Said], day: _Maker) -> tuple[Day | None, Day | None]:
    """From … to …: two days with nothing else between, or several days in one word."""
    for place, (one, other) in enumerate(pairwise(said)):
        between = text[one.end : other.start]
        if _BETWEEN.fullmatch(between):
            final = _end_of_list(text, said[place + 1 :]) if _LISTED.fullmatch(between) else other
            first, last = _in_order(text, one, final)
            return day(first, one, "leave.range"), day(last, final, "leave.range")
    if any(one.first == one.last and _UNTIL.search(text[max(0, one.start - 5) : one.start]) for one in said):
        return None, None  # "这周先陪护，请假到20号"
    for one in said:
        if one.last > one.first and not _UNTIL.search(text[max(0, one.start - 5) : one.start]):
            return day(one.first, one, "leave.range"), day(one.last, one, "leave.range")
    return None, None


def _end_of_list(text: str, said: Sequence[Said]) -> Said:
    """The last of the days that are listed one after the other ("周三、周四、周五")."""
    for one, other in pairwise(said):
        if other.first - one.last != timedelta(days=1) or not _LISTED.fullmatch(text[one.end : other.start]):
            return one
    return said[-1]


def _ends(message: Message, text: str, said: Sequence[Said], day: _Maker) -> tuple[Day | None, Day | None]:
    """The day it begins and the day it ends, where each is said for itself."""
    starts: list[Said] = []
    end: Said | None = None
    for one in said:
        back = _back(message, text, one)
        if back is None:
            starts.append(one)
        elif end is None:
            end = one._replace(last=back)
    sure = [s for s in starts if _STARTS.match(text, s.end) or _SINCE.search(text[max(0, s.start - 2) : s.start])]
    chosen = (sure or starts)[:1]
    first = day(chosen[0].first, chosen[0]) if chosen else None
    last = day(end.last, end) if end is not None else None
    if end is not None and chosen and end.last < chosen[0].first and end.start > chosen[0].start:
        begun, ended = _in_order(text, chosen[0], end)
        first, last = day(begun, chosen[0]), day(ended, end)
    listed = len(starts) > 1 and not sure and _goes_on(text, *starts[:2])
    if listed and last is not None and end is not None and end.first == end.last and last.day - starts[1].last == timedelta(days=1):
        last = day(starts[1].last, starts[1], "leave.range")  # "下周一周二去培训，周三回来"
    if len(starts) > 1 and last is None and not sure and _goes_on(text, *starts[:2]):
        last = day(starts[1].last, starts[1], "leave.range")
    return first, last


def _goes_on(text: str, one: Said, other: Said) -> bool:
    """Whether two days are said together: with a sign between, or one right after the other ("周三周四")."""
    between = text[one.end : other.start]
    return _LISTED.fullmatch(between) is not None or (not between.strip() and other.first - one.last == timedelta(days=1))


def _in_order(text: str, one: Said, other: Said) -> tuple[date, date]:
    """The first and the last day, where the last, read forward, may lie before the first.

    What begins on a day of the month that has just been has begun ("从11号到25号", said on the 12th); else the end is the next such day.
    """
    if other.last >= one.first:
        return one.first, other.last
    begun = dates.month_before(one.first)
    if _BARE_DAY.fullmatch(text, one.start, one.end) and begun is not None and begun <= other.last:
        return begun, other.last
    return one.first, _next_after(other.last, one.first, weekday=text[other.start : other.end][-2:-1] in ("周", "期", "拜"))


def _back(message: Message, text: str, said: Said) -> date | None:
    """The last day of the absence, where a day is the end of it or the day of coming back; None where it is neither."""
    before = text[max(0, said.start - 5) : said.start]
    if _UNTIL.search(before) and (not _MOVED.search(before) or _END_MOVED.search(text[max(0, said.start - 12) : said.start])):
        return said.last
    hour = _HOUR.match(text, said.end)
    position = hour.end() if hour is not None else said.end
    way = _ON_THE_WAY.match(text, position)
    position = way.end() if way is not None else position
    early = _MORNING.search(text, said.start, position) is not None
    if message.search.at("leave.until", text, position):
        return said.first - timedelta(days=1)
    if message.search.at("leave.rejoin", text, position):
        return said.first - timedelta(days=1) if early else said.first
    if _NOT_BACK.match(text, position):
        return None
    if message.search.at("leave.back", text, position) is None:
        return None
    return said.first - timedelta(days=1) if _BEFORE_DUTY.search(text, said.end, position) is not None else said.first


def _counted(text: str, start: int, first: Day | None, default: Day | None, today: date) -> tuple[Day | None, Day | None]:
    """The last day by the number of days ("请三天", "一周的疗养")."""
    count = _COUNT.search(text) if _COUNTED.search(text) is not None else None
    half = _HALF.search(text)
    if count is None:
        if half is None or first is None:
            return first, None
        return first, Day(first.day, Place(start + half.start(), start + half.end(), "leave.one_day"))
    name = "n" if count.group("n") else "m"
    unit = count.group("unit" if name == "n" else "munit")
    place = Place(start + count.start(name), start + count.end("unit" if name == "n" else "munit"), "leave.count")
    if first is None and default is None and unit[-1] not in "天日":
        governed = _GOVERNS.search(text, count.start())
        over = _RUNNING.match(text, count.end()) or _BYGONE.search(text, 0, count.start())
        if governed is None or governed.start() >= count.end() or over is not None:
            return None, None
    first = first or default or Day(today, place._replace(by="leave.sent"))
    days = 7 if re.search("周|星期|礼拜", unit) else 30 if "月" in unit else 1
    length = max(1, days // 2 + days % 2) if count.group(name) == "半" else number(count.group(name)) * days
    return first, Day(first.day + timedelta(days=max(0, length - 1)), place)


def _next_after(day: date, first: date, *, weekday: bool) -> date:
    """The same weekday or day of the month, on or after `first`."""
    for ahead in range(1, 63):
        later = first + timedelta(days=ahead)
        if (later.weekday() == day.weekday() and ahead <= _WEEK) if weekday else later.day == day.day:
            return later
    return day


def _since_holiday(text: str, start: int, last: Day, today: date) -> Day | None:
    """The first day of a holiday from which on somebody is away ("五一到5号休假"); None where no holiday is named so."""
    named = holidays.named(text, today)
    if named is None or named.days is None or not today <= named.days[0] <= last.day or not _FROM_HOLIDAY.match(text, named.end):
        return None
    return Day(named.days[0], Place(start + named.start, start + named.end, "leave.holiday"))


def _holiday(text: str, start: int, today: date) -> tuple[Day | None, Day | None]:
    """The days of a holiday that is named; so many of them as are counted ("国庆请三天假"). `start`: where `text` begins in the message."""
    named = holidays.named(text, today)
    if named is None or named.days is None:
        return None, None
    place = Place(start + named.start, start + named.end, "leave.holiday")
    first, last = (Day(day, place) for day in named.days)
    counted = _counted(text, start, first, None, today)[1]
    return first, counted or last
