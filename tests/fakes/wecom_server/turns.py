"""What the AI bot was called for and may answer: one turn for each callback, open for a while."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from tests.fakes.wecom_server.ledger import Message
from tests.fakes.wecom_server.platform import Conversation, Platform


class Kind(StrEnum):
    """What the bot was called for; each allows one kind of answer only."""

    MESSAGE = "message"
    ENTER = "enter_chat"
    PRESS = "template_card_event"
    FEEDBACK = "feedback_event"


@dataclass
class Stream:
    """An answer that grows."""

    message: Message
    since: datetime

    def grow(self, content: dict[str, Any]) -> None:
        """Put the next state in the place of the one before; a frame without words only finishes."""
        words = content.get("content", self.message.content.get("content", ""))
        self.message.content = {**self.message.content, **content, "content": words}
        self.message.finished = content.get("finish") is True
        self.message.frames.append(words)


@dataclass
class Turn:
    """One callback and what was answered to it so far."""

    kind: Kind
    conversation: Conversation
    who: str
    body: dict[str, Any]
    at: datetime
    card: Message | None = None
    req_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    answered: bool = False
    streams: dict[str, Stream] = field(default_factory=dict)

    @property
    def msgid(self) -> str:
        """The id of the message or event."""
        return str(self.body["msgid"])

    def waiting(self, platform: Platform) -> bool:
        """Whether the platform still counts it as in interaction: no finished answer, and not longer ago than a stream may last."""
        if platform.now() >= self.at + platform.rules.stream_window:
            return False
        return not self.answered or any(not stream.message.finished for stream in self.streams.values())


class Turns:
    """The turns of the AI bot, by the id that answers bear."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._turns: dict[str, Turn] = {}

    def open(self, turn: Turn) -> None:
        """A callback goes out; where it is a message, the bot may push into its conversation from now on."""
        self._turns[turn.req_id] = turn
        if turn.kind is Kind.MESSAGE:
            self._platform.met.add(turn.conversation.key)

    def get(self, req_id: str) -> Turn | None:
        """The turn that is answered."""
        return self._turns.get(req_id)

    def waiting_of(self, who: str) -> int:
        """How many messages of one person are in interaction."""
        mine = (turn for turn in self._turns.values() if turn.kind is Kind.MESSAGE and turn.who == who)
        return sum(turn.waiting(self._platform) for turn in mine)
