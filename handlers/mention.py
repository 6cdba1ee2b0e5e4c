"""The bot's name in a message: where it was called, and the text without the call. Pure."""

import re
from functools import lru_cache

_AFTER_NAME = r"[\s\u2005\u2002\xa0\u200b-\u200d\u2060\ufeff,，:：、]"
"""Spaces of all widths, none included, which a client sets after a mention; and what people set after a name."""


@lru_cache(maxsize=8)
def _call(bot_name: str) -> re.Pattern[str]:
    name = re.escape(bot_name)
    return re.compile(rf"[@＠]{name}{_AFTER_NAME}*|^\s*{name}(?:{_AFTER_NAME}+|$)")


def is_called(text: str, bot_name: str) -> bool:
    """Whether a message in a room is said to the bot: "@小微 …" anywhere, or "小微，…" at its beginning."""
    return _call(bot_name).search(text) is not None


def without_call(text: str, bot_name: str) -> str:
    """The text without the call."""
    return _call(bot_name).sub("", text).strip()
