"""The scripted day of the demo unit (content/demo/day.yaml), as a story that can be told on any channel."""

from datetime import date, timedelta
from typing import Any

import yaml

from bot.config import REPOSITORY
from tests.story import MONDAY, Story

SCRIPT = REPOSITORY / "content" / "demo" / "day.yaml"
NEXT_DAY = "+1 "


async def play(story: Story) -> int:
    """Everything that the script says is said, at its time, on the story's first day and the one after it; how many steps it had."""
    steps: list[dict[str, Any]] = yaml.safe_load(SCRIPT.read_text(encoding="utf-8"))
    cases: dict[str, int] = {}
    tomorrow = str(date.fromisoformat(MONDAY) + timedelta(days=1))
    for step in steps:
        if "clock" in step:
            later = step["clock"].startswith(NEXT_DAY)
            await story.at(step["clock"].removeprefix(NEXT_DAY), tomorrow if later else MONDAY)
            continue
        message = await story.say(step["who"], step["say"].format(**cases), step["room"])
        if "as" in step:
            cases[step["as"]] = await story.case_of(message)
    return len(steps)
