"""The explanation of one message in plain text: the message with its pieces numbered, what was read from each, what was left out."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from handlers.reading.explain import Explanation, Said, values
from handlers.reading.reasons import family
from models.reading import Evidence, Reading
from services.texts import Texts

_WIDE = 96  # columns of a line of the message
_PIECE = 16  # characters of a piece that are repeated beside its value
_NO_WIDTH = ("Mn", "Me", "Cf", "Cc")


def explained(title: str, text: str, explanation: Explanation, texts: Texts) -> Iterator[str]:
    """The lines about one message."""
    reading, left_out = explanation
    told = list(values(reading))
    marked = sorted({(e.start, e.end) for e in (*(said.piece for said in told), *left_out)})
    numbers = {span: str(number) for number, span in enumerate(marked, start=1)}
    yield f"{title}  {_does(reading)}"
    yield from _marked(text, numbers)
    rows = [_row(numbers, text, said.piece, _value(said), texts) for said in told]
    if rows:
        yield from _table(rows)
    if left_out:
        yield "  left out:"
        rows = [_row(numbers, text, piece, _value(Said("", piece.field.partition(":")[2], piece)), texts) for piece in left_out]
        yield from _table([(*row[:3], row[-1]) for row in rows])


def _does(reading: Reading) -> str:
    """The intents with their confidence."""
    return ", ".join(f"{intent} {reading.confidence(intent):.2f}" for intent in reading.intents) or "nothing to report"


def _value(said: Said) -> str:
    """A value with its name; of whom it is stands before it."""
    name = said.piece.field.partition(":")[0].replace("categories", "hardship")
    value = said.value.isoformat() if isinstance(said.value, date) else "" if said.value is None else str(said.value)
    who = "" if said.who in ("", value) else f"{said.who} "
    return f"{who}{name}" + (f" = {value}" if value else "")


def _row(numbers: dict[tuple[int, int], str], text: str, piece: Evidence, value: str, texts: Texts) -> tuple[str, ...]:
    words = " ".join(text[piece.start : piece.end].split())
    shown = words if len(words) <= _PIECE else words[: _PIECE - 1] + "…"
    by = f"{piece.by} ({texts.word('reason', family(piece.by))})"
    return numbers[piece.start, piece.end], value, shown, f"{piece.confidence:.2f}", by


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows in columns; only the last may be of any width."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, *cells, last in rows:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths[1:], strict=False))
        yield f"  {number.rjust(widths[0])}  {'  '.join(padded)}  {last}"


def _marked(text: str, numbers: dict[tuple[int, int], str]) -> Iterator[str]:
    """The text line by line, and below each line what is marked in it: the number of a piece, and a stroke as long as the piece."""
    for first, last in _lines(text):
        yield "  " + "".join(" " if _width(c) == 0 else c for c in text[first:last])
        columns = [0]
        for character in text[first:last]:
            columns.append(columns[-1] + max(1, _width(character)))
        rows: list[str] = []
        for (start, end), number in numbers.items():
            if start >= last or end <= first:
                continue
            left, right = columns[max(start, first) - first], columns[min(end, last) - first]
            stroke = number + "^" * (right - left - len(number))
            row = next((i for i, drawn in enumerate(rows) if len(drawn) < left or (not drawn and left == 0)), len(rows))
            rows[row:] = [rows[row].ljust(left) + stroke, *rows[row + 1 :]] if row < len(rows) else [" " * left + stroke]
        yield from ("  " + row for row in rows)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line of the text begins and ends, long ones cut."""
    start = width = 0
    for position, character in enumerate(text):
        width += _width(character)
        if character == "\n":
            yield start, position
            start, width = position + 1, 0
        elif width > _WIDE:
            yield start, position
            start, width = position, _width(character)
    if start < len(text):
        yield start, len(text)


def _width(text: str) -> int:
    """How many columns a text takes: a Chinese character takes two, an invisible one none."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.category(c) in _NO_WIDTH else 1 for c in text)
