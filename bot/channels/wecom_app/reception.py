"""What people do in front of the app: they write, press what is on a card, and open it."""

from bot.channels.channel import Door, SendError
from bot.channels.errands import Errands
from bot.channels.splitting import plain
from bot.channels.wecom import cards
from bot.channels.wecom.callback import read_xml
from bot.channels.wecom_app.client import AppClient, text
from bot.channels.wecom_app.wire import NAME, Opened, Press, heard
from models.chats import Chat
from models.message import Message
from services.office import Office


class Reception:
    """Hands over what was said before the platform is answered; changing a card and greeting come after that."""

    def __init__(self, door: Door, office: Office, client: AppClient) -> None:
        self._door = door
        self._office = office
        self._client = client
        self._greeted: set[str] = set()
        self._errands = Errands(NAME)

    async def take(self, opened: bytes) -> None:
        """Take an opened message or event; raises what kept it from being stored."""
        match heard(read_xml(opened), self._door.now()):
            case Message() as message:
                await self._door.receive(message)
            case Press() as press:
                await self._door.receive(press.message)
                self._errands.begin("press", self._redraw(press))
            case Opened(account, joined):
                if account not in self._greeted and (joined or not self._has_talked(account)):
                    self._greeted.add(account)
                    self._errands.begin("greeting", self._greet(account))

    async def stop(self) -> None:
        """Finish what is under way."""
        await self._errands.finish()

    async def _redraw(self, press: Press) -> None:
        """Show a pressed card as it stands now to whoever pressed it."""
        account = press.message.account
        card = await self._door.card(press.task_id, NAME, account)
        if card is not None:
            await self._client.update_card(account, press.response_code, cards.render(card, cards.OF_APP))

    def _has_talked(self, account: str) -> bool:
        return Chat(NAME, account, private=True) in self._office.directory.chats

    async def _greet(self, account: str) -> None:
        """Say who the bot is, to somebody who has never said anything: once, or once more after the bot was started again."""
        try:
            await self._client.send(account, text(plain(await self._door.welcome(NAME, account))), once=True)
        except SendError:
            self._greeted.discard(account)
            raise
