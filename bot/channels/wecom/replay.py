"""A guard against recorded deliveries that somebody plays again.

WeCom does not say whether a repeated delivery carries a signature of its own or the same one, so both must work:

- A delivery counts as taken only when it was answered with 200 (`taken`). The same signature after that is a replay; before that (it
  was answered with 503, or is still being handled) it is let in again, and the key of its message's id keeps it from counting twice.
- The signature stands for timestamp, nonce and content together. A nonce alone does not tell: WeCom draws it at random, and in busy
  minutes two deliveries may well draw the same.
- A repeat with a fresh signature is a delivery of its own here; the key of the message's id knows it.
"""

from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)
"""How old, or how far ahead of this machine's clock, a timestamp may be."""
AGE = "age"
"""Why a delivery is refused that is older or newer than that."""
CAPACITY = 100_000
"""How many signatures are remembered at most, some 15 MB. Only what WeCom signed and we took is, so nobody else can fill it."""


class ReplayGuard:
    """Remembers what was taken for as long as its timestamp would still pass. Has no clock: every question brings its `now`."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._half = max(1, capacity // 2)
        self._recent: set[str] = set()
        self._older: set[str] = set()
        self._since: datetime | None = None

    def problem(self, signature: str, timestamp: str, now: datetime) -> str | None:
        """Why a verified delivery is refused, in one word: `timestamp` is no number of seconds, AGE, or `repeated`; None: let it in."""
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):  # noqa: PLR2004  (the year 33658)
            return "timestamp"
        if abs(now.timestamp() - int(timestamp)) > WINDOW.total_seconds():
            return AGE
        return "repeated" if signature in self._recent or signature in self._older else None

    def taken(self, signature: str, now: datetime) -> None:
        """The delivery is being answered with 200: from now on it is known."""
        # A timestamp passes for two windows at the longest; whatever is in the older set was taken at least that long before it goes.
        if self._since is None or now - self._since >= 2 * WINDOW or len(self._recent) >= self._half:
            self._older, self._recent, self._since = self._recent, set(), now
        self._recent.add(signature)
