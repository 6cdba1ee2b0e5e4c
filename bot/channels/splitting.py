"""Long texts in parts that a platform takes, or cut short, and light Markdown as plain text.

Pure, and as fast for a hostile text as for any other.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

_SENTENCE_END: Final = re.compile(r"""[。！？；]+[”’」』）)"']*|(?<![!?;])[!?;]++[”’」』）)"']*+(?![!-~])""")
"""Where a sentence ends, with what closes it. The ASCII signs only where no ASCII letter follows, as one does in an address."""
_GAP: Final = re.compile(r"\s*\n|\s+")
"""What falls away at a cut: up to the end of the line, but not what the next line is indented with."""
_NUMBER: Final = "\n\n({}/{})"
"""Below an empty line, or Markdown would take it for a part of the table or the list above."""
_WIDEST: Final = 4
"""Bytes of the widest code point."""
_JOINER: Final = "\u200d"


def split(text: str, max_bytes: int, *, counted: bool = True) -> list[str]:
    """The text in parts of at most `max_bytes` bytes of UTF-8; where there are several, each with its number below, "(2/3)".

    Cut is between paragraphs or lines where these fit; else at the end of a sentence, between words, or between letters: inside of a
    line (a table's row is one) only where the line is too long for a part of its own. Only white space is lost, and only at cuts.
    Raises ValueError where not even one letter would fit.
    """
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # letters that came in halves are put together
    if len(text.encode()) <= max_bytes:
        return [text]
    for digits in range(1, 10):
        room = max_bytes - (len(_NUMBER.format("9" * digits, "9" * digits)) if counted else 0)
        if room < _WIDEST:
            raise ValueError(f"max_bytes: {max_bytes} bytes have no room for a text in parts")
        parts = list(_parts(text, room))
        if not counted or len(parts) < 10**digits:
            break
    if not counted or len(parts) == 1:  # one, where all the rest was white space
        return parts
    return [part + _NUMBER.format(number, len(parts)) for number, part in enumerate(parts, 1)]


def shortened(text: str, length: int) -> str:
    """The text, or its beginning with "…" in at most `length` characters; what is seen as one letter is not cut in two."""
    if len(text) <= length:
        return text
    cut = length - 1
    while cut > 0 and _same_letter(text, cut, 0):
        cut -= 1
    return text[: cut or length - 1] + "…"


def _parts(text: str, room: int) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = start + len(text[start : start + room].encode()[:room].decode("utf-8", "ignore"))
        cut = end if end == len(text) else _cut(text, start, end, room)
        part = text[start:cut].rstrip()
        if part:
            yield part
        gap = _GAP.match(text, cut)
        start = gap.end() if gap else cut


def _cut(text: str, start: int, end: int, room: int) -> int:
    """Where to end a part that begins at `start` and can reach up to `end`."""
    line = text.rfind("\n", start + 1, end + 1)
    if line >= 0:
        following = text[line + 1 : line + 2 + room].split("\n", 1)[0]
        if len(following.encode()) <= room:  # it fits into a part of its own, so it is not cut
            paragraph = text.rfind("\n\n", (start + end) // 2, line + 1)
            return line if paragraph < 0 else paragraph
    sentences = (found.end() for found in _SENTENCE_END.finditer(text, max(line, start) + 1, end + 1))
    sentence = max((place for place in sentences if place <= end and not _same_letter(text, place, start)), default=line)
    return sentence if sentence >= 0 else _anywhere(text, start, end)


def _anywhere(text: str, start: int, end: int) -> int:
    """Between two words or, where these are very long, between two letters."""
    goes_on: tuple[Callable[[str, int, int], bool], ...] = (_same_word, _same_letter)
    for same in goes_on:
        for place in range(end, (start + end) // 2, -1):
            if not same(text, place, start):
                return place
    return end


def _same_word(text: str, place: int, start: int) -> bool:
    """Whether a word, a number or an address goes on at `place`, or a letter does."""
    return ("!" <= text[place - 1] <= "~" and "!" <= text[place] <= "~") or _same_letter(text, place, start)


def _same_letter(text: str, place: int, start: int) -> bool:
    """Whether what is seen as one letter goes on at `place`: accents, variants, skin tones, families, flags."""
    before, after = text[place - 1], text[place]
    if _is_flag(before) and _is_flag(after):  # two of these letters are one flag
        first = place
        while first > start and _is_flag(text[first - 1]):
            first -= 1
        return (place - first) % 2 == 1
    return (
        unicodedata.category(after) in {"Mn", "Mc", "Me"}
        or _JOINER in {before, after}
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or "\U000e0020" <= after <= "\U000e007f"
    )


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


_HEADING_OR_QUOTE: Final = re.compile(r"(\s*)(?:#{1,6}\s+|>\s?)")
_ITEM: Final = re.compile(r"(\s*)[*+-]\s+")
_LINK: Final = re.compile(r"!?\[([^\[\]]*)\]\(([^()\s]*)\)")
_BOLD: Final = re.compile(r"\*\*([^*]+)\*\*")
_CODE: Final = re.compile(r"`([^`]+)`")


def plain(markdown: str) -> str:
    """Light Markdown (headings, bold, lists, quotes, links, code, tables) as text that is read well without it."""
    lines = (_plain_line(line) for line in markdown.split("\n"))
    return "\n".join(line for line in lines if line is not None)


def _plain_line(line: str) -> str | None:
    """One line; None for the fence of a block of code and the rule below a table's head, which say nothing."""
    bare = line.strip()
    if bare.startswith("```"):
        return None
    if len(bare) > 2 and bare[0] == bare[-1] == "|":  # noqa: PLR2004
        if "--" in bare and not bare.strip("|:- "):
            return None
        line = "，".join(cell.strip() for cell in bare[1:-1].split("|") if cell.strip())
    line = _HEADING_OR_QUOTE.sub(r"\1", line, count=1) if _HEADING_OR_QUOTE.match(line) else line
    if item := _ITEM.match(line):
        line = f"{item[1]}· {line[item.end() :]}"
    return _CODE.sub(r"\1", _BOLD.sub(r"\1", _LINK.sub(_plain_link, line)))


def _plain_link(found: re.Match[str]) -> str:
    name, address = found.groups()
    return f"{name}（{address}）" if name and address and name != address else name or address
