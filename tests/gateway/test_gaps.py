"""What was said while the bot could not hear is lost to it: whoever leads a room hears when that was, once, and asks there."""

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.channels.channel import State
from bot.settings import Settings
from tests.gateway.trouble import GAP, IMPATIENT, LEADER, OFFICER, come_in, down, is_state, on_page, quiet_unit, readings
from tests.gateway.unit import GatewayStory, account_of, chat_of

MORNING = GAP.format(when="08:02–08:09")


@pytest.fixture
async def unit(settings: Settings) -> AsyncIterator[GatewayStory]:
    async with quiet_unit(settings) as story:
        yield story


async def spoken_at(story: GatewayStory, time: str, who: str = "张伟", text: str = "36.5 正常") -> None:
    """The last thing that was heard, was heard then."""
    await story.at(time)
    await story.say(who, text, "g1")


async def away_until(story: GatewayStory, time: str) -> None:
    """The gateway is gone until then."""
    await story.gateway.kill()
    await down(story)
    await story.at(time)
    await story.gateway.start()
    await story.online()
    await story.later("PT0S")


async def test_leaders_hear_in_private_when_the_gateway_was_away_once(unit: GatewayStory) -> None:
    await spoken_at(unit, "08:02")
    with capture_logs() as logs:
        await away_until(unit, "08:09")
    assert await unit.heard_by(LEADER) == [MORNING]
    assert [line["seconds"] for line in logs if line["event"] == "gap in hearing"] == [420]
    assert {m.room for m in await unit.heard()} == {None}, "nobody is told in a room"
    await unit.gateway.restart()
    await down(unit)
    await unit.later("PT1S")
    await unit.online()
    await unit.later("PT1H")
    assert await unit.heard_by(LEADER) == [MORNING], "a second of silence concerns nobody"


async def test_a_gateway_that_hung_was_deaf_from_its_last_sign_on(settings: Settings) -> None:
    async with quiet_unit(settings, patience=IMPATIENT) as unit:
        await spoken_at(unit, "08:02")
        await unit.gateway.freeze()
        await unit.at("08:05")
        await down(unit)
        await unit.at("08:09")
        await unit.gateway.thaw()
        await unit.online()
        await unit.later("PT0S")
        assert await unit.heard_by(LEADER) == [MORNING]


async def test_the_time_between_logout_and_login_is_a_gap(unit: GatewayStory) -> None:
    await spoken_at(unit, "08:02")
    await unit.gateway.logout()
    await is_state(unit, State.LOGGED_OUT)
    await unit.at("08:05")
    await unit.gateway.scan()
    await is_state(unit, State.WAITS_FOR_SCAN)
    await unit.at("08:09")
    await unit.gateway.login()
    await is_state(unit, State.ONLINE)
    assert await unit.heard_by(LEADER) == [MORNING]
    await unit.later("PT1H")
    assert await unit.heard_by(LEADER) == [MORNING]


async def test_what_was_heard_before_but_fetched_afterwards_is_no_part_of_the_gap(unit: GatewayStory) -> None:
    await spoken_at(unit, "08:01")
    await unit.at("08:02")
    await unit.gateway.payload_fails(1)
    await come_in(unit, ("王磊", "36.6 正常"))
    await away_until(unit, "08:09")
    assert await readings(unit) == [("张伟", 36.5), ("王磊", 36.6)]
    assert await unit.heard_by(LEADER) == [MORNING]


async def test_a_restart_of_the_bot_is_a_gap_if_it_lasts(unit: GatewayStory) -> None:
    await spoken_at(unit, "08:02")
    await unit.forget()
    await unit.close()
    await unit.open()
    await unit.online()
    await unit.later("PT0S")
    assert await unit.heard() == []
    await spoken_at(unit, "08:02")
    await unit.gateway.kill()
    await down(unit)
    await unit.at("08:04")
    await unit.close()
    await unit.gateway.start()
    await unit.open()
    await unit.online()
    await unit.later("PT0S")
    assert await unit.heard_by(LEADER) == [GAP.format(when="08:02–08:04")], "from when it heard last"


async def test_whoever_is_on_duty_hears_which_room_the_bot_was_put_out_of(settings: Settings) -> None:
    async with quiet_unit(settings, sandbox=True) as unit:
        with capture_logs() as logs:
            await unit.gateway.leave(chat_of("g1"), "bot", remover=account_of("张伟"))
            await unit.until(lambda: "room closed" in [line["event"] for line in logs])
            await unit.settled()
        (told,) = await on_page(unit, OFFICER)
        assert "第一党小组" in told
        assert "张伟" not in str(logs)
        await unit.say("马腾", "36.5 正常", "g2")
        assert [who for who, _ in await readings(unit)] == ["马腾"], "the others are heard"


async def test_whoever_is_on_duty_hears_also_of_a_room_the_bot_was_put_out_of_while_it_heard_nothing(settings: Settings) -> None:
    async with quiet_unit(settings, sandbox=True) as unit:
        with capture_logs() as logs:
            for _ in range(2):
                await unit.gateway.kill()
                await down(unit)
                if "bot" in unit.gateway._members(chat_of("g1")):
                    await unit.gateway.leave(chat_of("g1"), "bot", remover=account_of("张伟"))
                await unit.gateway.start()
                await unit.online()
                await unit.until(lambda: "room closed" in [line["event"] for line in logs])
                await unit.settled()
        (told,) = [text for text in await on_page(unit, OFFICER) if "第一党小组" in text]
        assert told.startswith("小微的账号不在“第一党小组”的群里了（微信），群里的话听不到，也发不进去。请把它拉回群里；")
