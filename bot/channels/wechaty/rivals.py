"""Other programs at a gateway, which lets one listen at a time: when to send one away, and when nothing but a human helps. Pure.

Our own last connection often stands for a while after it broke, and looks like another program. To send away is to log the account out,
and whoever is sent away comes back: two programs that do so to each other log it out for ever. Hence it is done late, once, and never to
a program that is known to be alive.
"""

from typing import Final

from bot.channels.wechaty.rpc import TAKEN_OVER

ENDED: Final = "ended"
"""Why a connection ended whose stream the gateway closed in good order: another program had us sent away, or the gateway was stopped."""


class Rivals:
    """Whoever else may listen. The spans and moments are in seconds of the machine's own clock.

    `taken`: so long another one may listen until it is sent away; `take_again`: so long after that no one else is.
    """

    def __init__(self, taken: float, take_again: float) -> None:
        self._taken = taken
        self._take_again = take_again
        self._there_since: float | None = None
        self._took_at: float | None = None
        self._alive = False
        """It has sent us away, or has come back: nothing that was left over."""

    def gone(self) -> None:
        """The place is ours."""
        self._there_since, self._alive = None, False

    def to_send_away(self, end: str, now: float) -> bool:
        """Our connection has ended; whether somebody is there whom we send away now."""
        if end != TAKEN_OVER:
            self._there_since = None
            self._alive = self._alive or end == ENDED
            return False
        if self._there_since is None:
            self._there_since = now
        if self._alive or self._lately(now) or now - self._there_since < self._taken:
            return False
        self._took_at, self._alive = now, True
        return True

    def stays(self, now: float) -> bool:
        """Whether somebody is there whom we do not send away, however long we wait."""
        if self._there_since is None or now == self._took_at:
            return False
        return self._alive or (self._lately(now) and now - self._there_since >= self._taken)

    def _lately(self, now: float) -> bool:
        return self._took_at is not None and now - self._took_at < self._take_again
