"""An ordinary WeChat account: it hears every word in its rooms, and speaks at a human pace."""

import asyncio
from typing import Final

from bot.channels.channel import NOT_A_FRIEND, Door, Limit, Outgoing, SendError, Sent, State
from bot.channels.settings import Wechaty
from bot.channels.wechaty import files, outgoing
from bot.channels.wechaty.connection import SOON, Connection, Patience
from bot.channels.wechaty.echoes import Echoes
from bot.channels.wechaty.listener import Listener
from bot.channels.wechaty.login import Login
from bot.channels.wechaty.pace import limits
from bot.channels.wechaty.rpc import LOST, REFUSED, TIMEOUT, GatewayError, Rpc, trust
from bot.channels.wechaty.wire import NAME
from models.capabilities import Capabilities, Hears, Push
from services.office import Office

CAPABILITIES: Final = Capabilities(
    hears=Hears.EVERYTHING, private=True, rooms=Push.ALWAYS, people=Push.AFTER_TALK, strangers=True, images=True
)
"""In private only friends can be written to; whoever is one counts as talked to."""
CAUGHT_UP_SECONDS: Final = 10.0
POLL_SECONDS: Final = 0.05


class WechatyChannel:
    """Accounts are the gateway's ids of contacts, rooms its ids of rooms, letter for letter."""

    name = NAME
    capabilities = CAPABILITIES
    max_bytes: int | None = outgoing.MAX_BYTES

    def __init__(self, settings: Wechaty, office: Office, patience: Patience | None = None) -> None:
        self.limits: tuple[Limit, ...] = limits(settings)
        self.login = Login(office.clock.now)
        self._settings = settings
        self._office = office
        self._patience = patience or Patience()
        self._echoes = Echoes()

    @property
    def state(self) -> State:
        """Whether the gateway is reached and the account is logged in."""
        return self.login.state

    async def start(self, door: Door) -> None:
        """Begin to connect; the gateway is tried again until it can be reached."""
        self._door = door
        self._tls = trust(self._settings.tls_ca_file) if self._settings.tls else None
        self._connection = Connection(self._dial, self._patience)
        self._listener = Listener(door, self._connection, self.login, self._echoes, self._office.unit.bot_name)
        self._listener.start()
        self._connection.start(self._listener)

    async def stop(self) -> None:
        """Hang up, and hand over what was heard. The account stays logged in."""
        await self._listener.stop()
        await self._connection.stop()  # which ends what asks it for names
        await self._listener.finish()

    async def send(self, out: Outgoing) -> Sent:
        """Say something. What was sent before and not answered is looked for among the account's own words first."""
        rpc = self._connection.rpc()
        if self.login.state is not State.ONLINE:
            raise SendError("logged_out", retry=True, after=SOON, tried=False)
        conversation = out.room or out.address or ""
        words = self._echoes.tried(out.key, out.text) or await self._words(out)
        if self._echoes.doubted(out.key):
            await self._catch_up()
            arrived = self._echoes.claim(conversation, words)
            if arrived is not None:
                return self._arrived(out, arrived)
        try:
            if out.image is not None:
                message_id = await rpc.send_file(conversation, await files.box(rpc, out.image))
            else:
                message_id = await rpc.send_text(conversation, words, [] if out.mention is None else [out.mention])
        except asyncio.CancelledError:  # the sender has waited for long enough
            self._echoes.doubt(out.key, out.text, words, self._door.now())
            raise
        except GatewayError as error:
            if error.reason in (TIMEOUT, LOST):
                arrived = await self._echo(out, conversation, words)
                if arrived is not None:
                    return self._arrived(out, arrived)
            if error.reason == REFUSED and out.room is None and not await _is_friend(rpc, conversation):
                raise SendError(NOT_A_FRIEND, retry=False) from None
            raise
        self._echoes.answered(conversation, words, message_id)
        return self._arrived(out, message_id)

    def _arrived(self, out: Outgoing, message_id: str) -> Sent:
        self._echoes.settled(out.key)
        return Sent((message_id,) if message_id else ())

    async def _words(self, out: Outgoing) -> str:
        """The text as WeChat shows it, with a mention of whom it is for; of a picture its name."""
        if out.image is not None:
            return files.name(out.image)
        text = outgoing.plain(out.text)
        if out.mention is None or out.room is None:
            return text
        person = self._office.directory.speaker(NAME, out.mention)
        called = await self._listener.people.called(out.room, out.mention)
        return outgoing.mentioning(text, "" if person is None else person.name, called) if called else text

    async def _echo(self, out: Outgoing, conversation: str, words: str) -> str | None:
        """The id under which something arrived that was not answered, if its echo comes soon."""
        self._echoes.doubt(out.key, out.text, words, self._door.now())
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience.echo
        while self._connection.ready and loop.time() < until:
            arrived = self._echoes.claim(conversation, words)
            if arrived is not None:
                return arrived
            await asyncio.sleep(POLL_SECONDS)
        return None

    async def _catch_up(self) -> None:
        try:
            async with asyncio.timeout(CAUGHT_UP_SECONDS):
                await self._listener.caught_up()
        except TimeoutError:
            raise SendError("echo_awaited", retry=True, after=SOON, tried=False) from None

    def _dial(self) -> Rpc:
        token = self._settings.token.get_secret_value() if self._settings.token else ""
        return Rpc(self._settings.endpoint or "", token, self._tls, self._settings.tls_name, self._patience.call)


async def _is_friend(rpc: Rpc, account: str) -> bool:
    """Whether an account can be written to; taken for granted where that cannot be found out."""
    try:
        return (await rpc.contact(account)).friend
    except GatewayError:
        return True
