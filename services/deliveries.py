"""Who was told of a case, when, and how late; and what did not arrive. Never the words of a notice."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from models import cases
from models import deliveries as rows
from models.case_states import CaseState
from models.outbox import TELLING, NoticeKind, NoticeState
from models.people import Person
from models.tables.cases import CaseRow
from models.tables.queue import NoticeRow
from services import calm, case_moves, ladder, reach, reachability, wording
from services.notify import UNREACHABLE
from services.reachability import Why
from services.wanted import unwanted
from services.work import Work

DAYS = 7
"""For how many days back 未达 looks."""
LINES = 10
"""How many lines 未达 has at most, its title included."""
TOLD = 12
"""How many people the list of a case shows at most, those who were told last."""
_NAMED = 3
"""How many different things that did not arrive are named for one person."""

_NOBODY_THERE = "nobody_there"
_OUT_OF_REACH = "out_of_reach"
_NOT_A_FRIEND = "not_a_friend"
_REFUSED = "refused"
_REASONS = {
    "pace": "pace",
    "unreadable": "unreadable",
    "not_a_friend": _NOT_A_FRIEND,
    "not_a_contact": _NOT_A_FRIEND,
    **dict.fromkeys(("member_out_of_scope", "user_not_in_scope", "out_of_scope", "not_in_scope", "unknown_user"), _NOBODY_THERE),
    **dict.fromkeys(("invalid_user_id", "invalid_user_list", "no_valid_recipient", "no_recipient"), _NOBODY_THERE),
    **dict.fromkeys(("not_connected", "connect_failed", "timeout", "no_answer", "logged_out", "no_internet"), _OUT_OF_REACH),
}
"""The reasons of channels by what people can do about them; every other one is a platform's refusal."""

_WORDS: dict[str, str] = {
    NoticeKind.NUDGE_CHECKIN: "missed.reminder",
    NoticeKind.NUDGE_WORDS: "missed.reminder",
    NoticeKind.NUDGE_REPORT: "missed.reminder",
    NoticeKind.NUDGE_BUDDY: "missed.reminder",
    NoticeKind.HEALTH_ROUND: "missed.reminder",
    NoticeKind.HEALTH_RISE: "missed.reminder",
    NoticeKind.DIGEST: "missed.digest",
    NoticeKind.LESSON: "missed.lesson",
}


def of_case(work: Work, reader: Person, number: int) -> str:
    """事项 N: how a case stands, and who was told when and how late, for whoever may act on it or raised it.

    Who raised it reads the roles of the others, not their names. To everybody else it does not exist.
    """
    case = cases.called(work.session, number)
    acting = case is not None and ladder.may_act(work, case, reader)
    if case is None or not (acting or case_moves.knows(work, case, reader)):
        return work.say("told.unknown", number=number)
    together: dict[tuple[int, int], list[NoticeRow]] = defaultdict(list)
    for notice in rows.of_case(work.session, case.id):
        together[notice.case_round or 0, notice.member_id or 0].append(notice)
    lines = [_line(work, case, told, named=acting) for told in together.values()]
    if len(lines) > TOLD:
        lines = [work.say("told.earlier", count=len(lines) - TOLD), *lines[-TOLD:]]
    return "\n".join([_title(work, case, named=acting), *(lines or [work.say("told.nobody")])])


def _title(work: Work, case: CaseRow, *, named: bool) -> str:
    """What it is, and since when it stands as it does."""
    texts = work.unit.texts
    kind = texts.word("urgent_case_kind" if case.urgency == "urgent" else "case_kind", case.kind)
    state = texts.word("case_state", case.state)
    if case.owner_id is not None and case.state != CaseState.OPEN:
        state = work.say("card.state_of", state=state, name=case_moves.name_of(work, case.owner_id))
    since = max((move.at for move in cases.history(work.session, case.id) if move.old_state != move.new_state), default=case.opened_at)
    about = texts("word.comma").join([kind, case_moves.name_of(work, case.member_id)] if named else [kind])
    return work.say("told.title", number=case.id, about=about, state=state, since=wording.moment(work, since))


def _line(work: Work, case: CaseRow, told: Sequence[NoticeRow], *, named: bool) -> str:
    """One person in one round of a case: what became of the first notice that arrived, or of the last; by oldest first."""
    person = work.directory.people.get(told[0].member_id or 0)
    parts = [_outcome(work, case, told, named=named)]
    answered = min((notice.answered_at for notice in told if notice.answered_at is not None), default=None)
    if answered is not None:
        parts.append(work.say("told.answered", time=wording.moment(work, answered)))
    sent = [notice for notice in told if notice.state != NoticeState.DROPPED]
    if len(sent) > 1:
        parts.append(work.say("told.again", count=len(sent), time=wording.moment(work, _wanted_at(work, case, sent[-1]))))
    role = "" if person is None else work.unit.texts.word("role", person.role)
    who = role if not named and role else work.say("told.person", role=role, name=case_moves.name_of(work, told[0].member_id)).strip()
    outcome = work.unit.texts("word.comma").join(parts)
    return work.say("told.line", time=wording.moment(work, _wanted_at(work, case, told[0])), who=who, outcome=outcome)


def _wanted_at(work: Work, case: CaseRow, notice: NoticeRow) -> datetime:
    """When a notice was to be said: what is decided at night and can wait is not late in the morning."""
    return calm.of_case(work, case, notice.created_at)


def _outcome(work: Work, case: CaseRow, told: Sequence[NoticeRow], *, named: bool) -> str:
    arrived = next((notice for notice in told if notice.state == NoticeState.SENT), None)
    if arrived is not None and arrived.finished_at is not None:
        late = arrived.finished_at - _wanted_at(work, case, told[0])
        if late < wording.LATE:
            outcome = work.say("told.arrived")
        else:
            span = wording.span(work.unit.texts, late)
            outcome = work.say("told.late", time=wording.moment(work, arrived.finished_at), span=span)
        return _detour(work, arrived) + outcome if named else outcome
    last = next((notice for notice in reversed(told) if notice.state != NoticeState.DROPPED), told[-1])
    why = work.say("word.in_brackets", text=_why(work, last)) if named and last.reason is not None else ""
    if last.state == NoticeState.DROPPED:
        return work.say("told.dropped")
    if last.state == NoticeState.WAITING and _wanted_at(work, case, last) > work.now:
        return work.say("told.in_the_morning")
    return work.say("told.failed" if last.state == NoticeState.FAILED else "told.on_its_way", why=why)


def _detour(work: Work, notice: NoticeRow) -> str:
    """Which channels failed before the one that took it."""
    if not notice.tried:
        return ""
    texts = work.unit.texts
    failed = wording.listed(texts, dict.fromkeys(texts.word("channel", name) for name in notice.tried.split()))
    return work.say("told.detour", failed=failed, channel=texts.word("channel", notice.channel))


def _why(work: Work, notice: NoticeRow) -> str:
    """Why a notice did not arrive."""
    return work.say(f"undelivered_why.{_trouble(work, notice)}", bot=work.unit.bot_name)


def _todo(work: Work, notice: NoticeRow) -> str:
    """What people can do about it."""
    name = case_moves.name_of(work, notice.member_id)
    trouble = _trouble(work, notice)
    if trouble == Why.NO_ACCOUNT and any(able.strangers for able in work.unit.channels.values()):
        return work.say("undelivered_todo.add_first", name=name, bot=work.unit.bot_name)
    return work.say(f"undelivered_todo.{trouble}", name=name, bot=work.unit.bot_name)


def _trouble(work: Work, notice: NoticeRow) -> str:
    reason = notice.reason or ""
    if reason == UNREACHABLE:
        person = work.directory.people.get(notice.member_id or 0)
        if person is None or reach.reachable(work, person):
            return Why.NO_ACCOUNT
        return reachability.why(work.directory, work.unit.channels, person)
    return _REASONS.get(reason, _OUT_OF_REACH if reason.startswith("http_") else _REFUSED)


def missed(work: Work, reader: Person) -> tuple[str, int]:
    """未达: what did not arrive at those for whom the reader answers, and still matters; and for how many people that is so."""
    theirs = {person.id for person in work.directory.people.values() if reader.answers_for(person)}
    waiting = _waiting(work, theirs)
    found: dict[int, list[NoticeRow]] = defaultdict(list)
    alerts: set[int] = set()
    for notice, alert in _mattering(work, reader, theirs):
        found[notice.member_id or 0].append(notice)
        if alert:
            alerts.add(notice.id)
    if not found:
        return "\n".join([work.say("missed.none", days=DAYS), *waiting]), 0
    ordered = sorted(found.values(), key=lambda of_one: not any(notice.id in alerts for notice in of_one))
    most = LINES - 1 - len(waiting)
    shown = ordered if len(ordered) <= most else ordered[: most - 1]
    lines = [work.say("missed.title", days=DAYS, count=len(ordered)), *(_missed_line(work, reader, of_one, alerts) for of_one in shown)]
    if len(shown) < len(ordered):
        lines.append(work.say("missed.more", count=len(ordered) - len(shown)))
    return "\n".join([*lines, *waiting]), len(ordered)


def _waiting(work: Work, theirs: Collection[int]) -> list[str]:
    """A line on what is late and still being tried; none where nothing is."""
    late = rows.late(work.session, list(work.unit.channels), work.now - wording.LATE)
    decided = [at for member_id, at in late if member_id in theirs]
    return [work.say("missed.waiting", count=len(decided), time=wording.moment(work, min(decided)))] if decided else []


def _mattering(work: Work, reader: Person, theirs: Collection[int]) -> Iterator[tuple[NoticeRow, bool]]:
    """The given-up notices that matter, the newest first, and whether each is an alert of which its reader still does not know.

    An alert matters while its case is not over and no other notice told the same person of it. Anything else matters while nothing
    has arrived at its reader since.
    """
    since = work.now - timedelta(days=DAYS)
    failed = [notice for notice in rows.failed_since(work.session, since) if notice.member_id in theirs]
    arrivals = rows.last_arrivals(work.session, {notice.member_id or 0 for notice in failed}, since)
    tellings: dict[int, list[NoticeRow]] = {}
    for notice in failed:
        if notice.case_id is not None and notice.kind in TELLING and _may_know(work, reader, notice) and unwanted(work, notice) is None:
            if notice.case_id not in tellings:
                tellings[notice.case_id] = rows.of_case(work.session, notice.case_id)
            if not any(_told_by(other, notice) for other in tellings[notice.case_id]):
                yield notice, True
        elif not _arrives_again(work, notice, arrivals.get(notice.member_id or 0)):
            yield notice, False


def _told_by(other: NoticeRow, notice: NoticeRow) -> bool:
    return other.member_id == notice.member_id and other.id > notice.id and other.state == NoticeState.SENT


def _arrives_again(work: Work, notice: NoticeRow, arrival: datetime | None) -> bool:
    """Whether what comes now reaches the one whom a notice did not reach."""
    person = work.directory.people.get(notice.member_id or 0)
    if notice.reason == UNREACHABLE and person is not None and reach.reachable(work, person):
        return True
    return arrival is not None and notice.finished_at is not None and arrival > notice.finished_at


def _may_know(work: Work, reader: Person, notice: NoticeRow) -> bool:
    """Whether the reader may know which case a notice is about."""
    case = cases.by_number(work.session, notice.case_id or 0)
    return case is not None and (ladder.may_act(work, case, reader) or case.reporter_id == reader.id)


def _missed_line(work: Work, reader: Person, of_one: Sequence[NoticeRow], alerts: set[int]) -> str:
    """What did not arrive at one person: alerts first, why, and what to do."""
    texts = work.unit.texts
    ordered = sorted(of_one, key=lambda notice: notice.id not in alerts)
    newest = ordered[0]
    things = list(dict.fromkeys(_thing(work, reader, notice) for notice in ordered))
    what = wording.listed(texts, things[:_NAMED])
    return work.say(
        "missed.line",
        name=case_moves.name_of(work, newest.member_id),
        what=what if len(things) <= _NAMED else work.say("word.and_others", names=what),
        time=wording.moment(work, newest.created_at),
        why=_why(work, newest),
        todo=_todo(work, newest),
    )


def _thing(work: Work, reader: Person, notice: NoticeRow) -> str:
    """What a notice was, as far as the reader may know."""
    if notice.case_id is None:
        return work.say(_WORDS.get(notice.kind, "missed.message"))
    if not _may_know(work, reader, notice):
        return work.say("missed.message")
    return work.say("missed.alert" if notice.kind in TELLING else "missed.of_case", number=notice.case_id)
