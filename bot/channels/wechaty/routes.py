"""The page at ``/wechaty``: how the bot's WeChat account stands, and the code to scan. For this machine only: whoever scans it logs in."""

from datetime import datetime
from typing import Final, Protocol, runtime_checkable

import segno
from aiohttp import web

from bot.bot import Bot
from bot.channels.wechaty.login import Login
from bot.web.answers import refuse
from bot.web.guard import is_from_here
from bot.web.page import serve_files, template
from models.roster_accounts import WECHAT
from services import wording
from services.work import Unit

PATH: Final = "/wechaty"


@runtime_checkable
class _LogsIn(Protocol):
    login: Login


def add_routes(app: web.Application, bot: Bot) -> None:
    """Show the page, if the channel is on."""
    channel = bot.channels.get(WECHAT)
    if not isinstance(channel, _LogsIn):
        return
    login, unit, page = channel.login, bot.office.unit, template("wechaty.html")

    async def show(request: web.Request) -> web.Response:
        if not is_from_here(request):
            return refuse(403, "this page answers its own machine only; open it there")
        html = page.render(bot=unit.bot_name, state=login.state, since=_moment(unit, login.since), code=_picture(login.qrcode))
        return web.Response(text=html, content_type="text/html", headers={"Cache-Control": "no-store"})

    app.router.add_get(PATH, show)
    serve_files(app, PATH)


def _moment(unit: Unit, moment: datetime) -> str:
    """3月2日 08:02."""
    local = moment.astimezone(unit.zone)
    return f"{wording.day(unit.texts, local.date())} {local:%H:%M}"


def _picture(qrcode: str | None) -> str | None:
    """The code as a picture within the page, black on white whatever the colours of the page; the link itself does not stand in it."""
    if qrcode is None:
        return None
    return segno.make_qr(qrcode).svg_inline(border=4, dark="#000", light="#fff", svgclass=None, lineclass=None, omitsize=True)
