"""The bot's own words, as they come back: whether something that was sent without an answer has arrived nevertheless. Pure.

Whatever the account says comes back as a message of its own. A send that timed out may still arrive, so that before it is tried again its
echo is looked for.
"""

import re
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

KEPT: Final = timedelta(minutes=30)
MOST: Final = 2000

_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Echo:
    at: datetime
    conversation: str
    words: str
    message_id: str


@dataclass(frozen=True, slots=True)
class _Doubt:
    at: datetime
    text: str
    words: str


class Echoes:
    """Remembers echoes for a while, each until a sending claims it. `words` are those of a text, or the name of a file."""

    def __init__(self) -> None:
        self._heard: deque[_Echo] = deque(maxlen=MOST)
        self._known: deque[str] = deque(maxlen=MOST)
        """Ids that sendings were answered with: their echoes are nobody else's."""
        self._nameless: deque[tuple[str, str]] = deque(maxlen=MOST)
        """Sendings that were answered without an id, whose echo is still to come."""
        self._doubts: dict[str, _Doubt] = {}

    def heard(self, conversation: str, words: str, message_id: str, at: datetime) -> None:
        """The account said something, here or on somebody's phone."""
        self._forget(at)
        key = (conversation, _plain(words))
        if message_id in self._known:
            return
        if key in self._nameless:
            self._nameless.remove(key)
            return
        self._heard.append(_Echo(at, *key, message_id))

    def answered(self, conversation: str, words: str, message_id: str) -> None:
        """A sending was answered; its echo is accounted for, whether it has come or not."""
        if not message_id:
            if self.claim(conversation, words) is None:
                self._nameless.append((conversation, _plain(words)))
            return
        self._known.append(message_id)
        self._heard = deque((echo for echo in self._heard if echo.message_id != message_id), maxlen=MOST)

    def doubt(self, key: str, text: str, words: str, at: datetime) -> None:
        """A sending, by its key, was not answered: what was to be said, and the words as they were sent."""
        self._doubts.setdefault(key, _Doubt(at, text, words))

    def doubted(self, key: str) -> bool:
        """Whether a sending was tried before and not answered."""
        return key in self._doubts

    def tried(self, key: str, text: str) -> str | None:
        """The words as they were sent before and not answered: today's name of whom they mention may be another one."""
        doubt = self._doubts.get(key)
        return None if doubt is None or doubt.text != text else doubt.words

    def settled(self, key: str) -> None:
        """It is known now."""
        self._doubts.pop(key, None)

    def claim(self, conversation: str, words: str) -> str | None:
        """The id of an echo of these words there that belongs to no other sending; None where there is none."""
        plain = _plain(words)
        for echo in self._heard:
            if echo.conversation == conversation and echo.words == plain:
                self._heard.remove(echo)
                return echo.message_id
        return None

    def _forget(self, now: datetime) -> None:
        while self._heard and now - self._heard[0].at > KEPT:
            self._heard.popleft()
        for key in [key for key, doubt in self._doubts.items() if now - doubt.at > KEPT]:
            del self._doubts[key]


def _plain(words: str) -> str:
    """Platforms change spaces, above all those behind a mention."""
    return _SPACES.sub(" ", words).strip()
