"""我的: what is kept of whoever asks, for the last week."""

import re
from datetime import timedelta

from handlers.incoming import Answer, Incoming
from models import cases, checkins, records
from models import reviews as rows
from services import reviews, wording

PATTERN = re.compile(r"我的|我的记录|我的打卡")
DAYS = 7


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """List check-ins, reports, leaves, cases, and what waits to be looked at; always in private."""
    work = incoming.work
    texts = work.unit.texts
    since = work.today - timedelta(days=DAYS - 1)
    sender = incoming.sender
    lines = [
        work.say(
            "mine.checkin",
            day=wording.day(texts, row.day),
            who=row.relation,
            health=wording.health(texts, row),
            source="" if row.reported_by == sender.id else work.say("mine.by_other", source=texts.word("source", row.source)),
        )
        for row in checkins.checkins_of(work.session, sender.id, since)
    ]
    for report in records.reports_of(work.session, sender.id, since):
        said = [texts.word("section", name) for name in ("work", "plan", "thought") if getattr(report, name)]
        lines.append(work.say("mine.report", day=wording.day(texts, report.day), parts=wording.listed(texts, said)))
    lines += [
        work.say("mine.leave", first=wording.day(texts, row.first), leave=wording.leave(texts, row))
        for row in records.leaves_of(work.session, sender.id, work.today)
    ]
    lines += [
        work.say("mine.case", number=case.id, kind=texts.word("case_kind", case.kind), state=texts.word("case_state", case.state))
        for case in cases.of_member(work.session, sender.id)
        if case.reporter_id == sender.id or case.member_knows
    ]
    waiting = rows.of_member(work.session, sender.id, work.now - reviews.LISTED)
    keys = {True: "mine.review_in_confidence", False: "mine.review"}
    lines += [work.say(keys[item.confidential], day=wording.day(texts, item.day)) for item in waiting]
    return Answer(private="\n".join([work.say("mine.title", days=DAYS), *(lines or [work.say("mine.nothing")])]))
