"""Looking at the platform: what people see, what it was asked for, what it swallowed."""

import base64

from tests.fakes.wecom_server.ledger import Call, Channel, Dropped, Message
from tests.fakes.wecom_server.platform import Platform


class Sight:
    """What a test looks at."""

    _platform: Platform

    def seen_by(self, who: str, channel: Channel | None = None) -> list[Message]:
        """What somebody sees in private chats, of the app and of the bot, in order."""
        userid = self._platform.user(who)
        return [one for one in self._platform.ledger.shown() if one.to == userid and channel in {None, one.channel}]

    def seen_in(self, chat: str, channel: Channel | None = None) -> list[Message]:
        """What is seen in a group, in order."""
        return [one for one in self._platform.ledger.shown() if one.chat == chat and channel in {None, one.channel}]

    def picture(self, message: Message) -> bytes:
        """The file that a message shows, as it was sent within the message or uploaded before."""
        inside = message.content.get("base64")
        return self._platform.medias[message.content["media_id"]].data if inside is None else base64.b64decode(inside)

    def cards(self) -> list[Message]:
        """Every card that is shown, in order."""
        return [one for one in self._platform.ledger.shown() if one.card is not None]

    def calls(self, name: str | None = None) -> list[Call]:
        """Every request and frame, or those of one endpoint or command."""
        return [one for one in self._platform.ledger.calls if name in {None, one.name}]

    def dropped(self, reason: str | None = None) -> list[Dropped]:
        """What was swallowed without a word."""
        return [one for one in self._platform.ledger.dropped if reason in {None, one.reason}]
