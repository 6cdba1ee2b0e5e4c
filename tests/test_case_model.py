"""One case through anything that may happen to it: people, the clock, failing channels, crashes. What must always hold is looked at."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from models import outbox
from models.case_states import CaseMove, CaseState
from models.listeners import IN_CONFIDENCE
from models.outbox import TELLING, NoticeKind
from models.people import Person
from models.promises import TimerKind
from models.roster import Role
from models.tables.cases import CaseMoveRow, CaseRow
from models.tables.queue import MessageRow, NoticeRow, TimerRow
from services import audit, case_merging, cases, ladder, pressing, stand_in
from services.audit import OF_CASES, Surroundings
from services.work import Work
from tests.case_world import CHANNELS, START, Unit, World, named, row

RUNS = int(os.environ.get("SANWEI_MODEL_RUNS", "5000"))
STEPS = 9
PEOPLE = ("张伟", "王磊", "陈一", "李明", "刘洋", "孙丽", "周建国", "钱志远", "于海")
"""Zhang Wei's own, his leader and another's, deputy and secretary, the secretary of another branch, the duty officer."""
NIGHT = timedelta(hours=7, minutes=30)
LONGEST_WAIT = timedelta(hours=24) + NIGHT
"""The longest step of any ladder, and a night in which nobody is woken."""

people = st.sampled_from(PEOPLE)
spans = st.sampled_from(
    [timedelta(minutes=m) for m in (0, 1, 9, 10, 59, 119, 120, 239, 240)] + [timedelta(hours=h) for h in (9, 24, 72, 73)]
)


class CaseMachine(RuleBasedStateMachine):
    """What may happen to a case, and what must hold whatever happens."""

    unit: ClassVar[Unit | None] = None

    def __init__(self) -> None:
        super().__init__()
        if CaseMachine.unit is None:
            CaseMachine.unit = Unit()
        self.world = World(CaseMachine.unit)
        self.numbers: list[int] = []
        self.may_know: set[int] = set()
        self.messages = 0

    def teardown(self) -> None:
        if self.numbers:
            self.world.do(self._audit)
        self.world.close()

    # what happens

    @initialize(
        kind=st.sampled_from(["hardship", "health", "silence"]),
        urgent=st.booleans(),
        confidential=st.booleans(),
        heavy=st.booleans(),
        member=st.sampled_from(["张伟", "王磊", "李明", "孙丽", "于海"]),
        reporter=st.sampled_from([None, "陈一", "李明"]),
        hour=st.sampled_from([0, 9, 14, 18]),
        away=st.sampled_from([None, ("李明", "王磊"), ("周建国", "李明"), ("周建国", "刘洋")]),
    )
    def raised(
        self,
        kind: str,
        urgent: bool,
        confidential: bool,
        heavy: bool,
        member: str,
        reporter: str | None,
        hour: int,
        away: tuple[str, str] | None,
    ) -> None:
        """Somebody raises it, for themselves or for a colleague, by day or at night, perhaps while somebody else stands in."""
        self.world.now = START + timedelta(hours=hour)
        categories = ["psychological" if heavy else "family"] if kind == "hardship" else ["fever"]
        self.may_know = self.world.do(self._in_confidence)
        if away is not None:
            self.world.do(lambda work: self._appoint(work, *away, 3, named(work, member)))
        self.numbers = [self.world.do(lambda work: self._raise(work, kind, urgent, confidential, categories, member, reporter or member))]
        if away is not None and not confidential and member == "张伟" and reporter not in away:
            assert self.world.do(self._told_first) & {*away} == {away[1]}, "who stands in hears in the place of who is away"
        self.world.send()

    def _told_first(self, work: Work) -> set[str]:
        return {work.directory.people[member].name for member in outbox.told(work.session, self.numbers[0])}

    def _raise(self, work: Work, kind: str, urgent: bool, confidential: bool, categories: list[str], member: str, reporter: str) -> int:
        message = self._message(work, reporter)
        about, by = named(work, member), named(work, reporter)
        case, _ = cases.raise_case(
            work,
            message,
            kind=kind,
            urgent=urgent,
            member=about,
            reporter=by,
            categories=categories,
            text="原话",
            confidential=confidential,
        )
        return case.id

    def _in_confidence(self, work: Work) -> set[int]:
        """Who by their own role may hear what was said for the secretary alone; who stands in for them is added when it begins."""
        return {person.id for person in work.directory.people.values() if person.role in IN_CONFIDENCE}

    def _message(self, work: Work, sender: str) -> MessageRow:
        self.messages += 1
        message = MessageRow(
            channel="sandbox", external_id=f"m{self.messages}", account=sender, member_id=named(work, sender).id, addressed=True,
            text="", sent_at=work.now, received_at=work.now, reading="{}", status="handled",
        )  # fmt: skip
        work.session.add(message)
        work.session.flush()
        return message

    def act(self, act: Callable[[Work], Any], crashes: bool) -> None:
        self.world.do(act, crashes=crashes)
        self.world.send()

    @rule(who=people, crashes=st.booleans())
    def acknowledge(self, who: str, crashes: bool) -> None:
        self.act(lambda work: cases.acknowledge(work, named(work, who), self.numbers[0]), crashes)

    @rule(who=people)
    def two_acknowledge_at_once(self, who: str) -> None:
        self.acknowledge(who, crashes=False)
        self.acknowledge("周建国", crashes=False)

    @rule(who=people, heir=people, crashes=st.booleans())
    def hand_over(self, who: str, heir: str, crashes: bool) -> None:
        self.act(lambda work: cases.hand_over(work, named(work, who), self.numbers[0], heir), crashes)

    @rule(who=people, crashes=st.booleans())
    def propose(self, who: str, crashes: bool) -> None:
        self.act(lambda work: cases.propose(work, named(work, who), self.numbers[0], "办好了"), crashes)

    @rule(who=people, crashes=st.booleans())
    def confirm(self, who: str, crashes: bool) -> None:
        self.act(lambda work: cases.confirm(work, named(work, who), self.numbers[0]), crashes)

    @rule(who=people, crashes=st.booleans())
    def reopen(self, who: str, crashes: bool) -> None:
        self.act(lambda work: cases.reopen(work, named(work, who), self.numbers[0]), crashes)

    @rule(who=people, why=st.sampled_from(["", "电话里说好了"]))
    def override(self, who: str, why: str) -> None:
        self.act(lambda work: cases.override(work, named(work, who), self.numbers[0], why), False)

    @rule(who=people)
    def press(self, who: str) -> None:
        self.act(lambda work: pressing.press(work, named(work, who), self.numbers[0]), False)

    @rule(who=people)
    def add_a_fact(self, who: str) -> None:
        self.act(lambda work: cases.note(work, row(work, self.numbers[0]), named(work, who), "又说了一句"), False)

    @precondition(lambda self: len(self.numbers) < 3)
    @rule(who=st.sampled_from(["周建国", "孙丽", "于海", "李明"]), urgent=st.booleans(), by_member=st.booleans())
    def merge_with_another(self, who: str, urgent: bool, by_member: bool) -> None:
        def both(work: Work) -> int:
            case = row(work, self.numbers[0])
            member = work.directory.people[case.member_id].name
            reporter = member if by_member else work.directory.people[case.reporter_id].name
            other = self._raise(work, case.kind, urgent, case.confidential, list(case.categories), member, reporter)
            case_merging.merge(work, named(work, who), other, self.numbers[0])
            return other

        self.numbers.append(self.world.do(both))
        self.world.send()

    @rule(away=st.sampled_from(["李明", "周建国", "孙丽"]), heir=people, days=st.sampled_from([0, 1, 3]))
    def stands_in(self, away: str, heir: str, days: int) -> None:
        def appoint(work: Work) -> None:
            self._appoint(work, away, heir, days, work.directory.people[row(work, self.numbers[0]).member_id])

        self.act(appoint, False)

    def _appoint(self, work: Work, away: str, heir: str, days: int, member: Person) -> None:
        """Whoever stands in for somebody who hears confidences hears them too, but for the leader of the very member."""
        person, gone = named(work, heir), named(work, away)
        stand_in.appoint(work, self._message(work, away), gone, gone, heir, (work.today, work.today + timedelta(days=days)))
        if gone.role in IN_CONFIDENCE and not (person.role is Role.LEADER and person.answers_for(member)):
            self.may_know.add(person.id)

    @rule(away=st.sampled_from(["李明", "周建国", "孙丽"]))
    def is_back(self, away: str) -> None:
        self.act(lambda work: stand_in.end(work, named(work, away)), False)

    @rule(channel=st.sampled_from(CHANNELS), trouble=st.sampled_from([None, "timeout", "refused"]))
    def channel_changes(self, channel: str, trouble: str | None) -> None:
        self.world.broken.pop(channel, None)
        if trouble is not None:
            self.world.broken[channel] = trouble
        self.world.send()

    @rule(span=spans)
    def time_passes(self, span: timedelta) -> None:
        self.world.run_until(self.world.now + span)

    @rule(span=spans)
    def the_bot_is_down_for_a_while(self, span: timedelta) -> None:
        self.world.do(lambda work: outbox.release_leases(work.session))
        self.world.run_until(self.world.now + span, down=True)

    # what must always hold

    @invariant()
    def everything_holds(self) -> None:
        if self.numbers:
            self.world.do(self._look)

    def _look(self, work: Work) -> None:
        found = {case.id: case for case in work.session.scalars(select(CaseRow))}
        waits: dict[tuple[str, int], list[datetime]] = {}
        for kind, ref, due_at in work.session.execute(
            select(TimerRow.kind, TimerRow.ref, TimerRow.due_at).where(TimerRow.done_at.is_(None))
        ):
            waits.setdefault((kind, ref), []).append(due_at)
        moves: dict[int, list[Any]] = {number: [] for number in found}
        for move in work.session.execute(select(CaseMoveRow.__table__).order_by(CaseMoveRow.id)):
            moves[move.case_id].append(move)
        for number, case in found.items():
            self._owed(work, case, {kind: due for (kind, ref), due in waits.items() if ref == number})
            self._history(case, moves[number])
        self._told(work, found, {(move.case_id, move.note) for of_one in moves.values() for move in of_one})

    def _owed(self, work: Work, case: CaseRow, waits: dict[str, list[datetime]]) -> None:
        """A case always has its next promise, within its policy's time, and no other."""
        assert all(len(due) == 1 for due in waits.values()), "nothing is promised twice"
        expected = dict(OF_CASES.values())
        if case.state == CaseState.CLOSED:
            assert set(waits) <= {TimerKind.CASE_ASK_AGAIN}, "what is over climbs no more"
            assert not (waits and case.merged_into_id), "what became part of another is promised nothing"
            return
        assert set(waits) == {expected[CaseState(case.state)]}, f"what is promised to a case that is {case.state}"
        ((due,),) = waits.values()
        if case.state == CaseState.OPEN:
            pressing = case.urgency == "urgent" and work.now - case.round_at < timedelta(hours=6)
            assert due <= work.now + (timedelta(minutes=10) if pressing else LONGEST_WAIT)
        elif case.state == CaseState.ACKNOWLEDGED:
            held = ladder.of_case(work.unit.policies, case).acknowledged_for
            assert held is not None
            assert due <= work.now + held + NIGHT

    def _history(self, case: CaseRow, moves: list[Any]) -> None:
        """Every move is in the history, with who and when and why."""
        states = [CaseState.OPEN, *(move.new_state for move in moves)]
        assert [move.old_state for move in moves] == states[:-1]
        assert states[-1] == case.state
        assert all(earlier.at <= later.at for earlier, later in pairwise(moves))
        for move in moves:
            assert (move.actor_id is None) == (move.move in (CaseMove.CLIMB, CaseMove.LAPSE, CaseMove.ASK_AGAIN)), move.move
            assert move.note or move.move not in (CaseMove.OVERRIDE, CaseMove.HAND_OVER, CaseMove.MERGE), move.move

    def _told(self, work: Work, found: dict[int, CaseRow], noted: set[tuple[int, str]]) -> None:
        """Who is told may know, is never the one in need, and hears each thing once; nobody is alarmed of what is over."""
        seen: set[tuple[int, int, int]] = set()
        columns = (NoticeRow.case_id, NoticeRow.case_round, NoticeRow.member_id, NoticeRow.kind, NoticeRow.room)
        for case_id, case_round, member_id, kind, room in work.session.execute(select(*columns).where(NoticeRow.kind.in_(TELLING))):
            case, person = found[case_id], work.directory.people[member_id]
            assert room is None, "never in a room"
            assert person.id != case.member_id, "who is in need is not told of themselves"
            if case.confidential and case_id == self.numbers[0] and (case_id, person.name) not in noted:
                assert person.id in self.may_know, "what is for the secretary alone is for nobody else"
            if kind == NoticeKind.ALERT:
                assert (case_id, case_round, member_id) not in seen, "one alert a round"
                seen.add((case_id, case_round, member_id))
        assert not self.world.sent_after_close, "nobody is alarmed of what is over"

    def _audit(self, work: Work) -> None:
        around = Surroundings(awake_since=work.now, online=frozenset(CHANNELS))
        assert not [finding for finding in audit.look(work, around) if finding.fault in OF_CASES and finding.count]


TestCase = CaseMachine.TestCase
TestCase.settings = settings(
    max_examples=RUNS, stateful_step_count=STEPS, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
