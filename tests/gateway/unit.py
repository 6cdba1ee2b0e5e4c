"""The demo unit in WeChat groups behind a real gateway: a story that is told there as anywhere else."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from pydantic import SecretStr, TypeAdapter

from bot.bot import Bot
from bot.channels.channel import Outgoing, Sent, State
from bot.channels.settings import Channels, Wechaty
from bot.channels.wechaty.adapter import WechatyChannel
from bot.channels.wechaty.connection import Patience
from bot.channels.wechaty.wire import NAME
from bot.pace import Pace
from bot.settings import Organization, Settings
from bot.unit import build_receiver
from bot.web.written import written_down
from handlers.receive import Receiver
from models import inbox
from services.work import Work
from tests.gateway.gateway import Gateway, running_gateway
from tests.gateway.people import CHATROOM, account_of, chat_of, move_in, name_of, people_the_world
from tests.story import Heard, Story

HASTE = Patience(
    call=3.0,
    echo=0.3,
    sign=2.0,
    first_wait=0.02,
    longest_wait=0.1,
    refused_wait=0.05,
    unreached=1.0,
    taken=0.3,
)
SETTLE_SECONDS = 20.0
POLL = 0.005
SPAN = TypeAdapter(timedelta)
MENTION = re.compile(r"^@\S+\u2005")
CHAINED = re.compile(r"<(u|au)>([^<>]+)</")
"""Who wrote a line of a chain, or began it."""


def wechaty(gateway: Gateway, **keys: Any) -> Wechaty:
    """The settings of the channel."""
    return Wechaty(**{"enabled": True, "endpoint": gateway.endpoint, "token": SecretStr(gateway.token), "tls": False, **keys})


@cache
def receiver_of(unit: Organization) -> Receiver:
    """Reading the lexicon takes seconds, and it is the same for all stories. Rooms that are bound to nothing are strange to it."""
    channel = Wechaty(enabled=True, endpoint="127.0.0.1:1", token=SecretStr("-"), tls=False)
    return build_receiver(Settings(organization=unit, channels=Channels(wechaty=channel)))


class GatewayStory(Story):
    """People speak in WeChat, and read what the bot says there. Nothing waits for a human pace unless a story asks for it."""

    def __init__(self, settings: Settings, gateway: Gateway, *, patience: Patience = HASTE, paced: bool = False) -> None:
        super().__init__(settings)
        self.gateway = gateway
        self._patience = patience
        self._paced = paced
        self._came_in: Counter[str] = Counter()
        self._told: Counter[str] = Counter()
        self._sent: dict[str, tuple[datetime, str]] = {}

    async def open(self, bot: Bot | None = None) -> None:
        """Start the bot and its web server, and wait until it hears."""
        bot = bot or Bot(self.settings, receiver_of(self.settings.organization))
        channel = bot.channels[NAME]
        assert isinstance(channel, WechatyChannel)
        self.channel = channel
        channel._patience = self._patience
        if not self._paced:
            for sender in bot._senders:
                sender._pace = Pace(())
        await super().open(bot)
        self._watch()

    async def restart(self, **changes: Any) -> None:
        """Stop, and start again over the same database; the gateway goes on."""
        await super().restart(**changes)
        await self.online()

    def _watch(self) -> None:
        """Note what has come in, so that a story can wait for it; and when the bot said what, which the gateway does not tell."""
        intake = self.channel._listener.intake
        take = intake.message

        def message(message_id: str, at: datetime | None) -> None:
            self._came_in[message_id] += 1
            take(message_id, at)

        intake.message = message  # type: ignore[method-assign]
        send = self.channel.send

        async def sending(out: Outgoing) -> Sent:
            at = self.now()
            sent = await send(out)
            self._sent.update(dict.fromkeys(sent.platform_ids, (at, out.text)))
            return sent

        self.channel.send = sending  # type: ignore[method-assign]

    def now(self) -> datetime:
        """The time, by the bot's clock."""
        return self.bot.office.clock.now()

    async def online(self) -> None:
        """Wait until the account is logged in and the bot has looked around."""
        await self.until(lambda: self.channel.state is State.ONLINE)
        await self.settled()

    async def until(self, so: Callable[[], object], seconds: float = SETTLE_SECONDS) -> None:
        """Wait until something is so that happens beyond a socket."""
        async with asyncio.timeout(seconds):
            while not so():  # noqa: ASYNC110
                await asyncio.sleep(POLL)

    async def settled(self) -> None:
        """Whatever came in is stored, and what it leads to besides is done."""
        listener = self.channel._listener
        async with asyncio.timeout(SETTLE_SECONDS):
            await listener.intake.idle()
            await listener._stored()
            await listener._errands.finish()

    async def post(self, path: str, body: Any, status: int) -> dict[str, Any]:
        """What a story asks of the sandbox's clock and ears, where there is no sandbox."""
        raise AssertionError(f"{path} is not there: people speak in WeChat")

    async def later(self, span: str) -> None:
        """Time passes: an ISO 8601 duration."""
        await self.bot.move_clock(self.now() + SPAN.validate_python(span))

    async def at(self, time: str, day: str | None = None) -> None:
        """It becomes HH:MM, of the story's day or of another one, which then is the story's day."""
        self.day = day or self.day
        await self.bot.move_clock(datetime.fromisoformat(f"{self.day}T{time}:00+08:00"))

    async def say(self, who: str, text: str, room: str | None = None, **more: Any) -> str:
        """Somebody says something, and everything it leads to at once is done; the message's id."""
        sent_at = more.pop("sent_at", None)
        more |= {"type": 0} if more.pop("chain", False) else {}  # which the gateway has no number for
        at = self.now() if sent_at is None else datetime.fromisoformat(sent_at)
        chat = None if room is None else chat_of(room)
        await self._appear(who, chat)
        words = CHAINED.sub(lambda found: f"<{found[1]}>{account_of(found[2])}</", text)
        return await self.taken(await self.gateway.say(account_of(who), words, chat, at=at, **more))

    async def _appear(self, who: str, chat: str | None) -> None:
        """Who speaks has an account, and is in the chat. Whoever writes in private is a friend: nobody else can."""
        account, world = account_of(who), self.gateway._world
        if account not in world.contacts:
            await self.gateway.contact(account, who)
        if chat is not None and account not in world.rooms[chat]["members"]:
            await self.gateway.join(chat, account)

    async def recall(self, message_id: str) -> None:
        """Whoever said it takes it back."""
        said = self.gateway._world.messages[message_id]
        await self.taken(await self.gateway.recall(said["talkerId"], message_id, at=self.now()))

    async def taken(self, message_id: str) -> str:
        """A message was told of once more: wait until it was taken, and everything that it leads to at once is done; its id."""
        self._told[message_id] += 1
        await self.until(lambda: self._came_in[message_id] >= self._told[message_id])
        await self.settled()
        await self.later("PT0S")
        return message_id

    async def heard(self) -> list[Heard]:
        """Everything the bot said since the last `forget`, in order.

        What WeChat makes of it is undone: a mention reads as the name, where the bot's words begin with that; a picture, which comes as
        a message of its own, belongs to the text before it.
        """
        found: list[Heard] = []
        for sent in self.gateway.outbox():
            moment, words = self._sent.get(sent.id, (self.now(), ""))
            at = moment.astimezone(self.bot.office.unit.zone)
            in_room = sent.conversation.endswith(CHATROOM)
            room = sent.conversation.removesuffix(CHATROOM) if in_room else None
            one = Heard(sent.seq, at, room, None if in_room else name_of(sent.conversation), sent.text, sent.name or None)
            if one.image is not None and found and (found[-1].room, found[-1].to, found[-1].image) == (one.room, one.to, None):
                found[-1] = replace(found[-1], image=one.image)
                continue
            rest = MENTION.sub("", one.text)
            people = [self.bot.office.directory.speaker(NAME, account) for account in sent.mentions]
            called = len(rest) < len(one.text) and any(person is not None and words.startswith(person.name) for person in people)
            found.append(replace(one, text=words[: len(words) - len(rest)] + rest if called else rest))
        return found

    async def forget(self) -> None:
        """From now on only what is said later counts."""
        self.gateway.forget()

    async def record(self, message_id: str) -> dict[str, Any]:
        """What was written down from a message."""

        def ask(work: Work) -> dict[str, Any]:
            row = inbox.by_key(work.session, NAME, message_id)
            return {"stored": False, "records": [], "cases": []} if row is None else written_down(work, row)

        return await self.bot.office.read(ask)


@asynccontextmanager
async def told_in_wechat(
    settings: Settings,
    *,
    known: bool = True,
    bound: bool = True,
    aliases: Mapping[str, str] | None = None,
    handles: Mapping[str, str] | None = None,
    patience: Patience = HASTE,
    paced: bool = False,
    sandbox: bool = False,
    **keys: Any,
) -> AsyncIterator[GatewayStory]:
    """The unit, running, and its gateway. `keys` are settings of the channel."""
    story: GatewayStory
    started = False
    start = settings.clock.start
    assert start is not None

    def clock() -> datetime:
        return story.bot.office.clock.now() if started else start

    async with running_gateway(clock=clock, started=False) as gateway:
        names = move_in(settings, known=known, bound=bound, handles=handles)
        await people_the_world(gateway, names, aliases, handles)
        await gateway.start(logged_in=True)
        channels = settings.channels.model_copy(
            update={
                "sandbox": settings.channels.sandbox.model_copy(update={"enabled": sandbox}),
                "wechaty": wechaty(gateway, **keys),
            }
        )
        story = GatewayStory(settings.model_copy(update={"channels": channels}), gateway, patience=patience, paced=paced)
        await story.open()
        started = True
        try:
            await story.online()
            yield story
        finally:
            await story.close()
