"""The sandbox as a channel: what the bot says is kept in a table, from which the page and the tests read it."""

from datetime import datetime, timedelta

from bot.channels.channel import Door, Limit, Outgoing, Sent, State
from handlers.mention import is_called
from models import sandbox
from models.capabilities import Capabilities, Hears, Push
from models.message import Message
from services.office import Office

NAME = "sandbox"
CAPABILITIES = Capabilities(hears=Hears.EVERYTHING, private=True, rooms=Push.ALWAYS, people=Push.ALWAYS, images=True, captions=True)


class SandboxChannel:
    """Accounts are the members' names, rooms the ids of groups and branches."""

    name = NAME
    capabilities = CAPABILITIES
    max_bytes: int | None = None

    def __init__(self, office: Office, per_minute: int | None) -> None:
        self.limits: tuple[Limit, ...] = () if per_minute is None else (Limit(per_minute, timedelta(minutes=1)),)
        self._office = office

    @property
    def state(self) -> State:
        """Nothing is kept open, so that nothing can break."""
        return State.ONLINE

    async def start(self, door: Door) -> None:
        """Nothing to do: its pages are part of the web server."""

    async def stop(self) -> None:
        """Nothing to do."""

    async def send(self, outgoing: Outgoing) -> Sent:
        """Keep what was said; the same notice twice is kept once."""
        now = self._office.clock.now()
        image = None if outgoing.image is None else outgoing.image.relative_to(self._office.unit.content).as_posix()
        await self._office.store.write(
            lambda session: sandbox.put(session, outgoing.notice_id, outgoing.room, outgoing.address, outgoing.text, image, now)
        )
        return Sent()


def message(message_id: str, room: str | None, sender: str, text: str, sent_at: datetime, bot_name: str, *, chain: bool = False) -> Message:
    """What somebody said in the sandbox. A private chat is with the bot; in a room the bot's name must be called."""
    addressed = room is None or is_called(text, bot_name)
    return Message(channel=NAME, id=message_id, room=room, account=sender, sent_at=sent_at, text=text, addressed=addressed, chain=chain)
