"""What the stories about rosters share: a secretary's PC, and the sheet of a small unit."""

import csv
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli_roster import roster_app
from bot.config import load_settings
from bot.wiring import open_store
from models.directory import Directory, load_directory
from models.roster_sheet import COLUMNS

Row = tuple[str, ...]

UNIT: list[Row] = [
    ("江北站党支部", "", "周建国", "secretary", "", "", "", "zjg", ""),
    ("江北站党支部", "", "孙丽", "deputy", "", "", "", "sunli", ""),
    ("江北站党支部", "第一党小组|一班|战斗一班", "李明", "leader", "老李|李班长", "战斗员", "1-1", "liming", "wx-liming"),
    ("江北站党支部", "第一党小组", "张伟", "member", "小张", "战斗员", "1-1", "zhangwei", ""),
    ("江北站党支部", "第一党小组", "王磊", "member", "", "驾驶员", "1-1", "", ""),
    ("江北站党支部", "第二党小组", "刘洋", "leader", "", "战斗员", "", "", ""),
    ("机关党支部", "机关党小组", "黄敏", "leader", "黄姐", "机关", "", "", ""),
    ("", "", "于海", "duty_officer", "", "", "", "yuhai", ""),
]


class Office:
    """The secretary's PC: a folder with a configuration and roster files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "config.yaml"
        self.config.write_text("organization: {name: 江城支队}\ndatabase: {url: sqlite:///unit.db}\n", encoding="utf-8")

    def sheet(self, rows: Sequence[Row], name: str = "名册.csv", encoding: str = "utf-8", header: Row = COLUMNS) -> Path:
        """Save a roster file."""
        path = self.folder / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    def run(self, command: str, path: Path, *options: str) -> Result:
        """Run `roster import` or `roster export`."""
        return CliRunner().invoke(roster_app, [command, str(path), "--config", str(self.config), *options])

    def imports(self, rows: Sequence[Row], *options: str) -> str:
        """Import the rows, which must succeed; what was said."""
        result = self.run("import", self.sheet(rows), *options)
        assert result.exit_code == 0, result.output
        return result.stdout

    def unit(self) -> Directory:
        """The unit as the bot sees it."""
        store = open_store(load_settings(self.config, {}))
        try:
            return store.read_now(lambda session: load_directory(session, "江城支队"))
        finally:
            store.close()

    def stored(self) -> list[str]:
        """Everything in the tables of the unit, row by row."""
        if not (self.folder / "unit.db").exists():
            return []
        with closing(sqlite3.connect(self.folder / "unit.db")) as database:
            tables = ("branches", "groups", "members", "accounts", "rooms")
            return [f"{table} {row}" for table in tables for row in database.execute(f"SELECT * FROM {table} ORDER BY id")]


def changed(rows: Sequence[Row], person: str, /, **cells: str) -> list[Row]:
    """The rows, with other cells in the line of one person."""
    assert any(row[2] == person for row in rows)
    return [tuple(cells.get(column, cell) if row[2] == person else cell for column, cell in zip(COLUMNS, row, strict=True)) for row in rows]


def without(rows: Sequence[Row], name: str) -> list[Row]:
    """The rows but for one person."""
    assert any(row[2] == name for row in rows)
    return [row for row in rows if row[2] != name]
