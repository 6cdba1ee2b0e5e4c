"""Which of its two modes the AI bot runs in, what it can do in it, and how it is built."""

from bot.channels.channel import Channel
from bot.channels.settings import Channels, WecomAibot
from bot.channels.wecom_aibot import by_callback, by_socket
from bot.channels.wecom_aibot.by_callback import CallbackChannel
from bot.channels.wecom_aibot.by_socket import SocketChannel
from bot.channels.wecom_aibot.identities import Identities
from models.capabilities import Capabilities
from services.office import Office


def capabilities(settings: WecomAibot) -> Capabilities:
    """What the bot can do in its mode."""
    return by_callback.CAPABILITIES if settings.mode == "callback" else by_socket.CAPABILITIES


def build(channels: Channels, office: Office) -> Channel:
    """The bot in its mode. Where the unit has an app, it is asked who somebody with an encrypted id is."""
    settings = channels.wecom_aibot
    identify = Identities(channels.wecom_app, office.clock.now) if channels.wecom_app.enabled else None
    if settings.mode == "callback":
        return CallbackChannel(identify)
    secret = settings.secret.get_secret_value() if settings.secret else ""
    return SocketChannel(settings.ws_url, settings.bot_id or "", secret, identify)
