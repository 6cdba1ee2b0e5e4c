"""Reading the lessons that a unit wrote: one Markdown file a lesson, with a YAML header. See docs/lessons.md."""

import difflib
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.content import LOADER
from models.lesson import EVERYBODY, Lesson, Quiz
from models.values import Value

_FILE = re.compile(r"---[ \t]*\n(?P<header>.*?)^---[ \t]*(?:\n(?P<body>.*))?\Z", re.DOTALL | re.MULTILINE)
_FROM_THE_FILE = {"slug", "body"}  # the file's name and what follows the header, never keys of the header
MAX_IMAGE = 2 * 1024 * 1024
"""In bytes: the most that a group robot of WeCom takes."""
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_PLAIN = {
    "missing": "is missing",
    "tuple_type": "must be a list",
    "string_type": "must be text; put it in quotes",
    "model_type": "must have keys",
}


class LessonError(ValueError):
    """A lesson that cannot be used. Its text is one line: the file, the field, what is wrong."""


def load_lessons(folder: Path) -> tuple[Lesson, ...]:
    """Read every lesson of `folder` (``*.md``), in the order of the file names; raise `LessonError` at the first that is wrong."""
    if not folder.is_dir():
        raise LessonError(f"{folder}: no such folder")
    # Hidden files are left out: editors and file managers put copies of their own there.
    files = sorted(path for path in folder.glob("*.md") if not path.name.startswith("."))
    if not files:
        raise LessonError(f"{folder}: no lesson in it (a lesson is a file that ends in .md)")
    lessons: dict[str, Lesson] = {}
    for path in files:
        lesson = _read(path)
        if earlier := lessons.get(lesson.title):
            raise LessonError(f"{path.name}: title: the same as in {earlier.slug}.md")
        lessons[lesson.title] = lesson
    return tuple(lessons.values())


def doubts(lessons: Iterable[Lesson], posts: Collection[str]) -> Iterable[str]:
    """What of the lessons reaches nobody, one line each; `posts` are those of the roster, none where there is no roster yet."""
    for lesson in lessons:
        for post in lesson.audience:
            if marks := re.findall("[，、；;]", post):
                instead = ", ".join(filter(None, re.split("[，、；;]", post)))
                yield f"{lesson.slug}.md: audience: “{post}” holds “{marks[0]}” and is one post so; write [{instead}]"
            elif posts and post != EVERYBODY and post not in posts:
                yield f"{lesson.slug}.md: audience: nobody in the roster has the post “{post}”; known are {'、'.join(sorted(posts))}"


def _read(path: Path) -> Lesson:
    try:
        text = path.read_text(encoding="utf-8-sig")  # Windows' editor puts a byte order mark before the first line
    except UnicodeDecodeError:
        raise LessonError(f"{path.name}: not UTF-8; save it with the encoding UTF-8") from None
    except OSError as error:
        raise LessonError(f"{path.name}: cannot be read: {error.strerror}") from None
    parts = _FILE.match(text)
    if parts is None:
        raise LessonError(f"{path.name}: front matter: missing; the file must begin with a header between two lines ---")
    header = _header(path, parts["header"])
    try:
        lesson = Lesson.model_validate({**header, "slug": path.stem, "body": parts["body"] or ""})
    except ValidationError as error:
        raise LessonError(f"{path.name}: {_first(error)}") from None
    if lesson.image is not None and (problem := _picture_problem(path.with_name(lesson.image))):
        raise LessonError(f"{path.name}: image: {problem}")
    return lesson


def _picture_problem(path: Path) -> str | None:
    """Why a picture cannot be sent, seen at the start and not at noon in every room."""
    if not path.exists():
        return f"there is no {path.name} in the same folder"
    try:
        data = path.read_bytes()
    except OSError as error:
        return f"{path.name} cannot be read: {error.strerror}"
    if len(data) > MAX_IMAGE:
        return f"{path.name} has {len(data):,} bytes, and at most {MAX_IMAGE:,} (2 MB) can be sent; make it smaller"
    return None if data.startswith((_PNG, _JPEG)) else f"{path.name} is neither PNG nor JPEG; save it as one of them"


def _header(path: Path, text: str) -> dict[Any, Any]:
    try:
        header = yaml.load(text, LOADER)  # noqa: S506 - both are safe
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 2}" if error.problem_mark else ""  # counted from 1, after the first ---
        raise LessonError(f"{path.name}: front matter: not YAML{line}: {error.problem}") from None
    except (yaml.YAMLError, ValueError) as error:  # a character that YAML forbids; a date that is none
        raise LessonError(f"{path.name}: front matter: not YAML: {' '.join(str(error).split())}") from None
    except (AttributeError, KeyError, IndexError, TypeError):
        raise LessonError(f"{path.name}: front matter: a tag (!!…) does not fit its value; write the value without it") from None
    if not isinstance(header, dict):
        raise LessonError(f"{path.name}: front matter: must be lines of the form 'key: value'")
    _refuse_unknown(path, header, Lesson, "")
    if isinstance(quiz := header.get("quiz"), dict):
        _refuse_unknown(path, quiz, Quiz, "quiz.")
    return header


def _refuse_unknown(path: Path, keys: Iterable[Any], model: type[Value], prefix: str) -> None:
    known = [name for name in model.model_fields if name not in _FROM_THE_FILE]
    for key in keys:
        if key not in known:
            nearest = difflib.get_close_matches(str(key), known, n=1, cutoff=0.0)[0]
            raise LessonError(f"{path.name}: {prefix}{key}: unknown key; the nearest known one is {prefix}{nearest}")


def _first(error: ValidationError) -> str:
    """Put the first mistake on one line, with items of a list counted from 1."""
    mistake = error.errors(include_url=False)[0]
    field = "".join(f" item {part + 1}" if isinstance(part, int) else f".{part}" for part in mistake["loc"]).lstrip(".")
    text = _PLAIN.get(mistake["type"], mistake["msg"]).removeprefix("Value error, ")
    return f"{field}: {text}"
