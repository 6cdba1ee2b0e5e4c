"""`python -m bot simulate`: a made-up unit lives for some days with the real bot, and what came of it is printed."""

import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from bot import logs
from bot.cli_parts import Config, errors_as_lines, fail, run_loop, settings_of
from bot.settings import Settings
from bot.simulation.figures import Figures, look_back
from bot.simulation.life import Life, Plan, prepared
from bot.simulation.script import load_script
from bot.simulation.tables import tables
from bot.simulation.unit import GROUP, MOST

MONDAY = "2026-03-02"


def simulate(
    members: Annotated[int, typer.Option(min=GROUP, max=MOST, help="How many members the unit has in its groups.")] = 1000,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days they live.")] = 30,
    seed: Annotated[int, typer.Option(help="The same seed leads to the same life, to the last figure.")] = 7,
    first: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The first day.")] = datetime.fromisoformat(MONDAY),  # noqa: B008
    keep: Annotated[Path | None, typer.Option(help="Keep the database here, to look into; there must be none yet.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    config: Config = None,
) -> None:
    """Let a made-up unit live with this unit's rules, and print what the bot asked of people and how soon somebody was there."""
    with errors_as_lines():
        settings = settings_of(config)
        logs.only_errors()
        if keep is not None and keep.exists():
            fail(f"{keep}: is there already; name a file that is not")
        plan = Plan(members, days, seed, first.date())
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            found = _lived(settings, plan, Path(folder), keep)
            taken = time.perf_counter() - started
    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    if json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        for table in tables(found):
            console.print(table)
    typer.echo(f"lived in {taken:.0f} s", err=True)
    if found.broken.all:
        raise typer.Exit(1)


def _lived(settings: Settings, plan: Plan, folder: Path, keep: Path | None) -> Figures:
    settings = prepared(settings, folder, keep)
    shown = (
        TextColumn("{task.fields[day]}"),
        BarColumn(),
        TextColumn("{task.percentage:3.0f} %"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*shown, console=Console(stderr=True), transient=True, refresh_per_second=2) as bar:
        task = bar.add_task("", total=1.0, day=plan.first.isoformat())

        def progress(now: date, share: float) -> None:
            bar.update(task, completed=share, day=now.isoformat())

        past = run_loop(Life(settings, plan, load_script(settings.organization.content)).live(progress))
    return look_back(settings, past)
