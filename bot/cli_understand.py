"""`understand`: what messages are understood to say, for programs or for people."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.cli_parts import Config, errors_as_lines, fail, settings_of
from bot.content import load_lexicon
from bot.sentences import load_texts
from bot.understand import understand as understand_lines
from bot.understand import understand_aloud
from models.roster import Roster


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
