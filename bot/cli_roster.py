"""`roster import` and `roster export`: the unit's people from a spreadsheet and back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from bot.cli_parts import Config, fail, store_of
from bot.config import ConfigError
from bot.roster_files import RosterError, read_roster, write_roster
from models.clock import SystemClock
from models.roster import Role
from models.roster_check import ROLE_WORDS
from models.roster_compare import Change, Entry, Sign
from models.roster_match import UnclearError
from models.roster_rows import Difference, apply, difference, lines_of
from models.sealing import SealError
from models.store import StoreError

roster_app = typer.Typer(no_args_is_help=True, help="The people of the unit, from a spreadsheet and back.")

MOST_SHOWN = 50
"""How many problems are printed; more would only hide the first."""

console = Console()

SIGNS = {Sign.ADDED: "新增", Sign.RETURNED: "回来", Sign.CHANGED: "修改", Sign.GONE: "离开"}
KINDS = {"branch": "党支部", "group": "党小组", "member": "人员"}
COLUMN_WORDS = {
    "branch": "党支部",
    "group": "党小组",
    "name": "姓名",
    "role": "角色",
    "aliases": "别名",
    "post": "岗位",
    "trio": "三人包保",
    "wecom_userid": "企业微信账号",
    "wechat_id": "微信号",
}


@roster_app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="The roster, .csv or .xlsx.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    config: Config = None,
) -> None:
    """Make the unit what the file says; first show what changes. With any mistake in the file nothing changes."""
    with _errors_as_lines(file):
        lines = read_roster(file)
        with store_of(config) as store:
            found = store.read_now(lambda session: difference(session, lines))
            for entry in found.entries:
                _say(_line(entry))
            if not dry_run:
                now = SystemClock().now()
                store.write_now(lambda session: apply(session, found, now))
        _say(_summary(found, len(lines)))
        if dry_run and found.entries:
            _say("这是预览，还没有改动。确认后去掉 --dry-run 再运行一次。")


@roster_app.command(name="export")
def export(
    file: Annotated[Path, typer.Argument(help="Where to write, .csv or .xlsx.")],
    config: Config = None,
) -> None:
    """Write everybody of the unit into a file that `import` reads."""
    with _errors_as_lines(file):
        with store_of(config) as store:
            lines = store.read_now(lines_of)
        write_roster(file, lines)
        _say(f"已写入 {file}，共 {len(lines)} 人。")


def _line(entry: Entry) -> str:
    """修改 人员 张伟（江北站党支部 第一党小组）：岗位 战斗员 → 驾驶员."""
    where = " ".join(name for name in entry.place if name and (entry.kind, name) != ("group", entry.name))
    text = f"{SIGNS[entry.sign]} {KINDS[entry.kind]} {entry.name}" + (f"（{where}）" if where else "")
    if entry.sign is Sign.GONE and entry.kind == "member":
        text += "，以前的记录保留"
    return text + ("：" + "；".join(_change(change) for change in entry.changes) if entry.changes else "")


def _change(change: Change) -> str:
    before, after = change.before, change.after
    if change.column == "role":
        before, after = ROLE_WORDS[Role(before)], ROLE_WORDS[Role(after)]
    return f"{COLUMN_WORDS[change.column]} {before or '（空）'} → {after or '（空）'}"


def _summary(found: Difference, people: int) -> str:
    if not found.entries:
        return f"名册共 {people} 人，没有变化。"
    counts = Counter(entry.sign for entry in found.entries if entry.kind == "member")
    return f"名册共 {people} 人：" + "、".join(f"{word} {counts[sign]} 人" for sign, word in SIGNS.items()) + "。"


def _say(text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)


@contextmanager
def _errors_as_lines(file: Path) -> Iterator[None]:
    """Mistakes are lines on standard error and exit code 1, never a traceback."""
    try:
        yield
    except (RosterError, ConfigError, StoreError, SealError) as error:
        _fail_with(str(error).splitlines())
    except UnclearError as error:
        _fail_with([f"{file.name}：{line}" for line in str(error).splitlines()])


def _fail_with(lines: Sequence[str]) -> NoReturn:
    shown = list(lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        shown.append(f"……还有 {len(lines) - MOST_SHOWN} 处，先改这些再试一次。")
    fail("\n".join(shown))
