"""While the connection was down a channel without replay heard nothing: whoever looks after its rooms hears when that was, once."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from structlog.testing import capture_logs

from bot.settings import Settings
from models import promises, rooms
from models.capabilities import Capabilities, Hears, Push
from models.outbox import NoticeKind, NoticeState
from models.roster import Role
from models.tables.queue import StateRow
from models.tables.unit import AccountRow, MemberRow
from services import gaps
from services.work import Work
from tests.moving_in import seed_demo
from tests.stage import WallClock, Ways, by_the_wall_clock, notices, only_jobs, rows, tick, told
from tests.story import Story
from tests.test_metrics import figures

WECHAT = Capabilities(hears=Hears.EVERYTHING, private=True, rooms=Push.ALWAYS, people=Push.NEVER, strangers=True)
"""It hears its rooms; people hear from the bot elsewhere, in the sandbox."""

ASK = "“第一党小组”群里的消息我可能没收到。请在群里问一句：这段时间报过的，麻烦再发一遍。还差谁，回我“未报”就能看到。"


@pytest.fixture
async def unit(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Story]:
    """The demo unit, whose rooms are in WeChat as well."""
    Ways(monkeypatch, wechaty=WECHAT)
    async with told(only_jobs(settings)) as story:
        yield story


async def bind(story: Story, **bound: tuple[str, str]) -> None:
    """Chats of WeChat are rooms of the unit from now on."""

    def act(work: Work) -> None:
        for address, (kind, scope) in bound.items():
            rooms.bind(work.session, "wechaty", address, kind, scope)
        work.directory_changed = True

    await story.bot.office.write(act)


async def hears(story: Story) -> None:
    await story.bot.door.still_hears("wechaty", story.bot.door.now())


async def hears_again(story: Story) -> None:
    await story.bot.door.hears_again("wechaty")
    await story.later("PT0S")


async def nobody_is(story: Story, *roles: Role) -> None:
    """Places are empty."""

    def act(work: Work) -> None:
        work.session.execute(update(MemberRow).where(MemberRow.role.in_(roles)).values(role=Role.MEMBER))
        work.directory_changed = True

    await story.bot.office.write(act)


async def test_a_leader_hears_when_messages_of_the_room_may_have_been_missed(unit: Story) -> None:
    await bind(unit, r1=("group", "g1"))
    await unit.at("08:02")
    await hears(unit)
    await unit.at("08:09")
    with capture_logs() as logs:
        await hears_again(unit)
    assert [(m.to, m.room, m.text) for m in await unit.heard()] == [("李明", None, f"08:02–08:09，{ASK}")]
    assert [(line["channel"], line["seconds"], line["told"]) for line in logs if line["event"] == "gap in hearing"] == [("wechaty", 420, 1)]
    await hears_again(unit)
    assert len(await unit.heard()) == 1, "a gap is told once"
    found = await figures(unit)
    assert found['sanwei_channel_gaps_total{channel="wechaty"}'] == 1
    assert found['sanwei_channel_gap_seconds_total{channel="wechaty"}'] == 420


async def test_at_the_first_start_ever_nothing_was_missed(unit: Story) -> None:
    await bind(unit, r1=("group", "g1"))
    await unit.at("08:00")
    await hears_again(unit)
    assert await unit.heard() == []
    await unit.at("08:30")
    await hears_again(unit)
    assert await unit.last_to("李明") == f"08:00–08:30，{ASK}", "though no heartbeat ever came after the first start"


async def test_a_short_gap_is_only_logged_and_counted(unit: Story) -> None:
    await bind(unit, r1=("group", "g1"))
    await hears(unit)
    await unit.later("PT2S")
    with capture_logs() as logs:
        await hears_again(unit)
    assert await unit.heard() == []
    assert [(line["seconds"], line["told"]) for line in logs if line["event"] == "gap in hearing"] == [(2, 0)]
    assert (await figures(unit))['sanwei_channel_gap_seconds_total{channel="wechaty"}'] == 2
    await unit.later("PT3S")
    await hears_again(unit)
    assert await unit.last_to("李明") == f"06:05 前后，{ASK}"


async def test_a_connection_that_breaks_again_and_again_makes_one_message_in_half_an_hour(unit: Story) -> None:
    await bind(unit, r1=("group", "g1"))
    for down, up in [("08:02", "08:09"), ("08:12", "08:14"), ("08:20", "08:21")]:
        await unit.at(down)
        await hears(unit)
        await unit.at(up)
        await hears_again(unit)
    await unit.at("08:38")
    await hears(unit)
    assert await unit.heard_by("李明") == [f"08:02–08:09，{ASK}"], "the first is told at once, the others wait"
    await unit.at("08:39")
    await hears(unit)
    await unit.later("PT0S")
    await hears(unit)
    await unit.later("PT0S")
    assert (await unit.heard_by("李明"))[1:] == [f"08:12–08:14、08:20–08:21，{ASK}"], "each is told once"

    for minute in range(40, 50, 2):
        await unit.at(f"08:{minute}")
        await hears(unit)
        await unit.at(f"08:{minute + 1}")
        await hears_again(unit)
    await unit.at("09:10")
    await unit.restart()
    await hears(unit)
    await unit.later("PT0S")
    assert (await unit.heard_by("李明"))[2:] == [f"08:40–08:49 断断续续，{ASK}"], "what waits outlives a restart"


async def test_the_length_from_which_on_people_hear_is_set(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    Ways(monkeypatch, wechaty=WECHAT)
    patient = settings.channels.wechaty.model_copy(update={"gap": timedelta(minutes=10)})
    channels = settings.channels.model_copy(update={"wechaty": patient})
    async with told(only_jobs(settings).model_copy(update={"channels": channels})) as story:
        await bind(story, r1=("group", "g1"))
        await hears(story)
        await story.later("PT10M")
        await hears_again(story)
        assert await story.heard() == []
        await story.later("PT10M1S")
        await hears_again(story)
        assert await story.last_to("李明") == f"06:15–06:25，{ASK}"


async def test_over_midnight_the_days_are_named(unit: Story) -> None:
    await bind(unit, r1=("group", "g1"))
    await unit.at("22:10")
    await hears(unit)
    await unit.at("06:05", day="2026-03-03")
    await hears_again(unit)
    assert await unit.last_to("李明") == f"3月2日 22:10 – 3月3日 06:05，{ASK}"


async def test_a_gap_of_some_days_names_the_days_as_well(unit: Story) -> None:
    await bind(unit, r1=("group", "g1"))
    await unit.at("08:00")
    await hears(unit)
    await unit.at("09:00", day="2026-03-05")
    await hears_again(unit)
    assert (await unit.last_to("李明")).startswith("3月2日 08:00 – 3月5日 09:00，")


async def test_each_room_has_its_own_people_and_one_of_several_rooms_hears_one_message(unit: Story) -> None:
    await bind(unit, r1=("group", "g1"), r2=("group", "g1"), r3=("branch", "b1"), r4=("branch", "b2"), r5=("organization", ""))
    await bind(unit, r6=("group", "g2"))
    await nobody_is(unit, Role.LEADER)
    await hears(unit)
    await unit.later("PT1H")
    await hears_again(unit)
    heard = {m.to: m.text for m in await unit.heard()}
    assert len(await unit.heard()) == len(heard) == 3
    assert "“第一党小组”、“江北站党支部”、“第二党小组”群里" in heard["周建国"], "who leads no group is stood in for by the secretary"
    assert "“机关党支部”群里" in heard["钱志远"]
    assert "“江城市消防救援支队（示例）”群里" in heard["于海"]
    assert "未报" in heard["周建国"]
    assert "未报" not in heard["于海"], "who is on duty leads no group and would be refused"


async def test_where_a_branch_has_no_secretary_the_deputy_hears_and_then_who_is_on_duty(unit: Story) -> None:
    await bind(unit, r1=("branch", "b1"), r2=("branch", "b2"))
    await nobody_is(unit, Role.SECRETARY)
    await hears(unit)
    await unit.later("PT1H")
    await hears_again(unit)
    assert {m.to for m in await unit.heard()} == {"孙丽", "于海"}
    assert "“机关党支部”" in await unit.last_to("于海")


async def test_another_channel_s_rooms_are_not_concerned(unit: Story) -> None:
    await hears(unit)
    await unit.later("PT1H")
    await hears_again(unit)
    assert await unit.heard() == [], "the sandbox has rooms, and missed nothing"


async def test_a_moment_never_goes_back(unit: Story) -> None:
    await bind(unit, r1=("group", "g1"))
    early = unit.bot.door.now()
    await unit.at("08:00")
    await hears(unit)
    await unit.bot.door.still_hears("wechaty", early)
    await unit.at("08:10")
    await hears_again(unit)
    assert (await unit.last_to("李明")).startswith("08:00–08:10，")


async def test_the_time_while_the_bot_was_down_is_a_gap(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    Ways(monkeypatch, wechaty=WECHAT)
    seed_demo(settings)
    clock = WallClock("2026-03-02T08:02")
    story = Story(only_jobs(settings))
    await story.open(by_the_wall_clock(story.settings, clock))
    await bind(story, r1=("group", "g1"))
    await hears(story)
    await story.close()
    clock.to("2026-03-02T08:40")
    await story.open(by_the_wall_clock(story.settings, clock))
    await story.bot.door.hears_again("wechaty")
    await tick(story.bot)
    assert await story.heard_by("李明") == [f"08:02–08:40，{ASK}"]
    await story.close()


async def test_a_crash_while_it_is_told_neither_loses_the_gap_nor_tells_it_twice(unit: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    await bind(unit, r1=("group", "g1"), r2=("group", "g2"))
    await hears(unit)
    await unit.later("PT7M")
    real, calls = gaps.tell, []

    def crash(*given: object, **more: object) -> bool:
        if calls:
            raise KeyError("the second leader")
        calls.append(given)
        return bool(real(*given, **more))  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(gaps, "tell", crash)
        with pytest.raises(KeyError):
            await unit.bot.door.hears_again("wechaty")
    await unit.later("PT0S")
    assert await unit.heard() == []
    await hears_again(unit)
    assert [m.to for m in await unit.heard()] == ["李明", "刘洋"]


async def cannot_be_reached(story: Story, *names: str) -> None:
    """Nobody has told the bot how to reach them."""

    def away(work: Work) -> None:
        work.session.execute(delete(AccountRow).where(AccountRow.address.in_(names)))
        work.directory_changed = True

    await story.bot.office.write(away)


async def test_a_leader_who_cannot_be_reached_is_stood_in_for_by_the_secretary(unit: Story) -> None:
    await bind(unit, r1=("group", "g1"))
    await cannot_be_reached(unit, "李明")
    await hears(unit)
    await unit.later("PT7M")
    await hears_again(unit)
    assert await unit.last_to("周建国") == f"06:05–06:12，{ASK}"
    assert len(await notices(unit, NoticeKind.OPERATION)) == 1


async def test_where_nobody_can_be_reached_it_can_be_seen(unit: Story) -> None:
    await bind(unit, r1=("group", "g1"))
    await cannot_be_reached(unit, "李明", "周建国", "孙丽", "于海")
    await hears(unit)
    await unit.later("PT7M")
    await hears_again(unit)
    (notice,) = await notices(unit, NoticeKind.OPERATION)
    assert (notice.state, notice.reason) == (NoticeState.FAILED, "unreachable")


async def test_a_clock_that_was_once_far_ahead_hides_no_later_gap(unit: Story) -> None:
    await bind(unit, r1=("group", "g1"))
    await unit.bot.door.still_hears("wechaty", unit.bot.door.now() + timedelta(days=400))
    await hears_again(unit)
    await unit.later("PT7M")
    await hears_again(unit)
    assert (await unit.last_to("李明")).startswith("06:05–06:12，")


async def test_a_heartbeat_is_one_small_row(unit: Story) -> None:
    for _ in range(3):
        await unit.later("PT10S")
        await hears(unit)
    assert len([row for row in await rows(unit, StateRow) if "hears" in row.key]) == 1
    known = await unit.bot.store.read(lambda session: promises.get_moment(session, "hears.wechaty"))
    assert known == unit.bot.door.now()
