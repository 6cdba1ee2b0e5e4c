"""What a gateway knows: contacts, rooms, messages, friendships, and what the bot did there. It outlives the gateway's process."""

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Item = dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """What the bot sent, the first with `seq` 1. `conversation` is a room or a contact; a message is a text, or a `file` with a `name`."""

    seq: int
    conversation: str
    text: str
    mentions: tuple[str, ...]
    file: bytes | None
    name: str
    id: str


def contact(id: str, name: str, *, alias: str = "", handle: str = "", friend: bool = False, type: int = 1) -> Item:  # noqa: A002
    """Somebody whom the account can see."""
    return {"id": id, "name": name, "alias": alias, "handle": handle, "friend": friend, "type": type}


@dataclass
class World:
    """The world as the gateway is told it, by id. The `journal` is written by the gateway, a line for everything that the bot did."""

    journal: Path
    contacts: dict[str, Item] = field(default_factory=dict)
    rooms: dict[str, Item] = field(default_factory=dict)
    messages: dict[str, Item] = field(default_factory=dict)
    friendships: dict[str, Item] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    recalled: list[str] = field(default_factory=list)
    _read: int = 0

    def put(self) -> dict[str, list[Item]]:
        """All of it, for a gateway that starts."""
        parts = {"contacts": self.contacts, "rooms": self.rooms, "messages": self.messages, "friendships": self.friendships}
        return {name: list(items.values()) for name, items in parts.items()}

    def catch_up(self, *, ended: bool = False) -> None:
        """Read what the bot did since. `ended`: the gateway is dead, so that a line without its end will never get one."""
        if not self.journal.exists():
            return
        with self.journal.open("r+b") as journal:
            journal.seek(self._read)
            for line in journal:
                if line.endswith(b"\n"):
                    self._read += len(line)
                    self._apply(json.loads(line))
            if ended:
                journal.truncate(self._read)

    def _apply(self, line: Item) -> None:
        match line["kind"]:
            case "sent":
                self._apply_sent(line["message"])
            case "accepted":
                self.accepted.append(line["id"])
                self.contacts[line["contact"]]["friend"] = True
            case "recalled":
                self.recalled.append(line["id"])
            case "alias":
                self.contacts[line["id"]]["alias"] = line["alias"]

    def _apply_sent(self, message: Item) -> None:
        self.messages[message["id"]] = message
        file = message.get("file")
        self.sent.append(
            Sent(
                seq=len(self.sent) + 1,
                conversation=message.get("roomId") or message["listenerId"],
                text=message["text"],
                mentions=tuple(message.get("mentionIdList", ())),
                file=base64.b64decode(file["base64"]) if file else None,
                name=file["name"] if file else "",
                id=message["id"],
            )
        )
