"""Who is spoken of: a person named becomes the one of whom the next facts are told, unless only mentioned as company."""

import re
from functools import lru_cache
from typing import Any

from handlers.reading.lexicon import Lexicon

KINDS = ("animal", "person", "family", "me", "third", "other", "group")
_PROXY_VERB = re.compile(r".{0,6}?(?:报|说|填|量|测|登记|补|打卡)")
_VALUE = re.compile(r"\s*[:]?\s*(?:\d|三十|体温|正常|没|无|有点|不|发|咳|头|嗓|肚|说|本人|还|今|昨|的|也|都|阳|流|拉|吐|烧|晕|鼻|平安|好)")
_LAST = 6


@lru_cache(maxsize=8)
def _tables(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    def either(key: str) -> str:
        return "|".join(sorted(map(re.escape, lexicon.lists[key]), key=len, reverse=True))

    return (
        re.compile(rf"(?:{either('people.proxy')})$"),
        re.compile(rf"(?:{either('people.company')})(?:着|了|过)?$"),
        re.compile(rf"\s?(?:{either('people.joined')})\s?"),
        re.compile(rf"[^,。;!?\n]{{0,2}}?(?:{either('people.both')})"),
    )


def step(text: str, token: Any, index: int, items: list[Any], clause: int, state: Any, scanner: Any) -> None:  # noqa: C901, PLR0911, PLR0912
    """Let the token of a person change of whom the walk speaks. `items`: the clause's tokens, `clause`: where it begins."""
    if token.kind == "animal":
        state.subject, state.animal = (), True
        return
    if token.kind == "other":
        if not text[max(0, token.start - 2) : token.start].endswith("像"):
            state.subject = ()
        return
    if token.kind == "group":
        return
    who = _who(text, token, state, scanner)
    if who is None:
        return
    proxy, company, joined, both = _tables(scanner.lexicon)
    before = text[max(clause, token.start - _LAST) : token.start]
    previous = items[index - 1] if index else None
    if token.kind == "family" and previous is not None and getattr(previous, "kind", "") == "me" and previous.end == token.start:
        # "我妈", also in "替我妈上坟", "我和我妈": one word
        before = text[max(clause, previous.start - _LAST) : previous.start]
        previous = items[index - 2] if index > 1 else None
        head = items[index - 1].start
    else:
        head = token.start
    named = previous is not None and getattr(previous, "kind", "") in ("person", "family", "me", "third")
    if named and joined.fullmatch(text, previous.end, head):
        following = text[token.end : token.end + 3]
        # "我跟爱人都正常": both; "我跟陈一练绳索": the speaker. 、 always joins.
        if "、" in text[previous.end : head] or both.match(text, token.end) or _VALUE.match(following):
            state.subject = (*state.subject, who) if who not in state.subject else state.subject
            _remember(who, state)
        return
    if named and previous.kind == "person" and previous.end == token.start and token.kind == "family":
        state.subject = ()  # a teammate's family
        return
    if proxy.search(before):
        _remember(who, state)
        if _PROXY_VERB.match(text, token.end, token.end + 12):
            state.subject = (who,)
        return
    if company.search(before) and not _VALUE.match(text, token.end):
        _remember(who, state)
        return
    state.subject = (who,)
    _remember(who, state)


def _remember(who: str, state: Any) -> None:
    if who != state.sender:
        state.third = who


def _who(text: str, token: Any, state: Any, scanner: Any) -> str | None:
    """The person a token names: a full name, family:<relation>, or None where nobody can be made out."""
    if token.kind == "me":
        return str(state.sender)
    if token.kind == "third":
        return state.third  # type: ignore[no-any-return]
    if token.kind == "family":
        return "family:" + text[token.start : token.end].removeprefix("俺").removeprefix("我")
    word = token.value
    if scanner.is_ambiguous(word) and not _VALUE.match(text, token.end):
        return None
    return scanner.people.resolve(word, state.sender)  # type: ignore[no-any-return]
