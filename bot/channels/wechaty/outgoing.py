"""From what the bot says to what WeChat shows. Pure."""

import re
from typing import Final

from bot.channels.wechaty.incoming import MENTION_END

MAX_BYTES: Final = 6000
"""Of one text, some 2,000 Chinese characters. WeChat takes more; nobody reads more at once on a phone."""

_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
_LINK: Final = re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s]+)\)")
_HEADING: Final = re.compile(r"^#{1,6} +", re.MULTILINE)


def plain(text: str) -> str:
    """Light Markdown without its marks, which WeChat would show as they are. Never longer than before."""
    text = _LINK.sub(r"\1 \2", text)
    return _HEADING.sub("", _BOLD.sub(r"\1", text))


def mentioning(text: str, name: str, called: str) -> str:
    """The text with a mention in front of it, in the place of the member's name where it begins with that."""
    rest = text[len(name) :].lstrip() if name and text.startswith(name) else text
    return f"@{called}{MENTION_END}{rest}"
