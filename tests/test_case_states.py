"""The life of a case: what the table allows leads where it says; everything else is refused kindly and changes nothing."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.channels import registry
from bot.settings import Settings
from bot.unit import build_unit
from bot.wiring import open_store
from models import cases as case_rows
from models import promises
from models.case_states import MOVES, CaseMove, CaseState, after
from models.directory import load_directory
from models.people import Person
from models.promises import TimerKind
from models.store import Store
from models.tables.cases import CaseMoveRow, CaseRow
from models.tables.queue import MessageRow, NoticeRow, TimerRow
from services import case_merging, case_moves, cases, follow_up
from services.work import Unit, Work
from tests.moving_in import seed_demo

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

PAIRS = list(itertools.product(CaseState, CaseMove))
TO_STATE: dict[CaseState, list[CaseMove]] = {
    CaseState.OPEN: [],
    CaseState.ACKNOWLEDGED: [CaseMove.ACKNOWLEDGE],
    CaseState.PROPOSED: [CaseMove.ACKNOWLEDGE, CaseMove.PROPOSE],
    CaseState.CLOSED: [CaseMove.ACKNOWLEDGE, CaseMove.PROPOSE, CaseMove.CONFIRM],
}
"""The moves by which a new case comes to each state."""


class Desk:
    """A unit with its database, in which one hardship was raised by Zhang Wei."""

    def __init__(self, settings: Settings) -> None:
        seed_demo(settings)
        self.store: Store = open_store(settings)
        self.unit: Unit = build_unit(settings, registry.capabilities(settings.channels))
        self.organization = settings.organization.name
        self.now = START
        self.number = self.do(self._raise)

    def do(self, act: Callable[[Work], Any]) -> Any:
        """The result of an act in a transaction of its own, a minute after the last one."""
        self.now += timedelta(minutes=1)
        return self.store.write_now(lambda session: act(Work(session, self.now, self.unit, load_directory(session, self.organization))))

    def _raise(self, work: Work) -> int:
        zhang = person(work, "张伟")
        message = MessageRow(
            channel="sandbox", external_id="m1", account="张伟", member_id=zhang.id, addressed=True,
            sent_at=work.now, received_at=work.now, text="孩子没人带", reading="{}", status="handled",
        )  # fmt: skip
        work.session.add(message)
        work.session.flush()
        case, _ = cases.raise_case(
            work, message, kind="hardship", urgent=False, member=zhang, reporter=zhang, categories=["family"], text="孩子没人带"
        )
        return case.id

    def move(self, move: CaseMove) -> str | None:
        """Make a move as the one who would; the sentence that is answered."""
        return self.do(lambda work: ACTS[move](work, self.number))  # type: ignore[no-any-return]

    def state(self) -> CaseState:
        """Where the case stands."""
        return self.do(lambda work: CaseState(find(work, self.number).state))  # type: ignore[no-any-return]

    def everything(self) -> tuple[Any, ...]:
        """What a refused move must leave as it is: the case, its history, the notices, what is promised."""

        def look(work: Work) -> tuple[Any, ...]:
            case = find(work, self.number)
            counts = [work.session.scalar(select(func.count()).select_from(table)) for table in (NoticeRow, CaseMoveRow)]
            timers = [t.id for t in promises.waiting_timers(work.session, 100)]
            return (case.state, case.owner_id, case.urgency, case.round, case.round_at, case.changed_at, case.closed_at, counts, timers)

        return self.do(look)  # type: ignore[no-any-return]


def find(work: Work, number: int) -> CaseRow:
    case = case_rows.by_number(work.session, number)
    assert case is not None
    return case


def person(work: Work, name: str) -> Person:
    found = work.directory.named(name)
    assert found is not None
    return found


def climb(work: Work, number: int) -> str:
    return follow_up.climb(work, number, 0, work.now)


def merge(work: Work, number: int) -> str:
    """Into another case of the same person, which stands open."""
    zhang = person(work, "张伟")
    message = work.session.get_one(MessageRow, find(work, number).message_id)
    other, _ = cases.raise_case(
        work, message, kind="hardship", urgent=False, member=zhang, reporter=zhang, categories=["housing"], text="宿舍漏水"
    )
    said = case_merging.merge(work, person(work, "周建国"), number, other.id)
    if find(work, number).merged_into_id is None:
        work.session.rollback()  # the other case was there for this alone
    return said


def press(work: Work, number: int) -> None:
    """As one that is urgent already."""
    case_moves.make(work, find(work, number), CaseMove.PRESS, person(work, "张伟"))


def follow(work: Work, number: int) -> None:
    """As the clock does, for a member who has gone elsewhere."""
    case_moves.make(work, find(work, number), CaseMove.FOLLOW, None, "第二党小组")


ACTS: dict[CaseMove, Callable[[Work, int], str | None]] = {
    CaseMove.ACKNOWLEDGE: lambda work, number: cases.acknowledge(work, person(work, "周建国"), number),
    CaseMove.HAND_OVER: lambda work, number: cases.hand_over(work, person(work, "周建国"), number, "孙丽"),
    CaseMove.PROPOSE: lambda work, number: cases.propose(work, person(work, "周建国"), number, "已找人照看"),
    CaseMove.CONFIRM: lambda work, number: cases.confirm(work, person(work, "张伟"), number),
    CaseMove.REOPEN: lambda work, number: cases.reopen(work, person(work, "张伟"), number),
    CaseMove.OVERRIDE: lambda work, number: cases.override(work, person(work, "孙丽"), number, "电话里说好了"),
    CaseMove.MERGE: merge,
    CaseMove.CLIMB: climb,
    CaseMove.LAPSE: lambda work, number: follow_up.lapse(work, number, find(work, number).round, work.now),
    CaseMove.WORSEN: lambda work, number: cases.worsen(work, find(work, number), person(work, "张伟"), "39.5℃"),
    CaseMove.PRESS: press,
    CaseMove.FOLLOW: follow,
    CaseMove.ASK_AGAIN: lambda work, number: follow_up.ask_again(work, number, find(work, number).round),
    CaseMove.NOTE: lambda work, number: cases.note(work, find(work, number), person(work, "张伟"), "孩子也病了"),
}


ACTORS = {
    CaseMove.ACKNOWLEDGE: "周建国",
    CaseMove.HAND_OVER: "周建国",
    CaseMove.PROPOSE: "周建国",
    CaseMove.MERGE: "周建国",
    CaseMove.OVERRIDE: "孙丽",
    CaseMove.CLIMB: None,
    CaseMove.LAPSE: None,
    CaseMove.ASK_AGAIN: None,
    CaseMove.FOLLOW: None,
}
"""Who makes a move where it is not Zhang Wei himself; None: the clock."""


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    desk = Desk(settings)
    yield desk
    desk.store.close()


def bring_to(desk: Desk, state: CaseState) -> None:
    for move in TO_STATE[state]:
        desk.move(move)
    assert desk.state() == state


def test_every_move_and_every_state_is_acted_out_here() -> None:
    assert set(ACTS) == set(CaseMove)
    assert set(TO_STATE) == set(CaseState)


@pytest.mark.parametrize(("state", "move"), [pair for pair in PAIRS if after(*pair) is not None])
def test_an_allowed_move_leads_where_the_table_says_and_is_written_into_the_history(desk: Desk, state: CaseState, move: CaseMove) -> None:
    bring_to(desk, state)
    desk.move(move)
    assert desk.state() == MOVES[state, move]
    last = desk.do(lambda work: case_rows.history(work.session, desk.number)[-1])
    assert (last.move, last.old_state, last.new_state) == (move, state, MOVES[state, move])
    actor = ACTORS.get(move, "张伟")
    assert last.actor_id == (None if actor is None else desk.do(lambda work: person(work, actor).id))


@pytest.mark.parametrize(("state", "move"), [pair for pair in PAIRS if after(*pair) is None])
def test_any_other_move_is_refused_kindly_and_changes_nothing(desk: Desk, state: CaseState, move: CaseMove) -> None:
    bring_to(desk, state)
    before = desk.everything()
    answer = desk.move(move)
    assert desk.everything() == before
    if move is CaseMove.REOPEN:
        assert answer == f"好，事项 {desk.number} 我们接着管。"
    elif move in (CaseMove.CLIMB, CaseMove.LAPSE, CaseMove.ASK_AGAIN):
        assert answer == "not_needed"
    elif move in (CaseMove.NOTE, CaseMove.WORSEN, CaseMove.PRESS, CaseMove.FOLLOW):
        assert answer is None
    else:
        word = {CaseState.OPEN: "待响应", CaseState.ACKNOWLEDGED: "处理中", CaseState.PROPOSED: "待本人确认", CaseState.CLOSED: "已办结"}[
            state
        ]
        assert answer == f"事项 {desk.number} 现在是“{word}”，这一步不用做了。"


@pytest.mark.parametrize("state", CaseState)
def test_only_an_open_case_climbs(desk: Desk, state: CaseState) -> None:
    bring_to(desk, state)
    waiting = desk.do(
        lambda work: work.session.scalars(
            select(TimerRow).where(TimerRow.kind == TimerKind.CASE_CLIMB, TimerRow.ref == desk.number, TimerRow.done_at.is_(None))
        ).all()
    )
    assert len(waiting) == (state is CaseState.OPEN)


@pytest.mark.parametrize(
    "path",
    [
        [CaseMove.HAND_OVER],
        [CaseMove.ACKNOWLEDGE, CaseMove.HAND_OVER],
        [CaseMove.ACKNOWLEDGE, CaseMove.WORSEN],
        [CaseMove.ACKNOWLEDGE, CaseMove.PROPOSE, CaseMove.REOPEN],
        [CaseMove.ACKNOWLEDGE, CaseMove.PROPOSE, CaseMove.CONFIRM, CaseMove.REOPEN],
    ],
)
def test_a_case_that_is_open_again_climbs_anew_from_that_moment_and_once(desk: Desk, path: list[CaseMove]) -> None:
    for move in path:
        desk.move(move)
    urgent = CaseMove.WORSEN in path
    began = desk.now
    waiting = desk.do(lambda work: promises.waiting_timers(work.session, 10))
    assert [(t.step, t.due_at) for t in waiting] == [(0, began + (timedelta(minutes=10) if urgent else timedelta(hours=4)))]
    assert desk.do(lambda work: find(work, desk.number).closed_at) is None


def test_whoever_was_faster_wins_and_the_other_changes_nothing(desk: Desk) -> None:
    def second_reads_first(work: Work) -> bool:
        case = find(work, desk.number)
        assert case_rows.switch(work.session, case, CaseState.OPEN, CaseState.ACKNOWLEDGED, work.now)
        return case_rows.switch(work.session, case, CaseState.OPEN, CaseState.PROPOSED, work.now)

    assert desk.do(second_reads_first) is False
    assert desk.state() is CaseState.ACKNOWLEDGED


def test_nobody_but_its_reporter_says_that_a_case_is_over_or_not(desk: Desk) -> None:
    bring_to(desk, CaseState.PROPOSED)
    before = desk.everything()
    for name, act in itertools.product(("李明", "周建国", "王磊", "于海"), (cases.confirm, cases.reopen)):
        said = desk.do(partial(lambda act, name, work: act(work, person(work, name), desk.number), act, name))
        assert said == f"没有找到要你处理的事项 {desk.number}。"
    assert desk.everything() == before
