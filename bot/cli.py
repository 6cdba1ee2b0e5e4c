"""The command line: `python -m bot …`, also installed as `sanwei`. Here stands which commands there are, and where.

What a command needs is imported when it is called for: all of it together takes seconds, and most commands need little.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


class Late(TyperCommand):
    """Stands for a command or a group of commands that is `name` in its module, until it is called for; `help` is one line."""

    def __init__(self, words: str, module: str, name: str, help: str) -> None:  # noqa: A002  (typer's word)
        super().__init__(words, help=help)
        self._module = module
        self._name = name

    def loaded(self) -> Any:
        """The command itself."""
        found: typer.Typer | Callable[..., None] = getattr(import_module(self._module), self._name)
        if isinstance(found, typer.Typer):
            command: Any = typer.main.get_group(found)
        else:
            alone = typer.Typer(add_completion=False)
            alone.command(self.name)(found)
            command = typer.main.get_command(alone)
        command.name, command.help = self.name, self.help
        return command

    def make_context(self, *args: Any, **more: Any) -> Any:
        """Everything from here on is the command's own."""
        return self.loaded().make_context(*args, **more)


COMMANDS = (
    Late("run", "bot.cli_run", "run", "Run the bot of this unit."),
    Late("demo", "bot.cli_run", "demo", "Run the demo unit: a made-up detachment, a page to talk in, a clock to move."),
    Late(
        "check-config",
        "bot.cli_check",
        "check_config",
        "Read the configuration and all content, say what is wrong or doubtful, and show who is heard and reached by which channel.",
    ),
    Late(
        "understand",
        "bot.cli_understand",
        "understand",
        "Read messages (JSON lines on standard input) and print what each was understood to say (JSON lines).",
    ),
    Late(
        "simulate",
        "bot.cli_simulate",
        "simulate",
        "Let a made-up unit live with this unit's rules, and print what the bot asked of people and how soon somebody was there.",
    ),
    Late("roster", "bot.cli_roster", "roster_app", "The people of the unit: from a spreadsheet and back, or from the contacts of WeCom."),
    Late("rooms", "bot.cli_rooms", "rooms_app", "The groups that the self-built app of WeCom makes itself."),
    Late("db", "bot.cli_db", "db_app", "The database."),
    Late("outbox", "bot.cli_outbox", "outbox_app", "Notices that could not be sent, or should not have been."),
    Late("inbox", "bot.cli_inbox", "inbox_app", "Messages whose handling failed."),
)


class Commands(TyperGroup):
    """All of them, in order."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands.update({late.name: late for late in COMMANDS if late.name is not None})


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def sanwei() -> None:
    """Sanwei (三微): the group-reporting bot."""


def main() -> None:
    """The entry point."""
    app()
