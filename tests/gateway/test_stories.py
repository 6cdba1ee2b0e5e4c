"""The stories of the sandbox, unchanged, in WeChat groups behind a real gateway."""

from collections.abc import AsyncIterator, Callable, Iterator
from importlib import import_module
from inspect import signature
from typing import Any

import pytest

from bot.settings import Settings
from tests.gateway.unit import GatewayStory, told_in_wechat

FILES = (
    "test_day",
    "test_cases_told",
    "test_cases_answered",
    "test_cases_climb",
    "test_cases_health",
    "test_chains",
    "test_leave",
    "test_private",
    "test_records",
    "test_commands",
    "test_commands_identity",
    "test_commands_mine",
    "test_digest",
    "test_jobs",
    "test_questions",
    "test_recall",
    "test_reviews",
)
LEFT_OUT = {
    "test_records.test_to_explain_a_message_keeps_nothing_of_it_and_says_nothing": "asks the page of the sandbox",
}
"""Stories about the sandbox itself, and why."""
FIXTURES = {"story", "each_story"}


def stories() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every test of these files that is told by what people say and hear; those that set a stage of their own are not."""
    for file in FILES:
        for name, test in vars(import_module(f"tests.{file}")).items():
            if name.startswith("test_") and FIXTURES & signature(test).parameters.keys():
                yield f"{file}.{name}", test


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[GatewayStory]:
    """The demo unit in WeChat groups, running."""
    async with told_in_wechat(settings) as story:
        yield story


@pytest.fixture
def each_story(story: GatewayStory) -> GatewayStory:
    """The same: on what the records are kept is a matter of the sandbox's stories."""
    return story


for _name, _test in stories():
    if _name not in LEFT_OUT:
        globals()[_name.replace(".test", "")] = _test


def test_what_is_left_out_is_there() -> None:
    assert LEFT_OUT.keys() <= {name for name, _ in stories()}
