"""A machine whose clock is more than five minutes off takes nothing of WeCom's: it is seen from outside, and told with what to do."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession
from typer.testing import CliRunner, Result

from bot.channels.wecom.replay import WINDOW
from bot.cli import app
from bot.cli_run import DEMO
from bot.platform_time import PlatformTime
from bot.settings import Settings
from models.tables.queue import MessageRow
from tests.stage import only_jobs, rows
from tests.wecom.app_unit import USERIDS, AppStory, app_environment, told_to_the_app

FEVER = "38.2，有点咳"
FAST = (
    "自检：这台电脑的钟比企业微信快了 8 分钟，大家发来的话一概收不下。请管理员把时间校准，再打开系统的自动对时；"
    "校好后不用重启。这段时间报过的，麻烦请大家再发一遍。"
)


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[AppStory]:
    async with told_to_the_app(only_jobs(settings)) as story:
        yield story


def platform_is(story: AppStory, **away: float) -> None:
    """The platform's clock shows so much more than this machine's."""
    story.fake._platform.now = lambda: story.now() + timedelta(**away)


async def seen(story: AppStory, path: str) -> tuple[int, str]:
    """What somebody sees from outside."""
    async with ClientSession() as http, http.get(story.url.replace("/wecom/app", path)) as response:
        return response.status, await response.text()


def checked(story: AppStory) -> Result:
    """What `check-config` says beside the running bot."""
    env = app_environment(story.settings, story.fake.base_url, story.settings.clock.start)
    return CliRunner().invoke(app, ["check-config", "--config", str(DEMO)], env={**env, "COLUMNS": "200"})


@pytest.mark.parametrize(("minutes", "told"), [(-8, FAST), (8, FAST.replace("快了", "慢了"))], ids=["fast", "slow"])
async def test_a_clock_that_is_off_is_told_seen_and_mended(story: AppStory, minutes: int, told: str) -> None:
    platform_is(story, minutes=minutes)
    answer = await story.fake.app_says(story.url, USERIDS["张伟"], FEVER)
    assert not answer.accepted
    assert await rows(story.bot, MessageRow) == []

    status, text = await seen(story, "/readyz")
    assert status == 503, "the bot hears nobody"
    assert '"wecom_app": "clock_off"' in text
    assert f"this machine's clock is {'ahead of' if minutes < 0 else 'behind'} WeCom's by 480 s; set it" in text
    _, text = await seen(story, "/metrics")
    assert f"sanwei_clock_ahead_seconds {-minutes * 60}" in text
    assert 'sanwei_channel_online{channel="wecom_app"} 0' in text

    await story.later(minutes=5)
    assert story.read_by("于海") == [told]
    _, text = await seen(story, "/metrics")
    assert f'sanwei_audit_findings{{kind="clock_{"ahead" if minutes < 0 else "behind"}"}} 1.0' in text, "no sign of life any more"
    assert "warning: 上次自检时，这台电脑的钟和企业微信差了五分钟以上" in checked(story).stdout

    platform_is(story)
    await story.say("张伟", FEVER)
    assert len(await rows(story.bot, MessageRow)) == 1
    assert (await seen(story, "/readyz"))[0] == 200
    await story.later(minutes=5)
    assert "差了五分钟以上" not in checked(story).stdout
    _, text = await seen(story, "/metrics")
    assert f'sanwei_audit_findings{{kind="clock_{"ahead" if minutes < 0 else "behind"}"}} 0.0' in text


async def test_an_address_that_the_console_cannot_save_for_the_clock_says_so_too(story: AppStory) -> None:
    platform_is(story, minutes=-8)
    assert not (await story.fake.app_verify(story.url)).accepted
    assert (await seen(story, "/readyz"))[0] == 503


async def test_a_recording_that_somebody_plays_again_says_nothing_of_the_clock(story: AppStory) -> None:
    await story.say("张伟", FEVER)
    platform_is(story, minutes=-8)
    assert not (await story.fake.app_says(story.url, USERIDS["张伟"], FEVER)).accepted
    assert (await seen(story, "/readyz"))[0] == 200
    await story.later(minutes=5)
    assert story.read_by("于海") == []


class Machine:
    """A machine's clock and what runs on whatever it is set to."""

    def __init__(self) -> None:
        self.shows = datetime(2026, 3, 2, tzinfo=UTC)
        self.passed = 0.0

    def now(self) -> datetime:
        return self.shows

    def sleeps(self, seconds: float) -> None:
        self.shows += timedelta(seconds=seconds)
        self.passed += seconds


def test_setting_the_clock_is_enough_and_nobody_has_to_write_first() -> None:
    machine = Machine()
    its = PlatformTime(machine, lambda: machine.passed)
    truth = machine.shows
    machine.shows += timedelta(hours=8)
    its.heard("wecom_app", truth.timestamp(), refused=True)
    machine.sleeps(36_000)
    assert its.off() == timedelta(hours=8)
    assert its.refusing() == {"wecom_app"}
    machine.shows -= timedelta(hours=8)
    assert its.off() is None
    assert its.refusing() == set()
    assert its.ahead() == timedelta(0)


def test_a_clock_that_runs_fast_is_found_when_it_leaves_the_window() -> None:
    machine = Machine()
    its = PlatformTime(machine, lambda: machine.passed)
    truth = machine.shows
    for _ in range(400):  # it gains a second an hour, and so does what counts the seconds
        truth += timedelta(hours=1)
        machine.sleeps(3601)
        off = machine.shows - truth
        its.heard("wecom_app", truth.timestamp(), refused=off > WINDOW)
        assert its.off() == (off if off > WINDOW else None)
