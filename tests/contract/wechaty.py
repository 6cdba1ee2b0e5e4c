"""An ordinary WeChat account in the contract, behind a real gateway."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from bot.channels.channel import Outgoing, State
from bot.channels.wechaty.wire import NAME, MessageType
from bot.channels.wecom.errors import Policy
from bot.settings import Settings
from models.message import Attachment, Message
from tests.contract.driver import WORDS, Driver, Sample
from tests.gateway.unit import GatewayStory, account_of, chat_of, told_in_wechat

REFUSES, NO_FRIEND = 1, 2
LOST, LOGGED_OUT, KILLED = range(3)
MANY = 1000
ROOM = chat_of("g1")


class WechatyDriver:
    """The gateway has no codes: the account's own program says no, or somebody is no friend."""

    channel = NAME
    refusals: Mapping[int, Policy] = {REFUSES: Policy.RETRY, NO_FRIEND: Policy.PERMANENT}
    renewed: frozenset[int] = frozenset()
    troubles = 3

    def __init__(self, story: GatewayStory) -> None:
        self.bot = story.bot
        self._story = story

    def samples(self) -> Iterable[Sample]:
        """Words in a room, to the bot there, with a quotation, in private, and a picture."""
        at = self._story.now() - timedelta(minutes=1)
        first = Message(channel=NAME, id="", room=ROOM, account="", sent_at=at, text="", addressed=False)

        def sample(number: int, who: str, said: str, heard: dict[str, Any], **how: Any) -> Sample:
            message = first.model_copy(update={"id": f"m-{number}", "account": account_of(who), "text": said, **heard})
            return Sample(partial(self._say, message, said, **how), message)

        def words(value: float) -> str:
            return f"{value} 正常，{WORDS}"

        quotation = f"「王磊：{WORDS}」\n- - - - - - - - - - - - - - -\n{words(36.6)}"
        yield sample(1, "张伟", words(36.5), {})
        yield sample(2, "王磊", f"@小微\u2005{words(36.7)}", {"text": words(36.7), "addressed": True}, mentions=["bot"])
        yield sample(3, "高强", quotation, {"text": words(36.6), "quoted": WORDS})
        yield sample(4, "赵云飞", words(36.4), {"room": None, "addressed": True})
        picture = {"room": None, "addressed": True, "text": "", "attachments": (Attachment.PICTURE,)}
        yield sample(5, "李明", WORDS, picture, type=MessageType.IMAGE)

    async def _say(self, message: Message, said: str, **how: Any) -> None:
        told = self._story.gateway.say(message.account, said, message.room, id=message.id, at=message.sent_at, **how)
        await self._story.taken(await told)

    async def prompt(self) -> None:
        """Somebody says something in private, and the bot decides to answer."""
        await list(self.samples())[3].say()

    async def settled(self) -> None:
        """Saying waits for this."""

    async def outgoing(self) -> Outgoing:
        """To a member, who is a friend."""
        return Outgoing(1, None, account_of("张伟"), WORDS)

    async def refuse(self, code: int, times: int | None = None) -> None:
        """Say no, or be no friend any more."""
        if code == REFUSES:
            await self._story.gateway.fail_sends(times or MANY, f"no: {WORDS}")
        else:
            await self._story.gateway.contact(account_of("张伟"), "张伟", friend=False)

    async def break_down(self, number: int) -> None:
        """What is sent gets lost; nobody is logged in; the gateway is gone."""
        gateway, channel = self._story.gateway, self._story.channel
        if number == LOST:
            await gateway.lose_sends(MANY)
        elif number == LOGGED_OUT:
            await gateway.logout()
            await self._story.until(lambda: channel.state is State.LOGGED_OUT)
        else:
            await gateway.kill()

    async def recover(self) -> None:
        """Everything works again."""
        gateway = self._story.gateway
        await gateway.kill()
        await gateway.start(logged_in=True)
        await gateway.contact(account_of("张伟"), "张伟", friend=True)
        await self._story.until(lambda: self._story.channel.state is not State.ONLINE)
        await self._story.online()

    def secrets(self) -> Iterable[str]:
        """What opens the gateway."""
        return (self._story.gateway.token,)


@asynccontextmanager
async def wechaty(settings: Settings) -> AsyncIterator[Driver]:
    """The unit in WeChat groups; skipped where there is no Node."""
    async with told_in_wechat(settings) as story:
        yield WechatyDriver(story)
