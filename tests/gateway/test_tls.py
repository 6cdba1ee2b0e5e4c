"""The connection to a gateway is encrypted, and it is the right gateway, or there is none."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.channels.channel import State
from bot.settings import Settings
from tests.gateway.trouble import OFFICER, certificate, is_state, on_page, opened, quiet_unit, readings, ready
from tests.gateway.unit import GatewayStory


@pytest.fixture
async def unit(settings: Settings) -> AsyncIterator[GatewayStory]:
    async with quiet_unit(settings, sandbox=True) as story:
        yield story


async def certified(story: GatewayStory, files: tuple[Path, Path] | None) -> None:
    """The bot is stopped, and the gateway has this certificate from now on, or none."""
    await story.close()
    await story.gateway.kill()
    story.gateway._tls = files and {"serverCert": files[0].read_text(), "serverKey": files[1].read_text()}
    await story.gateway.start()


async def works(story: GatewayStory) -> None:
    """The bot hears and speaks."""
    await is_state(story, State.ONLINE)
    await story.say("张伟", "36.5 正常", "g1")
    assert await readings(story) == [("张伟", 36.5)]


async def test_a_gateway_with_the_right_name_is_connected_to(unit: GatewayStory, tmp_path: Path) -> None:
    files = certificate(tmp_path, "127.0.0.1")
    await certified(unit, files)
    await opened(unit, tls=True, tls_ca_file=files[0])
    await works(unit)


async def test_its_name_may_be_another_one_than_its_address(unit: GatewayStory, tmp_path: Path) -> None:
    files = certificate(tmp_path, "gateway.example.org")
    await certified(unit, files)
    await opened(unit, tls=True, tls_ca_file=files[0], tls_name="gateway.example.org")
    await works(unit)


@pytest.mark.parametrize(
    ("name", "trusted", "tls_name"),
    [("gateway.example.org", True, None), ("127.0.0.1", True, "gateway.example.org"), ("127.0.0.1", False, None), (None, True, None)],
    ids=["another name", "not the name that was set", "signed by nobody known", "no encryption"],
)
async def test_any_other_is_refused_and_told_nothing(
    unit: GatewayStory, tmp_path: Path, name: str | None, trusted: bool, tls_name: str | None
) -> None:
    files = certificate(tmp_path, name or "127.0.0.1")
    await certified(unit, None if name is None else files)
    with capture_logs() as logs:
        await opened(unit, tls=True, tls_ca_file=files[0] if trusted else None, tls_name=tls_name)
        await is_state(unit, State.REFUSED)
        await unit.until(lambda: len([line for line in logs if line.get("reason") == "certificate"]) >= 3)
    assert {line["reason"] for line in logs if line["event"] == "connection ended"} == {"certificate"}
    assert "connected" not in [line["event"] for line in logs]
    assert await ready(unit) == (200, "refused")
    await unit.settled()
    (told,) = await on_page(unit, OFFICER)
    assert "微信网关的证书" in told


async def test_a_bot_that_speaks_plainly_does_not_reach_a_gateway_that_encrypts(unit: GatewayStory, tmp_path: Path) -> None:
    await certified(unit, certificate(tmp_path))
    with capture_logs() as logs:
        await opened(unit, tls=False)
        await unit.until(lambda: len([line for line in logs if line["event"] == "connection ended"]) >= 3)
    assert unit.channel.state is State.CONNECTING
    assert "connected" not in [line["event"] for line in logs]
