"""What comes in is taken in the order in which it came in, whatever the fetching does."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot.channels.wechaty import fetching
from bot.channels.wechaty.fetching import TRIES, fetched
from bot.channels.wechaty.intake import AHEAD, Intake
from bot.channels.wechaty.rpc import LOST, REFUSED, TIMEOUT, GatewayError, Payload

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def payload(message_id: str) -> Payload:
    return Payload(message_id, 7, "wxid_a", "", "g1@chatroom", "36.5", 0, (), "")


class Gateway:
    """Gives a message once it is told to, or all at once; `taken` is what was handed on."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.taken: list[str] = []
        self.answers: dict[str, asyncio.Future[Payload | None]] = {}
        self.intake = Intake(self._fetch, self._take)

    async def _fetch(self, message_id: str) -> Payload | None:
        self.asked.append(message_id)
        return await self.answers.setdefault(message_id, asyncio.get_running_loop().create_future())

    async def _take(self, payload: Payload) -> None:
        if payload.id == "breaks":
            raise ZeroDivisionError
        self.taken.append(payload.id)

    async def note(self) -> None:
        self.taken.append("noted")

    def hear(self, *message_ids: str) -> None:
        for message_id in message_ids:
            self.intake.message(message_id, NOON)

    async def gives(self, *message_ids: str) -> None:
        """Messages come; whoever waits for them goes on."""
        for message_id in message_ids:
            self.answers[message_id].set_result(payload(message_id))
        await self.pause()

    async def pause(self) -> None:
        for _ in range(3 * AHEAD):
            await asyncio.sleep(0)


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    gateway = Gateway()
    gateway.intake.start()
    yield gateway
    await gateway.intake.stop()


async def test_what_is_fetched_sooner_waits_for_what_came_in_before(gateway: Gateway) -> None:
    gateway.hear("a", "b")
    gateway.intake.do(gateway.note, NOON)
    gateway.hear("c")
    await gateway.pause()
    assert gateway.asked == ["a", "b", "c"], "they are asked for at the same time"
    await gateway.gives("c", "b")
    assert (gateway.taken, len(gateway.intake)) == ([], 4)
    await gateway.gives("a")
    assert (gateway.taken, len(gateway.intake)) == (["a", "b", "noted", "c"], 0)
    await gateway.intake.idle()


async def test_not_all_are_asked_for_at_once(gateway: Gateway) -> None:
    names = [str(number) for number in range(2 * AHEAD)]
    gateway.hear(*names)
    await gateway.pause()
    assert gateway.asked == names[:AHEAD]
    await gateway.gives(*names[:AHEAD])
    assert gateway.asked == names
    await gateway.gives(*names[AHEAD:])
    assert gateway.taken == names


async def test_one_that_is_gone_or_fails_keeps_nobody_back(gateway: Gateway) -> None:
    gateway.hear("gone", "a", "raises", "breaks", "b")
    await gateway.pause()
    with capture_logs() as logs:
        gateway.answers["gone"].set_result(None)
        gateway.answers["raises"].set_exception(KeyError("36.5"))
        await gateway.gives("breaks", "a", "b")
    assert gateway.taken == ["a", "b"]
    assert [line["error"] for line in logs] == ["KeyError", "ZeroDivisionError"]
    assert "36.5" not in str(logs)


async def test_it_stops_where_it_is(gateway: Gateway) -> None:
    gateway.hear("a", "b")
    await gateway.pause()
    await gateway.intake.stop()
    assert all(answer.cancelled() for answer in gateway.answers.values())
    assert len(gateway.intake) == 2


class Line:
    """A connection whose calls fail as told; `alive`: events come in meanwhile."""

    def __init__(self, *failures: str, alive: bool = True) -> None:
        self.failures = list(failures)
        self.alive = alive

    async def opened(self) -> "Line":
        return self

    def heard_since(self, rpc: object, moment: float) -> bool:
        return self.alive

    async def message(self, message_id: str) -> Payload:
        if self.failures:
            reason = self.failures.pop(0)
            raise GatewayError(reason, retry=True, answered=reason not in (TIMEOUT, LOST))
        return payload(message_id)


@pytest.fixture
def _in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "WAIT", 0.0)


@pytest.mark.usefixtures("_in_no_time")
async def test_a_message_is_asked_for_again_as_often_as_the_connection_breaks() -> None:
    line = Line(*[LOST, TIMEOUT] * 50, REFUSED, REFUSED, alive=False)
    assert await fetched(line, "a") == payload("a")  # type: ignore[arg-type]


@pytest.mark.usefixtures("_in_no_time")
@pytest.mark.parametrize("reason", [REFUSED, TIMEOUT, "too_large", "ValueError"])
async def test_one_that_a_living_gateway_does_not_give_is_given_up_or_nothing_would_follow_it(reason: str) -> None:
    line = Line(*[reason] * TRIES)
    with capture_logs() as logs:
        assert await fetched(line, "a") is None  # type: ignore[arg-type]
    assert [line["reason"] for line in logs] == [reason]
    assert line.failures == []
