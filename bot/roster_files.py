"""Roster files (.csv, .xlsx): reading what Excel and WPS save in China, and writing what they open without trouble.

A cell that begins with ``= + - @`` is a formula to a spreadsheet; written with a leading apostrophe it stays text, and reading takes
the apostrophe away again.
"""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from models.roster_check import check, check_header
from models.roster_sheet import COLUMNS, OPTIONAL, RosterLine, plain_name

MOST_BYTES = 10_000_000
MOST_ROWS = 50_000
SPLIT = "|"
_FORMULA = ("=", "+", "-", "@")
_Row = list[str]


class RosterError(ValueError):
    """A roster file that cannot be used or written. Its text, and `problems`, hold one line each: which file and row, and what to do."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        self.problems = tuple(f"{path.name}：{problem}" for problem in problems)
        super().__init__("\n".join(self.problems))


def read_roster(path: Path) -> list[RosterLine]:
    """The lines of a file without any problem; `RosterError` with every problem that was found."""
    rows = _rows(path)
    header = [cell.lower() for cell in next(rows, [])]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise RosterError(path, [f"第 1 行：没有表头，第一行应当是 {','.join(COLUMNS)}。"])
    if problems := check_header(header):
        raise RosterError(path, problems)
    lines = []
    for number, cells in enumerate(rows, start=2):
        row = cells + [""] * (len(header) - len(cells))
        if any(row[len(header) :]):
            problems.append(f"第 {number} 行：比表头多出了格子，请看看是不是多了一个逗号。")
        elif any(row):
            lines.append(_line(number, dict(zip(header, row[: len(header)], strict=True))))
    if problems := problems or check(lines):
        raise RosterError(path, problems)
    return lines


def write_roster(path: Path, lines: Sequence[RosterLine]) -> None:
    """Write the lines under the header; an older file stays whole until the new one is."""
    columns = (*COLUMNS, *(column for column in OPTIONAL if any(getattr(line, column) for line in lines)))
    rows = [list(columns), *([_protected(cell) for cell in _row(line, columns)] for line in lines)]
    content = {".csv": _as_csv, ".xlsx": _as_xlsx}.get(path.suffix.lower())
    if content is None:
        raise RosterError(path, ["文件名要以 .csv 或 .xlsx 结尾。"])
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content(rows))
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise RosterError(path, [f"写不进去（{error.strerror}），请看看文件夹在不在、文件是不是正开着。"]) from None


def _rows(path: Path) -> Iterator[_Row]:
    reader = {".csv": _csv_rows, ".xlsx": _xlsx_rows}.get(path.suffix.lower())
    if reader is None:
        raise RosterError(path, ["只能用 .csv 或 .xlsx 文件，请在 Excel 或 WPS 里另存为其中一种。"])
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RosterError(path, ["文件超过 10 MB，不像是名册，请检查选对了没有。"])
        data = path.read_bytes()
    except OSError as error:
        raise RosterError(path, [f"打不开（{error.strerror}），请检查文件名和路径。"]) from None
    for number, row in enumerate(reader(path, data), start=1):
        if number > MOST_ROWS:
            raise RosterError(path, [f"第 {number} 行：行数太多了，最多 {MOST_ROWS} 行。"])
        yield [_plain(cell) for cell in row]


def _csv_rows(path: Path, data: bytes) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(_decoded(path, data), newline=""), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):  # noqa: B007 - the error below names the row
            yield cells
    except csv.Error:
        raise RosterError(path, [f"第 {row + 1} 行：引号没有配对，或者这一格太长，请检查。"]) from None


def _decoded(path: Path, data: bytes) -> str:
    """UTF-8, or what Excel in China saves. UTF-8 with a damaged place must not pass for GBK: every name would be garbled."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        nearly = data.decode("utf-8", errors="replace")
    broken = nearly.count("\ufffd")
    whole = sum(letter > "\u0800" for letter in nearly) - broken
    try:
        if broken > whole:
            return data.decode("gb18030")
    except UnicodeDecodeError:
        pass
    row = nearly[: nearly.index("\ufffd")].count("\n") + 1
    raise RosterError(path, [f"第 {row} 行：文字编码认不出来，请在 Excel 或 WPS 里另存为“CSV UTF-8”。"])


def _xlsx_rows(path: Path, data: bytes) -> Iterator[_Row]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a spreadsheet holds besides its cells does not matter here
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write a size that is too small
            for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS + 1):
                yield [_text(value) for value in row]
    except (zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, KeyError, IndexError, ValueError, TypeError, EOFError):
        raise RosterError(path, ["不是完好的 .xlsx 文件，请在 Excel 或 WPS 里打开，再另存一次。"]) from None


def _text(value: object) -> str:
    """A number is an id without its ".0"."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _plain(cell: str) -> str:
    cell = " ".join(cell.split())
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_FORMULA, "'")) else cell


def _protected(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def _line(number: int, cells: dict[str, str]) -> RosterLine:
    group, *squads = _names(cells["group"])
    return RosterLine(
        row=number,
        branch=plain_name(cells["branch"]),
        group=group,
        name=plain_name(cells["name"]),
        role=cells["role"].lower(),
        aliases=_filled(_names(cells["aliases"])),
        post=cells["post"],
        trio=cells["trio"],
        shift=cells.get("shift"),
        wecom_userid=cells["wecom_userid"],
        wechat_id=cells["wechat_id"],
        squads=_filled(squads) if squads else None,
    )


def _names(cell: str) -> list[str]:
    return [plain_name(part) for part in cell.replace("｜", SPLIT).split(SPLIT)]


def _filled(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _row(line: RosterLine, columns: Sequence[str]) -> _Row:
    cells = {column: str(getattr(line, column) or "") for column in columns}
    cells |= {"group": SPLIT.join((line.group, *(line.squads or ()))), "aliases": SPLIT.join(line.aliases)}
    return list(cells.values())


def _as_csv(rows: list[_Row]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")  # without the mark Excel takes the file for GBK


def _as_xlsx(rows: list[_Row]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
