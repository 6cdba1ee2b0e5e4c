"""What a platform's own timestamps tell of this machine's clock, which may be so wrong that nothing that comes is taken."""

import time
from collections.abc import Callable, Collection
from datetime import timedelta
from functools import partial

from bot.channels.wecom.replay import WINDOW
from models.clock import Clock, ManualClock


def passed_beside(clock: Clock) -> Callable[[], float]:
    """What counts the seconds that pass whatever the clock is set to, sleep included where the system counts it.

    Beside a clock that is moved by hand time passes when it is moved.
    """
    if isinstance(clock, ManualClock):
        return lambda: clock.now().timestamp()
    return partial(time.clock_gettime, time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic


class PlatformTime:
    """Compares this machine's clock with what platforms have signed.

    What is signed was signed now or before. So one that is refused and is older than others have shown the time to be is a recording
    that somebody plays again, and says nothing; `passed` tells what time it is there until the next one.
    """

    def __init__(self, clock: Clock, passed: Callable[[], float]) -> None:
        self._clock = clock
        self._passed = passed
        self._moment: float | None = None
        """The platform's time, in seconds since 1970, less the seconds that had passed then."""
        self._refused: set[str] = set()

    def heard(self, channel: str, signed_at: float, *, refused: bool) -> None:
        """A delivery was signed then (seconds since 1970) and is taken, or refused for its age."""
        ahead = self.ahead()
        if refused and ahead is not None and self._clock.now().timestamp() - signed_at > (ahead + WINDOW).total_seconds():
            return
        self._moment = signed_at - self._passed()
        (self._refused.add if refused else self._refused.discard)(channel)

    def ahead(self) -> timedelta | None:
        """How far this machine's clock is ahead, less than nothing where it is behind; None before anything came."""
        if self._moment is None:
            return None
        return timedelta(seconds=self._clock.now().timestamp() - self._moment - self._passed())

    def off(self) -> timedelta | None:
        """The same while what comes is refused for it, else None. Whoever sets the clock has mended it, without a new delivery."""
        ahead = self.ahead()
        return ahead if ahead is not None and self._refused and abs(ahead) > WINDOW else None

    def refusing(self) -> Collection[str]:
        """The channels on which nothing is taken now."""
        return self._refused if self.off() is not None else frozenset()
