"""Digests: what a leader or a secretary reads in ten seconds. The same records give the same text, byte for byte."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models import cases, inbox, records
from models.people import Person
from models.tables.cases import CaseRow
from models.tables.records import IdeaRow
from services import chase, confidence, coverage, digest_health, reviews, wording
from services.case_lists import visible
from services.coverage import Coverage
from services.digest_health import HealthOf
from services.work import Work


@dataclass(frozen=True)
class Digest:
    """The facts of a digest of one reader: the coverage of each group, and of their members the unfinished cases and the ideas."""

    title: str
    day: date
    groups: tuple[Coverage, ...]
    cases: tuple[CaseRow, ...]
    ideas: tuple[IdeaRow, ...]
    reviews: int
    """How many items wait on the review lists."""
    health: HealthOf
    now: datetime


def gather(work: Work, title: str, group_ids: Sequence[str], day: date, reader: Person) -> Digest:
    """Collect what a reader's digest says of some groups on a day."""
    coverages = (coverage.of_group(work, group_id, day) for group_id in group_ids)
    groups = tuple(group for group in coverages if group.members)
    members = [m.person.id for group in groups for m in group.members]
    branches = {work.directory.group_branches[g] for g in group_ids}
    staff = [p.id for p in work.directory.people.values() if p.group_id is None and p.branch_id in branches and reader.in_confidence]
    people = [work.directory.people[member] for member in members + staff]
    return Digest(
        title=title,
        day=day,
        groups=groups,
        cases=tuple(visible(work, cases.unfinished_of(work.session, members + staff), reader)),
        ideas=tuple(idea for idea in records.ideas_on(work.session, day, members + staff) if _may_read(work, idea, reader)),
        reviews=len(reviews.listed(work, reader, group_ids)),
        health=digest_health.gather(work, groups, people, day, reader),
        now=work.now,
    )


def _may_read(work: Work, idea: IdeaRow, reader: Person) -> bool:
    """Whether an idea is for a reader: what was said for the secretary alone is for no leader."""
    member = work.directory.people.get(idea.member_id)
    if member is None or reader.hears_confidences_of(member):
        return True
    message = inbox.by_id(work.session, idea.message_id)
    return message is None or not confidence.asked_for(message)


def morning(work: Work, digest: Digest, late: str = "") -> str:
    """The health of the day: coverage, who is missing and why, what is abnormal, what is not finished, what was proposed."""
    lines = [work.say("digest.morning", title=digest.title, day=wording.day(work.unit.texts, digest.day), late=late)]
    lines += _coverage_lines(work, digest)
    if len(digest.groups) == 1:
        lines += _unasked_lines(work, digest.groups[0])
    lines += _common_lines(work, digest)
    return "\n".join(lines)


def evening(work: Work, digest: Digest, late: str = "") -> str:
    """The daily reports of the day, and what the morning's digest says, as it is by now."""
    return _whole(work, digest, work.say("digest.evening", title=digest.title, day=wording.day(work.unit.texts, digest.day), late=late))


def so_far(work: Work, digest: Digest) -> str:
    """The same at any time, for who asks for it."""
    day = wording.day(work.unit.texts, digest.day)
    return _whole(work, digest, work.say("digest.so_far", title=digest.title, day=day, time=work.clock_time(digest.now)))


def _whole(work: Work, digest: Digest, title: str) -> str:
    lines = [title]
    lines += _coverage_lines(work, digest)
    lines += _report_lines(work, digest)
    lines += _common_lines(work, digest)
    return "\n".join(lines)


def _heading(work: Work, digest: Digest, group: Coverage) -> str:
    """A digest of several groups names each of them."""
    if len(digest.groups) == 1:
        return ""
    return work.say("digest.of_group", name=work.directory.group_names[group.group_id])


def _coverage_lines(work: Work, digest: Digest) -> list[str]:
    return [_heading(work, digest, group) + coverage.line(work, group) for group in digest.groups]


def _unasked_lines(work: Work, group: Coverage) -> list[str]:
    """About whom nobody can be asked, so that the leader calls; without names where it is everybody who is open."""
    alone = chase.unasked(work, group)
    if not alone:
        return []
    names = wording.listed(work.unit.texts, (person.name for person in alone))
    return [work.say("digest.unasked_all" if len(alone) == len(group.open) else "digest.unasked", names=names)]


def _report_lines(work: Work, digest: Digest) -> list[str]:
    lines = []
    for group in digest.groups:
        done = sum(m.reported for m in group.members)
        owing = [m.person.name for m in group.members if m.owes_report]
        key = "digest.reports" if owing else "digest.reports_full"
        facts = {"done": done, "expected": done + len(owing), "missing": wording.listed(work.unit.texts, owing)}
        lines.append(_heading(work, digest, group) + work.say(key, **facts))
    return lines


def _common_lines(work: Work, digest: Digest) -> list[str]:
    texts = work.unit.texts
    lines = digest_health.lines(work, digest.health)
    if digest.cases:
        entries = (_case_entry(work, case, digest.now) for case in digest.cases)
        lines.append(work.say("digest.cases", count=len(digest.cases), list=wording.listed(texts, entries)))
    if digest.reviews:
        lines.append(work.say("digest.reviews", count=digest.reviews))
    if digest.ideas:
        lines.append(work.say("digest.ideas", count=len(digest.ideas)))
        lines += [work.say("digest.idea", name=_name(work, idea.member_id), text=wording.short(idea.text)) for idea in digest.ideas]
    return lines


def _case_entry(work: Work, case: CaseRow, now: datetime) -> str:
    texts = work.unit.texts
    return work.say(
        "digest.case",
        number=case.id,
        kind=texts.word("case_kind", case.kind),
        state=texts.word("case_state", case.state),
        age=wording.span(texts, now - case.opened_at),
    )


def _name(work: Work, member_id: int) -> str:
    person = work.directory.people.get(member_id)
    return person.name if person is not None else work.say("word.somebody")
