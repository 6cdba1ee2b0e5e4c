"""Where the platform posts what people do in front of the app."""

from typing import Final

from aiohttp import web

from bot.bot import Bot
from bot.channels.wecom.crypto import Crypto
from bot.channels.wecom.endpoint import Endpoint
from bot.channels.wecom_app.adapter import AppChannel
from bot.channels.wecom_app.wire import NAME

PATH: Final = "/wecom/app"


def add_routes(app: web.Application, bot: Bot) -> None:
    """Listen, if the settings say how what comes is opened."""
    settings, channel = bot.settings.channels.wecom_app, bot.channels.get(NAME)
    token, key = settings.token, settings.encoding_aes_key
    if isinstance(channel, AppChannel) and token is not None and key is not None:
        crypto = Crypto(token.get_secret_value(), key.get_secret_value(), settings.corp_id or "")
        Endpoint(NAME, crypto, bot.door.now, channel.take, bot.platform_time).add_to(app, PATH)
