"""What a leader hears where many of a group report the same day after day: that the daily question costs too much. In private, no names."""

from collections import defaultdict
from datetime import date, timedelta

from models import regular as rows
from models import state
from services import regular
from services.work import Work

TOLD_AGAIN = timedelta(days=14)
"""A leader hears such a thing of a group once in so long."""
GROUP = 5
"""A group of fewer is not looked at: everybody would know who is meant."""
PEOPLE = 3
"""Of fewer than so many people nothing is said."""
WEEKS = timedelta(days=21)
"""How far back daily reports are looked for."""
FRIDAY = 4


def remark(work: Work, group_id: str, day: date) -> str:
    """On a Friday one sentence for a group's leader, which then counts as said; "" where nothing stands out or it was said lately."""
    key = f"too_much:{group_id}"
    said = state.get(work.session, key, lock=True)
    if day.weekday() != FRIDAY or (said is not None and day - date.fromisoformat(said) < TOLD_AGAIN):
        return ""
    kind, count = max(found(work, group_id, day).items(), key=lambda item: item[1])
    if count < PEOPLE:
        return ""
    state.put(work.session, key, day.isoformat())
    return work.say(f"regular.{kind}", count=count)


def found(work: Work, group_id: str, day: date) -> dict[str, int]:
    """Of how many members of a group each kind of thing looks too regular."""
    members = [person.id for person in work.directory.group_members(group_id)]
    if len(members) < GROUP:
        return {"temperature": 0}
    days = rows.last_days(work.session, group_id, day, regular.CHECKIN_DAYS)
    temperatures, minutes = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for checkin in rows.own_checkins(work.session, members, days):
        minutes[checkin.member_id].append(work.clock_time(checkin.said_at))
        if checkin.temperature is not None:
            temperatures[checkin.member_id].append(f"{checkin.temperature:.1f}")
    reports = _reports(work, members, day)
    return {
        "temperature": sum(map(regular.always_the_same, temperatures.values())),
        "report": sum(
            regular.repeats_itself(own) or regular.repeats_others(own, [reports[other] for other in reports if other != member])
            for member, own in reports.items()
        ),
        "minute": sum(map(regular.always_the_same, minutes.values())),
    }


def _reports(work: Work, members: list[int], day: date) -> dict[int, dict[date, str]]:
    """The daily reports of each member by day; several of a day are one."""
    said = defaultdict[tuple[int, date], list[str | None]](list)
    for report in rows.own_reports(work.session, members, day - WEEKS):
        said[report.member_id, report.day] += [report.work, report.plan, report.thought]
    found: dict[int, dict[date, str]] = defaultdict(dict)
    for (member, when), parts in said.items():
        text = regular.plain(*parts)
        if text:
            found[member][when] = text
    return found
