"""The page on WeCom leads nobody astray: its keys, its examples and its reasons are those of the program."""

import re
import textwrap
from pathlib import Path

import pytest
import yaml

from bot.channels.channel import State
from bot.channels.settings import Channels
from bot.channels.wecom.errors import CODES
from bot.channels.wecom_aibot.connection import UNREACHABLE
from bot.channels.wecom_aibot.link import TAKEN_OVER
from bot.channels.wecom_aibot.routes import PATH as AIBOT_PATH
from bot.channels.wecom_app.routes import PATH as APP_PATH
from bot.settings import known_keys

PAGE = (Path(__file__).parent.parent / "docs" / "wecom.md").read_text(encoding="utf-8")
EXAMPLES = [textwrap.dedent(found) for found in re.findall(r"(?:^ {4}.*\n)+", PAGE, re.MULTILINE) if found.startswith("    channels:")]
NO_ANSWER = {"connect_failed", "timeout"}


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_can_be_used(example: str) -> None:
    (kind,) = yaml.safe_load(example)["channels"]
    assert getattr(Channels.model_validate(yaml.safe_load(example)["channels"]), kind).enabled


def test_there_is_an_example_for_each_way() -> None:
    assert {name for example in EXAMPLES for name in yaml.safe_load(example)["channels"]} == {"wecom_aibot", "wecom_app", "wecom_robot"}


def test_every_key_that_is_named_exists() -> None:
    named = set(re.findall(r"`(channels\.\w+\.\w+)`", PAGE))
    assert len(named) >= 9
    assert named <= known_keys().keys()


def test_every_reason_that_is_named_may_be_said() -> None:
    rows = PAGE[PAGE.index("| 词 Reason |") :].splitlines()[2:]
    named = {reason for row in rows for reason in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert len(named) >= 10
    assert named <= {failure.name for failure in CODES.values()} | {TAKEN_OVER, UNREACHABLE, State.CLOCK_OFF} | NO_ANSWER


def test_the_addresses_are_those_on_which_the_program_listens() -> None:
    assert set(re.findall(r"https://你的域名(/[\w/]+)", PAGE)) == {APP_PATH, AIBOT_PATH}
