"""Labels that no list has ("车辆情况：…"): their line ends the field above it, and their words say what it tells."""

import re

from handlers.reading.judge.telling import TELLS
from handlers.reading.message import Message
from handlers.reading.report.template import HEALTH, ITEM, SECTIONS, Field, kind_of

# a few characters with a colon at the head of a line
_UNLISTED = re.compile(rf"(?<=\n)[ \t]*{ITEM}[【\[]?(?P<word>[一-鿿]{{2,8}})[】\]]?[ \t]*:")
# words before a colon that name no field: whose words follow, which day or which group a line is about, a number in words
_NO_LABEL = re.compile(
    r"[我你他她它咱俺这那就只但有没第周]|.*(?:[说道问讲答喊叫写想念回是了着过的得]|告诉|觉得|一句|一句话|例如|比如|[上中下]午|早上|晚上|[班组]|[一二三四五六七八九十]月|星期.|礼拜.)$"
)


def with_unlisted(message: Message, fields: list[Field]) -> list[Field]:
    """The fields with those whose label no list has: such a line ends the field above it.

    What it is its words tell (个人想法, 明天做的); one that tells nothing goes on with the work above it, and is nobody's thought or
    plan. Below a heading with nothing behind it (下周计划：) all lines are its items.
    """
    text = message.text
    if "\n" not in text or not any(f.kind in SECTIONS for f in fields):
        return fields
    names = {t.start for t in message.tokens if t.kind in ("person", "third")}
    found: list[Field] = []
    for field in fields:
        head = text.find("\n", field.start, field.end)
        bare = not text[field.start : head].strip() if head >= 0 else True
        found.append(field)
        for mark in () if bare else _UNLISTED.finditer(text, field.start, field.end):
            word = mark.group("word")
            kind = kind_of(word, message.lexicon)
            if mark.start("word") in names or (kind is None and _NO_LABEL.match(word) is not None):
                continue
            kind = kind or ("work" if found[-1].kind == "work" else "other")
            if kind == found[-1].kind or (kind == "other" and found[-1].kind in (*HEALTH, "other", "note")):
                continue
            found[-1] = found[-1]._replace(end=mark.start())
            found.append(Field(kind, mark.start(), mark.end(), field.end))
    if not any(f.kind == "work" for f in found):
        found = [f._replace(kind="work") if f.kind == "other" and _is_told(message, f) else f for f in found]
    return found


def _is_told(message: Message, field: Field) -> bool:
    """Whether the judge hears work in a value."""
    first, last = message.speech.at(field.start), message.speech.at(max(field.start, field.end - 1))
    return any(odds[TELLS["work"]] > 0 for odds in message.tellings[first : last + 1])
