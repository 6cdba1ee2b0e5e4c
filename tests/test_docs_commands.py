"""docs/commands.md lists every command as the code has it, and nothing else; its examples are what they say."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.commands.command import Command, Where
from handlers.commands.registry import ANSWERING, COMMANDS, LEADING
from models.people import Person
from models.policies import Policies
from models.roster import Role

TEXT = (Path(__file__).parent.parent / "docs" / "commands.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| `")]
BY_USAGE = {command.usage: command for command in COMMANDS}
CODE = re.compile(r"`([^`]+)`")

PLACES = {Where.ANYWHERE: "私聊、群里", Where.ADDRESSED: "私聊、@小微"}
LEADERS = "组长、副书记、书记"
WHOEVER_HEARS = "管这件事的人"
"""Who may act on a case depends on the case, not on the role alone: anybody may say it, and services.cases looks."""

LEADER = Person(2, "李明", Role.LEADER, "b1", "g1", "", "")


def first_match(text: str, *, addressed: bool) -> Command | None:
    """The command that a leader gives by these words."""
    return next((command for command in COMMANDS if command.match(text, LEADER, addressed=addressed)), None)


def test_the_document_lists_every_command_once_in_the_order_of_the_registry_and_no_other() -> None:
    assert [CODE.findall(row[0]) for row in ROWS] == [[command.usage] for command in COMMANDS]


def test_every_row_of_the_table_is_whole() -> None:
    table = [line for line in TEXT.splitlines() if line.startswith("|")]
    assert len(table) == len(ROWS) + 2
    assert all(len(row) == 6 and all(row) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_who_may_say_it_and_where_is_as_in_the_code(row: list[str]) -> None:
    command = BY_USAGE[row[0].strip("`")]
    who = {LEADING: {LEADERS}, ANSWERING: {f"{LEADERS}、值班员"}, frozenset(): {"所有人", WHOEVER_HEARS}}
    assert row[1] in who[command.roles]
    assert row[2] == PLACES[command.where]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_example_gives_that_command_where_the_document_says_so(row: list[str]) -> None:
    command = BY_USAGE[row[0].strip("`")]
    examples = CODE.findall(row[3])
    assert examples
    for text in examples:
        assert first_match(text, addressed=True) is command, text
        assert first_match(text, addressed=False) is (command if command.where is Where.ANYWHERE else None), text


def test_what_the_document_calls_no_command_is_none_in_a_room() -> None:
    words = [found for line in TEXT.splitlines() if line.startswith("- `") for found in CODE.findall(line)]
    assert len(words) > 10
    assert [text for text in words if first_match(text, addressed=False) is not None] == []


def test_the_ladder_in_the_document_is_the_one_of_the_house() -> None:
    policies = Policies()
    for policy in (policies.hardship, policies.health, policies.silence):
        assert set(policy.urgent.tell) == {Role.SECRETARY, Role.LEADER, Role.DEPUTY}
        assert [(rung.after, rung.tell) for rung in policy.urgent.climb] == [(timedelta(minutes=10), (Role.DUTY_OFFICER,))]
        assert (policy.urgent.repeat, policy.urgent.repeat_for) == (timedelta(minutes=10), timedelta(hours=6))
        assert set(policy.ordinary.tell) == {Role.SECRETARY, Role.LEADER}
        assert [(rung.after, rung.tell) for rung in policy.ordinary.climb] == [(timedelta(hours=4), (Role.DEPUTY, Role.DUTY_OFFICER))]
        assert policy.ordinary.repeat == timedelta(days=1)
    assert policies.urgent_temperature == 39.0
    for said in ("每 10 分钟一次；6 小时后改为每天一次", "39.0℃ 起", "4 小时没人接手，告诉副书记和值班员，以后每天一次"):
        assert said in TEXT
