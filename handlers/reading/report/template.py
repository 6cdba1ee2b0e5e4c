"""Labelled reports: fields such as 工作：… 明日计划：… 体温：…, on lines, in one line, with tabs, bars, brackets, numbers or emoji."""

import re
from functools import lru_cache
from typing import NamedTuple

from handlers.reading.lexicon import Lexicon
from handlers.reading.text.words import Words

ITEM = r"(?:(?:\(?\d{1,2}\)?[.、):|]|[一二三四五六七八九十]{1,2}[、.)]|[①-⑳]|[-*·>])[ \t]*)?"
_MONTH = r"(?:(?:\d{1,2}|十?[一二三四五六七八九十])月份?(?=[^:\n]{1,6}:))?"  # "六月打算:"
# a label of health needs no colon before its value: 体温36.5, 身体正常
_NEXT = r"(?=[ \t]?(?:\d|三十|四十|正常|一切|良好|均?无|没|都|很|还|挺|非常))"
_MARK = re.compile(r"[:=|】\]\t\n]| -")  # behind a label
SECTIONS = ("work", "plan", "thought")
HEALTH = ("temperature", "symptoms", "health")
# labels that no list has, by their beginning: 明天要做的, 今天忙的, 身体反应
_DONE_THEN = r"(?:我们?)?(?:都|要|想|打算|准备)?[做干练学忙弄搞办修查跑]"
_BEGINS = {
    "health": re.compile("身体|身上"),
    "plan": re.compile(rf"(?:明[天日儿早个]|后天|次日|下(?:周|个?月|个?星期)){_DONE_THEN}"),
    "work": re.compile(rf"(?:[今昨][天日儿早个晚]|本[周日月]|这周|上周){_DONE_THEN}"),
}
_TELLS_LITTLE = frozenset(("安排", "目标", "问题", "完成", "本周", "本日", "感觉", "状态", "情绪"))  # may be of anything
_SENTENCE = re.compile(r"[\n。;!]")
_AROUND = " \t\n;,|。-/"  # around a value and no part of it


class Field(NamedTuple):
    """A labelled value `start:end`; its label stands at `label:start`. `kind`: a key of sections.labels."""

    kind: str
    label: int
    start: int
    end: int

    def value(self, text: str) -> str:
        """The words of the value."""
        return text[self.start : self.end].strip(_AROUND)

    def span(self, text: str) -> tuple[int, int]:
        """Where these words stand."""
        start = self.end - len(text[self.start : self.end].lstrip(_AROUND))
        return start, start + len(self.value(text))


@lru_cache(maxsize=8)
def _expression(lexicon: Lexicon) -> tuple[Words, frozenset[int], re.Pattern[str], dict[str, str]]:
    """The words that labels begin with, the numbers of those that need no mark behind them, the expression of labels, their kinds."""
    kinds: dict[str, str] = {}
    for kind in lexicon.subkeys["sections.labels"]:
        for word in lexicon.lists[f"sections.labels.{kind}"]:
            kinds.setdefault(word, kind)
    worded = sorted((w for w in kinds if w[0].isalnum()), key=len, reverse=True)
    pictures = [w for w in kinds if not w[0].isalnum()]
    words = "|".join(re.escape(w).replace("、", "、?") for w in worded)
    drawn = "|".join(map(re.escape, pictures)) or "(?!)"
    values = "|".join(re.escape(w) for w in worded if kinds[w] in ("temperature", "health") and len(w) > 1)
    tail = r"(?:[ \t]*(?:\([^()\n]{0,12}\))?[ \t]*[:=|]|[ \t]*[】\]][ \t]*:?|-{1,4}(?=\n)|[ \t]+-{1,4}[ \t]+|\t|(?=[ \t]*\n))"
    first = "".join(sorted({re.escape(word[0]) for word in kinds}))
    lead = rf"(?:(?<![^\n;。|!?,\s)】\]_])|(?=【)){ITEM}(?:[【\[]|-{{1,4}})?[ \t]*(?:[一二三四五六本我]班|[一二三四五六]组)?{_MONTH}"
    whole = rf"{lead}(?=[{first}])(?:(?P<word>{words}){tail}|(?P<value>{values}){_NEXT}|(?P<drawn>{drawn}))"
    begins = Words(dict.fromkeys(word.partition("、")[0] or word for word in kinds))
    alone = {word.partition("、")[0] for word in kinds if word in pictures or (kinds[word] in ("temperature", "health") and len(word) > 1)}
    return begins, frozenset(n for n, word in enumerate(begins.words) if word in alone), re.compile(whole), kinds


def fields(text: str, lexicon: Lexicon) -> list[Field]:
    """The labelled fields of a uniform text, in order; a value runs to the next label."""
    begins, alone, expression, kinds = _expression(lexicon)
    there = begins.there(text)
    if not there or (_MARK.search(text) is None and alone.isdisjoint(there)):
        return []
    marks = [m for m in expression.finditer(text) if not _is_plain_word(m, text, kinds)]
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [
        Field(kinds.get(m.group("word") or m.group("value") or m.group("drawn"), "note"), m.start(), m.end(), end)
        for m, end in zip(marks, ends, strict=False)
    ]


def _is_plain_word(mark: re.Match[str], text: str, kinds: dict[str, str]) -> bool:
    """Whether a label that nothing but a line's end follows is just the last word of that line ("37.8，咳嗽"), no heading."""
    word = mark.group("word")
    if word is None or mark.end() > mark.end("word"):
        return False
    return kinds[word] == "symptoms" or text[: mark.start()].rstrip(" \t")[-1:] not in ("", "\n")


@lru_cache(maxsize=512)
def kind_of(word: str, lexicon: Lexicon) -> str | None:
    """What a label that no list has is by its words: it ends with one of a list (个人想法), or begins with what it is about (明天做的)."""
    kinds = _expression(lexicon)[3]
    if word.startswith(("是否", "有无", "有没有")):
        return None
    for length in range(len(word) - 1, 1, -1):
        ending = word[-length:]
        if ending not in _TELLS_LITTLE and (kind := kinds.get(ending)) in (*SECTIONS, "difficulty", "idea"):
            return kind
    return next((kind for kind, begins in _BEGINS.items() if begins.match(word)), None)


def is_filled(found: list[Field], text: str, lexicon: Lexicon) -> bool:
    """Whether any field that matters has a value."""
    return any(f.kind in (*SECTIONS, *HEALTH, "difficulty", "idea") and f.value(text).strip("_℃ ") for f in found) and bool(lexicon)


def says_nothing(value: str, lexicon: Lexicon) -> bool:
    """Whether a value only says that there is nothing to say."""
    return not value.strip("_℃/ ") or value.rstrip("。.!") in lexicon.sets["sections.none"]


def needs_nothing(value: str, lexicon: Lexicon) -> bool:
    """Whether the value of a field such as 困难 or 建议 says that there is none, or that it is seen to (没有什么困难, 都好, 已解决).

    Its first sentence says so; what stands behind it, a signature or another line, is no word of the field.
    """
    first = _SENTENCE.split(value, maxsplit=1)[0].strip(_AROUND + "~")
    return says_nothing(first, lexicon) or lexicon.finds("hardships.nothing", first)
