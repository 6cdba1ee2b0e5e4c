"""What members wrote, on channels that do something with it. Pure."""

import re
from typing import Final

_TAG: Final = re.compile(r"<([@/A-Za-z][^<>\n]*)>")
"""What WeCom does not show but does: <@userid> calls somebody, <font color="…"> paints, <a href="…"> hides where a link leads."""


def untagged(text: str) -> str:
    """The text with its tags in round brackets, where they are only words; no longer than before, so that what fitted still fits.

    Nobody's words may call people, paint or hide a link. Bold, quotes, lists and links stay: they are how the bot and its lessons write.
    """
    return _TAG.sub(r"(\1)", text)
