"""A leader's report for a whole group: how many should be there, how many are, who is not or not well."""

import re

from handlers.reading.facts import Fact
from handlers.reading.leave import chain_leave
from handlers.reading.message import Message
from handlers.reading.scan import Token
from handlers.reading.temperature import FEVER
from models.reading import Evidence, GroupReport, Leave

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
_SHOWN = 8  # characters shown where neither the group nor a number is said
_REACH = 16  # characters behind a name in which its absence is said
_TABLE = re.compile(r"组别\s?\|[^\n]*应到[^\n]*\n(?P<row>[^\n]+)")


def group_report(message: Message, facts: list[Fact]) -> tuple[GroupReport, tuple[Leave, ...], tuple[str, ...]] | None:
    """The report for a group, the leaves in it, and the names in it that are not well; None where the message is none."""
    text, search = message.text, message.search
    if search.finds("group.against", text) or message.speech.questions:
        return None
    group = next((t for t in message.tokens if t.kind == "group"), None)
    of = group.value if group is not None else message.people.group_of.get(message.sender, "")
    expected, present = _numbers(
        text, len(message.people.members.get(of, ())) if group is not None or search.finds("group.squad", text) else 0
    )
    counted = expected is not None or present is not None
    everybody = search.finds("group.everybody", text)
    heads = _HEADS.search(text)
    squad = group is not None or search.finds("group.squad", text)
    normal = search.finds("group.normal", text)
    if not (
        counted
        or everybody
        or (squad and heads is not None and _ALL.search(text))
        or (squad and re.search(r"均正常|均无异常|全员正常|都正常|全部正常|零报告|全体正常|全员平安|全体平安", text))
    ):
        return None
    squad_heads = squad and heads is not None and normal and _ALL.search(text) is not None
    counted = counted or squad_heads or (everybody and heads is not None and (_number(heads.group("n")) or 0) > 1)
    if not (normal or (counted and (present is not None or everybody))) or not (squad or (counted and (present is not None or everybody))):
        return None
    if expected is None and present is None and heads is not None and (_number(heads.group("n")) or 0) > 1 and (normal or everybody):
        expected = _number(heads.group("n"))
        counted = True
    if everybody and expected is not None and present is None:
        present = expected
    if present is not None and expected is None and everybody:
        expected = present
    if not counted and not squad:
        return None
    absent, away = _absent(message, expected == present and present is not None)
    unwell = tuple(
        dict.fromkeys(f.person for f in facts if f.kind in ("symptom", "unwell") or (f.kind == "temperature" and f.value >= FEVER))
    )
    unwell = tuple(p for p in unwell if not p.startswith("family:"))
    exceptions = tuple(dict.fromkeys((*absent, *unwell)))
    report = GroupReport(
        group=group.value if group is not None else None,
        expected=expected,
        present=present,
        all_normal=not [p for p in unwell if p not in absent],
        exceptions=exceptions,
        evidence=_evidence(message, group),
    )
    return report, away, unwell


def _evidence(message: Message, group: Token | None) -> tuple[Evidence, ...]:
    """Where the group is named, and where its numbers stand."""
    text = message.text
    squad = message.search.first("group.squad", text)
    named = (group.start, group.end) if group is not None else squad.span() if squad is not None else None
    places: list[tuple[str, tuple[int, int]]] = [] if named is None else [("group", named)]
    for field, expression in (("expected", _EXPECTED), ("present", _PRESENT)):
        said = expression.search(text)
        if said is not None:
            places.append((field, said.span(said.lastgroup or 0)))
    if not places:
        heads = _RATIO.search(text) or _HEADS.search(text)
        places.append(("group", heads.span() if heads is not None else (0, min(len(text), _SHOWN))))
    return tuple(message.evidence(field, *span) for field, span in places)


def _numbers(text: str, size: int) -> tuple[int | None, int | None]:
    """(expected, present) as the text counts them; "6/6" only where it fits the `size` of the group, for 3/3 may be a day."""
    table = _TABLE.search(text)
    if table is not None:
        cells = [c for c in re.split(r"[|\t]", table.group("row")) if c.strip().isdigit()]
        if len(cells) >= 2:  # noqa: PLR2004
            return int(cells[0]), int(cells[1])
    expected = _EXPECTED.search(text)
    present = _PRESENT.search(text)
    if expected is None and present is None and size:
        for ratio in _RATIO.finditer(text):
            came, due = int(ratio.group("present")), int(ratio.group("expected"))
            if came <= due and due in {size, came} and not _VALUE.match(text, ratio.end()):
                return due, came
    there = _number(present.group("n") or present.group("m")) if present is not None else None
    should = _number(expected.group("n")) if expected is not None else None
    if should is None and there is not None and present is not None:
        heads = [_number(m.group("n")) for m in _HEADS.finditer(text) if m.end() <= present.start() or m.start() >= present.end()]
        bigger = [n for n in heads if n is not None and n >= there]
        should = bigger[0] if bigger else None
    return should, there


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


def _absent(message: Message, complete: bool) -> tuple[tuple[str, ...], tuple[Leave, ...]]:
    """Who is named as absent, in order, and the leaves among them."""
    if complete:
        return (), ()
    text, speech = message.text, message.speech
    people = [t for t in message.tokens if t.kind == "person"]
    names: list[str] = []
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
        earlier = (
            None
            if said
            else re.search(r"(?:休假|出差|请假|病休|探亲|培训|轮休|学习|年休|借调|未归|住院)\d?人?[的是:]?\s?[（(]?[^,。;]{0,8}$", before)
        )
        if said is None and earlier is None:
            continue
        names.append(name)
        leave = chain_leave(message, name, token.start if earlier is None else max(0, token.start - 8), start + len(own), message.today)
        if leave is not None:
            away.append(leave)
    return tuple(dict.fromkeys(names)), tuple(away)
