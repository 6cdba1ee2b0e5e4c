"""Somebody is or will be away: who, from when, to when."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from handlers.reading import dates
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from models.reading import Evidence, Leave

_RANGE = re.compile(r"\s?(?:日|号|晚|早)?[（(]?[^,。;)\n]{0,3}?[)）]?\s?(?:至|到|-{1,2}|~|—|、|和)\s?")
_UNTIL = re.compile(r"(?:到|至|休到|待到|住到|(?:到|至)本?月)\s?$")
_FROM = re.compile(r"\s?(?:起|开始|以后|之后)")
_COUNT = re.compile(
    r"(?:休|假|请|去|待|轮休|出差|培训|回家|回老家)[^,。;\n]{0,4}?(?P<n>[一二两三四五六七八九十]|\d{1,2})(?P<unit>天|周|个?星期|个?月|整天)"
)
_ONE_DAY = re.compile(
    r"(?:请|休)(?:个|一天|半天|一下午|了)?(?:一天|半天|个)?(?:病|事|年)?假|下午|上午|半天|家长会|打疫苗|(?:晚饭|中午|天黑|晚点名)前回"
)
# "5日休假": a day and nothing else; not "5日起休假"
_THAT_DAY = re.compile(r"(?:[号日]|周[一二三四五六日天末]|明天|后天|今天)\s?(?:我|本人)?(?:轮|补|调|倒)?休(?:一天|假|息)?(?=$|[,。;!\n])")
_ONLY_THAT = re.compile("一天|半天|下午|上午|打疫苗|家长会|前回|个假")
_INTENDED = re.compile("打算|想休|准备休|计划休|下个月|下月|过几天|年底|年后")
_GONE = re.compile("走|起|开始|就")
_HOLIDAYS = {"五一": (5, 1, 5), "国庆": (10, 1, 7), "元旦": (1, 1, 3), "清明": (4, 4, 3)}
_NUMBERS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


class _Day(NamedTuple):
    """A day, and the piece that says it."""

    day: date
    place: Place


def chain_leave(message: Message, person: str, start: int, end: int, base: date, named: Place | None = None) -> Leave | None:
    """A line such as "休假到10号" in a chain or a group's report. `named`: where the person is."""
    piece = message.text[start:end]
    match = message.search.first("leave.chain", piece)
    if match is None:
        return None
    word = Place(start + match.start(), start + match.end(), "leave.chain")
    if message.search.finds("leave.against", piece):
        message.leave_out("leave", (word.start, word.end), "leave.against")
        return None
    first, last = _span(message, start, end, base, default=_Day(base, word._replace(by="leave.sent")))
    return _leave(message, person, named, word, first or _Day(base, word._replace(by="leave.sent")), last)


def _leave(message: Message, person: str, named: Place | None, word: Place, first: _Day, last: _Day | None) -> Leave:
    pieces = [("person", named), ("leave", word), ("from", first.place), ("to", last and last.place)]
    evidence: list[Evidence] = [message.evidence(field, *place) for field, place in pieces if place is not None]
    return Leave(person=person, first=first.day, last=last and last.day, evidence=tuple(evidence))


def leaves(message: Message) -> tuple[Leave, ...]:
    """The leave that a message in free words announces; () where it announces none."""
    text = message.head
    match = next((m for m in message.all("leave.words") if not _idle(message, m.start())), None)
    if match is None:
        return ()
    start, end = _sentence(message, match.start())
    if message.search.finds("leave.against", text[start:end]):
        message.leave_out("leave", match.span(), "leave.against")
        return ()
    person, named = _person(message, match.start())
    if person.startswith("family:"):
        message.leave_out("leave", match.span(), "leave.family")
        return ()
    first, last = _span(message, start, min(end, len(text)), message.today, default=None)
    if first is None and last is None:
        first, last = _span(message, 0, len(text), message.today, default=None)
    strong = message.finds("leave.strong")
    if first is None and last is None and (not strong or _INTENDED.search(text)):
        message.leave_out("leave", match.span(), "leave.no_day")
        return ()
    word = Place(*match.span(), "leave.words")
    first = first or _Day(message.today, word._replace(by="leave.sent"))
    one = _ONE_DAY.search(text) if last is None else None
    if one is not None and not re.search(r"待定|回去$|马上请假", text) and _ONLY_THAT.search(text):
        last = _Day(first.day, Place(*one.span(), "leave.one_day"))
    that = _THAT_DAY.search(text) if last is None else None
    if that is not None and not message.finds("leave.open_end"):
        last = _Day(first.day, Place(*that.span(), "leave.one_day"))
    return (_leave(message, person, named, word, first, last),)


def _sentence(message: Message, position: int) -> tuple[int, int]:
    """Where the sentence around a position begins and ends."""
    clauses = message.speech.clauses
    number = message.speech.at(position)
    mine = [c for c in clauses if c.sentence == clauses[number].sentence]
    return mine[0].start, mine[-1].end


def _idle(message: Message, position: int) -> bool:
    """Whether the clause there asks or orders, so that nobody is said to be away."""
    number = message.speech.at(position)
    speech = message.speech
    return number in speech.orders or number in speech.supposed or (speech.clauses[number].asked and number in speech.questions)


def _person(message: Message, position: int) -> tuple[str, Place | None]:
    """Whose leave it is and where that is said: the person named before the word in its sentence (not one who only takes over)."""
    text, speech = message.text, message.speech
    sentence = speech.clauses[speech.at(position)].sentence if speech.clauses else 0
    who, named = message.sender, None
    for token in message.tokens:
        if token.start >= position + 1:
            break
        if speech.clauses[speech.at(token.start)].sentence != sentence:
            continue
        meant, by = None, "person.name"
        if token.kind == "person":
            before = text[max(0, token.start - 4) : token.start]
            if not re.search(r"(?:跟|和|与|替|给|找|向|让|带|交给|陪|由|请|@|帮|报告|班长|领导|见)\s?$", before) or re.search(
                r"(?:帮|替)$", before
            ):
                meant = message.people.resolve(token.value, message.sender)
                by = "person.name" if meant == token.value else "person.alias"
        elif token.kind == "me":
            who, named = message.sender, None
        elif token.kind == "third" and text[token.start] in "他她":
            meant, by = _named_before(message, token.start), "family.third"
        if meant:
            who, named = meant, Place(token.start, token.end, by)
    return who, named


def _named_before(message: Message, position: int) -> str | None:
    names = [message.people.resolve(t.value, message.sender) for t in message.tokens if t.kind == "person" and t.start < position]
    return names[-1] if names else None


def _span(message: Message, start: int, end: int, today: date, default: _Day | None) -> tuple[_Day | None, _Day | None]:
    """First and last day of an absence as `text[start:end]` says them, read forward from `today`; `default`: the first, if none is said."""
    text = message.text[start:end]

    def day(said: tuple[date, int, int], by: str = "leave.said") -> _Day:
        return _Day(said[0], Place(start + said[1], start + said[2], by))

    said = _days(text, today, message)
    first, last = _holiday(text, start, today) if not said else (None, None)
    if len(said) >= 2 and _RANGE.fullmatch(text[said[0][2] : said[1][1]]):  # noqa: PLR2004
        first, last = day(said[0], "leave.range"), day(said[1], "leave.range")
        if last.day < first.day:
            last = last._replace(day=_next_after(last.day, first.day))
    elif said:
        ends = [d for d in said if _UNTIL.search(text[max(0, d[1] - 4) : d[1]]) or message.search.at("leave.back", text[d[2] : d[2] + 3])]
        starts = [d for d in said if d not in ends and not message.search.finds("leave.until", text[d[2] : d[2] + 5])]
        sent = day((today, *ends[0][1:]), "leave.sent") if ends else None
        first = day(starts[0]) if starts else default or sent
        last = day(ends[0]) if ends else None
        if len(starts) > 1 and last is None and re.fullmatch(r"\s?[、,和]\s?", text[starts[0][2] : starts[1][1]]):
            last = day(starts[1], "leave.range")
    if last is None:
        count = _COUNT.search(text)
        if count is not None and (first is not None or "天" in count.group("unit")):
            n = _NUMBERS[count.group("n")] if count.group("n") in _NUMBERS else int(count.group("n"))
            length = n * {"周": 7, "月": 30}.get(count.group("unit")[-1], 7 if "星期" in count.group("unit") else 1)
            first = first or default or day((today, *count.span()), "leave.sent")
            last = day((first.day + timedelta(days=max(0, length - 1)), count.start("n"), count.end("unit")), "leave.count")
    if last is not None and first is not None and last.day < first.day:
        last = None
    return first, last


def _days(text: str, today: date, message: Message) -> list[tuple[date, int, int]]:
    """Days from today on as (day, start, end); days before today only where nothing else is said."""
    found = [(d.future, d.start, d.end) for d in dates.days(text, today)]
    taken = [(s, e) for _, s, e in found]
    words = [t for t in message.scanner.tokens(text, message.search) if t.kind == "day" and not any(s <= t.start < e for s, e in taken)]
    found += [(today + timedelta(days=t.value), t.start, t.end) for t in words]
    if any(d[0] >= today for d in found):
        found = [d for d in found if d[0] >= today or len(found) == 1 or _GONE.search(text, d[2], d[2] + 4)]
    month = re.search(r"下个?月\s?(?=\d)", text)
    if month is not None:
        found = [(_next_month(d, today), s, e) if s >= month.end() else (d, s, e) for d, s, e in found]
    return sorted(found, key=lambda d: d[1])


def _next_month(day: date, today: date) -> date:
    year, month = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)  # noqa: PLR2004
    try:
        return date(year, month, day.day)
    except ValueError:
        return day


def _next_after(day: date, first: date) -> date:
    """The same weekday or day of the month, on or after `first`."""
    for ahead in range(1, 63):
        later = first + timedelta(days=ahead)
        if later.day == day.day or (ahead <= 7 and later.weekday() == day.weekday()):  # noqa: PLR2004
            return later
    return day


def _holiday(text: str, start: int, today: date) -> tuple[_Day | None, _Day | None]:
    """A named holiday, as long as it usually is. `start`: where `text` begins in the message."""
    for name, (month, day, length) in _HOLIDAYS.items():
        at = text.find(name)
        if at >= 0:
            place = Place(start + at, start + at + len(name), "leave.holiday")
            first = date(today.year, month, day)
            first = date(today.year + 1, month, day) if first < today - timedelta(days=length) else first
            return _Day(first, place), _Day(first + timedelta(days=length - 1), place)
    return None, None
