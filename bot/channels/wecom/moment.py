"""When something was said, as far as the platform can be believed. Pure."""

from datetime import UTC, datetime, timedelta
from typing import Final

DELIVERED_WITHIN: Final = timedelta(days=1)


def said_at(seconds: int | None, now: datetime) -> datetime:
    """The moment of so many seconds since 1970. Where none is told, or one that is days away, it is now: nothing is delivered so late."""
    try:
        moment = now if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return now
    return moment if abs(moment - now) < DELIVERED_WITHIN else now
