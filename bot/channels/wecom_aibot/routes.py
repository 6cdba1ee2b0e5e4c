"""Where WeCom posts what mentions the bot, in callback mode."""

from typing import Final

from aiohttp import web

from bot.bot import Bot
from bot.channels.wecom.crypto import Crypto
from bot.channels.wecom.endpoint import Endpoint
from bot.channels.wecom_aibot.by_callback import CallbackChannel
from bot.channels.wecom_aibot.incoming import NAME

PATH: Final = "/wecom/aibot"


def add_routes(app: web.Application, bot: Bot) -> None:
    """Listen, if the bot runs in that mode."""
    channel = bot.channels.get(NAME)
    if isinstance(channel, CallbackChannel):
        settings = bot.settings.channels.wecom_aibot
        token, key = settings.token, settings.encoding_aes_key
        crypto = Crypto(token.get_secret_value() if token else "", key.get_secret_value() if key else "", "")
        Endpoint(NAME, crypto, bot.door.now, channel.take, bot.platform_time).add_to(app, PATH)
