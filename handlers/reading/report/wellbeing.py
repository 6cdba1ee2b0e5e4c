"""Where a section of a report goes on with how somebody is, without a label of its own."""

import re

from handlers.reading.judge.telling import TELLS
from handlers.reading.message import Message
from handlers.reading.report.template import SECTIONS, Field

# a line or sentence that begins with whose health it tells
_WHOSE = re.compile(r"[ \t•·*\d.、()-]{0,6}(?:我|俺|咱们|本人|自己|全家|家人|一家人|[全本咱][班组队]|[班组队]里|大家|大伙儿?|其他人)")
_PIECE = re.compile(r"[\n。;!]")
_LONGEST = 30  # characters of such a line
_PASSED_ON = re.compile("[想说讲问教]|看[到见]|听")  # what comes to mind or was said of illness
_TAIL = 2  # characters behind a word that somebody is well, at the end of its line


def of_health(message: Message, field: Field) -> tuple[int, int] | None:
    """Where a section goes on with a line, or with a sentence that begins with somebody, about health ("我自己也没啥不舒服")."""
    text, speech = message.text, message.speech
    if field.kind not in SECTIONS or not message.facts:
        return None
    for mark in _PIECE.finditer(text, field.start, field.end):
        stop = _PIECE.search(text, mark.end(), field.end)
        start, end = mark.end(), field.end if stop is None else stop.start()
        if not 0 < end - start <= _LONGEST or _PASSED_ON.search(text, start, end) is not None:
            continue
        clause = speech.at(start)
        told = [f for number in range(clause, speech.at(end - 1) + 1) for f in message.facts_by_clause.get(number, ())]
        if not told:
            continue
        whose = _WHOSE.match(text, start, end)
        begun = any(t.kind == "person" and t.start == start for t in message.tokens_by_clause.get(clause, ()))
        named = begun or whose is not None
        silent = _hears_least(message, clause, field.kind)
        ill = any(f.kind == "symptom" for f in told) and (named or (mark.group() == "\n" and field.kind != "work" and silent))
        well = all(f.kind in ("well", "fine", "denied") for f in told) and end - told[-1].end <= _TAIL
        plain = silent or any(f.kind in ("well", "denied") for f in told)  # "我也挺好" alone may be a mood
        if ill or (named and well and plain):
            return start, end
    return None


def _hears_least(message: Message, clause: int, kind: str) -> bool:
    """Whether the judge hears no work and nothing of the section's own kind in a clause."""
    return clause < len(message.tellings) and all(message.tellings[clause][TELLS[name]] < 0 for name in ("work", kind))
