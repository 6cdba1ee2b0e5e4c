"""The app as a channel: it may write to anybody in its scope at any time, and hears private messages where receiving is set up."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from bot.channels.channel import Door, Limit, Outgoing, Sent, State
from bot.channels.settings import WecomApp
from bot.channels.splitting import plain, split
from bot.channels.wecom import cards, pictures
from bot.channels.wecom.errors import CODES, Policy, WeComError
from bot.channels.wecom.rest import Rest
from bot.channels.wecom_app.allowance import ASKED_FOR_ALERTS, SPENT, Allowance
from bot.channels.wecom_app.client import REPEAT_SECONDS, Content, card, client_of, text
from bot.channels.wecom_app.reception import Reception
from bot.channels.wecom_app.repeats import Repeats
from bot.channels.wecom_app.wire import NAME
from models import outbox
from models.capabilities import Capabilities, Hears, Push
from services.cards import Card
from services.office import Office

log = structlog.get_logger()

MAX_BYTES: Final = 2048
"""Of one message; what is longer is cut off by the platform without a word."""
REPEAT_SPAN: Final = timedelta(seconds=REPEAT_SECONDS)
CARD_REPEATED: Final = 42014
"""There was a card with this key before."""
GONE: Final = frozenset({40050, 86001, 86003, 86008})
"""A group of the app's is not there any more."""


def capabilities(settings: WecomApp) -> Capabilities:
    """What the app can do. Without an address that receives, nobody's press of a button would arrive."""
    receives = settings.receives
    return Capabilities(
        hears=Hears.NOTHING,
        private=receives,
        rooms=Push.ALWAYS,
        people=Push.ALWAYS,
        buttons=receives and settings.cards,
        images=True,
        captions=False,
    )


class AppChannel:
    """One app. Accounts are userids, rooms the groups that the app made itself.

    It speaks in plain text: Markdown is not shown to those who use it from WeChat.
    """

    name = NAME
    limits: tuple[Limit, ...] = (Limit(28, timedelta(minutes=1), reserved=8), Limit(1000, timedelta(hours=1), reserved=100))
    """WeCom takes 30 a minute and drops what is more without a word: what becomes a text and a card, or two texts, must not go beyond."""
    max_bytes: int | None = MAX_BYTES

    def __init__(self, settings: WecomApp, office: Office) -> None:
        self.capabilities = capabilities(settings)
        self._office = office
        self._rest = Rest(settings.api_base)
        self._client = client_of(settings, self._rest, office.clock.now)
        self._uploads = pictures.Uploads(partial(self._client.upload, "image"), office.clock.now)
        self._repeats = Repeats(REPEAT_SPAN)
        self._in_doubt: set[str] = set()
        """Cards that may have arrived, whatever was answered."""
        over_night = partial(office.unit.policies.quiet.over, zone=office.unit.zone)
        self._allowances = {in_room: Allowance(over_night) for in_room in (False, True)}
        self._told_of: set[str] = set()
        """What is out of order, and was told to whoever is on duty."""
        self._works = False
        """Whether it is known to work: before the first sending it may still be out of order from before the start."""

    @property
    def state(self) -> State:
        """Nothing is kept open, so that nothing can break."""
        return State.ONLINE

    async def start(self, door: Door) -> None:
        """Be ready to call, and remember what was said before the bot was started."""
        self._door = door
        self._reception = Reception(door, self._office, self._client)
        await self._rest.open()
        since = door.now() - REPEAT_SPAN
        for row in await self._office.store.read(lambda session: outbox.sent_since(session, NAME, since)):
            if row.address is not None and row.finished_at is not None:
                self._repeats.note(f"n{row.id}-0", row.address, str(text(plain(row.text))), row.finished_at)

    async def stop(self) -> None:
        """Finish what is under way, and close every connection."""
        await self._reception.stop()
        await self._rest.close()

    async def take(self, opened: bytes) -> None:
        """A message or an event that the platform has posted."""
        await self._reception.take(opened)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Say it in a group of the app's, or to a person. What is out of order until a human acts is told of once, until it works again."""
        place = NAME if outgoing.room is None else outgoing.room
        allowance = self._allowances[outgoing.room is not None]
        closed = allowance.left(self._office.clock.now())
        if closed is not None and not outgoing.alert:
            raise WeComError(replace(CODES[SPENT], wait=closed))
        try:
            ids = await self._send(outgoing)
        except WeComError as error:
            if error.code == SPENT:
                raise await self._spent(outgoing, allowance) from None
            await self._tell(outgoing.room, error)
            raise
        allowance.works()
        self._told_of.discard(place)
        if not any(each.is_long for each in self._allowances.values()):
            await self._say_that_it_works()
        return Sent(tuple(filter(None, ids)), messages=len(ids))

    async def _say_that_it_works(self) -> None:
        """Once, after it was out of order or may have been."""
        self._told_of.discard(NAME)
        if self._works:
            return
        try:
            await self._door.back_in_order(NAME)
            self._works = True
        except Exception as failure:  # noqa: BLE001  (the store may be busy; what was sent is sent, and the next sending says so)
            log.warning("nobody could be told", channel=NAME, error=type(failure).__name__)

    async def _spent(self, outgoing: Outgoing, allowance: Allowance) -> WeComError:
        """The platform wants no more for now. Of more than some minutes the duty officers hear, once, until it works again."""
        wait = allowance.refused(self._office.clock.now())
        if allowance.is_long:
            self._works = False
            await self._tell_once(CODES[SPENT].name)
        return WeComError(replace(CODES[SPENT], wait=min(wait, ASKED_FOR_ALERTS) if outgoing.alert else wait))

    async def _tell_once(self, reason: str) -> None:
        if NAME not in self._told_of:
            await self._door.out_of_order(NAME, reason)
            self._told_of.add(NAME)

    async def _tell(self, room: str | None, error: WeComError) -> None:
        self._works &= error.policy is not Policy.STOP
        if error.policy is Policy.STOP:
            await self._tell_once(error.reason)
        elif room is not None and error.code in GONE and room not in self._told_of:
            await self._door.room_closed(NAME, room, error.reason)
            self._told_of.add(room)

    async def _send(self, outgoing: Outgoing) -> list[str]:
        if outgoing.card is not None and outgoing.address is not None:
            return await self._show(outgoing, outgoing.address, outgoing.card)
        if outgoing.image is not None:
            return await self._uploads.send(outgoing.image, lambda media_id: self._say(outgoing, [pictures.message(media_id)]))
        return await self._say(outgoing, _texts(outgoing.text))

    async def _say(self, outgoing: Outgoing, contents: list[Content]) -> list[str]:
        """Send messages one after the other; the ids of those that go to a person, "" for the others."""
        ids = []
        for content in contents:
            if outgoing.room is not None:
                await self._client.say_in_room(outgoing.room, content)
                ids.append("")
            elif outgoing.address is not None:
                check = self._repeats.check(outgoing.key, outgoing.address, str(content), self._office.clock.now())
                ids.append(await self._client.send(outgoing.address, content, once=check))
        return ids

    async def _show(self, outgoing: Outgoing, userid: str, shown: Card) -> list[str]:
        """Show a card; before it goes the full text, where not all of it is on the card, and instead of it, where it is not taken."""
        fits = cards.fits(shown, cards.OF_APP)
        ids = [] if fits else await self._say(outgoing, _texts(outgoing.text))
        try:
            ids.append(await self._client.send(userid, card(cards.render(shown, cards.OF_APP)), once=True))
        except WeComError as error:
            if error.in_doubt:
                self._in_doubt.add(outgoing.key)
            if error.policy is not Policy.PERMANENT:
                raise
            if fits and not (error.code == CARD_REPEATED and outgoing.key in self._in_doubt):
                # Nobody has seen the card; where it is the person who is not reached, the words fail as well.
                ids += await self._say(outgoing, _texts(outgoing.text))
            log.warning("a card was not taken", channel=NAME, reason=str(error))
        self._in_doubt.discard(outgoing.key)
        return ids


def _texts(markdown: str) -> list[Content]:
    """The plain words, which may be a little longer than the Markdown, as messages that the platform takes whole."""
    return [text(words) for words in split(plain(markdown), MAX_BYTES, counted=False)]
