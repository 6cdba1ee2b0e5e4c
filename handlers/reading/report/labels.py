"""Labels that are everyday words too (感觉, 要做, 今晚, 早): they count only in the company that makes them labels of a report."""

import re

from handlers.reading.judge.telling import TELLS
from handlers.reading.message import Message
from handlers.reading.report.template import HEALTH, ITEM, SECTIONS, Field, kind_of

_DASH = re.compile(r"[ \t]-{1,4}[ \t]*$")
_LONE = frozenset(("感觉", "要做", "今晚", "上周"))
_TIMES = frozenset(("早", "午", "晚"))
_LABEL = re.compile(r"[^一-鿿]*(?P<word>[一-鿿]+)")
# a state of mind, where 状态 stands in a report and not among the fields that say where somebody is
_MOOD = re.compile(r"(?:还行|还可以|挺好|不错|饱满|充实|踏实|在线|满血|佛系|累并快乐着?|有点?累|疲惫)[^一-鿿]*")
_DEGREES = re.compile(r"(?:3[4-9]|4[0-2])[.度]")
_STOPS = "\n;。|!?, \t)】]_"  # what stands before a label elsewhere
_ENOUGH = 2
# a few characters with a colon at the head of a line: a label that no list has ("车辆情况：…")
_UNLISTED = re.compile(rf"(?<=\n)[ \t]*{ITEM}[【\[]?(?P<word>[一-鿿]{{2,8}})[】\]]?[ \t]*:")
# a line or sentence that begins with whose health it tells
_WHOSE = re.compile(r"[ \t•·*\d.、()-]{0,6}(?:我|俺|咱们|本人|自己|全家|家人|一家人|[全本咱][班组队]|[班组队]里|大家|大伙儿?|其他人)")
_PIECE = re.compile(r"[\n。;!]")
_LONGEST = 30  # characters of such a line
_PASSED_ON = re.compile("[想说讲问教]|看[到见]|听")  # what comes to mind or was said of illness
_TAIL = 2  # characters behind a word that somebody is well, at the end of its line
# words before a colon that name no field: whose words follow, which day or which group a line is about, a number in words
_NO_LABEL = re.compile(
    r"[我你他她它咱俺这那就只但有没第周]|.*(?:[说道问讲答喊叫写想念回是了着过的得]|告诉|觉得|一句|一句话|例如|比如|[上中下]午|早上|晚上|[班组]|[一二三四五六七八九十]月|星期.|礼拜.)$"
)


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


def _is_told(message: Message, field: Field) -> bool:
    """Whether the judge hears work in a value."""
    first, last = message.speech.at(field.start), message.speech.at(max(field.start, field.end - 1))
    return any(odds[TELLS["work"]] > 0 for odds in message.tellings[first : last + 1])


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
