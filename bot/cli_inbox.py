"""`inbox list` and `inbox retry`: messages whose handling failed."""

from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli_parts import Config, can_be, errors_as_lines, fail, settings_of, store_of
from bot.wiring import build_clock
from models import inbox, promises
from models.inbox import MessageStatus
from models.promises import TimerKind

inbox_app = typer.Typer(no_args_is_help=True)
console = Console()


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
