"""The same words to the same person: sent twice by mistake, or meant twice? Pure but for its own memory."""

from datetime import datetime, timedelta
from typing import NamedTuple


class _Said(NamedTuple):
    key: str
    at: datetime
    checked: bool


class Repeats:
    """Decides whether the platform is asked to drop a message that it has seen before: it compares the words, and not what they are for.

    A message whose answer was lost goes again with the check and arrives once. Words that another message said within `span` are meant
    twice; they go without it, for rather twice than never.
    """

    def __init__(self, span: timedelta) -> None:
        self._span = span
        self._said: dict[tuple[str, int], _Said] = {}

    def check(self, key: str, address: str, words: str, now: datetime) -> bool:
        """Whether to ask for the check; `key` is the same where a message is tried again, and so is the answer then."""
        place = (address, hash(words))
        before = self._said.pop(place, None)
        if before is not None and now - before.at >= self._span:
            before = None
        checked = before is None or (before.key == key and before.checked)
        self.note(key, address, words, now, checked=checked)
        return checked

    def note(self, key: str, address: str, words: str, at: datetime, *, checked: bool = True) -> None:
        """Words were said, perhaps before the bot was started."""
        while self._said:  # the oldest first
            oldest = next(iter(self._said))
            if at - self._said[oldest].at < self._span:
                break
            del self._said[oldest]
        self._said[address, hash(words)] = _Said(key, at, checked)
