"""Which of its two modes the AI bot runs in, what it can do in it, and how it is built."""

from bot.channels.channel import Channel
from bot.channels.wecom_aibot import by_socket
from bot.channels.wecom_aibot.by_socket import SocketChannel
from bot.settings import Channels, WecomAibot
from models.capabilities import Capabilities


def capabilities(_settings: WecomAibot) -> Capabilities:
    """What the bot can do in its mode."""
    return by_socket.CAPABILITIES


def build(channels: Channels) -> Channel:
    """The bot in its mode."""
    settings = channels.wecom_aibot
    secret = settings.secret.get_secret_value() if settings.secret else ""
    return SocketChannel(settings.ws_url, settings.bot_id or "", secret)
