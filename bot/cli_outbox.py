"""`outbox list`, `retry` and `recall`: notices that could not be sent, and those that should not have been."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from bot.channels.registry import enabled
from bot.channels.settings import WecomApp
from bot.channels.wecom.errors import WeComError
from bot.channels.wecom_app.client import connected
from bot.channels.wecom_app.wire import NAME as WECOM_APP
from bot.cli_parts import Config, can_be, errors_as_lines, fail, settings_of, store_of
from bot.wiring import build_clock
from models import deliveries, outbox
from models.outbox import NoticeState
from models.tables.queue import NoticeRow

outbox_app = typer.Typer(no_args_is_help=True)
console = Console()

RECALL_WITHIN: Final = timedelta(hours=24)
MOST_SHOWN: Final = 200


@outbox_app.command(name="list")
def outbox_list(
    sent: Annotated[bool, typer.Option("--sent", help="Instead, those that were sent within a day, the newest first.")] = False,
    config: Config = None,
) -> None:
    """The notices that could not be sent: number, kind, to whom, why. Their text is not shown."""
    with errors_as_lines(), store_of(config) as store:
        if sent:
            since = build_clock(settings_of(config), store).now() - RECALL_WITHIN
            rows = store.read_now(lambda session: deliveries.sent_anywhere(session, since))
            table = Table("number", "kind", "to", "by", "sent", "")
            for row in rows:
                if row.finished_at is not None:
                    table.add_row(str(row.id), row.kind, _to(row), row.channel, f"{row.finished_at:%Y-%m-%d %H:%M}Z", row.reason or "")
            console.print(table if table.row_count else "nothing was sent within a day")
            return
        rows = store.read_now(lambda session: deliveries.given_up(session, MOST_SHOWN))
        table = Table("number", "kind", "to", "attempts", "why", "since")
        for row in rows:
            table.add_row(str(row.id), row.kind, _to(row), str(row.attempts), row.reason or "", f"{row.created_at:%Y-%m-%d %H:%M}Z")
        console.print(table if rows else "every notice was sent or is on its way")
        if len(rows) == MOST_SHOWN:
            console.print(f"these are the newest {MOST_SHOWN}; there may be more", highlight=False)


def _to(row: NoticeRow) -> str:
    return row.room or row.address or f"member {row.member_id}"


@outbox_app.command(name="retry")
def outbox_retry(number: int, config: Config = None) -> None:
    """Send a failed notice again."""
    with errors_as_lines(), store_of(config) as store:
        settings = settings_of(config)
        now = build_clock(settings, store).now()
        channels = [kind.name for kind in enabled(settings.channels)]
        try:
            if not can_be(number) or not store.write_now(lambda session: outbox.retry(session, number, now, channels)):
                fail(f"notice {number}: there is no failed notice of that number; see `outbox list`")
        except outbox.UnreachableError:
            fail(f"notice {number}: its member still has no account; `roster import` adds one, or 我是 姓名 said to the bot")
        console.print(f"notice {number} will be sent again")


@outbox_app.command(name="recall")
def outbox_recall(number: int, config: Config = None) -> None:
    """Take back a private notice that the self-built app of WeCom sent by mistake, within 24 hours."""
    with errors_as_lines(), store_of(config) as store:
        settings = settings_of(config)
        clock = build_clock(settings, store)
        row = store.read_now(lambda session: outbox.by_id(session, number)) if can_be(number) else None
        problem = "there is no notice of that number" if row is None else _problem(row, clock.now())
        if row is None or problem:
            fail(f"notice {number}: {problem}")
        if not settings.channels.wecom_app.enabled:
            fail("channels.wecom_app: is not enabled; only the app that sent a message can take it back")
        messages = (row.platform_id or "").split()
        error = asyncio.run(_take_back(settings.channels.wecom_app, messages, clock.now))
        if error is not None:
            fail(f"notice {number}: WeCom did not take it back: {error}; whoever opens the chat still sees it")
        together = store.write_now(lambda session: outbox.recalled(session, row))
        others = [str(one) for one in together if one != number]
        console.print(f"notice {number} is taken back" + (f", and what was said with it: {', '.join(others)}" if others else ""))


def _problem(row: NoticeRow, now: datetime) -> str | None:
    """Why a notice cannot be taken back; None where it can be tried."""
    if row.reason == outbox.RECALLED:
        return "is taken back already"
    if row.state != NoticeState.SENT or row.finished_at is None:
        return f"was not sent ({row.state}); there is nothing to take back"
    if row.channel != WECOM_APP:
        return f"went by {row.channel}, where nothing can be taken back"
    if row.platform_id is None:
        return "went into a group; WeCom takes back only what went to one person"
    if now - row.finished_at >= RECALL_WITHIN:
        hours = int((now - row.finished_at) / timedelta(hours=1))
        return f"was sent {hours} hours ago; WeCom takes back only what is less than {int(RECALL_WITHIN / timedelta(hours=1))} hours old"
    return None


async def _take_back(settings: WecomApp, messages: Sequence[str], now: Callable[[], datetime]) -> WeComError | None:
    """Take back every message that a notice became; the error of the last one that was not taken back."""
    failure = None
    async with connected(settings, now) as client:
        for message in messages:
            try:
                await client.recall(message)
            except WeComError as error:
                failure = error
    return failure
