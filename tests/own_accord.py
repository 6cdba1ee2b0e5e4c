"""What the bot says of its own accord, for stories of the budget: nothing else speaks, and what comes is read with its hour."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from bot.settings import Settings
from models.outbox import NoticeKind, Priority
from services.notify import tell
from services.work import Work
from tests.stage import changed, only_jobs
from tests.story import Story

SHANGHAI = ZoneInfo("Asia/Shanghai")
TOGETHER = "件不急的事，攒在一起说，少打扰你几次："


def quiet_settings(settings: Settings, budget: int | None = 6) -> Settings:
    """No job runs, so that only the story speaks."""
    return changed(only_jobs(settings), policies={"budget": budget})


def saying(name: str, *texts: str, **more: Any) -> Callable[[Work], None]:
    """The bot says something to a member of its own accord."""

    def act(work: Work) -> None:
        person = work.directory.named(name)
        assert person is not None
        for text in texts:
            tell(work, person, text, **{"kind": NoticeKind.OPERATION, "priority": Priority.REMINDER} | more)

    return act


async def tell_all(story: Story, name: str, *texts: str, **more: Any) -> None:
    await story.bot.office.write(saying(name, *texts, **more))
    await story.later("PT0S")


async def at_and_text(story: Story, name: str) -> list[tuple[str, str]]:
    return [(f"{m.at.astimezone(SHANGHAI):%d %H:%M}", m.text) for m in await story.heard() if m.to == name]
