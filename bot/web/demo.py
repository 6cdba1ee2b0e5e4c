"""What the demo page shows beside the chat: the unit, what was written down from a message, what comes next, the scripted day."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import yaml
from aiohttp import web

from bot.bot import Bot
from bot.channels.sandbox.adapter import NAME
from bot.channels.sandbox.routes import BOT, said_in
from bot.web.answers import answer, refuse
from bot.web.written import left_out, written_down
from models import inbox, outbox, promises
from models.clock import ManualClock
from models.directory import Directory, Room
from models.people import Person
from models.workdays import is_workday
from services.work import Work

UPCOMING = 12
MOST_WAITING = 500
"""So many messages that wait are counted; the page needs no more."""
HORIZON = timedelta(days=4)
_CLOCK = re.compile(r"(?P<later>\+1 )?(?P<hour>\d{2}):(?P<minute>\d{2})")


def add_routes(app: web.Application) -> None:
    """Add the page's look-ups; they stand behind the sandbox's guard."""
    app.router.add_get("/demo/unit", _unit)
    app.router.add_get("/demo/record", _record)
    app.router.add_post("/demo/explain", _explain)
    app.router.add_get("/demo/upcoming", _upcoming)
    app.router.add_get("/demo/day", _day)


async def _unit(request: web.Request) -> web.Response:
    bot = request.app[BOT]
    directory = bot.office.directory
    movable = isinstance(bot.office.clock, ManualClock)
    return answer(
        {
            "organization": directory.roster.organization,
            "bot": bot.office.unit.bot_name,
            "now": bot.office.clock.now().astimezone(bot.office.unit.zone).isoformat(),
            "movable": movable,
            "playable": movable and _cast(bot) <= {person.name for person in directory.people.values()},
            "rooms": [_room(directory, room) for room in directory.rooms.values() if room.channel == NAME],
            "members": [_member(directory, person) for person in directory.people.values()],
        }
    )


def _room(directory: Directory, room: Room) -> dict[str, Any]:
    """`name` as said inside its branch, `title` for who looks at them all."""
    title = directory.title_of(room)
    name = directory.group_names[room.scope] if room.kind == "group" and room.scope in directory.group_names else title
    return {"id": room.address, "name": name, "title": title, "kind": room.kind}


def _member(directory: Directory, person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "role": person.role,
        "group": person.group_id,
        "branch": person.branch_id,
        "post": person.post,
        "trio": [other.name for other in directory.trio_of(person)],
    }


def _cast(bot: Bot) -> set[str]:
    """Who speaks in the scripted day: it is played in no unit but theirs, since what is played is written down."""
    return {step["who"] for step in _script(bot) if "who" in step}


def _script(bot: Bot) -> list[dict[str, str]]:
    """The steps of the scripted day; none where the unit has no such file."""
    path = bot.settings.organization.content / "demo" / "day.yaml"
    steps: list[dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []
    return steps


async def _record(request: web.Request) -> web.Response:
    message_id = request.query.get("id", "")

    def ask(work: Work) -> dict[str, Any]:
        row = inbox.by_key(work.session, NAME, message_id)
        return (
            {"stored": False, "text": None, "status": "", "values": [], "records": [], "cases": []}
            if row is None
            else written_down(work, row)
        )

    return answer(await request.app[BOT].office.read(ask))


async def _explain(request: web.Request) -> web.Response:
    """What was found in a message and does not count. The page asks as it sends one; nothing of it is kept or looked up."""
    bot = request.app[BOT]
    said = await said_in(request)
    if isinstance(said, web.Response):
        return said
    explanation = bot.receiver.explain(said, bot.office.directory)
    return answer({"left_out": left_out(bot.office.unit.texts, explanation.left_out, said.text)})


async def _upcoming(request: web.Request) -> web.Response:
    bot = request.app[BOT]
    now = bot.office.clock.now()

    def ask(work: Work) -> list[tuple[datetime, str, str]]:
        timers = [
            (timer.due_at, "timer", work.say(f"event.{timer.kind}", number=timer.ref))
            for timer in promises.waiting_timers(work.session, UPCOMING)
        ]
        waiting = Counter(row.due_at for row in outbox.waiting(work.session, MOST_WAITING) if row.due_at > now)
        return list(dict.fromkeys(timers)) + [(at, "notice", work.say("event.notice", count=count)) for at, count in waiting.items()]

    events = await bot.office.read(ask)
    say = bot.office.unit.texts
    events += [(due.slot_at, "job", say(f"event.{due.job.name}")) for due in bot.runner.slots(now, now + HORIZON)]
    zone = bot.office.unit.zone
    found = [{"at": at.astimezone(zone).isoformat(), "kind": kind, "text": text} for at, kind, text in sorted(events)[:UPCOMING]]
    return answer({"now": now.astimezone(zone).isoformat(), "events": found})


async def _day(request: web.Request) -> web.Response:
    """The scripted day with its times resolved: the first working day whose script has not begun yet."""
    bot = request.app[BOT]
    steps = _script(bot)
    if not steps:
        return refuse(404, "day.yaml: this unit has no scripted day (content/demo/day.yaml)")
    now = bot.office.clock.now().astimezone(bot.office.unit.zone)
    first = _at(now.date(), steps[0]["clock"], now)
    day = now.date() if now <= first else now.date() + timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    resolved = [{**step, "clock": _at(day, step["clock"], now).isoformat()} if "clock" in step else step for step in steps]
    return answer({"day": day.isoformat(), "steps": resolved})


def _at(day: date, clock: str, now: datetime) -> datetime:
    """08:25 of the day, or "+1 08:25" of the next one, in the zone of `now`."""
    match = _CLOCK.fullmatch(clock)
    if match is None:
        raise ValueError(f'content/demo/day.yaml: clock: {clock!r} is not "HH:MM" or "+1 HH:MM"')
    day += timedelta(days=1 if match["later"] else 0)
    return datetime(day.year, day.month, day.day, int(match["hour"]), int(match["minute"]), tzinfo=now.tzinfo)
