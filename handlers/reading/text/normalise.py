"""Writing made uniform: width, keycap digits, invisible characters, traditional characters – with a way back to the original offsets."""

import re
from collections.abc import Mapping
from typing import NamedTuple

# Characters that carry no meaning of their own: zero width, direction marks, variation selectors, the keycap frame, soft hyphen,
# carriage return, NUL. Halves of a pair of surrogates are no characters at all.
_INVISIBLE = "[\ud800-\udfff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\u20e3\ufeff\r\x00]"
_HIDDEN = re.compile(f"{_INVISIBLE}{_INVISIBLE}*")  # quicker to search for than with +

# Somebody who writes word by word ("我 今天 肚子 疼 拉 了 三 次"): small words stand alone between blanks. In a form or a list they do not.
_ALONE = re.compile("(?<![^ ])[我你他她的了是不在和有去很都也还给](?![^ ])")
_BETWEEN = re.compile("(?<=[一-鿿”’])[ \u3000](?=[一-鿿“‘])")
_WORD_BY_WORD = 2  # so many of them
_HIDDEN_OR_BETWEEN = re.compile(f"{_HIDDEN.pattern}|{_BETWEEN.pattern}")

# Each character followed by what it is written as from here on.
_PAIRS = (
    "，,；;：:？?！!（(）)．.～~﹣-－-—-–-―-−-〜~∼~｜|│|＝=＋+➕+％%／/＃#＠@＜<＞>＆&［[］]﹑、﹒.﹕:º°˚°｡。•·"
    "\u2005 \u3000 \u00a0 \u2002 \u2003 \u2009 \u2028\n\u2029\n〇零"
)
_PUNCTUATION = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))


def width_table(traditional: Mapping[str, str]) -> dict[int, str]:
    """One character for one: full width to half, capital letters to small, traditional to simplified as given."""
    table = {ord(wide): narrow for wide, narrow in _PUNCTUATION.items()}
    table.update({0xFF10 + i: chr(0x30 + i) for i in range(10)})
    table.update({0xFF21 + i: chr(0x61 + i) for i in range(26)})
    table.update({0xFF41 + i: chr(0x61 + i) for i in range(26)})
    table.update({0x41 + i: chr(0x61 + i) for i in range(26)})
    table.update({ord(old): new for old, new in traditional.items()})
    return table


class Normal(NamedTuple):
    """A text made uniform. `offsets[i]` is where character i stood in the original; None: nothing moved."""

    text: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original text (code points) that `text[start:end]` was made of."""
        if self.offsets is None or start >= end:
            return (start, end) if self.offsets is None else (self.offsets[min(start, len(self.offsets) - 1)],) * 2
        return self.offsets[start], self.offsets[end - 1] + 1


def normalise(text: str, table: Mapping[int, str]) -> Normal:
    """Make `text` uniform. Linear; never raises."""
    hide = _HIDDEN
    if text.count(" ") > _WORD_BY_WORD and len(_ALONE.findall(text)) >= _WORD_BY_WORD:
        hide = _HIDDEN_OR_BETWEEN
    if hide.search(text) is None:
        return Normal(text.translate(table), None)
    kept: list[str] = []
    offsets: list[int] = []
    position = 0
    for hidden in hide.finditer(text):
        kept.append(text[position : hidden.start()])
        offsets.extend(range(position, hidden.start()))
        position = hidden.end()
    kept.append(text[position:])
    offsets.extend(range(position, len(text)))
    return Normal("".join(kept).translate(table), tuple(offsets) or (0,))
