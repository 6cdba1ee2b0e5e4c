"""What words of being well take back of what was said before: some symptoms (不咳了, 体温正常), or whatever there was (没事了)."""

import re
from collections.abc import Iterable, Sequence

from handlers.reading.facts import ENDS, Fact

_PARTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("头脑", frozenset(("headache", "dizziness"))),
    ("嗓喉咽", frozenset(("sore_throat",))),
    ("肚胃腹", frozenset(("stomach_pain",))),
    ("鼻", frozenset(("runny_nose",))),
    ("胸", frozenset(("breathless", "other"))),
    ("腰背腿脚手臂膝肩颈脖肌骨", frozenset(("muscle_pain", "injury", "other"))),
)
"""What ails a part of the body, by the characters that name it."""
_PAINS = frozenset(("headache", "sore_throat", "stomach_pain", "muscle_pain", "injury", "other"))
_OF_TEMPERATURE = re.compile("温|烧|热|体问|不高|合格|达标|fever")
"""A word of being well in which one of these stands, or right behind it, is one of the temperature alone."""
_BEFORE = 3  # characters: 体温都正常
_AS_BEFORE = re.compile("样子|照旧|照常|如常|既往|其[他它余]|别的|[^平]稳|还好|阴性|吃|睡|能喝")
"""A word of being well that says so of the rest (其他都好), or that it is as ever (老样子): whatever was told before may be there still."""
_PARTLY = re.compile("一点|一些|些了|大半|很多|不少|退了?点|快要?[全都]?好|基本|差不多|不怎么|没那么|不那么|缓解|希望|盼|争取|早[日点]")
"""With this it is better, or may come to be, and is not over."""
_CLAUSE = re.compile(r"[,。;!?\s]")
_LONGEST = 12  # characters of a clause before 好了 that may say what it is that is over


def taken_back(facts: Sequence[Fact], text: str) -> tuple[frozenset[str], bool]:
    """Of what one person says of one day: the symptoms that are said not to be there, and whether all is said to be well.

    In doubt fewer are taken back: a symptom that stands too long is told once more, one that is lost is missed by nobody.
    """
    denied: set[str] = set()
    well = False
    for fact in facts:
        if fact.kind == "denied":
            denied.add(str(fact.value))
        elif fact.kind == "below":
            denied.add("fever")
        elif fact.kind in ("well", "fine"):
            if _OF_TEMPERATURE.search(text[max(0, fact.start - _BEFORE) : fact.start] + str(fact.value)):
                denied.add("fever")
            elif not _AS_BEFORE.search(str(fact.value)):
                well = True
        elif fact.kind == "over":
            before = _CLAUSE.split(text[max(0, fact.start - _LONGEST) : fact.start])[-1]
            behind = _CLAUSE.split(text[fact.start : fact.end + _LONGEST])[0]
            if not _PARTLY.search(before + behind):
                over = _over(str(fact.value), before)
                denied |= over
                well = well or not over
    return frozenset(denied), well


def _over(word: str, before: str) -> frozenset[str]:
    """What a word such as 不疼了 ends, behind the words of its clause; nothing where it ends whatever there was."""
    kinds, parts = _ending(word) or _ending(before), _named(_PARTS, before)
    pains = kinds & _PAINS & parts
    return (kinds - _PAINS) | pains if pains else kinds or parts


def _ending(words: str) -> frozenset[str]:
    return _named(((letters, frozenset(kinds)) for letters, kinds in ENDS), words) | ({"fever"} if "体温" in words else frozenset())


def _named(table: Iterable[tuple[str, frozenset[str]]], words: str) -> frozenset[str]:
    return frozenset().union(*(kinds for letters, kinds in table if any(letter in words for letter in letters)))
