"""`db upgrade` and `db backup`: the database itself."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.cli_parts import Config, errors_as_lines, fail, settings_of, store_of
from bot.wiring import version_of
from models import migrate
from models.backup import back_up
from models.store import file_of

db_app = typer.Typer(no_args_is_help=True)
console = Console()


@db_app.command(name="upgrade")
def upgrade(config: Config = None) -> None:
    """Bring the database to the schema of this version."""
    with errors_as_lines():
        before = version_of(settings_of(config))
        with store_of(config) as store:
            after, _ = migrate.version(store.engine)
        if before == after:
            console.print(f"the database is up to date ({after})", highlight=False)
        else:
            console.print(f"the database is up to date: from {before or 'nothing'} to {after}", highlight=False)


@db_app.command(name="backup")
def backup(
    file: Annotated[Path, typer.Argument(help="Where to; what is there is replaced.")],
    config: Config = None,
) -> None:
    """Copy the database into a file, also while the bot runs. The key is not in it: it is kept apart."""
    with errors_as_lines():
        settings = settings_of(config)
        database = file_of(settings.database.url)
        if database is None:
            fail("database.url: a database of PostgreSQL is backed up by its own pg_dump; keep the key (privacy.key_file) apart from it")
        size = back_up(database, file)
        console.print(
            f"{file}: {size:,} bytes; the key is not in it: keep {settings.privacy.key_file} apart", soft_wrap=True, highlight=False
        )
