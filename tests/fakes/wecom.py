"""A fake WeCom: one local server that behaves like the platform, and the people who use it.

    async with FakeWeCom(company, now=clock.now) as fake:
        ...  # point the bot at fake.base_url (api_base) and fake.ws_url
        await fake.mention("lisi", "wr-demo-chat", "@小微 36.5 正常")
        await fake.until(lambda: fake.seen_in("wr-demo-chat"))

Set-up       `Company` (people, apps, bot, robots) and `Rules` (the platform's numbers) in wecom_server/company.py. `now` is the
             platform's clock: windows and expiries go by it. Only a connection's heartbeat and the time that the bot's own server
             is given go by real seconds, both set in `Rules`.
Where        `base_url` (before /cgi-bin/…), `ws_url`. `stop` and `start` again: an outage, on the same port.
People       `mention`, `private`, `press`, `enter_chat`, `rate` for the AI bot: over the long connection, or to the address given to
             `use_callback`. What is said: a text, or the fields of `Said` (mixed, voice, image, file, video, quote; `fields` for what the
             platform may add). `send_frame` sends the bot any frame at all.
             `app_verify`, `app_says`, `app_sends`, `app_event`, `app_press` for an app: always to the address given with the call.
             Common: `msgid` (a fixed one is a repeat), `at` (when it was said), `copies` (delivered so often), `forgery`.
             `hold` and `release` keep callbacks of the long connection back and deliver them in another order.
             Each returns what became of it: a `Delivery`, or the `Answer` of the bot's server.
What is seen `seen_by` (private chats), `seen_in` (groups), `picture` (the file that a message shows), `cards`, `dropped` (swallowed
             without a word), `calls` (every request and frame, with its answer). A `Message` changes in place: a stream grows, a card
             is replaced.
Trouble      `fail(name, …)` for an endpoint (message/send), a command (aibot_send_msg) or a delivery (aibot_msg_callback,
             aibot_event_callback); `works` ends it. `expire_token`, `revoke_token`, `trust_only`, `remove_robot`, `remove_bot`,
             `expire_media`, `drop_connection`, `lose_subscription`.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Self

from aiohttp import web

from tests.fakes.wecom_server.app_callbacks import AppPeople
from tests.fakes.wecom_server.callbacks import Answer, Caller, Forgery
from tests.fakes.wecom_server.company import Company, Rules
from tests.fakes.wecom_server.ledger import Message
from tests.fakes.wecom_server.people import Delivery, People
from tests.fakes.wecom_server.platform import Platform
from tests.fakes.wecom_server.rest.server import Rest
from tests.fakes.wecom_server.said import Said
from tests.fakes.wecom_server.sight import Sight
from tests.fakes.wecom_server.socket import Line
from tests.fakes.wecom_server.trouble import Trouble
from tests.fakes.wecom_server.turns import Turns

LOOK_SECONDS = 0.005
UNTIL_SECONDS = 60.0
"""How long something may take that should happen at once: only a test that fails waits so long."""


class FakeWeCom(Sight, Trouble):
    """The platform and its people. `monotonic` measures the silence of a connection."""

    def __init__(
        self,
        company: Company | None = None,
        *,
        rules: Rules | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.company = company or Company()
        self.rules = rules or Rules()
        self._platform = Platform(self.company, self.rules, now)
        self._turns = Turns(self._platform)
        self._line = Line(self._platform, self._turns, monotonic)
        self._caller = Caller(self._platform)
        self._people = People(self._platform, self._turns, self._line, self._caller)
        self._app_people = AppPeople(self._platform, self._caller)
        self._port = 0

    async def start(self) -> None:
        """Listen on a free port, or on the one of before."""
        self._rest = Rest(self._platform)
        app = web.Application(client_max_size=64 * 1024 * 1024)
        self._rest.add_routes(app)
        app.router.add_get("/", self._line.serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self._platform.base_url = self.base_url
        await self._caller.start()

    async def stop(self) -> None:
        """Go down; what people saw stays."""
        self._rest.stopping.set()
        await self._line.stop()
        await self._caller.stop()
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        """The address of the HTTP interfaces, without a slash at its end."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def ws_url(self) -> str:
        """The address of the long connection."""
        return f"ws://127.0.0.1:{self._port}/"

    @property
    def connected(self) -> bool:
        """Whether the AI bot is subscribed."""
        return self._line.live is not None

    async def until(self, true: Callable[[], Any], seconds: float = UNTIL_SECONDS) -> None:
        """Wait until something has become true; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110  (what is waited for happens on both sides of a socket)
                await asyncio.sleep(LOOK_SECONDS)

    # What people do in front of the AI bot.

    async def mention(
        self,
        who: str,
        chat: str,
        text: str = "",
        *,
        msgid: str | None = None,
        at: datetime | None = None,
        copies: int = 1,
        forgery: Forgery = "",
        **said: Any,
    ) -> Delivery:
        """Say something with an @ in a group; the text holds the @ as it is typed."""
        return await self._people.speak(who, chat, Said(text, **said), msgid=msgid, at=at, copies=copies, forgery=forgery)

    async def private(
        self,
        who: str,
        text: str = "",
        *,
        msgid: str | None = None,
        at: datetime | None = None,
        copies: int = 1,
        forgery: Forgery = "",
        **said: Any,
    ) -> Delivery:
        """Say something to the bot in private."""
        return await self._people.speak(who, None, Said(text, **said), msgid=msgid, at=at, copies=copies, forgery=forgery)

    async def press(
        self, who: str, card: Message, key: str, *, selected: Mapping[str, list[str]] | None = None, copies: int = 1, forgery: Forgery = ""
    ) -> Delivery:
        """Press something on a card of the bot; `selected` are the options chosen, by question."""
        return await self._people.press(who, card, key, selected or {}, copies, forgery)

    async def enter_chat(self, who: str) -> Delivery:
        """Open the private chat with the bot."""
        return await self._people.enter(who)

    async def rate(self, who: str, message: Message, kind: int = 1, content: str = "", reasons: Sequence[int] = ()) -> Delivery:
        """Rate an answer of the bot that asks for it: 1 good, 2 not, 3 taken back."""
        return await self._people.rate(who, message, kind, content, list(reasons))

    async def refresh(self, delivery: Delivery) -> Answer:
        """In callback mode: ask once for the next state of an unfinished stream."""
        return await self._people.refresh(delivery)

    async def use_callback(self, url: str | None) -> Answer | None:
        """Switch the bot to callback mode, if the address proves itself, which ends its long connection; None switches back."""
        answer = None
        if url is not None:
            answer = await self._caller.verify(url, self._caller.keys_of_bot())
            if answer.error:
                return answer
            self._line.close(self.rules.kick_code)
        self._people.url = url
        self._line.url_mode = url is not None
        return answer

    def meet(self, *conversations: str) -> None:
        """As if somebody had talked to the bot before: the ids of groups, or of people in private."""
        people = self.company.people
        self._platform.met |= {f"single {people[one.lower()].userid}" if one.lower() in people else one for one in conversations}

    def hold(self) -> None:
        """Keep callbacks of the long connection back from now on."""
        self._line.hold()

    async def release(self, order: Sequence[int] | None = None) -> None:
        """Deliver what was kept back, in its order or in another one (places from 0)."""
        await self._line.release(order)

    async def send_frame(self, frame: Mapping[str, Any]) -> None:
        """Send the bot a frame that the platform has no reason to send."""
        await self._line.send(dict(frame))

    # What people do in front of an app.

    async def app_verify(self, url: str, *, agent_id: int | None = None, forgery: Forgery = "") -> Answer:
        """Save the address of an app's server in the console, which asks it for an echo."""
        return await self._caller.verify(url, self._caller.keys_of(self._platform.app(agent_id)), forgery)

    async def bot_verify(self, url: str, *, forgery: Forgery = "") -> Answer:
        """Ask the AI bot's server for an echo, without switching to it."""
        return await self._caller.verify(url, self._caller.keys_of_bot(), forgery)

    async def app_says(self, url: str, who: str, text: str, **how: Any) -> Answer:
        """Write to the app; `how` as in `app_sends`."""
        return await self.app_sends(url, who, "text", {"Content": text}, **how)

    async def app_sends(
        self,
        url: str,
        who: str,
        kind: str,
        fields: Mapping[str, Any],
        *,
        agent_id: int | None = None,
        msgid: int | None = None,
        at: datetime | None = None,
        copies: int = 1,
        forgery: Forgery = "",
    ) -> Answer:
        """Send the app a message of any kind, with the fields of the kind as they stand in the XML."""
        app = self._platform.app(agent_id)
        return await self._app_people.say(url, who, app, kind, fields, msgid=msgid, at=at, copies=copies, forgery=forgery)

    async def app_event(
        self,
        url: str,
        who: str,
        name: str,
        fields: Mapping[str, Any] | None = None,
        *,
        agent_id: int | None = None,
        at: datetime | None = None,
        copies: int = 1,
        forgery: Forgery = "",
    ) -> Answer:
        """Do something with the app that is no message: subscribe, enter_agent and others."""
        app = self._platform.app(agent_id)
        return await self._app_people.event(url, who, app, name, fields or {}, at=at, copies=copies, forgery=forgery)

    async def app_press(
        self,
        url: str,
        who: str,
        card: Message,
        key: str,
        *,
        selected: Mapping[str, list[str]] | None = None,
        at: datetime | None = None,
        copies: int = 1,
        forgery: Forgery = "",
    ) -> Answer:
        """Press something on a card of the app."""
        return await self._app_people.press(url, who, card, key, selected or {}, at=at, copies=copies, forgery=forgery)
