"""The app as a channel: it may write to anybody in its scope at any time, and hears private messages where receiving is set up."""

from datetime import timedelta

from bot.channels.channel import Door, Limit, Outgoing, Sent
from bot.channels.splitting import plain, split
from bot.channels.wecom.rest import AppApi, Rest
from bot.channels.wecom_app.client import REPEAT_SECONDS, AppClient, text
from bot.channels.wecom_app.repeats import Repeats
from bot.channels.wecom_app.wire import NAME
from bot.settings import WecomApp
from models import outbox
from models.capabilities import Capabilities, Hears, Push
from services.office import Office

MAX_BYTES = 2048
"""Of one message; what is longer is cut off by the platform without a word."""
REPEAT_SPAN = timedelta(seconds=REPEAT_SECONDS)


def capabilities(settings: WecomApp) -> Capabilities:
    """What the app can do. Without a server that receives, nobody's press of a button would arrive."""
    return Capabilities(hears=Hears.NOTHING, private=settings.receives, rooms=Push.ALWAYS, people=Push.ALWAYS)


class AppChannel:
    """One app. Accounts are userids, rooms the groups that the app made itself.

    It speaks in plain text: Markdown is not shown to those who use it from WeChat.
    """

    name = NAME
    limits: tuple[Limit, ...] = (Limit(30, timedelta(minutes=1), reserved=10), Limit(1000, timedelta(hours=1), reserved=100))
    max_bytes: int | None = MAX_BYTES

    def __init__(self, settings: WecomApp, office: Office) -> None:
        self.capabilities = capabilities(settings)
        self._office = office
        self._rest = Rest(settings.api_base)
        secret = settings.secret.get_secret_value() if settings.secret else ""
        self._client = AppClient(AppApi(self._rest, settings.corp_id or "", secret, office.clock.now), settings.agent_id or 0)
        self._repeats = Repeats(REPEAT_SPAN)

    async def start(self, door: Door) -> None:
        """Be ready to call, and remember what was said before the bot was started."""
        await self._rest.open()
        since = door.now() - REPEAT_SPAN
        for row in await self._office.store.read(lambda session: outbox.sent_since(session, NAME, since)):
            if row.address is not None and row.finished_at is not None:
                self._repeats.note(f"n{row.id}-0", row.address, plain(row.text), row.finished_at)

    async def stop(self) -> None:
        """Close every connection."""
        await self._rest.close()

    async def send(self, outgoing: Outgoing) -> Sent:
        """Say it in a group of the app's, or to a person."""
        sent = Sent()
        for words in split(plain(outgoing.text), MAX_BYTES, counted=False):  # plain words may be a little longer than the Markdown
            if outgoing.room is not None:
                await self._client.say_in_room(outgoing.room, text(words))
            elif outgoing.address is not None:
                sent = Sent(platform_id=await self._say(outgoing.key, outgoing.address, words))
        return sent

    async def _say(self, key: str, userid: str, words: str) -> str:
        check = self._repeats.check(key, userid, words, self._office.clock.now())
        return await self._client.send(userid, text(words), once=check)
