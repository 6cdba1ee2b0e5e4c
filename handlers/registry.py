"""Every kind of message, in the order in which it is handled. A new kind is one file and one line here.

The order matters: what is taken back goes before what is written anew; a group report comes after the check-ins of its exceptions,
so that it does not cover them; a hardship comes when everything else of the message is safe; last what could not be read.
"""

from collections.abc import Callable
from dataclasses import dataclass

from handlers import group_report, hardship, health, idea, leave, report, retract, stand_in, unread
from handlers.incoming import Incoming
from models.reading import Reading


@dataclass(frozen=True)
class Handler:
    """One kind of message: `wants` looks at the reading, `handle` acts on it and returns the lines of the sender's receipt."""

    name: str
    wants: Callable[[Reading], bool]
    handle: Callable[[Incoming], list[str]]


HANDLERS: tuple[Handler, ...] = (
    Handler("retract", retract.wants, retract.handle),
    Handler("health", health.wants, health.handle),
    Handler("leave", leave.wants, leave.handle),
    Handler("stand_in", stand_in.wants, stand_in.handle),
    Handler("group_report", group_report.wants, group_report.handle),
    Handler("report", report.wants, report.handle),
    Handler("idea", idea.wants, idea.handle),
    Handler("hardship", hardship.wants, hardship.handle),
    Handler("unread", unread.wants, unread.handle),
)
