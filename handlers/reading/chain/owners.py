"""Whose a line of a chain is: the person named at its beginning, else the author whom the platform names."""

import re
from typing import NamedTuple

from handlers.reading.health.strangers import strangers
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.scan import Token

_LOOKED_AT = 32  # characters of a line in which the name must begin
_AT_ONCE = 2  # characters that may stand before a name in any case
# "江北站-", "战斗一班 ": where somebody belongs, or what they call themselves, before the name
_AFFIX = re.compile(r"(?:[\w·]{1,10}(?:[-_/|·~]|[ \t]){1,3}){1,3}|[\w]{1,8}[班站队组所科室][:]?")
_VALUE = re.compile(r"[34]\d(?:\.\d{1,2})?[ \t]*(?:度|℃|c)?[ \t,、:-]*")
_FOR = re.compile(r"[ \t]*[(]?(?:替|代|帮|给)")
_AND = re.compile(r"[ \t]*(?:[、,和与及&/]|[ \t])[ \t]*")
_EACH = re.compile(r"[ \t,:]*(?:\d人)?(?:都|均|各|全)")
_CALLED = "小老大阿"


class Owners(NamedTuple):
    """Full names, where that is said, and where their words begin."""

    names: tuple[str, ...]
    named: Place
    after: int


def owners(message: Message, start: int, end: int, author: str = "") -> Owners | None:
    """Whose the line `start:end` is; None where it is nobody's. A name of the roster goes before the author, who then reports it."""
    head = message.text[start : min(end, start + _LOOKED_AT)].split("\n", 1)[0]
    tokens = message.scanner.tokens(head, message.search)
    people = [t for t in tokens if t.kind == "person"]
    first = people[0] if people else None
    if first is not None and _leads(head, tokens, first):
        found = _named(message, head, people, author)
        if found is not None:
            names, end_of_names = found
            # a value before the name is theirs as well
            after = start if _VALUE.fullmatch(head[: first.start].strip()) else start + end_of_names
            return Owners(names, Place(start + first.start, start + end_of_names, "person.line"), after)
    if not author or _FOR.match(head):
        return None
    unknown = next((t.end for t in strangers(head, tokens, message.lexicon) if t.start <= _AT_ONCE), 0)
    return Owners((author,), Place(start, start + max(unknown, len(head.rstrip())), "person.author"), start + unknown)


def _leads(head: str, tokens: list[Token], first: Token) -> bool:
    """Whether a name stands where the name of a line stands."""
    if first.start <= _AT_ONCE:
        return True
    before = head[: first.start]
    known = [t for t in tokens if t.start < first.start and t.kind not in ("group", "trap")]
    return not known and (_AFFIX.fullmatch(before) is not None or _VALUE.fullmatch(before.strip()) is not None)


def _named(message: Message, head: str, people: list[Token], author: str) -> tuple[tuple[str, ...], int] | None:
    """The people named one after the other; in "甲代乙" it is the second's. None where nobody is known so."""
    names: list[str] = []
    end = people[0].end
    for number, token in enumerate(people):
        if number:
            between = head[end : token.start]
            if _FOR.fullmatch(between):
                names = []
            elif not _AND.fullmatch(between) or not (between.strip() or _all_of_them(head, people[number:])):
                break
        name = _meant(message, token.value, author)
        if name is None:
            break
        names.append(name)
        end = token.end
    return (tuple(dict.fromkeys(names)), end) if names else None


def _all_of_them(head: str, people: list[Token]) -> bool:
    """Whether names that only blanks part are spoken of together: "张伟 李明 都正常"."""
    end = people[0].end
    for token in people[1:]:
        if not _AND.fullmatch(head[end : token.start]):
            break
        end = token.end
    return _EACH.match(head, end) is not None


def _meant(message: Message, word: str, author: str) -> str | None:
    """The full name that a word at the beginning of a line means; what may be the author's own name is the author's."""
    if author:
        own = len(word) == 2 and word[0] in _CALLED and author.startswith(word[1])  # noqa: PLR2004 - 小张
        if own or author in message.people.words.get(word, ()):
            return author
    return message.people.resolve(word, author or message.sender)
