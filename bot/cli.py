"""The command line: `python -m bot …`, also installed as `sanwei`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from bot import logs
from bot.channels.registry import capabilities
from bot.channels.wecom_robot.bindings import mistakes, once_started
from bot.cli_db import db_app
from bot.cli_outbox import outbox_app
from bot.cli_parts import Config, can_be, errors_as_lines, fail, run_loop, settings_of, store_of
from bot.cli_reach import holders_table, rooms_table
from bot.cli_rooms import rooms_app
from bot.cli_roster import roster_app
from bot.cli_simulate import simulate
from bot.config import REPOSITORY, load_settings
from bot.content import load_lexicon
from bot.demo_unit import forget_demo, seed_demo
from bot.lessons import doubts as lesson_doubts
from bot.sentences import load_texts
from bot.serve import ListenError, serve
from bot.settings import Settings, warnings
from bot.understand import understand as understand_lines
from bot.understand import understand_aloud
from bot.wiring import build_clock, build_receiver, build_unit, look, look_at_directory
from models import audits, inbox, promises
from models.inbox import MessageStatus
from models.migrate import OlderError
from models.promises import TimerKind
from models.roster import Roster
from services import preflight, unreached
from services.audit import CLOCK_OFF
from services.reachability import reachability

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Sanwei (三微): the group-reporting bot.", pretty_exceptions_enable=False
)
inbox_app = typer.Typer(no_args_is_help=True, help="Messages whose handling failed.")
app.add_typer(roster_app, name="roster")
app.add_typer(rooms_app, name="rooms")
app.add_typer(db_app, name="db")
app.add_typer(outbox_app, name="outbox")
app.add_typer(inbox_app, name="inbox")
app.command()(simulate)

DEMO = REPOSITORY / "deploy" / "demo.yaml"

console = Console()


@app.command()
def run(config: Config = None) -> None:
    """Run the bot of this unit."""
    with errors_as_lines():
        settings = settings_of(config)
        logs.set_up(json=not sys.stderr.isatty())
        _serve(settings)


@app.command()
def demo(
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin again: forget everything said in the demo so far.")] = False,
    config: Annotated[Path, typer.Option("--config", help="The demo's configuration.")] = DEMO,
) -> None:
    """Run the demo unit: a made-up detachment, a page to talk in, a clock to move."""
    with errors_as_lines():
        settings = load_settings(config, os.environ)
        logs.set_up(json=not sys.stderr.isatty())

        def prepare() -> None:
            if fresh:
                forget_demo(settings)
            seed_demo(settings)
            console.print(f"小微在这里等你：http://{settings.web.host}:{settings.web.port}  （Ctrl+C 结束）")

        _serve(settings, prepare)


def _serve(settings: Settings, prepare: Callable[[], None] = lambda: None) -> None:
    try:
        run_loop(serve(settings, prepare))
    except ListenError as error:
        fail(str(error))


@app.command(name="check-config")
def check_config(config: Config = None) -> None:
    """Read the configuration and all content, say what is wrong or doubtful, and show who is heard and reached by which channel."""
    with errors_as_lines():
        settings = settings_of(config)
        unit = build_unit(settings, capabilities(settings.channels))
        build_receiver(settings)
        doubts, wrong = warnings(settings), []
        try:
            directory = look_at_directory(settings)
            if set(CLOCK_OFF).intersection(look(settings, audits.told) or ()):
                doubts.append(unit.texts("check.clock_off"))
            nobody = unit.texts("check.no_roster")
        except OlderError as older:
            directory, nobody = None, str(older)
        if directory is not None and directory.people:
            wrong = mistakes(settings.channels.wecom_robot, directory)
            directory = once_started(settings.channels.wecom_robot, directory)
            found = reachability(directory, unit.channels)
            console.print(rooms_table(unit.texts, found), holders_table(unit.texts, directory, found), markup=False)
            doubts += unreached.lines(unit.texts, directory, unit.bot_name, found.unreached)
            for branch in directory.branch_names:
                doubts += preflight.trouble_lines(unit.texts, directory, preflight.dry_run(unit.policies, directory, unit.channels, branch))
        else:
            doubts.append(nobody)
        posts = {person.post for person in directory.people.values() if person.post} if directory is not None else set()
        doubts += lesson_doubts(unit.lessons, posts)
        for doubt in doubts:
            console.print(f"warning: {doubt}", soft_wrap=True, highlight=False, markup=False)
        if wrong:
            fail("\n".join(wrong))
        console.print("the configuration can be used", highlight=False)


@app.command()
def understand(
    roster: Annotated[Path, typer.Option("--roster", help="The roster as JSON.")],
    aloud: Annotated[bool, typer.Option("--explain", help="Print for people what was read from which words and why.")] = False,
    config: Config = None,
) -> None:
    """Read messages (JSON lines on standard input) and print what each was understood to say (JSON lines)."""
    with errors_as_lines():
        settings = settings_of(config)
        lexicon = load_lexicon(settings.organization.content / "lexicon")
        texts = load_texts(settings.organization.content / "sentences", "en") if aloud else None
        people = _roster(roster)
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        read = understand_lines(sys.stdin, people, lexicon) if texts is None else understand_aloud(sys.stdin, people, lexicon, texts)
        for line in read:
            sys.stdout.write(line + "\n")
    except ValueError as error:
        fail(f"standard input: {error}")


def _roster(path: Path) -> Roster:
    try:
        return Roster.model_validate_json(path.read_bytes())
    except OSError as error:
        fail(f"{path}: cannot be read ({error.strerror}); give the path of a roster in JSON")
    except ValidationError as error:
        detail = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, detail["loc"])) or "the file"
        fail(f"{path}: {where}: {detail['msg']}; a roster looks like tests/corpus/roster.json")


@inbox_app.command(name="list")
def inbox_list(config: Config = None) -> None:
    """The messages whose handling failed: number, when, where in the code. Their text is not shown."""
    with errors_as_lines(), store_of(config) as store:
        rows = store.read_now(inbox.failed)
        table = Table("number", "channel", "received", "attempts", "failure")
        for row in rows:
            table.add_row(str(row.id), row.channel, f"{row.received_at:%Y-%m-%d %H:%M}Z", str(row.attempts), row.error or "")
        console.print(table if rows else "every message was handled")


@inbox_app.command(name="retry")
def inbox_retry(number: int, config: Config = None) -> None:
    """Handle a failed message again; the running bot does it at its next tick."""
    with errors_as_lines(), store_of(config) as store:
        now = build_clock(settings_of(config), store).now()

        def promise(session: Any) -> bool:
            row = inbox.by_id(session, number)
            if row is None or row.status != MessageStatus.FAILED or row.retracted_at is not None:
                return False
            promises.set_timer(session, TimerKind.MESSAGE_RETRY, number, now)
            return True

        if not can_be(number) or not store.write_now(promise):
            fail(f"message {number}: there is no failed message of that number; see `inbox list`")
        console.print(f"message {number} will be handled again by the running bot")


def main() -> None:
    """The entry point."""
    app()
