"""`run` and `demo`: the bot itself."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import logs
from bot.cli_parts import Config, errors_as_lines, fail, run_loop, settings_of
from bot.config import REPOSITORY, load_settings
from bot.demo_unit import forget_demo, seed_demo
from bot.serve import ListenError, serve
from bot.settings import Settings

DEMO = REPOSITORY / "deploy" / "demo.yaml"

console = Console()


def run(config: Config = None) -> None:
    """Run the bot of this unit."""
    with errors_as_lines():
        settings = settings_of(config)
        logs.set_up(json=not sys.stderr.isatty())
        _serve(settings)


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
