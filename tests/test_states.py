"""How the channels stand: readiness and a figure for machines, words for whoever is on duty, and the good news once it is mended."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.channel import SendError, State
from bot.settings import Settings
from models.capabilities import Capabilities, Hears, Push
from models.outbox import NoticeKind, NoticeState
from tests.stage import Courier, Ways, changed, notices, only_jobs, told
from tests.story import Story
from tests.test_metrics import figures

WECHAT = Capabilities(hears=Hears.EVERYTHING, private=True, rooms=Push.ALWAYS, people=Push.ALWAYS, strangers=True)
ROBOT = Capabilities(hears=Hears.NOTHING, private=False, rooms=Push.ALWAYS, people=Push.NEVER)
NOT_CONNECTED = SendError("not_connected", retry=True, tried=False)
BACK = "微信恢复了，攒着的消息接着发。"


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Ways:
    """WeChat before the sandbox."""
    return Ways(monkeypatch, wechaty=WECHAT, wecom_robot=ROBOT)


@pytest.fixture
async def unit(settings: Settings, ways: Ways) -> AsyncIterator[Story]:
    """The demo unit, in which everybody has WeChat as well."""
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        yield story


async def ready(story: Story) -> tuple[int, dict[str, Any]]:
    async with story.http.get("/readyz") as response:
        return response.status, await response.json()


async def breaks(story: Story, reason: str) -> None:
    await story.bot.door.out_of_order("wechaty", reason)
    await story.later("PT0S")


async def works(story: Story) -> None:
    await story.bot.door.back_in_order("wechaty")
    await story.later("PT0S")


def no_other_way(ways: Ways, story: Story) -> Courier:
    """Only WeChat reaches anybody, and it is down."""
    ways.couriers["wechaty"].fails(NOT_CONNECTED)
    unit = story.bot.office.unit
    channels = {"wechaty": unit.channels["wechaty"]}
    object.__setattr__(unit, "channels", channels)
    return ways.couriers["wechaty"]


async def test_machines_see_how_each_channel_stands_and_whether_any_hears_anybody(unit: Story, ways: Ways) -> None:
    assert await ready(unit) == (200, {"status": "ready", "channels": {"wechaty": "online", "wecom_robot": "online", "sandbox": "online"}})
    ways.couriers["wechaty"].state = State.WAITS_FOR_SCAN
    status, body = await ready(unit)
    assert (status, body["status"], body["channels"]["wechaty"]) == (200, "ready", "waits_for_scan"), "the sandbox hears people still"
    found = await figures(unit)
    assert found['sanwei_channel_online{channel="wechaty"}'] == 0
    assert found['sanwei_channel_online{channel="sandbox"}'] == 1
    ways.couriers["wechaty"].state = State.ONLINE
    assert (await figures(unit))['sanwei_channel_online{channel="wechaty"}'] == 1


async def test_a_bot_whose_only_ear_is_logged_out_is_not_ready(unit: Story, ways: Ways) -> None:
    del unit.bot.channels["sandbox"]
    ways.couriers["wechaty"].state = State.LOGGED_OUT
    assert await ready(unit) == (503, {"status": "not ready", "channels": {"wechaty": "logged_out", "wecom_robot": "online"}})
    ways.couriers["wechaty"].state = State.ONLINE
    assert (await ready(unit))[0] == 200
    del unit.bot.channels["wechaty"]
    assert (await ready(unit))[0] == 200, "one that is only to speak is ready to speak"


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("waits_for_scan", "微信机器人账号要重新扫码登录"),
        ("logged_out", "微信机器人账号掉线了"),
        ("unauthenticated", "核对 channels.wechaty 的 token"),
        ("taken_over", "找到那个程序停掉"),
        ("unreachable", "看一下网关有没有在运行"),
        ("something_else", "微信停了：something_else。"),
    ],
)
async def test_whoever_is_on_duty_reads_what_to_do_on_a_way_that_works(unit: Story, reason: str, says: str) -> None:
    await breaks(unit, reason)
    assert says in await unit.last_to("于海")


async def test_the_page_to_scan_on_is_named_as_it_can_be_opened(settings: Settings, ways: Ways) -> None:
    async with told(changed(only_jobs(settings), web={"port": 9090})) as story:
        await ways.give_accounts(story)
        await breaks(story, "waits_for_scan")
        assert "打开 http://127.0.0.1:9090/wechaty ，" in await story.last_to("于海")


async def test_the_same_reason_is_told_once_while_it_lasts_and_another_one_is_news(unit: Story) -> None:
    await breaks(unit, "logged_out")
    await breaks(unit, "logged_out")
    assert len(await unit.heard()) == 1
    await breaks(unit, "waits_for_scan")
    assert len(await unit.heard()) == 2
    await works(unit)
    await breaks(unit, "waits_for_scan")
    assert [m.to for m in await unit.heard()] == ["于海"] * 4


async def test_who_heard_that_it_is_out_of_order_hears_once_that_it_works_again(unit: Story, ways: Ways) -> None:
    await works(unit)
    assert await unit.heard() == [], "nothing was said before"
    await breaks(unit, "logged_out")
    await breaks(unit, "waits_for_scan")
    await works(unit)
    await works(unit)
    assert await unit.last_to("于海") == BACK
    assert len(await unit.heard()) == 3
    assert ways.couriers["wechaty"].sent == []


async def test_it_is_known_after_a_restart_who_heard(unit: Story) -> None:
    await breaks(unit, "logged_out")
    await unit.restart()
    await works(unit)
    assert (await unit.heard_by("于海"))[1:] == [BACK]


async def test_after_a_restart_the_same_reason_is_told_once_more(unit: Story) -> None:
    await breaks(unit, "logged_out")
    await unit.restart()
    await breaks(unit, "logged_out")
    await breaks(unit, "logged_out")
    assert len(await unit.heard_by("于海")) == 2


async def test_news_that_still_waits_when_the_channel_is_back_is_dropped_and_nobody_hears_of_either(unit: Story, ways: Ways) -> None:
    wechat = no_other_way(ways, unit)
    await breaks(unit, "logged_out")
    await breaks(unit, "waits_for_scan")
    await works(unit)
    wechat.works()
    await unit.later("PT1H")
    assert wechat.sent == []
    kept = await notices(unit, NoticeKind.OUTAGE)
    assert [(row.state, row.reason) for row in kept] == [(NoticeState.DROPPED, "outdated")] * 2


async def test_good_news_that_still_waits_when_it_breaks_again_is_dropped(unit: Story, ways: Ways) -> None:
    await breaks(unit, "logged_out")
    await unit.forget()
    wechat = no_other_way(ways, unit)
    await works(unit)
    await breaks(unit, "waits_for_scan")
    wechat.works()
    await unit.later("PT1H")
    ((_, scan),) = wechat.received("于海")
    assert "重新扫码登录" in scan
