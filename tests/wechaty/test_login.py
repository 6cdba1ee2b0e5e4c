"""How the bot's WeChat account stands, and the code to scan: on a page of this machine, and in the log of whoever sits far away."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import structlog

from bot import logs
from bot.channels.channel import State
from bot.channels.wechaty.login import Login, as_text

LINK = "http://weixin.qq.com/x/gd1oRvUAwTyZkPDsAbCd"
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def test_it_says_how_the_account_stands_and_since_when() -> None:
    moments = (NOON + timedelta(minutes=passed) for passed in count())
    login = Login(lambda: next(moments))
    assert (login.state, login.qrcode, login.account) == (State.CONNECTING, None, None)
    began = login.since
    login.connecting()
    assert login.since == began, "it is still connecting"
    login.scanned("one")
    waits = login.since
    assert waits > began
    login.scanned("two")
    assert (login.state, login.qrcode, login.since) == (State.WAITS_FOR_SCAN, "two", waits), "a new code is no new state"
    login.logged_in("wxid_bot")
    assert (login.state, login.qrcode, login.account) == (State.ONLINE, None, "wxid_bot")
    login.logged_out()
    assert (login.state, login.account) == (State.LOGGED_OUT, None)
    login.refused()
    assert login.state is State.REFUSED


def test_the_code_as_text_is_the_code() -> None:
    lines = as_text(LINK).split("\n")
    light = [[char in upper for char in line] for line in lines for upper in ("█▀", "█▄")]
    size = len(lines[0])
    assert {len(line) for line in lines} == {size}
    assert all(light[0]), "a light border, or no phone finds the code"
    assert all(light[1])
    finder = [row[2:9] for row in light[2:9]]
    dark = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
    assert ["".join("." if cell else "#" for cell in row) for row in finder] == dark


@pytest.fixture
def _logs_again() -> Iterator[None]:
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("_logs_again")
def test_the_code_stands_in_the_log_as_it_must_be_scanned(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(json=False)
    structlog.get_logger().warning("a code is to be scanned", link=LINK, code="\n" + as_text(LINK))
    first, *below = capsys.readouterr().err.rstrip("\n").split("\n")
    assert LINK in first
    assert "code" not in first.replace("a code is to be scanned", "")
    assert "\n".join(below).strip("\n") == as_text(LINK), "nothing beside it, and in no colour"


@pytest.mark.usefixtures("_logs_again")
def test_in_json_the_link_can_be_opened_or_turned_into_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(json=True)
    structlog.get_logger().warning("a code is to be scanned", link=LINK, code="\n" + as_text(LINK))
    (line,) = capsys.readouterr().err.rstrip("\n").split("\n")
    assert json.loads(line)["link"] == LINK
