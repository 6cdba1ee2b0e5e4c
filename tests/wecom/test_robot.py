"""Group webhooks: what is for a room arrives there in the platform's pace, a closed room is told of, and no key is ever said."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.channels.channel import Outgoing, SendError
from bot.channels.settings import WecomRobot
from bot.channels.wecom_robot.adapter import RobotChannel
from bot.channels.wecom_robot.bindings import NAME
from bot.settings import Settings
from models import rooms
from models.outbox import NoticeKind, NoticeState, Priority
from models.tables.queue import NoticeRow
from models.tables.unit import RoomRow
from services.notify import post
from services.work import Work
from tests.fakes.http_client import web_client
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import Company, Robot
from tests.stage import notices, only_jobs, rows, starting, told
from tests.story import Story

SQUAD, BRANCH = Robot("5a1e7c3e-0000-4000-8000-00000000k001", "wr-squad"), Robot("5a1e7c3e-0000-4000-8000-00000000k002", "wr-branch")
COMPANY = Company(robots=(SQUAD, BRANCH))


class Clock:
    """The platform's clock, which goes as the bot's does."""

    def __init__(self) -> None:
        self.story: Story | None = None

    def now(self) -> datetime:
        return datetime.fromisoformat("2026-03-02T06:05:00+08:00") if self.story is None else self.story.bot.office.clock.now()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[FakeWeCom]:
    async with FakeWeCom(COMPANY, now=clock.now) as fake:
        yield fake


def with_robots(settings: Settings, fake: FakeWeCom, **keys: str) -> Settings:
    """The settings with a webhook for each of these rooms."""
    robot = WecomRobot(enabled=True, api_base=fake.base_url, rooms={room: SecretStr(key) for room, key in keys.items()})
    return settings.model_copy(update={"channels": settings.channels.model_copy(update={"wecom_robot": robot})})


async def alone(story: Story, clock: Clock) -> None:
    """The groups talk in chats that only the webhooks write into; people are reached in private all the same."""
    clock.story = story
    await story.bot.store.write(lambda session: rooms.keep_only(session, "sandbox", {}))
    await story.bot.office.reload()


async def somebody_else_writes(fake: FakeWeCom, key: str, times: int) -> None:
    """Another program has the same key."""
    async with web_client() as http:
        for _ in range(times):
            body = {"msgtype": "markdown", "markdown": {"content": "天气"}}
            async with http.post(f"{fake.base_url}/cgi-bin/webhook/send", params={"key": key}, json=body) as answer:
                assert (await answer.json())["errcode"] == 0


async def put_up(story: Story, *texts: str, room: str = "g1", priority: Priority = Priority.DIGEST) -> None:
    """The bot decides to say something in a room, and says it if it may."""

    def decide(work: Work) -> None:
        for text in texts:
            post(work, work.directory.rooms[NAME, room], text, NoticeKind.LESSON, priority)

    await story.bot.office.write(decide)
    await story.later("PT0S")
    await story.later("PT1S")  # what it leads to on another channel


async def test_a_lesson_arrives_in_the_squad_s_chat(settings: Settings, fake: FakeWeCom, clock: Clock) -> None:
    settings = with_robots(only_jobs(settings, lesson={}), fake, g1=SQUAD.key)
    async with told(settings) as story:
        await alone(story, clock)
        await story.at("12:40")
        lesson = fake.seen_in("wr-squad")[0]
        assert lesson.msgtype == "markdown"
        assert lesson.text.startswith("【微党课】")
        assert fake.seen_in("wr-branch") == []
        await story.at("18:00")
        assert [one.msgtype for one in fake.seen_in("wr-squad")].count("markdown") == 1


async def test_a_lesson_s_picture_comes_after_it(settings: Settings, fake: FakeWeCom, clock: Clock) -> None:
    async with told(with_robots(only_jobs(settings), fake, g1=SQUAD.key)) as story:
        await alone(story, clock)

        def decide(work: Work) -> None:
            room = work.directory.rooms[NAME, "g1"]
            post(work, room, "先洗手，再戴口罩", NoticeKind.LESSON, image="lessons/01-mask-and-decon.png")

        await story.bot.office.write(decide)
        await story.later("PT0S")
        assert [(one.msgtype, one.text) for one in fake.seen_in("wr-squad")] == [("markdown", "先洗手，再戴口罩"), ("image", "")]


async def test_where_people_can_answer_the_webhook_is_silent(settings: Settings, fake: FakeWeCom, clock: Clock) -> None:
    settings = with_robots(only_jobs(settings, lesson={}), fake, g1=SQUAD.key)
    async with told(settings) as story:
        clock.story = story
        await story.at("12:40")
        assert len(await story.heard_in("g1")) == 1
        assert fake.calls() == []


async def test_each_room_is_bound_by_the_id_of_its_group_or_branch_and_what_is_not_set_any_more_is_forgotten(
    settings: Settings, fake: FakeWeCom
) -> None:
    async with told(with_robots(settings, fake, g1=SQUAD.key, b1=BRANCH.key, org=BRANCH.key)) as story:
        bound = {(row.address, row.kind, row.scope) for row in await rows(story, RoomRow) if row.channel == NAME}
        assert bound == {("g1", "group", "g1"), ("b1", "branch", "b1"), ("org", "organization", "")}
        await story.restart(channels=with_robots(settings, fake, b1=BRANCH.key).channels)
        assert [row.address for row in await rows(story, RoomRow) if row.channel == NAME] == ["b1"]
        assert (NAME, "g1") not in story.bot.office.directory.rooms


async def test_an_id_that_is_no_group_is_named_in_the_log_and_the_other_rooms_work(
    settings: Settings, fake: FakeWeCom, clock: Clock
) -> None:
    with capture_logs() as log:
        async with told(with_robots(settings, fake, g1=SQUAD.key, g99=BRANCH.key)) as story:
            await alone(story, clock)
            await put_up(story, "早上好")
            assert [one.text for one in fake.seen_in("wr-squad")] == ["早上好"]
    named = [entry for entry in log if entry.get("room") == "g99"]
    assert [(entry["log_level"], entry["channel"]) for entry in named] == [("error", NAME)]


async def test_a_long_text_comes_in_numbered_parts_that_the_platform_takes(settings: Settings, fake: FakeWeCom, clock: Clock) -> None:
    async with told(with_robots(only_jobs(settings), fake, g1=SQUAD.key)) as story:
        await alone(story, clock)
        text = "\n".join(f"第 {number} 条，进楼前先看水带接口。<@lisi>" for number in range(200))
        await put_up(story, text)
        seen = [one.text for one in fake.seen_in("wr-squad")]
        assert len(seen) > 1
        assert all(len(part.encode()) <= 4096 for part in seen)
        assert [part.rsplit("\n\n", 1)[1] for part in seen] == [f"({n}/{len(seen)})" for n in range(1, len(seen) + 1)]
        whole = "\n".join(part.rsplit("\n\n", 1)[0] for part in seen)
        assert whole == text.replace("<@lisi>", "(@lisi)"), "nothing is lost, and nobody is called"


async def test_what_is_too_much_for_a_minute_is_said_together_and_nothing_is_lost(
    settings: Settings, fake: FakeWeCom, clock: Clock
) -> None:
    async with told(with_robots(only_jobs(settings), fake, g1=SQUAD.key)) as story:
        await alone(story, clock)
        texts = [f"第 {number} 条" for number in range(21)]
        await put_up(story, *texts)
        seen = [one.text for one in fake.seen_in("wr-squad")]
        assert len(seen) <= 18, "the last two of a minute are for alerts"
        assert "\n\n".join(seen).split("\n\n") == texts
        await put_up(story, *(f"另 {number} 条" for number in range(4)))
        await put_up(story, "请马上集合", priority=Priority.ALERT)
        assert "请马上集合" in [one.text for one in fake.seen_in("wr-squad")]
        await story.later("PT2M")
        assert sum(one.text.count("另 ") for one in fake.seen_in("wr-squad")) == 4
        assert {call.errcode for call in fake.calls()} == {0}, "the platform never had to refuse"
        assert {row.state for row in await rows(story, NoticeRow)} == {NoticeState.SENT}


async def test_when_others_have_used_the_minute_it_waits_for_the_next(settings: Settings, fake: FakeWeCom, clock: Clock) -> None:
    async with told(with_robots(only_jobs(settings), fake, g1=SQUAD.key)) as story:
        await alone(story, clock)
        fake.fail("webhook/send", errcode=45009)
        await put_up(story, "早上好")
        await story.later("PT58S")
        assert fake.seen_in("wr-squad") == []
        await story.later("PT1S")
        assert [one.text for one in fake.seen_in("wr-squad")] == ["早上好"]


async def test_a_platform_that_takes_nothing_for_a_minute_is_not_asked_again_before_and_then_all_is_said(
    settings: Settings, fake: FakeWeCom, clock: Clock
) -> None:
    async with told(with_robots(only_jobs(settings), fake, g1=SQUAD.key, b1=BRANCH.key)) as story:
        await alone(story, clock)
        await somebody_else_writes(fake, SQUAD.key, times=20)
        await put_up(story, "早上好")
        assert [call.errcode for call in fake.calls("webhook/send")][20:] == [45009]
        for number in range(5):
            await put_up(story, f"第 {number} 条")
        assert [call.errcode for call in fake.calls("webhook/send")][20:] == [45009], "it has said that it takes nothing"
        await put_up(story, "请马上集合", priority=Priority.ALERT)
        assert [call.errcode for call in fake.calls("webhook/send")][20:] == [45009, 45009], "an alert is worth a try"
        await put_up(story, "支部的话", room="b1")
        assert [one.text for one in fake.seen_in("wr-branch")] == ["支部的话"], "other rooms do not wait"
        await story.later("PT1M")
        said = [one.text for one in fake.seen_in("wr-squad")][20:]
        assert said == ["请马上集合", "早上好", *(f"第 {number} 条" for number in range(5))], "and goes first"
        assert len([call for call in fake.calls("webhook/send") if call.errcode]) == 2


async def test_a_room_that_takes_nothing_any_more_is_told_to_the_duty_officers_once_and_the_others_work(
    settings: Settings, fake: FakeWeCom, clock: Clock
) -> None:
    async with told(with_robots(only_jobs(settings), fake, g1=SQUAD.key, b1=BRANCH.key)) as story:
        await alone(story, clock)
        fake.fail("webhook/send", errcode=93004)
        await put_up(story, "早上好")
        fake.fail("webhook/send", errcode=93008)
        await put_up(story, "中午好")
        await put_up(story, "各位好", room="b1")
        assert fake.seen_in("wr-squad") == []
        assert [one.text for one in fake.seen_in("wr-branch")] == ["各位好"]
        assert await story.heard_by("于海") == [
            "“第一党小组”的群发不进消息了（消息推送：robot_disabled）。别的群不受影响，请管理员看一下这个群里的机器人和配置。"
        ]
        await story.later("PT30M")
        assert [row.state for row in await notices(story, NoticeKind.LESSON)].count(NoticeState.FAILED) == 2, "not tried again"

        await put_up(story, "晚上好")
        assert [one.text for one in fake.seen_in("wr-squad")] == ["晚上好"], "somebody has set it right"
        fake.remove_robot(SQUAD.key)
        await put_up(story, "明天见")
        assert "invalid_webhook" in await story.last_to("于海")
        assert len(await story.heard_by("于海")) == 2


async def test_a_closed_room_s_notice_goes_to_the_group_s_other_room(settings: Settings, fake: FakeWeCom, clock: Clock) -> None:
    async with told(with_robots(only_jobs(settings), fake, g1=SQUAD.key)) as story:
        clock.story = story
        fake.remove_robot(SQUAD.key)
        await put_up(story, "早上好")
        assert await story.heard_in("g1") == ["早上好"]


async def test_after_an_hour_without_the_platform_it_arrives_once(settings: Settings, fake: FakeWeCom, clock: Clock) -> None:
    async with told(with_robots(only_jobs(settings), fake, g1=SQUAD.key)) as story:
        await alone(story, clock)
        await fake.stop()
        await put_up(story, "早上好")
        await story.later("PT1H")
        (row,) = await rows(story, NoticeRow)
        assert (row.state, row.reason, row.attempts) == (NoticeState.WAITING, "connect_failed", 0)
        await fake.start()
        await story.later("PT15M")
        assert [one.text for one in fake.seen_in("wr-squad")] == ["早上好"]
        await story.later("PT30M")
        assert len(fake.seen_in("wr-squad")) == 1


async def test_nothing_says_the_key_or_the_words_whatever_goes_wrong(settings: Settings, fake: FakeWeCom, clock: Clock) -> None:
    with capture_logs() as log:
        async with told(starting(with_robots(only_jobs(settings), fake, g1=SQUAD.key), "2026-03-02T06:05")) as story:
            await alone(story, clock)
            channel = story.bot.channels[NAME]
            assert isinstance(channel, RobotChannel)
            for trouble in ({"errcode": 93000}, {"errcode": 40058}, {"status": 502}, {"malformed": True}, {"close": 1006}):
                fake.fail("webhook/send", **trouble)  # type: ignore[arg-type]
                with pytest.raises(SendError) as caught:
                    await channel.send(Outgoing(1, "g1", None, "只跟自己人说"))
                told_of = f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
                assert SQUAD.key not in told_of
                assert "自己人" not in told_of
            assert SQUAD.key not in repr(story.settings)
    assert SQUAD.key not in str(log)
    assert "自己人" not in str(log)


def test_the_limits_are_the_platform_s_own_with_a_part_for_alerts() -> None:
    (limit,) = RobotChannel.limits
    assert (limit.count, limit.per, limit.reserved) == (20, timedelta(minutes=1), 2)
