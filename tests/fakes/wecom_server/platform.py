"""The state of the platform, which REST, the long connection and the callbacks share."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.fakes.wecom_server.company import App, Company, Rules
from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.faults import Faults
from tests.fakes.wecom_server.ledger import Card, Channel, Dropped, Ledger, Message
from tests.fakes.wecom_server.windows import Windows

Now = Callable[[], datetime]


@dataclass
class Token:
    """An access token of one app."""

    app: App
    until: datetime
    revoked: bool = False


@dataclass(frozen=True)
class Media:
    """A temporary file; `owner` is who alone may use it, empty for everybody in the company."""

    kind: str
    name: str
    data: bytes
    until: datetime
    owner: str = ""


@dataclass(frozen=True)
class Picture:
    """What a person sent, encrypted as the bot downloads it."""

    name: str
    data: bytes
    until: datetime


@dataclass
class ResponseCode:
    """The right to change a card, once."""

    app: App
    messages: list[Message]
    until: datetime
    used: bool = False


@dataclass
class ResponseUrl:
    """The right to answer one callback later, once."""

    conversation: "Conversation"
    msgid: str
    until: datetime
    used: bool = False


@dataclass(frozen=True)
class Conversation:
    """Where an AI bot talks: in a group (`chat`), or with one person (`to`)."""

    chat: str | None
    to: str | None

    @property
    def key(self) -> str:
        """What pushing and the limits go by."""
        return self.chat if self.chat is not None else f"single {self.to}"


@dataclass
class AppChat:
    """A group that an app made."""

    app: App
    chatid: str
    name: str
    owner: str
    members: list[str]


class Platform:
    """Everything that the parts of the fake know in common. `base_url` is set once the server listens."""

    def __init__(self, company: Company, rules: Rules, now: Now) -> None:
        self.company = company
        self.rules = rules
        self.now = now
        self.ledger = Ledger()
        self.faults = Faults()
        self.windows = Windows()
        self.base_url = ""
        self.trusted_ips: frozenset[str] | None = None
        self.tokens: dict[str, Token] = {}
        self.medias: dict[str, Media] = {}
        self.pictures: dict[str, Picture] = {}
        self.response_codes: dict[str, ResponseCode] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.app_chats: dict[str, AppChat] = {}
        self.robots = {robot.key: robot.chat for robot in company.robots}
        self.met: set[str] = set()
        """The conversations in which somebody has talked to the AI bot."""
        self.sent: dict[str, tuple[App, datetime, list[Message]]] = {}
        self._repeats: dict[tuple[Any, ...], datetime] = {}
        self._task_ids: set[tuple[str, str]] = set()
        self._serial = count(7391825064417203355)

    def serial(self) -> int:
        """A number that no other thing has."""
        return next(self._serial)

    def user(self, who: Any) -> str:
        """The userid of somebody in the company; raises ValueError, for a person of a test must exist."""
        user = self.company.people.get(str(who).lower())
        if user is None:
            raise ValueError(f"{who!r} is nobody of this company")
        return user.userid

    def id_for_bot(self, userid: str) -> str:
        """What the AI bot knows a person by."""
        person = self.company.people[userid.lower()]
        return person.open_userid if self.company.bot.encrypted_ids and person.open_userid else userid

    def id_from_bot(self, name: str) -> str:
        """The userid of a person whom the AI bot names; what is nobody's comes back as it is."""
        return next((user.userid for user in self.company.users if self.id_for_bot(user.userid) == name), name)

    def app(self, agent_id: int | None = None) -> App:
        """An app by its id; the first one where none is named."""
        for app in self.company.apps:
            if agent_id in {None, app.agent_id}:
                return app
        raise ValueError(f"the company has no app {agent_id}")

    def add_media(self, kind: str, name: str, data: bytes, owner: str = "") -> dict[str, Any]:
        """Keep a temporary file; the answer that names it, whose time of making is a text."""
        media_id = f"media-{secrets.token_urlsafe(24)}"
        self.medias[media_id] = Media(kind, name, data, self.now() + self.rules.media_life, owner)
        return {"type": kind, "media_id": media_id, "created_at": str(int(self.now().timestamp()))}

    def has_media(self, owner: str) -> Callable[[str, str], bool]:
        """Tell whether `owner` may use a file of that kind now."""

        def has(media_id: str, kind: str) -> bool:
            media = self.medias.get(media_id)
            return media is not None and media.kind == kind and media.owner == owner and self.now() < media.until

        return has

    def claim_task(self, owner: str, card: Card) -> None:
        """A card's task id is used once by an app or a bot."""
        task_id = card.get("task_id")
        if task_id is None:
            return
        if (owner, task_id) in self._task_ids:
            raise RefusedError(42014)
        self._task_ids.add((owner, task_id))

    def repeated(self, key: tuple[Any, ...], span: timedelta) -> bool:
        """Whether the same was sent within that time; it is remembered now."""
        before = self._repeats.get(key)
        if before is not None and self.now() < before + span:
            return True
        self._repeats[key] = self.now()
        return False

    def show(self, channel: Channel, sender: str, msgtype: str, content: dict[str, Any], **where: Any) -> Message:
        """Show something to people."""
        return self.ledger.show(self.now(), channel, sender, msgtype, content, **where)

    def drop(self, reason: str, channel: str, to: str, body: Any) -> None:
        """Swallow something without a word."""
        self.ledger.dropped.append(Dropped(self.now(), reason, channel, to, body))
