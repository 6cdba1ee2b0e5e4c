"""Every channel, in the order in which they are preferred to reach a member. A new channel is one package and one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.channel import Channel
from bot.channels.sandbox import adapter as sandbox
from bot.channels.settings import Channels
from bot.channels.wechaty import adapter as wechaty
from bot.channels.wechaty.wire import NAME as WECHATY
from bot.channels.wecom_aibot import adapter as wecom_aibot
from bot.channels.wecom_aibot.incoming import NAME as WECOM_AIBOT
from bot.channels.wecom_app import adapter as wecom_app
from bot.channels.wecom_app.wire import NAME as WECOM_APP
from bot.channels.wecom_robot import adapter as wecom_robot
from bot.channels.wecom_robot.bindings import NAME as WECOM_ROBOT
from models.capabilities import Capabilities
from services.office import Office


@dataclass(frozen=True)
class ChannelKind:
    """One kind of channel: whether the settings turn it on, what it can do with them, and how it is built."""

    name: str
    enabled: Callable[[Channels], bool]
    capabilities: Callable[[Channels], Capabilities]
    build: Callable[[Channels, Office], Channel]


CHANNELS: tuple[ChannelKind, ...] = (
    ChannelKind(
        sandbox.NAME,
        lambda channels: channels.sandbox.enabled,
        lambda _channels: sandbox.CAPABILITIES,
        lambda channels, office: sandbox.SandboxChannel(office, channels.sandbox.per_minute),
    ),
    ChannelKind(
        WECOM_APP,
        lambda channels: channels.wecom_app.enabled,
        lambda channels: wecom_app.capabilities(channels.wecom_app),
        lambda channels, office: wecom_app.AppChannel(channels.wecom_app, office),
    ),
    ChannelKind(
        WECOM_AIBOT,
        lambda channels: channels.wecom_aibot.enabled,
        lambda channels: wecom_aibot.capabilities(channels.wecom_aibot),
        wecom_aibot.build,
    ),
    ChannelKind(
        WECOM_ROBOT,
        lambda channels: channels.wecom_robot.enabled,
        lambda _channels: wecom_robot.CAPABILITIES,
        lambda channels, office: wecom_robot.RobotChannel(channels.wecom_robot, office),
    ),
    ChannelKind(
        WECHATY,
        lambda channels: channels.wechaty.enabled,
        lambda _channels: wechaty.CAPABILITIES,
        lambda channels, office: wechaty.WechatyChannel(channels.wechaty, office),
    ),
)


def enabled(channels: Channels) -> tuple[ChannelKind, ...]:
    """The kinds that the settings turn on."""
    return tuple(kind for kind in CHANNELS if kind.enabled(channels))


def capabilities(channels: Channels) -> dict[str, Capabilities]:
    """What the enabled channels can do, by name, in order."""
    return {kind.name: kind.capabilities(channels) for kind in enabled(channels)}
