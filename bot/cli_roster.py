"""`roster import`, `roster export` and `roster sync`: the unit's people from a spreadsheet and back, and from the contacts of WeCom."""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from sqlalchemy.orm import Session

from bot.channels.wecom_app.contacts import read_contacts
from bot.channels.wecom_robot.bindings import NAME as WECOM_ROBOT
from bot.cli_parts import Config, errors_as_lines, fail, settings_of, store_of
from bot.roster_files import RosterError, read_roster, write_roster
from models.clock import SystemClock
from models.contacts import ContactsError, Tree
from models.roster import Role
from models.roster_check import ROLE_WORDS, check, remarks
from models.roster_compare import Change, Entry, RoomLeft, Sign
from models.roster_contacts import Draft, draft
from models.roster_match import UnclearError
from models.roster_rows import Difference, apply, difference, everybody, lines_of
from models.store import Store

roster_app = typer.Typer(no_args_is_help=True)

MOST_SHOWN = 50
"""How many problems are printed; more would only hide the first."""

console = Console()

RENAMED = "改名"
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
    "shift": "轮班",
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
    with _errors_as_lines(file.name):
        lines = read_roster(file)
        for remark in remarks(lines):
            _say(f"请留意：{remark}")
        with store_of(config) as store:
            found = store.read_now(lambda session: difference(session, lines))
            _show(found)
            if not dry_run:
                _apply(store, found)
        _sum_up(found, dry_run=dry_run)


@roster_app.command(name="export")
def export(
    file: Annotated[Path, typer.Argument(help="Where to write, .csv or .xlsx.")],
    config: Config = None,
) -> None:
    """Write everybody of the unit into a file that `import` reads."""
    with _errors_as_lines(file.name):
        with store_of(config) as store:
            lines = store.read_now(lines_of)
        write_roster(file, lines)
        _say(f"已写入 {file}，共 {len(lines)} 人。")


@roster_app.command(name="sync")
def sync(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Let those leave who are not in the contacts any more, unasked unless they are many.")
    ] = False,
    under: Annotated[str, typer.Option("--under", help="The department below which the branches are; default: the root.")] = "",
    config: Config = None,
) -> None:
    """Make the unit what the contacts of WeCom say; first show what changes. Nobody leaves unless that is confirmed."""
    with _errors_as_lines("通讯录"):
        departments, contacts = asyncio.run(read_contacts(settings_of(config).channels.wecom_app))

        def drafted(session: Session, *, keep_missing: bool) -> tuple[Draft, Difference]:
            known, squads = everybody(session)
            made = draft(Tree(departments, under, squads), contacts, known, keep_missing=keep_missing)
            if problems := check(made.lines):
                raise ContactsError(problems)
            return made, difference(session, made.lines)

        with store_of(config) as store:
            made, found = store.read_now(lambda session: drafted(session, keep_missing=False))
            _show(found)
            for remark in made.remarks:
                _say(f"请留意：{remark}")
            if not dry_run:
                if made.missing and not ((yes and not made.many_missing) or _may_leave(made)):
                    made, found = store.read_now(lambda session: drafted(session, keep_missing=True))
                _apply(store, found)
        _sum_up(found, dry_run=dry_run)


def _may_leave(made: Draft) -> bool:
    """Ask whether those may leave whom the contacts do not have any more. Where nobody can be asked they stay."""
    count = len(made.missing)
    if made.many_missing:
        _say(f"请留意：一下子少了 {count} 人，多半是应用的可见范围变小了，请先到企业微信管理后台看一看。")
    if sys.stdin.isatty() and typer.confirm(f"通讯录里已经没有这 {count} 人，让他们离开名册吗？以前的记录保留。"):
        return True
    if made.many_missing:
        _say(f"{count} 人没有离开名册。确实都走了，就在终端里运行 roster sync，问到时答 y。")
    else:
        _say(f"{count} 人没有离开名册。加上 --yes 再运行一次，他们才会离开。")
    return False


def _show(found: Difference) -> None:
    for entry in found.entries:
        _say(_line(entry))
    for room in found.rooms_left:
        _say(f"请留意：{_left(room)}")


def _left(room: RoomLeft) -> str:
    """A room that hears nothing any more, and how that is mended."""
    gone = f"离开名册的{KINDS[room.kind]}“{room.name}”"
    if room.channel == WECOM_ROBOT:
        return f"channels.wecom_robot.rooms 里的 {room.id} 是{gone}，请改成现在的编号（check-config 的表里有）。"
    return f"{room.channel} 的群 {room.address} 还绑在{gone}上，请组长或书记在那个群里 @机器人 说“绑定”，改绑到现在的。"


def _apply(store: Store, found: Difference) -> None:
    now = SystemClock().now()
    store.write_now(lambda session: apply(session, found, now))


def _sum_up(found: Difference, *, dry_run: bool) -> None:
    _say(_summary(found))
    if dry_run and found.entries:
        _say("这是预览，还没有改动。确认后去掉 --dry-run 再运行一次。")


def _line(entry: Entry) -> str:
    """修改 人员 张伟（江北站党支部 第一党小组）：岗位 战斗员 → 驾驶员."""
    where = " ".join(name for name in entry.place if name and (entry.kind, name) != ("group", entry.name.rpartition(" → ")[2]))
    text = f"{SIGNS.get(entry.sign, RENAMED)} {KINDS[entry.kind]} {entry.name}" + (f"（{where}）" if where else "")
    if entry.sign is Sign.GONE and entry.kind == "member":
        text += "，以前的记录保留"
    return text + ("：" + "；".join(_change(change) for change in entry.changes) if entry.changes else "")


def _change(change: Change) -> str:
    before, after = change.before, change.after
    if change.column == "role":
        before, after = ROLE_WORDS[Role(before)], ROLE_WORDS[Role(after)]
    return f"{COLUMN_WORDS[change.column]} {before or '（空）'} → {after or '（空）'}"


def _summary(found: Difference) -> str:
    people = len(found.lines)
    if not found.entries:
        return f"名册共 {people} 人，没有变化。"
    counts = Counter(entry.sign for entry in found.entries if entry.kind == "member")
    return f"名册共 {people} 人：" + "、".join(f"{word} {counts[sign]} 人" for sign, word in SIGNS.items()) + "。"


def _say(text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)


@contextmanager
def _errors_as_lines(source: str) -> Iterator[None]:
    """Mistakes are lines on standard error and exit code 1, never a traceback."""
    try:
        with errors_as_lines():
            yield
    except (RosterError, ContactsError) as error:
        _fail_with(str(error).splitlines())
    except UnclearError as error:
        _fail_with([f"{source}：{line}" for line in str(error).splitlines()])


def _fail_with(lines: Sequence[str]) -> NoReturn:
    shown = list(lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        shown.append(f"……还有 {len(lines) - MOST_SHOWN} 处，先改这些再试一次。")
    fail("\n".join(shown))
