"""JSON as WeCom takes it: plain UTF-8, in which no letter is written by its number, which some of its interfaces refuse (40033). Pure."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

_ESCAPED: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\u00[01][0-9a-f]")
"""A control character, the only thing that JSON writes so; behind an even number of backslashes, or it is a text that looks like one."""


def encoded(value: Mapping[str, Any]) -> bytes:
    """Control characters, as come along from word processors and terminals, become blanks; half a surrogate pair becomes "?"."""
    return _ESCAPED.sub(r"\1 ", json.dumps(value, ensure_ascii=False)).encode("utf-8", "replace")
