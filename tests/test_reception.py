"""The reception of any channel without replay: what cannot be stored now waits, in order, and whoever is new is introduced first."""

import asyncio
from datetime import UTC, datetime

from structlog.testing import capture_logs

from bot.channels.reception import Reception
from models.message import Message

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Door:
    """Takes messages unless it is shut, and notes what was done before."""

    def __init__(self) -> None:
        self.shut = False
        self.seen: list[str] = []

    async def receive(self, message: Message) -> None:
        if self.shut:
            raise OSError
        self.seen.append(message.text)

    async def introduce(self, message: Message) -> None:
        self.seen.append(f"who is {message.account}?")


def said(account: str, text: str) -> Message:
    return Message(channel="some", id=f"{account} {text}", room=None, account=account, sent_at=NOON, text=text, addressed=True)


async def test_what_cannot_be_stored_waits_and_nobodys_words_overtake_each_other() -> None:
    door = Door()
    reception = Reception("some", door, first_wait=0.01, longest_wait=0.01)  # type: ignore[arg-type]
    door.shut = True
    with capture_logs() as logs:
        assert not await reception.keep(said("a", "一"))
    assert (logs[0]["channel"], logs[0]["reason"]) == ("some", "OSError")
    assert "一" not in str(logs)
    door.shut = False
    assert not await reception.keep(said("a", "二")), "it waits behind the first"
    assert await reception.keep(said("b", "三")), "somebody else does not"
    assert reception._trying is not None
    await asyncio.wait_for(reception._trying, 5)
    assert door.seen == ["三", "一", "二"]
    await reception.stop()


async def test_who_speaks_is_introduced_before_what_they_say_is_handed_over() -> None:
    door = Door()
    reception = Reception("some", door, door.introduce)  # type: ignore[arg-type]
    assert await reception.keep(said("a", "一"))
    await reception.receive(said("b", "二"))
    assert door.seen == ["who is a?", "一", "who is b?", "二"]
    await reception.stop()
