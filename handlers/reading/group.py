"""A leader's report for a whole group: how many should be there, how many are, who is not or not well."""

import re
from typing import NamedTuple

from handlers.reading.facts import Fact
from handlers.reading.leave import chain_leave
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.scan import Token
from handlers.reading.temperature import FEVER
from models.reading import GroupReport, Leave

_N = r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3}|两)"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_RATIO = re.compile(r"(?<![\d./])(?P<present>\d{1,3})\s?/\s?(?P<expected>\d{1,3})(?![\d/.])")
_HEADS = re.compile(rf"(?<![\d.第其余他]){_N}\s?(?:个人|人|个|名)(?!次|员|群)")
_REST = re.compile(rf"(?:其余|其他|其它|剩下|余下|另外|剩余)的?\s?{_N}")
_EXPECTED = re.compile(rf"(?:应到|应有|应在位|应报|编制|总人数|共)\s?[:|]?\s?(?:人数)?{_N}")
_PRESENT = re.compile(
    r"(?:(?<![应实报迟没签领])到(?=\s?\d{1,2}\s?个?人)|实到|在位|在岗|实有|现有|已到|到位|实报|到场)"
    rf"(?:人数|人员)?\s?[:|]?\s?{_N}(?![\d.度])"
    rf"|(?<![应实\d]){_N.replace('<n>', '<m>')}\s?(?:个人|人|名)\s?(?:在位|在岗)(?!\s?\d)"
)
_ALL = re.compile(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?(?:个人|人|名)[^,。]{0,4}(?:都|均|全|体温|正常|一切)")
_VALUE = re.compile(r"\s*3\d[.。度]")
_NORMAL = re.compile("均正常|均无异常|全员正常|都正常|全部正常|零报告|全体正常|全员平安|全体平安")
_LISTED = re.compile(r"(?:休假|出差|请假|病休|探亲|培训|轮休|学习|年休|借调|未归|住院)\d?人?[的是:]?\s?[（(]?[^,。;]{0,8}$")
_REACH = 16  # characters behind a name in which its absence is said
_TABLE = re.compile(r"组别\s?\|[^\n]*应到[^\n]*\n(?P<row>[^\n]+)")


class _Count(NamedTuple):
    """A number of people, and the piece that says it."""

    number: int
    place: Place


def group_report(message: Message, facts: list[Fact]) -> tuple[GroupReport, tuple[Leave, ...], tuple[str, ...]] | None:
    """The report for a group, the leaves in it, and the names in it that are not well; None where the message is none."""
    text, search = message.text, message.search
    against = "group.against" if search.finds("group.against", text) else "frames.question" if message.speech.questions else ""
    if against and message.trace is None:
        return None
    group = next((t for t in message.tokens if t.kind == "group"), None)
    of = group.value if group is not None else message.people.group_of.get(message.sender, "")
    expected, present = _numbers(
        text, len(message.people.members.get(of, ())) if group is not None or search.finds("group.squad", text) else 0
    )
    counted = expected is not None or present is not None
    everybody = search.first("group.everybody", text)
    heads = _HEADS.search(text)
    squad = group is not None or search.finds("group.squad", text)
    normal = search.first("group.normal", text)
    if not (counted or everybody or (squad and heads is not None and _ALL.search(text)) or (squad and _NORMAL.search(text))):
        return None
    squad_heads = squad and heads is not None and normal is not None and _ALL.search(text) is not None
    several = heads is not None and (_number(heads.group("n")) or 0) > 1
    counted = counted or squad_heads or (everybody is not None and several)
    full = counted and (present is not None or everybody is not None)
    if not (normal or full) or not (squad or full):
        return None
    if expected is None and present is None and heads is not None and several and (normal or everybody):
        expected = _Count(_number(heads.group("n")) or 0, Place(*heads.span("n"), "group.heads"))
        counted = True
    if everybody is not None:
        all_there = Place(*everybody.span(), "group.everybody")
        expected, present = (
            expected or (None if present is None else present._replace(place=all_there)),
            present or (None if expected is None else expected._replace(place=all_there)),
        )
    if not counted and not squad:
        return None
    if against:
        for field, count in (("expected", expected), ("present", present)):
            if count is not None:
                message.leave_out(field, (count.place.start, count.place.end), against)
        return None
    return _report(message, facts, group, (expected, present), None if normal is None else Place(*normal.span(), "group.normal"))


def _report(
    message: Message, facts: list[Fact], group: Token | None, counts: tuple[_Count | None, _Count | None], normal: Place | None
) -> tuple[GroupReport, tuple[Leave, ...], tuple[str, ...]]:
    """The report put together, with the piece of each of its values."""
    expected, present = counts
    complete = expected is not None and present is not None and expected.number == present.number
    absent, away = ({}, ()) if complete else _absent(message)
    ill = [f for f in facts if f.kind in ("symptom", "unwell") or (f.kind == "temperature" and f.value >= FEVER)]
    unwell = {f.person: f.told._replace(by="group.unwell") for f in reversed(ill) if not f.person.startswith("family:")}
    names = tuple(dict.fromkeys((*absent, *(f.person for f in ill if f.person in unwell))))
    healthy = not [p for p in unwell if p not in absent]
    squad = message.search.first("group.squad", message.text) if group is None else None
    places = [
        (
            "group",
            Place(group.start, group.end, "group.name") if group is not None else Place(*squad.span(), "group.squad") if squad else None,
        ),
        ("expected", expected and expected.place),
        ("present", present and present.place),
        ("all_normal", (normal or next((c.place for c in reversed(counts) if c is not None), None)) if healthy else None),
        *((f"exception:{name}", absent.get(name) or unwell[name]) for name in names),
    ]
    report = GroupReport(
        group=group.value if group is not None else None,
        expected=expected and expected.number,
        present=present and present.number,
        all_normal=healthy,
        exceptions=names,
        evidence=tuple(message.evidence(field, *place) for field, place in places if place is not None),
    )
    return report, away, tuple(dict.fromkeys(f.person for f in ill if f.person in unwell))


def _numbers(text: str, size: int) -> tuple[_Count | None, _Count | None]:
    """(expected, present) as the text counts them; "6/6" only where it fits the `size` of the group, for 3/3 may be a day."""
    table = _TABLE.search(text)
    if table is not None:
        cells = [c for c in re.finditer(r"[^|\t]+", table.group("row")) if c.group().strip().isdigit()]
        if len(cells) >= 2:  # noqa: PLR2004
            first = table.start("row")
            row = [_Count(int(c.group()), Place(first + c.start(), first + c.end(), "group.table")) for c in cells]
            return row[0], row[1]
    expected = _EXPECTED.search(text)
    present = _PRESENT.search(text)
    if expected is None and present is None and size:
        for ratio in _RATIO.finditer(text):
            there, total = int(ratio.group("present")), int(ratio.group("expected"))
            if there <= total and total in {size, there} and not _VALUE.match(text, ratio.end()):
                place = Place(*ratio.span(), "group.ratio")
                return _Count(total, place), _Count(there, place)
    came = None if present is None else _counted(present, "n") or _counted(present, "m")
    due = None if expected is None else _counted(expected, "n")
    if due is None and came is not None and present is not None:
        heads = [_counted(m, "n") for m in _HEADS.finditer(text) if m.end() <= present.start() or m.start() >= present.end()]
        due = next((h._replace(place=h.place._replace(by="group.heads")) for h in heads if h is not None and h.number >= came.number), None)
    return due, came


def _counted(match: re.Match[str], name: str) -> _Count | None:
    number = _number(match.group(name))
    return None if number is None else _Count(number, Place(*match.span(name), "group.count"))


def _number(written: str | None) -> int | None:
    """A count in digits or Chinese numerals up to 99."""
    if written is None:
        return None
    if written.isdigit():
        return int(written)
    tens, mark, ones = written.rpartition("十")
    if mark:
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    return _DIGITS.get(written)


def _absent(message: Message) -> tuple[dict[str, Place], tuple[Leave, ...]]:
    """Who is named as absent, in order, with the words that say so, and the leaves among them."""
    text, speech = message.text, message.speech
    people = [t for t in message.tokens if t.kind == "person"]
    names: dict[str, Place] = {}
    away: list[Leave] = []
    for token in people:
        clause = speech.at(token.start)
        start, end = token.end, speech.clauses[clause].end
        reach = end
        last = clause
        while (
            last + 1 < len(speech.clauses)
            and speech.clauses[last + 1].sentence == speech.clauses[clause].sentence
            and reach - start < _REACH
        ):
            last += 1
            reach = speech.clauses[last].end
        following = next((p.start for p in people if p.start > token.start), len(text))
        piece = text[start : min(reach, max(following, end))]
        before = text[max(0, speech.clauses[max(0, clause - 1)].start) : token.start]
        name = message.people.resolve(token.value, message.sender)
        if name is None:
            continue
        rest = message.search.first("group.rest", piece)
        own = piece[: rest.start()] if rest is not None else piece
        joined = following < end + 1 and text[start:following].strip("、,和 ") == ""
        if joined:
            own = text[start:end]
        said = message.search.first("leave.absent", own)
        earlier = _LISTED.search(before) if said is None else None
        if said is not None:
            names.setdefault(name, Place(token.start, start + said.end(), "leave.absent"))
        elif earlier is not None:
            names.setdefault(name, Place(token.start - len(before) + earlier.start(), token.end, "group.listed"))
        else:
            continue
        named = Place(token.start, token.end, "person.name")
        begin = token.start if earlier is None else max(0, token.start - 8)
        leave = chain_leave(message, name, begin, start + len(own), message.today, named)
        if leave is not None:
            away.append(leave)
    return names, tuple(away)
