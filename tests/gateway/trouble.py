"""What stories of trouble with a gateway look at and wait for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bot.channels.channel import State
from bot.channels.wechaty.adapter import WechatyChannel
from bot.channels.wechaty.wire import NAME
from bot.settings import Settings
from models.message import Message
from models.tables.records import CheckinRow
from tests.gateway.unit import HASTE, GatewayStory, account_of, chat_of, told_in_wechat
from tests.stage import only_jobs, rows
from tests.story import Story

IMPATIENT = replace(HASTE, start=0.5, call=0.5, silence=0.5, sign=0.4)
"""Finds within a second that a gateway hangs."""
GAP = "{when}，“第一党小组”群里的消息我可能没收到。请在群里问一句：这段时间报过的，麻烦再发一遍。还差谁，回我“未报”就能看到。"
LEADER, OFFICER = "李明", "于海"
"""Who leads the first group, and who is on duty."""


@asynccontextmanager
async def quiet_unit(settings: Settings, **how: Any) -> AsyncIterator[GatewayStory]:
    """The demo unit in WeChat, in which nothing happens but what is said."""
    async with told_in_wechat(only_jobs(settings), **how) as story:
        yield story


async def down(story: GatewayStory) -> None:
    """The bot has noticed that it hears nothing."""
    await story.until(lambda: story.channel.state is not State.ONLINE)


async def back(story: GatewayStory) -> None:
    """The bot hears again, and what waited for that has been sent."""
    await story.online()
    await story.later("PT5S")


async def is_state(story: GatewayStory, state: State) -> None:
    """Wait until the channel stands so, and whoever must hear of it has heard."""
    await story.until(lambda: story.channel.state is state)
    await story.settled()
    await story.later("PT0S")


async def opened(story: GatewayStory, **keys: Any) -> None:
    """Start the bot with other settings of the channel."""
    channels = story.settings.channels
    changed = channels.wechaty.model_copy(update=keys)
    story.settings = story.settings.model_copy(update={"channels": channels.model_copy(update={"wechaty": changed})})
    await story.open()


def as_before(channel: WechatyChannel) -> int:
    """Something that is another thing after another connection."""
    return id(channel._connection._rpc)


async def come_in(story: GatewayStory, *said: tuple[str, str], room: str | None = "g1") -> None:
    """People say something in a group or in private, and the bot has heard that they did."""
    chat = None if room is None else chat_of(room)
    ids = [await story.gateway.say(account_of(who), text, chat, at=story.now()) for who, text in said]
    await story.until(lambda: all(story._came_in[one] for one in ids))


async def decided(story: GatewayStory, who: str, text: str, number: int = 1) -> None:
    """The bot takes in what somebody said in private, though the gateway is away, and has tried in vain to answer."""
    account, name = account_of(who), f"private-{number}"
    await story.bot.door.receive(Message(channel=NAME, id=name, room=None, account=account, sent_at=story.now(), text=text, addressed=True))
    await story.later("PT0S")


async def on_page(story: GatewayStory, who: str) -> list[str]:
    """What somebody heard beside WeChat, on the page for trying things out."""
    await story.later("PT0S")
    return [m.text for m in await Story.heard(story) if m.to == who]


async def readings(story: GatewayStory) -> list[tuple[str, float | None]]:
    """Whose temperature stands, in the order of writing."""
    people = story.bot.office.directory.people
    return [(people[row.member_id].name, row.temperature) for row in await rows(story, CheckinRow) if row.ended_at is None]


async def ready(story: GatewayStory) -> tuple[int, str]:
    """What the machines' question is answered: the status, and how the channel stands."""
    async with story.http.get("/readyz") as response:
        return response.status, (await response.json())["channels"][NAME]


def certificate(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """The files of a certificate that is good for this name or address, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
    good_for = x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    made = made.add_extension(x509.SubjectAlternativeName([good_for]), critical=False)
    files = folder / f"{name}.cert.pem", folder / f"{name}.key.pem"
    files[0].write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files
