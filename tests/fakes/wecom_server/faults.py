"""Being told to fail: what goes wrong, where, and how often."""

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One failure of an endpoint (`message/send`), a command (`aibot_send_msg`) or a delivery (`aibot_msg_callback`)."""

    errcode: int | None = None
    status: int | None = None
    malformed: bool = False
    silent: bool = False
    close: int | None = None
    accepted: bool = False
    delay: float = 0.0

    @property
    def only_slow(self) -> bool:
        """Whether everything is done and answered as usual, but late."""
        return not (self.errcode is not None or self.status or self.malformed or self.silent or self.close)

    @property
    def does_the_work(self) -> bool:
        """Whether the platform does what it was asked for, whatever it answers."""
        return self.accepted or self.only_slow


class Faults:
    """The failures that are still to come, by name, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[tuple[Fault, int | None]]] = defaultdict(list)

    def add(self, name: str, fault: Fault, times: int | None) -> None:
        """Fail that often; None: until it works again."""
        self._waiting[name].append((fault, times))

    def clear(self, name: str | None = None) -> None:
        """It works again: one thing, or everything."""
        if name is None:
            self._waiting.clear()
        else:
            self._waiting.pop(name, None)

    def take(self, name: str) -> Fault | None:
        """The failure of this call, if it is to fail."""
        waiting = self._waiting[name]
        if not waiting:
            return None
        fault, times = waiting[0]
        if times is not None:
            waiting[0] = (fault, times - 1)
            if times <= 1:
                waiting.pop(0)
        return fault
