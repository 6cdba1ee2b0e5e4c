"""Whose difficulty it is that somebody states: the sender's own, or that of a colleague whom the sentence names. Pure.

In doubt it is the sender's: they are asked when it is over, and nobody else is spoken of.
"""

import re
from collections.abc import Iterator

from models.directory import Directory
from models.people import Person
from models.reading import Hardship

_SENTENCE = re.compile(r"[。！？!?\n]")
_ME = re.compile(r"我|俺|咱|本人")
_THIRD = re.compile(r"[他她]")
_WITH = re.compile(r"(?:和|跟|同|与|给|向|找|请|让|叫|被|对|陪|喊|送|告诉|通知|瞒着?|@)\s?$")
"""Who stands behind one of these is not the one spoken of; behind 替、帮、代 they are."""
_DOES = re.compile(r"(?:组长|班长|书记)?(?:已经?|都|刚|也)?(?:批|安排|通知|要求|布置|组织|带|派|让|叫|请|给我|帮|替|送|说我|顶我)")
"""Who does this does something for others, and has no need."""


def in_need(text: str, said: Hardship, sender: Person, directory: Directory) -> Person | None:
    """The colleague whose difficulty a message states; None where it is the sender's own, or nobody can tell."""
    pieces = [(piece.start, piece.end) for piece in said.evidence if piece.field.startswith("categories:")]
    if not pieces:
        return None
    begin, end = min(pieces)
    sentence = max((match.end() for match in _SENTENCE.finditer(text, 0, begin)), default=0)
    colleague: Person | None = None
    subject: Person | None = None
    for position, kind, person in sorted(_words(text, directory), key=lambda word: word[0]):
        if position >= end:
            break
        if kind == "third":
            subject = colleague if position >= sentence else subject
        elif kind == "me":
            subject = None
        elif person is not None and person.id != sender.id:
            colleague = person
            named_alone = not _WITH.search(text, 0, position) and not _DOES.match(text, position + len(kind))
            subject = person if position >= sentence and named_alone else subject
    return subject


def _words(text: str, directory: Directory) -> Iterator[tuple[int, str, Person | None]]:
    """Where the sender, a third person and members are spoken of: (position, "me", "third" or the name, the member)."""
    yield from ((match.start(), "me", None) for match in _ME.finditer(text))
    yield from ((match.start(), "third", None) for match in _THIRD.finditer(text))
    for name, person in directory.called.items():
        at = text.find(name)
        while at >= 0:
            yield at, name, person
            at = text.find(name, at + len(name))
