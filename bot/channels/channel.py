"""What a channel is, and what it says when sending fails."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True)
class Outgoing:
    """One notice to be sent: into a `room`, or to an `address` in private. `notice_id` is the same when it is tried again."""

    notice_id: int
    room: str | None
    address: str | None
    text: str

    @property
    def conversation(self) -> str:
        """What a platform's limit counts by."""
        return f"room {self.room}" if self.room is not None else f"private {self.address}"


class SendError(Exception):
    """A sending failed. `reason` is one word for the row and the log; `retry` says whether another try may succeed, `after` when."""

    def __init__(self, reason: str, *, retry: bool, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry = retry
        self.after = after


class Channel(Protocol):
    """One platform. `per_minute` is how many messages a conversation may get in a minute; None: any number."""

    name: str
    per_minute: int | None

    async def send(self, outgoing: Outgoing) -> None:
        """Hand one notice to the platform; returns once it accepted, raises SendError where it did not."""
        ...
