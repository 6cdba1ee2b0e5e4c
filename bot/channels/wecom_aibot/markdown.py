"""Words as a Markdown that shows them as they were written. Pure."""

import re
from typing import Final

_MARKUP: Final = re.compile(r"^(?=[ \t]{0,3}(?:#|>|={3,}[ \t]*$|-{3,}[ \t]*$))|(?<=<)(?=@)", re.MULTILINE)
_NOTHING: Final = "\u200b"


def readable(text: str, max_bytes: int) -> str:
    """The text with nothing to see before what would be taken as a heading, a quotation, a rule, or the mention of somebody.

    Members write "#3 车正常", "> 37.3" or a line of dashes and mean just that; the bot's own sentences use no such markup. Everything
    else shows well enough as it is. Where it does not fit then, the text stays as it was.
    """
    shown = _MARKUP.sub(_NOTHING, text)
    return shown if len(shown.encode()) <= max_bytes else text
