"""Clauses and what kind of speech each is: statement, question, order to others, supposition."""

import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from handlers.reading.text.search import Search

# That an expression begins with single characters makes the search quick: most places are passed by.
_MARKS = r"[,。;!?\n|()…~\u2600-\u27bf\U0001f300-\U0001faff]"
_END = re.compile(rf"[ \t{_MARKS[1:]}(?:(?<={_MARKS}){_MARKS}*[ \t]*|(?<![a-z][ \t])[ \t]*|[ \t]*(?![a-z]))")
_LONG = 30
# An account without stops goes on to what is planned or felt: "今天整理档案明天去社区".
_DONE = re.compile("今天|今日|上午|下午|完成")
_NEXT = re.compile(r"(?<![到至和、的过])(?=明天|明日|明早|想法(?!子)|思想|感想|体会|感觉)")
_LEAST = 5  # characters of what was done
# Where people speak without stops (speech to text), these words begin something new.
_TURN = re.compile(
    r"(?=明天|明早|今天|中午|晚上|后来|然后|不过|另外|还有|就是|体温|(?<![也都还又])没有)|(?<![天日早晚儿个到至和、从周一二三四五六])(?=[上下]午)"
)
# After a supposition these words begin a statement again ("如果明天还烧就请假，今天38.5").
_NOW = re.compile("今天|今早|今儿|今日|现在|目前|体温|刚才|刚量|我自己|本人")
_ASKS = "吗么呢"
_SO_FAR = 16  # characters before a word that asks in which a denial takes that from it
_ALL_OF_THEM = re.compile("(?:哪(?:儿|里|块儿?|个|位|处|点儿?|哪儿?)?|谁)[都也]")
_NONE_OF_THEM = re.compile(
    "(?<!有)(?:没|没有|无|未|木有|冇|莫得|没得)(?:有|觉得|觉着|觉出|感觉到?|感到|发现|听说|听讲|见|再|说|喊|话){0,3}$"
)
# "早上报的改成36.9吧" asks for it to be put right, and nothing else; "改成36.9了吧" asks
_PUT_RIGHT = re.compile(r"(?:[改换记登写算报填]|更正|按)(?:成|为|回|到|作|了个)?\s?[^,。;!?\n了]{1,12}$")
_BA = "吧"
_KINDS = frozenset(("frames.question", "frames.order", "frames.condition"))
_HARD = frozenset("。;!?\n")
# items of a list in one line: "①…②…", "1、…2、…"
_ITEM = re.compile(r"[①-⑳]|(?<![\d.:/(-])\(?\d{1,2}[、.)](?![\d℃度])")
_FIRST, _SECOND = (re.compile(rf"{drawn}|(?<![\d.:/-]){digit}[、.)](?![\d℃度])") for drawn, digit in (("①", 1), ("②", 2)))
_NUMBER = re.compile(r"[ \t(]*(?:[①-⑳]|(?:\d{1,2}|[一二三四五六七八九十]{1,2})[、.)]?)?[ \t]*")
_HEAD = re.compile(r"\d{1,2}(?:[、.)][ \t]+(?!\d)|(?:(?<=^\(\d)|(?<=[\n。;:]\(\d)|(?<=[\n。;:]\(\d\d))\)(?!\d))")
_NUMBERED = 5  # characters that the number of an item is shorter than
_DECIMAL_STOP = re.compile(r"。(?<=\d。)(?=\d)")


class Clause(NamedTuple):
    """A clause `start:end` of a text. `sentence`: the number of its sentence.

    `hard`: a sentence ends behind it; `asked`: with a question mark; `loose`: only a blank ends it.
    """

    start: int
    end: int
    sentence: int
    hard: bool
    asked: bool
    loose: bool = False


class Speech(NamedTuple):
    """The clauses of a text and the numbers of those that state nothing: `questions`, `orders`, `supposed`."""

    clauses: tuple[Clause, ...]
    starts: list[int]
    questions: frozenset[int] = frozenset()
    orders: frozenset[int] = frozenset()
    supposed: frozenset[int] = frozenset()

    def at(self, position: int) -> int:
        """The number of the clause that `position` is in."""
        return (bisect_right(self.starts, position) or 1) - 1


def split(text: str) -> tuple[Clause, ...]:
    """Cut a uniform text into clauses at punctuation, line breaks and blanks ("36。5" stays whole)."""
    found: list[Clause] = []
    start = sentence = 0
    shielded = _DECIMAL_STOP.sub("·", text) if "。" in text else text
    done = _DONE.search(shielded) is not None
    first = _FIRST.search(shielded)
    numbered = first is not None and _SECOND.search(shielded, first.end()) is not None

    def add(clause: Clause) -> None:
        nonlocal sentence
        for item in _items(shielded, clause) if numbered else (clause,):
            sentence = item.sentence
            if done or item.end - item.start > _LONG:
                found.extend(_turns(shielded, item))
            else:
                found.append(item)

    for end in _END.finditer(shielded):
        marks = end.group()
        if end.start() - start < _NUMBERED and _HEAD.match(shielded, start) is not None:
            start -= shielded[start - 1 : start] == "("
            continue  # "3. 明天…", "(3)明天…": the number of an item is no clause
        hard = not _HARD.isdisjoint(marks)
        if end.start() > start:
            add(Clause(start, end.start(), sentence, hard, "?" in marks, not marks.strip()))
        elif found and hard:
            found[-1] = found[-1]._replace(hard=True, asked=found[-1].asked or "?" in marks)
        if hard:
            sentence += 1
        start = end.end()
    if start < len(text):
        add(Clause(start, len(text), sentence, True, False))
    return tuple(found)


def _items(text: str, clause: Clause) -> list[Clause]:
    """A clause cut before each number of a list, which is a sentence of its own."""
    begun = [m.start() for m in _ITEM.finditer(text, clause.start, clause.end) if m.start() > clause.start]
    cuts = [clause.start, *(at for at in begun if _NUMBER.fullmatch(text, clause.start, at) is None), clause.end]
    ended = clause._replace(hard=True, asked=False, loose=False)
    parts = [ended._replace(start=a, end=b, sentence=clause.sentence + i) for i, (a, b) in enumerate(pairwise(cuts))]
    parts[-1] = clause._replace(start=cuts[-2], sentence=clause.sentence + len(parts) - 1)
    return parts


def _turns(text: str, clause: Clause) -> list[Clause]:
    """A very long clause, cut where something new begins."""
    told = _DONE.search(text, clause.start, clause.end)
    if told is None and clause.end - clause.start <= _LONG:
        return [clause]
    turn = _TURN if clause.end - clause.start > _LONG else _NEXT
    least = 1 if turn is _TURN or told is None else told.start() - clause.start + _LEAST
    cuts = [clause.start, *(m.start() for m in turn.finditer(text, clause.start + least, clause.end)), clause.end]
    if len(cuts) > 2 and _NUMBER.fullmatch(text, cuts[0], cuts[1]) is not None:  # noqa: PLR2004
        del cuts[1]  # the number of an item is no clause
    last = len(cuts) - 2
    return [
        clause._replace(start=a, end=b, hard=clause.hard and i == last, asked=clause.asked and i == last)
        for i, (a, b) in enumerate(pairwise(cuts))
    ]


def _is_anybody(text: str, match: re.Match[str], clause: Clause) -> bool:
    """Whether a word that asks means whoever and wherever: with 都, or under a denial ("哪儿都不疼", "没有哪里难受")."""
    if match.group()[0] not in "哪谁" or text[clause.end - 1] in _ASKS:
        return False
    since = max(clause.start, match.start() - _SO_FAR)
    return _ALL_OF_THEM.match(text, match.start()) is not None or _NONE_OF_THEM.search(text, since, match.start()) is not None


def speech(text: str, search: Search) -> Speech:
    """The clauses of a uniform text, the message of `search` or a part of it, with the questions, orders and suppositions among them."""
    clauses = split(text)
    starts = [c.start for c in clauses]
    plain = Speech(clauses, starts)
    if not clauses:
        return plain
    questions = {i for i, c in enumerate(clauses) if c.asked} if "?" in text else set()
    if not questions and _KINDS.isdisjoint(search.possible):
        return plain
    for match in search.all("frames.question", text):
        number = plain.at(match.start())
        put_right = match.group() == _BA and _PUT_RIGHT.search(text, clauses[number].start, match.start()) is not None
        if not put_right and not _is_anybody(text, match, clauses[number]):
            questions.add(number)
    orders = {plain.at(m.start()) for m in search.all("frames.order", text)}
    supposed: set[int] = set()
    for match in search.all("frames.condition", text):
        first = plain.at(match.start())
        if first in supposed:
            continue  # what follows it is supposed already
        sentence = clauses[first].sentence
        supposed.add(first)
        first += 1
        while first < len(clauses) and clauses[first].sentence == sentence and not _NOW.match(text, clauses[first].start):
            supposed.add(first)
            first += 1
    return Speech(clauses, starts, frozenset(questions), frozenset(orders), frozenset(supposed))
