"""The command ``understand``: messages in as JSON lines, what they were understood to say out, as JSON lines or explained for people."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.explained import explained
from handlers.reading.explain import explain
from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from models.reading import Checkin, Reading
from models.roster import Roster
from services.texts import Texts


def label(reading: Reading) -> dict[str, Any]:
    """A reading as the fields that tests/corpus/LABELS.md describes (without "id")."""
    leave = reading.leaves[0] if reading.leaves else None
    group = reading.group_report
    return {
        "intents": [str(intent) for intent in reading.intents],
        "checkins": [_checkin(c) for c in reading.checkins],
        "sections": {section.name: section.text for section in reading.sections},
        "hardship": {"categories": list(reading.hardship.categories), "urgent": reading.hardship.urgent} if reading.hardship else None,
        "leave": {
            "person": leave.person, "from": leave.first.isoformat(), "to": leave.last.isoformat() if leave.last else None,
        } if leave else None,
        "group_report": {
            "group": group.group, "expected": group.expected, "present": group.present,
            "all_normal": group.all_normal, "exceptions": list(group.exceptions),
        } if group else None,
        "correction": reading.correction,
        "retract": reading.retract,
    }  # fmt: skip


def _checkin(checkin: Checkin) -> dict[str, Any]:
    made: dict[str, Any] = {
        "person": checkin.person,
        "date": checkin.date.isoformat(),
        "temperature": checkin.temperature,
        "symptoms": list(checkin.symptoms),
        "healthy": checkin.healthy,
    }
    return made | {"implausible": True} if checkin.implausible else made


def understand(lines: Iterable[str], roster: Roster, lexicon: Lexicon) -> Iterator[str]:
    """Read input lines {"id", "sender", "sent_at", "text"} and yield output lines; blank lines are skipped.

    Raises ValueError with the number of a bad line and what is wrong with it.
    """
    for identity, sender, sent_at, text in _messages(lines):
        reading = read(text, sender, sent_at, roster, lexicon)
        yield json.dumps({"id": identity} | label(reading), ensure_ascii=False)


def understand_aloud(lines: Iterable[str], roster: Roster, lexicon: Lexicon, texts: Texts) -> Iterator[str]:
    """Read the same lines and yield lines for people: what was read from which words and why, and what was left out.

    Raises ValueError as `understand` does.
    """
    for identity, sender, sent_at, text in _messages(lines):
        title = f"{identity}  {sender or '(nobody known)'}  {sent_at:%Y-%m-%d %H:%M}"
        yield from explained(title, text, explain(text, sender, sent_at, roster, lexicon), texts)
        yield ""


def _messages(lines: Iterable[str]) -> Iterator[tuple[Any, str, datetime, str]]:
    """The messages of the input lines; blank lines are skipped."""
    return (_message(number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _message(number: int, line: str) -> tuple[Any, str, datetime, str]:
    """The fields of one input line."""
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {number}: is no JSON ({error.msg} at column {error.colno})") from error
    if not isinstance(data, dict):
        raise ValueError(f"line {number}: must be an object")  # noqa: TRY004
    for key in ("id", "sender", "sent_at", "text"):
        if key not in data:
            raise ValueError(f"line {number}: {key!r} is missing")
    for key in ("sender", "sent_at", "text"):
        if not isinstance(data[key], str):
            raise ValueError(f"line {number}: {key!r} must be a text")  # noqa: TRY004 - one kind of error for a bad line
    try:
        sent_at = datetime.fromisoformat(data["sent_at"])
    except ValueError as error:
        raise ValueError(f"line {number}: 'sent_at' is no ISO 8601 time") from error
    if sent_at.tzinfo is None:
        raise ValueError(f"line {number}: 'sent_at' needs a time zone, such as +08:00")
    return data["id"], data["sender"], sent_at, data["text"]
