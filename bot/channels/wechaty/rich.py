"""What is richer than text: WeChat's XML (`appmsg`), by the number of its type. Pure.

A chain (接龙) is left to the reading, which knows it; a quotation is taken apart here; the rest cannot be read. Nothing here parses XML in
general: the few elements that are needed are looked for by name, so that no entity can be declared and no depth exhausts anything.
"""

import html
import re
from typing import Final, NamedTuple

from models.message import Attachment

CHAIN: Final = 53
QUOTATION: Final = 57
HISTORY: Final = frozenset({19, 24, 40})
"""Several messages, forwarded together; a note; a conversation."""
FILE: Final = 6
MONEY: Final = frozenset({2000, 2001})
"""Transfers and red envelopes, which say nothing."""
LONGEST: Final = 400_000
"""Characters that are looked at."""

_HEAD: Final = 2000  # characters in which a text must show that it is one
_TYPE: Final = re.compile(r"<type>\s{0,9}(\d{1,5})\s{0,9}</type>")
_CDATA: Final = re.compile(r"\s{0,9}<!\[CDATA\[(.*?)\]\]>\s{0,9}", re.DOTALL)


class Said(NamedTuple):
    """Words, what they quote, and what came in place of words."""

    words: str
    quoted: str | None
    attachments: tuple[Attachment, ...]


def is_rich(text: str) -> bool:
    """Whether a text is such XML, written plainly or once more as text."""
    head = text[:_HEAD]
    return "<appmsg" in head or "&lt;appmsg" in head


def is_chain(text: str) -> bool:
    """Whether it is a chain."""
    return is_rich(text) and _kind(_plain(text)) == CHAIN


def _plain(text: str) -> str:
    plain = text[:LONGEST]
    if "<appmsg" not in plain[:_HEAD]:
        plain = html.unescape(plain)
    return plain[plain.find("<appmsg") :]


def said(text: str) -> Said | None:
    """What it says; None for what is nobody's words."""
    plain = _plain(text)
    kind = _kind(plain)
    if kind == CHAIN:
        return Said(text, None, ())
    if kind == QUOTATION:
        return _answer(plain)
    if kind in MONEY:
        return None
    attachment = Attachment.FORWARD if kind in HISTORY else Attachment.FILE if kind == FILE else Attachment.OTHER
    return Said("", None, (attachment,))


def _kind(xml: str) -> int:
    """The type of the whole, which stands before that of anything inside."""
    inside = min((place for place in (xml.find("<refermsg"), xml.find("<recorditem")) if place >= 0), default=len(xml))
    found = _TYPE.search(xml[:inside]) or _TYPE.search(xml)
    return 0 if found is None else int(found[1])


def _answer(xml: str) -> Said:
    """Words that answer a message, which they quote; what is quoted may be XML itself, and is then left out."""
    place = xml.find("<refermsg")
    referred = "" if place < 0 else xml[place:]
    quoted = _element(referred, "content")
    return Said(_element(xml[:place] if place >= 0 else xml, "title"), None if not quoted or "<" in quoted else quoted, ())


def _element(xml: str, name: str) -> str:
    """The text of the first element of that name, "" where there is none."""
    begin = xml.find(f"<{name}>")
    end = xml.find(f"</{name}>", begin)
    if begin < 0 or end < 0:
        return ""
    inner = xml[begin + len(name) + 2 : end]
    marked = _CDATA.fullmatch(inner)
    return (marked[1] if marked is not None else html.unescape(inner)).strip()
