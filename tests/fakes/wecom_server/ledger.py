"""What the platform was asked for, what it shows to people, and what it dropped without a word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Card = dict[str, Any]
Channel = Literal["app", "appchat", "bot", "robot"]


@dataclass(frozen=True)
class Call:
    """One request or frame and what was answered; `answer` is None where nothing was."""

    at: datetime
    name: str
    query: Mapping[str, str]
    body: Any
    answer: dict[str, Any] | None
    fault: str = ""

    @property
    def errcode(self) -> int | None:
        """The code of the answer."""
        return None if self.answer is None else self.answer.get("errcode")


@dataclass
class Message:
    """What one person, or one chat, is shown. A stream or a card changes in place, as it does on the screen."""

    seq: int
    at: datetime
    channel: Channel
    sender: str
    to: str | None
    chat: str | None
    msgtype: str
    content: dict[str, Any]
    msgid: str = ""
    answers: str = ""
    finished: bool = True
    recalled: bool = False
    card: Card | None = None
    cards_of: dict[str, Card] = field(default_factory=dict)
    frames: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words that are read, those of a card line by line."""
        if self.card is not None:
            return words(self.card)
        if "content" in self.content:
            return str(self.content["content"])
        return "\n".join(str(self.content[key]) for key in ("title", "description") if self.content.get(key))

    def card_for(self, who: str) -> Card | None:
        """The card as one person sees it."""
        return self.cards_of.get(who, self.card)

    def update(self, card: Card, only: list[str] | None = None) -> None:
        """Replace the card, for everybody or for some people only."""
        if only is None:
            self.card = card
            self.cards_of.clear()
        else:
            self.cards_of.update(dict.fromkeys(only, card))


@dataclass(frozen=True)
class Dropped:
    """What the platform swallowed although it answered 0, or never delivered, and why."""

    at: datetime
    reason: str
    channel: str
    to: str
    body: Any


class Ledger:
    """Everything that happened, in order."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.messages: list[Message] = []
        self.dropped: list[Dropped] = []

    def show(self, at: datetime, channel: Channel, sender: str, msgtype: str, content: dict[str, Any], **where: Any) -> Message:
        """Show something to a person (`to`) or in a chat (`chat`)."""
        where = {"to": None, "chat": None, **where}
        card = content if msgtype == "template_card" else None
        message = Message(len(self.messages) + 1, at, channel, sender, msgtype=msgtype, content=content, card=card, **where)
        self.messages.append(message)
        return message

    def shown(self) -> Iterator[Message]:
        """What people still see."""
        return (message for message in self.messages if not message.recalled)


def words(card: Card) -> str:
    """What is written on a card, a line for each thing."""
    title, quote = card.get("main_title", {}), card.get("quote_area", {})
    lines = [title.get("title"), title.get("desc"), card.get("sub_title_text"), quote.get("title"), quote.get("quote_text")]
    lines += [f"{item.get('keyname', '')}：{item.get('value', '')}" for item in card.get("horizontal_content_list", [])]
    lines += [f"{item.get('title', '')}：{item.get('desc', '')}" for item in card.get("vertical_content_list", [])]
    return "\n".join(line for line in lines if line)
