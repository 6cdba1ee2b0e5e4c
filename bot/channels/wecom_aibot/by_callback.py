"""The AI bot by callbacks: WeCom posts what mentions it; it can only answer, each message once, at the address that came with it."""

from datetime import timedelta
from typing import Any, Final

from bot.channels.channel import Door, Limit, Outgoing, SendError, Sent, State
from bot.channels.reception import Reception
from bot.channels.splitting import split
from bot.channels.wecom import cards
from bot.channels.wecom.callback import CallbackError, read_json
from bot.channels.wecom.errors import WeComError
from bot.channels.wecom.rest import Rest
from bot.channels.wecom_aibot import bodies, incoming
from bot.channels.wecom_aibot.bodies import LIMITS, MAX_BYTES
from bot.channels.wecom_aibot.incoming import NAME
from bot.channels.wecom_aibot.introduction import ASKED_SECONDS, Identify, Introduction
from bot.channels.wecom_aibot.wire import Callback
from models.capabilities import Capabilities, Hears, Push

CAPABILITIES: Final = Capabilities(hears=Hears.MENTIONS, private=True, rooms=Push.IN_REPLY, people=Push.IN_REPLY, buttons=True)
ANSWER_WITHIN: Final = timedelta(hours=1)
"""How long the address that came with a message is good for."""
ADDRESS_USED: Final = 60140
AT_ONCE: Final = timedelta(seconds=1)
CUT: Final = "…"
SCHEMES: Final = ("https://", "http://")


class CallbackChannel:
    """Accounts are userids, rooms the ids of group chats, letter for letter."""

    name = NAME
    capabilities = CAPABILITIES
    limits: tuple[Limit, ...] = LIMITS
    max_bytes: int | None = None
    """A message can be answered once, so that nothing goes in parts."""

    def __init__(self, identify: Identify | None = None, *, busy_seconds: float = 0.5) -> None:
        self._identify = identify
        self._rest = Rest("", busy_seconds=busy_seconds)
        self._in_doubt: set[tuple[str, str]] = set()
        """Notices and the addresses at which they may have arrived: no answer came."""

    @property
    def state(self) -> State:
        """Nothing is kept open, so that nothing can break."""
        return State.ONLINE

    async def start(self, door: Door) -> None:
        """Be ready to answer; the web server listens."""
        self._door = door
        self._introduction = Introduction(door, self._identify, asked_seconds=ASKED_SECONDS)
        self._reception = Reception(NAME, door, self._introduction)
        await self._rest.open()

    async def stop(self) -> None:
        """Close every connection."""
        await self._reception.stop()
        await self._rest.close()

    async def take(self, opened: bytes) -> dict[str, Any] | None:
        """A message or an event, and what is answered at once: a greeting, or the pressed card as it stands now."""
        try:
            callback = Callback.model_validate(read_json(opened))
        except ValueError:  # what it repeats may be what somebody said
            raise CallbackError(400, "message") from None
        if callback.enters:
            await self._introduction.of(callback.sender.userid)
            return bodies.text(await self._door.welcome(NAME, callback.sender.userid))
        url = callback.response_url
        reply_to = url if url is not None and url.startswith(SCHEMES) else None
        message = incoming.message(callback, self._door.now(), reply_to, ANSWER_WITHIN)
        if message is None:
            return None
        if callback.press is None:
            await self._reception.receive(message)
            return None
        if not await self._reception.keep(message):  # a press is delivered once
            raise SendError("not_stored", retry=True)
        card = await self._door.card(callback.press.task_id, NAME, message.account)
        return None if card is None else bodies.update(card, message.account)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Answer a message, at its address."""
        if outgoing.reply_to is None:
            raise SendError("no_way_in", retry=False, tried=False)
        doubt = (outgoing.key, outgoing.reply_to)
        try:
            await self._rest.call("POST", outgoing.reply_to, json=_content(outgoing))
        except WeComError as error:
            if error.code == ADDRESS_USED and doubt not in self._in_doubt:
                raise SendError(error.reason, retry=True, after=AT_ONCE, reply_used=True) from None
            if error.code != ADDRESS_USED:
                if not error.answered:
                    self._in_doubt.add(doubt)
                raise
        self._in_doubt.discard(doubt)
        return Sent(reply_used=True)


def _content(outgoing: Outgoing) -> dict[str, Any]:
    """A card where one person is talked to and all of it is shown; else the text, of which the end is missing where it is too long."""
    if outgoing.card is not None and outgoing.room is None and cards.fits(outgoing.card, cards.OF_BOT):
        return bodies.template_card(outgoing.card)
    first, *rest = split(outgoing.text, MAX_BYTES - len(CUT.encode()), counted=False)
    return bodies.markdown(first + CUT if rest else first)
