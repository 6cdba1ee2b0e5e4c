"""The AI bot over the long connection: it hears what mentions it, answers, and speaks wherever it was spoken to."""

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any, Final

import structlog

from bot.channels.channel import Door, Limit, Outgoing, Sent, State
from bot.channels.errands import Errands
from bot.channels.reception import Reception
from bot.channels.splitting import split
from bot.channels.wecom import cards, pictures
from bot.channels.wecom.errors import Policy, WeComError
from bot.channels.wecom_aibot import bodies, incoming
from bot.channels.wecom_aibot.bodies import LIMITS, MAX_BYTES
from bot.channels.wecom_aibot.connection import Connection, Patience
from bot.channels.wecom_aibot.incoming import NAME
from bot.channels.wecom_aibot.introduction import ASKED_SECONDS, Identify, Introduction
from bot.channels.wecom_aibot.upload import upload
from bot.channels.wecom_aibot.wire import Callback, Press
from models.capabilities import Capabilities, Hears, Push
from models.message import Message
from services.cards import Card

log = structlog.get_logger()

CAPABILITIES: Final = Capabilities(
    hears=Hears.MENTIONS, private=True, rooms=Push.AFTER_TALK, people=Push.AFTER_TALK, buttons=True, images=True
)
ANSWER_WITHIN: Final = timedelta(minutes=10)
"""How long an answer still belongs under its message; WeCom would take it for a day."""
GROUP, SINGLE = 2, 1
REPLY_CLOSED: Final = 846605
STREAM_FINISHED: Final = 846608
CARD_REPEATED: Final = 42014
PUT_OUT: Final = frozenset({93004, 93006, 93008})
"""Somebody removed the bot from a group, or turned it off there."""


class SocketChannel:
    """Accounts are userids, rooms the ids of group chats, letter for letter."""

    name = NAME
    capabilities = CAPABILITIES
    limits: tuple[Limit, ...] = LIMITS
    max_bytes: int | None = MAX_BYTES

    def __init__(self, url: str, bot_id: str, secret: str, identify: Identify | None = None, patience: Patience | None = None) -> None:
        self._url = url
        self._credentials = {"bot_id": bot_id, "secret": secret}
        self._identify = identify
        self._patience = patience or Patience()
        self._errands = Errands(NAME)
        self._in_doubt: set[str] = set()
        """The notices whose card may have arrived: no acknowledgement came."""
        self._said: set[str] = set()
        """The notices whose text went out, and whose card is still to go."""
        self._closed: set[str | None] = set()
        """The groups that put the bot out, of which the duty officers were told."""

    @property
    def state(self) -> State:
        """Whether WeCom takes what is sent now."""
        return State.ONLINE if self._connection.ready else State.CONNECTING

    async def start(self, door: Door) -> None:
        """Begin to connect; WeCom is tried again until it can be reached."""
        self._door = door
        self._introduction = Introduction(door, self._identify)
        self._reception = Reception(NAME, door, self._introduction)

        async def out_of_order(reason: str) -> None:
            await door.out_of_order(NAME, reason)

        async def in_order() -> None:
            await door.back_in_order(NAME)

        self._connection = Connection(self._url, self._credentials, self._heard, out_of_order, self._patience, in_order)
        self._pictures = pictures.Uploads(partial(upload, self._connection.ask), door.now)
        await self._connection.start()

    async def stop(self) -> None:
        """Hang up, and hand over what was heard."""
        await self._connection.stop()
        await self._errands.finish()
        await self._reception.stop()

    async def send(self, outgoing: Outgoing) -> Sent:
        """Say something, in answer to a message where that is still possible."""
        if outgoing.card is not None:
            return Sent(messages=await self._show(outgoing, outgoing.card))
        if outgoing.image is not None:
            await self._pictures.send(outgoing.image, lambda media_id: self._push(outgoing, pictures.message(media_id)))
            return Sent()
        if outgoing.reply_to is not None and await self._answer(outgoing.reply_to, outgoing.key, outgoing.text):
            return Sent(reply_used=True)
        await self._push(outgoing, bodies.markdown(outgoing.text))
        return Sent(reply_used=outgoing.reply_to is not None)

    async def _answer(self, req_id: str, key: str, words: str) -> bool:
        """Answer a message; False where it cannot be answered any more.

        It goes as a stream that is finished at once, under a name of its own: where an acknowledgement was lost and the same is sent
        again, WeCom knows it and says that this stream is finished.
        """
        try:
            await self._connection.ask("aibot_respond_msg", bodies.stream(key, words), answers=req_id)
        except WeComError as error:
            if error.code not in {REPLY_CLOSED, STREAM_FINISHED}:
                raise
            return error.code == STREAM_FINISHED
        return True

    async def _push(self, outgoing: Outgoing, content: Mapping[str, Any]) -> None:
        chat_type = SINGLE if outgoing.room is None else GROUP
        chat = outgoing.address if outgoing.room is None else outgoing.room
        try:
            await self._connection.ask("aibot_send_msg", {"chatid": chat, "chat_type": chat_type, **content})
        except WeComError as error:
            if error.code in PUT_OUT and outgoing.room is not None and outgoing.room not in self._closed:
                await self._door.room_closed(NAME, outgoing.room, error.reason)
                self._closed.add(outgoing.room)
            raise
        self._closed.discard(outgoing.room)

    async def _show(self, outgoing: Outgoing, card: Card) -> int:
        """Show a card; before it goes the full text, where not all of it is on the card, and instead of it, where it is not taken.

        Returns how many messages it became.
        """
        messages = 1
        if not cards.fits(card, cards.OF_BOT):
            messages += await self._say(outgoing)
        try:
            await self._push(outgoing, bodies.template_card(card))
        except WeComError as error:
            if not error.answered:
                self._in_doubt.add(outgoing.key)
            if error.policy is not Policy.PERMANENT:
                raise
            if error.code != CARD_REPEATED or outgoing.key not in self._in_doubt:
                # Nobody has seen the card, perhaps because another database has used its key; where the chat is closed, this fails as well.
                await self._say(outgoing)
            log.warning("a card was not taken", channel=NAME, reason=str(error))
        self._in_doubt.discard(outgoing.key)
        self._said.discard(outgoing.key)
        return messages

    async def _say(self, outgoing: Outgoing) -> int:
        """The full text that belongs to a card, once however often the card is tried; of how many messages it is."""
        parts = split(outgoing.text, MAX_BYTES)
        if outgoing.key not in self._said:
            for part in parts:
                await self._push(outgoing, bodies.markdown(part))
            self._said.add(outgoing.key)
        return len(parts)

    def _heard(self, req_id: str, callback: Callback) -> None:
        """Handle a callback in a task of its own, so that reading goes on: the handling itself waits for acknowledgements."""
        reply_to = req_id if callback.event is None else None  # an event is answered in its own way, once and at once
        message = incoming.message(callback, self._door.now(), reply_to, ANSWER_WITHIN)
        if callback.enters:
            self._errands.begin("welcome", self._welcome(req_id, callback.sender.userid))
        elif message is not None and callback.press is not None:
            self._errands.begin("press", self._pressed(req_id, callback.press, message))
        elif message is not None:
            self._errands.begin("message", self._take(message))

    async def _take(self, message: Message) -> None:
        await self._reception.keep(message)

    async def _pressed(self, req_id: str, press: Press, message: Message) -> None:
        """Do what the button says, then show the card as it stands now to whoever pressed it: at once, or WeCom does not take it."""
        if not await self._reception.keep(message):
            return
        card = await self._door.card(press.task_id, NAME, message.account)
        if card is not None:
            await self._connection.ask("aibot_respond_update_msg", bodies.update(card, message.account), answers=req_id)

    async def _welcome(self, req_id: str, account: str) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ASKED_SECONDS):  # WeCom takes a greeting within five seconds, or never
                await self._introduction.of(account)
        welcome = await self._door.welcome(NAME, account)
        await self._connection.ask("aibot_respond_welcome_msg", bodies.text(welcome), answers=req_id)
