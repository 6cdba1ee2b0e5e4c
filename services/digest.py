"""Digests: what a leader or a secretary reads in ten seconds. The same records give the same text, byte for byte."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from models import cases, records
from models.directory import Person
from models.roster import Role
from models.tables.cases import CaseRow
from models.tables.records import IdeaRow
from services import coverage, reviews, watch_health, wording
from services.cases import visible
from services.coverage import Coverage, MemberDay
from services.record import is_abnormal
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
    private: frozenset[tuple[int, str]]
    """Whose health (member, relation) was told in confidence and is not for this reader."""
    now: datetime


def gather(work: Work, title: str, group_ids: Sequence[str], day: date, reader: Person) -> Digest:
    """Collect what a reader's digest says of some groups on a day."""
    coverages = (coverage.of_group(work, group_id, day) for group_id in group_ids)
    groups = tuple(group for group in coverages if group.members)
    members = [m.person.id for group in groups for m in group.members]
    branches = {work.directory.group_branches[g] for g in group_ids}
    staff = [
        p.id for p in work.directory.people.values() if p.group_id is None and p.branch_id in branches and reader.role is not Role.LEADER
    ]
    return Digest(
        title=title,
        day=day,
        groups=groups,
        cases=tuple(visible(cases.unfinished(work.session, members + staff), reader)),
        ideas=tuple(records.ideas_on(work.session, day, members + staff)),
        reviews=len(reviews.listed(work, reader, group_ids)),
        private=_told_in_confidence(work, members, day) if reader.role is Role.LEADER else frozenset(),
        now=work.now,
    )


def _told_in_confidence(work: Work, members: Sequence[int], day: date) -> frozenset[tuple[int, str]]:
    midnight = datetime.combine(day, time(), work.unit.zone)
    known = cases.alive_since(work.session, watch_health.KIND, members, midnight)
    return frozenset((c.member_id, c.relation) for c in known if c.confidential) - {
        (c.member_id, c.relation) for c in known if not c.confidential
    }


def morning(work: Work, digest: Digest, late: str = "") -> str:
    """The health of the day: coverage, who is missing and why, what is abnormal, what is not finished, what was proposed."""
    lines = [work.say("digest.morning", title=digest.title, day=wording.day(work.unit.texts, digest.day), late=late)]
    lines += _coverage_lines(work, digest)
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
    lines = []
    for group in digest.groups:
        missing = coverage.missing(work.unit.texts, [group])
        key = "digest.coverage" if missing else "digest.coverage_full"
        facts = {"heard": group.heard, "expected": group.expected, "missing": missing}
        lines.append(_heading(work, digest, group) + work.say(key, **facts))
    return lines


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
    abnormal = [line for group in digest.groups for member in group.members for line in _abnormal(work, digest, member)]
    lines = []
    if abnormal:
        lines.append(work.say("digest.abnormal", list="；".join(abnormal)))
    elif any(group.heard for group in digest.groups):  # where nobody was heard, nothing is known to be well
        lines.append(work.say("digest.all_normal"))
    if digest.cases:
        entries = (_case_entry(work, case, digest.now) for case in digest.cases)
        lines.append(work.say("digest.cases", count=len(digest.cases), list=wording.listed(texts, entries)))
    if digest.reviews:
        lines.append(work.say("digest.reviews", count=digest.reviews))
    if digest.ideas:
        lines.append(work.say("digest.ideas", count=len(digest.ideas)))
        lines += [work.say("digest.idea", name=_name(work, idea.member_id), text=_short(idea.text)) for idea in digest.ideas]
    return lines


def _abnormal(work: Work, digest: Digest, member: MemberDay) -> list[str]:
    own = (member.checkin,) if member.checkin is not None else ()
    return [
        work.say(
            "digest.person", name=wording.whose(work.unit.texts, member.person, row.relation), health=wording.health(work.unit.texts, row)
        )
        for row in (*own, *member.family)
        if is_abnormal(row) and (row.member_id, row.relation) not in digest.private
    ]


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


def _short(text: str, length: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
