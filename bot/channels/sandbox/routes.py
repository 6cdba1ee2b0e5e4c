"""The sandbox over HTTP: say something, read what the bot said, see and move the clock. This machine only, unless set otherwise."""

import uuid
from datetime import datetime, timedelta
from typing import Annotated, Any

from aiohttp import web
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.bot import Bot, ClockError
from bot.channels.sandbox.adapter import NAME, message
from bot.web.answers import Handler, answer, refuse
from bot.web.guard import is_from_here
from models import sandbox
from models.message import Message
from models.tables.queue import SandboxMessageRow

BOT = web.AppKey("bot", Bot)

MAX_NAME = 64
MAX_ID = 200
MOST = 2**63
"""No number of a message is that large."""
YEARS = range(1970, 9000)
"""Around days of these years there is a calendar to read "下个月" and "请假一年" in."""
GUARDED = ("/sandbox/", "/demo/")


class Said(BaseModel):
    """What somebody says: `room` null is the private chat with the bot; `sent_at` defaults to the clock's time, `id` to a new one.

    `chain`: it comes as a chain of the platform's own, and not typed.
    """

    model_config = ConfigDict(extra="forbid", strict=True)
    room: str | None = None
    sender: Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
    text: Annotated[str, Field(min_length=1)]
    sent_at: Annotated[AwareDatetime | None, Field(strict=False)] = None
    id: Annotated[str | None, Field(min_length=1, max_length=MAX_ID)] = None
    chain: bool = False


class Moved(BaseModel):
    """How to move the clock: either by a span of time or to a moment."""

    model_config = ConfigDict(extra="forbid")
    advance: timedelta | None = None
    to: AwareDatetime | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Moved":
        if (self.advance is None) == (self.to is None):
            raise ValueError('give either "advance" (like "PT15M") or "to" (like "2026-03-02T08:00:00+08:00")')
        if self.advance is not None and self.advance < timedelta(0):
            raise ValueError('"advance" must not be negative; use "to" to go back')
        return self


def add_routes(app: web.Application, bot: Bot) -> None:
    """Add the interface to an application."""
    app[BOT] = bot
    app.middlewares.append(_this_machine_only)
    app.router.add_post("/sandbox/messages", _say)
    app.router.add_get("/sandbox/messages", _read)
    app.router.add_get("/sandbox/images/{seq:[0-9]{1,18}}", _image)
    app.router.add_get("/sandbox/clock", _clock)
    app.router.add_post("/sandbox/clock", _move)


@web.middleware
async def _this_machine_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    allow_remote = request.app[BOT].settings.channels.sandbox.allow_remote
    if request.path.startswith(GUARDED) and not allow_remote and not is_from_here(request):
        return refuse(
            403, "the sandbox answers this machine only, by the name localhost, 127.0.0.1 or [::1] (channels.sandbox.allow_remote)"
        )
    return await handler(request)


async def said_in(request: web.Request) -> Message | web.Response:
    """The message of a request, or why it cannot be taken."""
    bot = request.app[BOT]
    try:
        said = Said.model_validate_json(await request.read())
    except ValidationError as error:
        return refuse(400, _one_line(error))
    problem = _problem(bot, said)
    if problem is not None:
        return problem
    now = bot.office.clock.now()
    name = bot.office.unit.bot_name
    return message(said.id or uuid.uuid4().hex, said.room, said.sender, said.text, said.sent_at or now, name, chain=said.chain)


async def _say(request: web.Request) -> web.Response:
    bot = request.app[BOT]
    incoming = await said_in(request)
    if isinstance(incoming, web.Response):
        return incoming
    try:
        await bot.desk.submit(incoming)
    except Exception as failure:  # noqa: BLE001  (whatever kept the store from committing: nothing was stored, the sender tries again)
        return refuse(503, f"the message could not be stored ({type(failure).__name__}); send it again with the same id")
    return answer({"id": incoming.id}, status=202)


def _problem(bot: Bot, said: Said) -> web.Response | None:
    limit = bot.settings.queue.max_text
    if len(said.text) > limit:
        return refuse(413, f"text: {len(said.text)} characters are too many, at most {limit} are read (queue.max_text)")
    for name, value in (("text", said.text), ("sender", said.sender), ("id", said.id or "")):
        if "\0" in value:
            return refuse(400, f"{name}: character {value.index(chr(0)) + 1} is a NUL byte; send text without it")
    if said.sent_at is not None and said.sent_at.year not in YEARS:
        return refuse(400, f"sent_at: so far away there is no calendar; give a day of the years {YEARS[0]} to {YEARS[-1]}")
    if said.room is not None and (NAME, said.room) not in bot.office.directory.rooms:
        known = ", ".join(sorted(address for channel, address in bot.office.directory.rooms if channel == NAME))
        return refuse(400, f"room: there is no such room; the rooms are {known or '(none: import a roster first)'}, or null for private")
    return None


async def _read(request: web.Request) -> web.Response:
    bot = request.app[BOT]
    try:
        after = int(request.query.get("after", "0"))
    except ValueError:
        after = -1
    if not 0 <= after < MOST:
        return refuse(400, 'after: not a whole number that a message can have; give the "last" of the answer before')
    rows = await bot.store.read(lambda session: sandbox.messages(session, after))
    return answer({"messages": [_sent(bot, row) for row in rows], "last": rows[-1].seq if rows else after})


def _sent(bot: Bot, row: SandboxMessageRow) -> dict[str, Any]:
    message = {"seq": row.seq, "at": _local(bot, row.at), "room": row.room, "to": row.address, "text": row.text}
    return message if row.image is None else message | {"image": f"/sandbox/images/{row.seq}"}


async def _image(request: web.Request) -> web.StreamResponse:
    """The picture of a message: nothing but what was sent can be had."""
    bot = request.app[BOT]
    image = await bot.store.read(lambda session: sandbox.image_of(session, int(request.match_info["seq"])))
    path = None if image is None else bot.office.unit.content / image
    if path is None or not path.is_file():
        return refuse(404, "there is no such picture; it was not sent, or its file was taken away")
    return web.FileResponse(path, headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"})


async def _clock(request: web.Request) -> web.Response:
    return answer({"now": _local(request.app[BOT], request.app[BOT].office.clock.now())})


async def _move(request: web.Request) -> web.Response:
    bot = request.app[BOT]
    try:
        moved = Moved.model_validate_json(await request.read())
        target = moved.to if moved.to is not None else bot.office.clock.now() + (moved.advance or timedelta(0))
        now = await bot.move_clock(target)
    except ValidationError as error:
        return refuse(400, _one_line(error))
    except OverflowError:
        return refuse(400, "advance: so far ahead there is no calendar; give a shorter time")
    except ClockError as error:
        return refuse(409, str(error))
    return answer({"now": _local(bot, now)})


def _local(bot: Bot, moment: datetime) -> str:
    return moment.astimezone(bot.office.unit.zone).isoformat()


def _one_line(error: ValidationError) -> str:
    """What is wrong and where, without repeating what was sent."""
    return "; ".join(
        f"{'.'.join(map(str, detail['loc'])) or 'body'}: {detail['msg'].removeprefix('Value error, ')}"
        for detail in error.errors(include_url=False, include_context=False, include_input=False)
    )
