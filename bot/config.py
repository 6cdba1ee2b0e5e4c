"""Loading the configuration: defaults, then the file, then the environment; every mistake becomes one line with its place and advice."""

import re
import ssl
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from bot.channels.settings import Channels, known_key
from bot.config_text import Document, TextError, Where, full_width
from bot.settings import Settings, known_keys

PREFIX = "SANWEI__"
REPOSITORY = Path(__file__).resolve().parent.parent
SQLITE = "sqlite:///"


class ConfigError(Exception):
    """The configuration cannot be used. Its text, and `mistakes`, hold one line for each mistake."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = tuple("".join(letter if letter.isprintable() else "\ufffd" for letter in mistake) for mistake in mistakes)
        super().__init__("\n".join(self.mistakes))


def load_settings(path: Path | None, env: Mapping[str, str]) -> Settings:
    """Put defaults, the file at `path` (None: no file) and the variables `SANWEI__…` of `env` together; the later one wins.

    Relative paths count from the folder of the file, without a file from the repository. Secrets that stand in files (`…_file`) are read.
    Raises ConfigError with every mistake found; values of keys that may hold a secret are never in its text.
    """
    try:
        return _loaded(path, env)
    except ConfigError as error:
        if path is not None and (signs := _full_width(path, error.mistakes)):
            raise ConfigError(signs) from None  # they are the cause; what follows from them would mislead
        raise


def _full_width(path: Path, mistakes: Iterable[str]) -> list[str]:
    found = (re.match(rf"{re.escape(str(path))}:(\d+): ", mistake) for mistake in mistakes)
    wrong = {int(match[1]) for match in found if match}
    text = path.read_text(encoding="utf-8-sig", errors="replace") if wrong else ""
    return [f"{path}:{line}: {said}" for line, said in full_width(text, wrong)]


def _loaded(path: Path | None, env: Mapping[str, str]) -> Settings:
    merged: Any = Settings().model_dump()
    places: dict[Where, str] = {}
    mistakes: list[str] = []
    if path is not None:
        document = _read_file(path)
        places |= {where: f"{path}:{line}" for where, line in document.lines.items()}
        mistakes += [f"{path}:{line}: {_dotted(where)}: stands here a second time; keep one" for where, line in document.repeated]
        merged = _merged(merged, document.value)
    for name in sorted(name for name in env if name.startswith(PREFIX)):
        where: Where = tuple(name.removeprefix(PREFIX).lower().split("__"))
        places = {known: place for known, place in places.items() if known[: len(where)] != where} | {where: f"environment {name}"}
        try:
            value = _from_environment(env[name])
        except TextError:
            mistakes.append(f"environment {name}: {_dotted(where)}: cannot be read; write a list as [a, b] and a section as {{key: value}}")
            continue
        for key in reversed(where):
            value = {key: value}
        merged = _merged(merged, value)
    try:
        settings = Settings.model_validate(merged)
    except ValidationError as error:
        mistakes += [_line(problem, places) for problem in error.errors(include_url=False)]
    if mistakes:
        raise ConfigError(mistakes)
    return _resolved(settings, REPOSITORY if path is None else path.resolve().parent)


def _read_file(path: Path) -> Document:
    try:
        document = Document(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read ({error.strerror}); check the path and who may read it"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: is not written in UTF-8; save it as UTF-8 (编码选 UTF-8)"]) from error
    except TextError as unreadable:
        place = str(path) if unreadable.line is None else f"{path}:{unreadable.line}"
        raise ConfigError([f"{place}: {unreadable.text}"]) from unreadable
    if not isinstance(document.value, dict | None):
        raise ConfigError([f"{path}:1: holds no keys; write sections as in the config.yaml that comes with Sanwei"])
    return document


def _from_environment(text: str) -> Any:
    """Read one variable: lists and sections are written as YAML in one line ([a, b] or {a: 1}), null is nothing, all else stays."""
    if text.startswith(("[", "{")):
        return Document(text).value
    return None if text == "null" else text


def _merged(below: Any, above: Any) -> Any:
    """Put `above` over `below`, key by key; an empty section changes nothing, a list replaces the whole list."""
    if not isinstance(below, dict):
        return above
    if above is None:
        return below
    if not isinstance(above, dict):
        return above
    return below | {key: _merged(below[key], value) if key in below else value for key, value in above.items()}


def _with_secrets(channels: Channels, base: Path) -> Channels:
    """Put what the files named by `…_file` hold in the place of the secrets; raises ConfigError for one that cannot be read."""
    sections: dict[str, BaseModel] = {}
    for name in type(channels).model_fields:
        section: BaseModel = getattr(channels, name)
        secrets = {}
        for key in type(section).model_fields:
            file = getattr(section, f"{key}_file", None)
            if file is not None:
                secrets[key] = _secret(base / file, f"channels.{name}.{key}_file")
        sections[name] = section.model_copy(update=secrets)
    return channels.model_copy(update=sections)


def _secret(path: Path, key: str) -> SecretStr:
    try:
        text = path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise ConfigError([f"{key}: {path} cannot be read ({reason}); check the path and who may read it"]) from error
    if not text:
        raise ConfigError([f"{key}: {path} is empty; write the secret into it, on one line"])
    try:
        return known_key(SecretStr(text)) if key.endswith("encoding_aes_key_file") else SecretStr(text)
    except ValueError as error:
        raise ConfigError([f"{key}: {path}: {error}"]) from error


def _check_certificate(path: Path) -> None:
    try:
        ssl.create_default_context(cafile=path)
    except (OSError, ssl.SSLError) as error:
        reason = "it holds no certificate in PEM" if isinstance(error, ssl.SSLError) else error.strerror
        raise ConfigError([f"channels.wechaty.tls_ca_file: {path} cannot be used ({reason}); name another file"]) from error


def _resolved(settings: Settings, base: Path) -> Settings:
    """Make relative paths absolute, so that the bot may be started from any folder."""
    url = settings.database.url
    if url.startswith(SQLITE) and url != f"{SQLITE}:memory:":
        url = f"{SQLITE}{base / url.removeprefix(SQLITE)}"
    channels = _with_secrets(settings.channels, base)
    certificate = channels.wechaty.tls_ca_file
    if certificate is not None:
        _check_certificate(base / certificate)
        channels = channels.model_copy(update={"wechaty": channels.wechaty.model_copy(update={"tls_ca_file": base / certificate})})
    heartbeat = settings.watch.heartbeat_file
    return settings.model_copy(
        update={
            "channels": channels,
            "watch": settings.watch.model_copy(update={"heartbeat_file": None if heartbeat is None else base / heartbeat}),
            "organization": settings.organization.model_copy(update={"content": base / settings.organization.content}),
            "database": settings.database.model_copy(update={"url": url}),
            "privacy": settings.privacy.model_copy(update={"key_file": base / settings.privacy.key_file}),
        }
    )


ADVICE = {  # by kind of pydantic's finding, or the word that several kinds begin with
    "missing": "is missing; add it",
    "model_type": "is a section; write its keys below it, indented",
    "string_type": "is not text; put it in quotes",
    "path_type": "is not the path of a file; put it in quotes",
    "string_too_short": "is empty; write something, or remove the line to get the default",
    "tuple_type": "is not a list; write [one, two]",
    "dict_type": "is not a list of names with values; write {{g1: KEY, g2: KEY}}",
    "timezone_aware": "says no time zone; add it, as in 2026-03-02T06:00:00+08:00",
    "zoneinfo_str": "is not a time zone; write an IANA name such as Asia/Shanghai",
    "greater_than_equal": "is too small; the smallest is {ge}",
    "less_than_equal": "is too large; the largest is {le}",
    "literal_error": "is not one of {expected}; choose one",
    "enum": "is not one of {expected}; choose one",
    "bool": "is neither true nor false; write one of them",
    "int": "is not a whole number; write one in digits",
    "float": "is not a number; write one in digits",
    "datetime": 'is not a date with a time; write it as "2026-03-02T06:00:00+08:00"',
}


FULL_WIDTH_SIGNS = re.compile(r"[\uff01-\uff5e]")
"""What an input method for Chinese writes in place of letters, digits and signs, and looks nearly the same."""
_ENUM_MEMBER = re.compile(r"<[\w.]+: ('[^']*')>")


def _line(problem: ErrorDetails, places: Mapping[Where, str]) -> str:
    """Say one finding of pydantic in one line: where, which key, what is wrong, what to do."""
    where, kind, context = problem["loc"], problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        return f"{_place(where, places)}: {_dotted(where)}: unknown key; {_nearest(where)}"
    advice = ADVICE.get(kind) or ADVICE.get(kind.split("_")[0])
    text = advice.format(**context) if advice else str(context.get("error", problem["msg"]))
    text = _ENUM_MEMBER.sub(r"\1", text)
    field = known_keys().get(_pattern(where).removesuffix("[]"))
    value = problem["input"]
    if field is not None and field.repr and isinstance(value, str | int | float) and kind != "missing":
        shown = f'"{value[:40]}"' if isinstance(value, str) else str(value).lower()
        text = f"{shown} {text}"
        if isinstance(value, str) and (signs := FULL_WIDTH_SIGNS.findall(value)):
            text += f"; “{signs[0]}” is full-width here: type the half-width sign"
    return f"{_place(where, places)}: {_dotted(where)}: {text}"


def _place(where: Where, places: Mapping[Where, str]) -> str:
    """Find what set the value: itself, else the section it is in, else something inside it."""
    above = (places[where[:length]] for length in range(len(where), 0, -1) if where[:length] in places)
    inside = (place for known, place in places.items() if known[: len(where)] == where)
    return next(above, None) or next(inside, "defaults")


def _nearest(where: Where) -> str:
    *section, key = where
    wanted = str(key).lower().replace("-", "_")
    prefix = f"{_pattern(tuple(section))}." if section else ""
    here = list(dict.fromkeys(_names_below(prefix)))
    if close := get_close_matches(wanted, here, n=1):
        return f"did you mean {_dotted((*section, close[0]))}?"
    elsewhere = {known.rpartition(".")[2]: known for known in known_keys()}
    if close := get_close_matches(wanted, elsewhere, n=1, cutoff=0.8):
        return f"did you mean {elsewhere[close[0]]}?"
    return f"known here: {', '.join(here)}"


def _names_below(prefix: str) -> Iterator[str]:
    for known in known_keys():
        if known.startswith(prefix):
            yield known.removeprefix(prefix).split(".")[0].removesuffix("[]")


def _dotted(where: Where) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where).removeprefix(".")


def _pattern(where: Where) -> str:
    return re.sub(r"\[\d+\]", "[]", _dotted(where))
