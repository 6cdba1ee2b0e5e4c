"""The pace of an ordinary account: what a person could have typed. WeChat blocks an account that floods."""

from datetime import timedelta

from bot.channels.channel import Limit
from bot.channels.settings import Wechaty

_MINUTE = timedelta(minutes=1)


def limits(settings: Wechaty) -> tuple[Limit, ...]:
    """So many messages a minute for one chat and for all, about a quarter of them for alerts, and a pause after each message."""
    room, all_rooms, jitter = settings.per_room, settings.per_minute, settings.jitter
    return (
        Limit(room, _MINUTE, reserved=_reserved(room), jitter=jitter),
        Limit(all_rooms, _MINUTE, reserved=_reserved(all_rooms), whole=True, jitter=jitter),
        Limit(1, settings.pause, whole=True, jitter=jitter),
    )


def _reserved(count: int) -> int:
    return max(count // 4, 1) if count > 1 else 0
