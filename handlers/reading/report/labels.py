"""Labels that are everyday words too (感觉, 要做, 今晚, 早): they count only in the company that makes them labels of a report."""

import re

from handlers.reading.message import Message
from handlers.reading.report.template import SECTIONS, Field

_DASH = re.compile(r"[ \t]-{1,4}[ \t]*$")
_LONE = frozenset(("感觉", "要做", "今晚", "上周"))
_TIMES = frozenset(("早", "午", "晚"))
_LABEL = re.compile(r"[^一-鿿]*(?P<word>[一-鿿]+)")
# a state of mind, where 状态 stands in a report and not among the fields that say where somebody is
_MOOD = re.compile(r"(?:还行|还可以|挺好|不错|饱满|充实|踏实|在线|满血|佛系|累并快乐着?|有点?累|疲惫)[^一-鿿]*")
_DEGREES = re.compile(r"(?:3[4-9]|4[0-2])[.度]")
_STOPS = "\n;。|!?, \t)】]_"  # what stands before a label elsewhere
_ENOUGH = 2


def in_company(message: Message, fields: list[Field]) -> list[Field]:
    """The fields without those whose label is none here; the words of such a one go to the field before it, as they would without it."""
    text = message.text
    words = [_word(text, field) for field in fields]
    odd = [word in _LONE or word in _TIMES or _is_dashed(text, f) or _is_inner(text, f) for f, word in zip(fields, words, strict=True)]
    if not any(odd) and "状态" not in words:
        return fields
    told = {f.kind for f, strange in zip(fields, odd, strict=True) if not strange} & set(SECTIONS)
    times = [f for f, word in zip(fields, words, strict=True) if word in _TIMES]
    worked = sum(_is_work(message, f) for f in times) >= _ENOUGH and not any(_is_health(message, f) for f in times)
    dashes = sum(_is_dashed(text, f) for f in fields) >= _ENOUGH
    kept: list[Field] = []
    for field, word in zip(fields, words, strict=True):
        kind = field.kind
        if word == "本周" and "上周" in words:
            kind = "plan"
        elif word == "状态" and told - {"thought"} and _MOOD.fullmatch(field.value(text)) is not None:
            kind = "thought"
        elif word == "感觉" and told and _is_health(message, field):
            kind = "health"  # what the body feels is no thought
        alone = (word in _LONE and not told and not dashes) or (word in _LONE and kind != "health" and _is_health(message, field))
        if (
            alone
            or (word in _TIMES and not worked)
            or (word == "上周" and "本周" not in words)
            or (_is_dashed(text, field) and not dashes)
            or (_is_inner(text, field) and not any(text[f.label] == "【" for f in kept))
        ):
            if kept and kept[-1].end == field.label:
                kept[-1] = kept[-1]._replace(end=field.end)
            continue
        kept.append(field._replace(kind=kind))
    return kept


def _word(text: str, field: Field) -> str:
    found = _LABEL.match(text, field.label, field.start)
    return "" if found is None else found.group("word")


def _is_dashed(text: str, field: Field) -> bool:
    return _DASH.search(text, field.label, field.start) is not None


def _is_inner(text: str, field: Field) -> bool:
    """Whether a label in brackets stands right behind other words ("训练【明日】休整")."""
    return text[field.label] == "【" and field.label > 0 and text[field.label - 1] not in _STOPS


def _is_work(message: Message, field: Field) -> bool:
    return message.search.first("report.work", message.text, field.start, field.end) is not None


def _is_health(message: Message, field: Field) -> bool:
    """Whether a value speaks of illness or gives a temperature."""
    if _DEGREES.search(message.text, field.start, field.end) is not None:
        return True
    return any(field.start <= t.start < field.end and t.kind in ("symptom", "sign") for t in message.tokens)
