"""Words that say no more than that somebody feels bad (难受, 不对劲, 状态不佳), or may say something else as well (真头疼, 又拉了).

They are said of things and feelings as well, and so they speak of a person's health only where their clause says nothing else.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from handlers.reading.lexicon import Lexicon
from handlers.reading.scan import Token
from handlers.reading.text.clauses import Speech

_WHO = ("me", "person", "family", "third", "day")
_BEFORE = re.compile(
    r"(?:[\d.度℃\s:、]|我|俺|人|今[天早日晚儿]|早上|早起|起床|起来|昨晚|现在|这会儿?|目前|感觉|觉得|身体|身上|浑身|全身|体温|报告|就是|还是|只是|但是?|不过"
    r"|还|就|又|也|都|一直|总是?|老是?|有一?点儿?|有些|些许|稍微|略微?|好|很|真|太|特别|非常|挺|怪|比较|说不出的|反正|确实|总之|其实|哪[里儿]|没有?|没得|莫得|木有|无|不|哪块儿?|哪|什么|啥子?|任何|地方){0,8}"
)
_BEHIND = re.compile(
    r"(?:[\d.度℃\s!~、]|了|的|得很|得慌|死了?|极了|得厉害|得不行|啊|呢|呀|哈|哦|哎|唉|一[天晚夜宿]|[一两三几]天|中|ing|体温){0,6}"
)
# "体温异常", "身体状况不佳": what names the body counts alone too
_OF_BODY = (
    "(?:身体|身子|体温|健康)(?:的?(?:状况|情况|状态|感觉))?"
    "(?:好像|似乎|感觉|有一?点儿?|有些|稍微|略微?|出现|还是|又|今天|也|很|太|一直|[: ]){0,3}"
    "(?:异常|[不欠]佳|不[太大很]?(?:正常|对劲?|好)|[很较]差)"
)
_LONGEST = 80  # characters of a clause that may say nothing else
_TAKES_WORDS = ("symptom", "over", "well", "trap")  # kinds of words that say more than a vague one, and at its place


@lru_cache(maxsize=8)
def _expression(lexicon: Lexicon) -> re.Pattern[str]:
    words = sorted(lexicon.lists["symptoms.vague"], key=len, reverse=True)
    return re.compile("|".join((_OF_BODY, *map(re.escape, words))))


def vaguely_ill(text: str, tokens: list[Token], speech: Speech, lexicon: Lexicon) -> list[Token]:
    """The known words, with those that fill their clause and say that somebody feels bad as words of illness."""
    matches = list(_expression(lexicon).finditer(text))
    if not matches:
        return tokens
    said: dict[int, list[Token]] = {}
    for token in tokens:
        said.setdefault(speech.at(token.start), []).append(token)
    found: list[Token] = []
    gone: set[Token] = set()
    for match in matches:
        mine = said.get(speech.at(match.start()), [])
        if _fills_clause(text, match, mine, speech):
            found.append(Token("symptom", "unwell", match.start(), match.end()))
            gone.update(t for t in mine if t.start < match.end() and match.start() < t.end)
    return sorted([*(t for t in tokens if t not in gone), *found], key=lambda t: t.start) if found else tokens


def _is_inside(token: Token, match: re.Match[str]) -> bool:
    """Whether an ordinary word is a part of what is said: 真头疼 is one of work as well."""
    return token.kind == "trap" and match.start() <= token.start and token.end <= match.end()


def _fills_clause(text: str, match: re.Match[str], mine: Sequence[Token], speech: Speech) -> bool:
    """Whether a clause, of which `mine` are the known words, says nothing but a word, of whom, when and how much."""
    start, end = match.span()
    clause = speech.clauses[speech.at(start)]
    if clause.end - clause.start > _LONGEST:
        return False
    if any(t.kind in _TAKES_WORDS and t.start < end and start < t.end and not _is_inside(t, match) for t in mine):
        return False
    before = max((t.end for t in mine if t.kind in _WHO and t.end <= start), default=clause.start)
    if before > clause.start and not all(t.kind in _WHO for t in mine if t.end <= before):
        return False
    return _BEFORE.fullmatch(text, before, start) is not None and _BEHIND.fullmatch(text, end, clause.end) is not None
