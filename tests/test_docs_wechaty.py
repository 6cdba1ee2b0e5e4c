"""The page on WeChat leads nobody astray: its keys, its example, its files and the sentences it quotes are those of the program."""

import json
import re
import textwrap
from pathlib import Path

import pytest
import yaml

from bot.channels.settings import Channels
from bot.settings import known_keys

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "wechaty.md").read_text(encoding="utf-8")
GATEWAY = ROOT / "deploy" / "wechaty-gateway"
EXAMPLES = [textwrap.dedent(found) for found in re.findall(r"(?:^ {4}.*\n)+", PAGE, re.MULTILINE) if found.startswith("    channels:")]
SAID = re.findall(r"「(.+?)」", PAGE)
"""What the page quotes of the bot; … stands for whatever is told there."""

SENTENCES = yaml.safe_load((ROOT / "content" / "sentences" / "zh-CN.yaml").read_text(encoding="utf-8"))


def without_facts(sentence: str) -> str:
    return re.sub(r"\{\w+\}|…", "…", sentence)


def sentences(found: object) -> list[str]:
    return [without_facts(str(found))] if not isinstance(found, dict) else [text for inner in found.values() for text in sentences(inner)]


def test_the_example_can_be_used() -> None:
    (example,) = EXAMPLES
    assert Channels.model_validate(yaml.safe_load(example)["channels"]).wechaty.enabled


def test_every_key_of_the_channel_is_explained_and_no_other_is_named() -> None:
    keys = {key for key in known_keys() if key.startswith("channels.wechaty.")}
    rows = "\n".join(line for line in PAGE.splitlines() if line.startswith("|"))
    assert len(keys) >= 12
    assert set(re.findall(r"`(channels\.wechaty\.\w+)`", rows)) == keys
    assert set(re.findall(r"`(channels\.[\w.]+\w)", PAGE)) <= known_keys().keys()


@pytest.mark.parametrize("said", SAID)
def test_what_is_quoted_of_the_bot_is_what_it_says(said: str) -> None:
    assert [text for text in sentences(SENTENCES) if without_facts(said) in text] != []


def test_the_names_in_the_environment_are_those_that_the_gateway_of_the_house_reads() -> None:
    read = set(re.findall(r"process\.env\.(\w+)", (GATEWAY / "gateway.mjs").read_text(encoding="utf-8")))
    rows = re.findall(r"^\| `([A-Z_]+)` \|", PAGE[PAGE.index("| 变量 Variable |") :], re.MULTILINE)
    assert read == set(rows) - {"WECHATY_PUPPET_PADLOCAL_TOKEN"}


def test_the_gateway_of_the_house_pins_what_it_is_made_of_and_listens_on_this_machine_only() -> None:
    pinned = json.loads((GATEWAY / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert [version for version in pinned.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert f"（{pinned['wechaty']}）" in PAGE
    assert "'127.0.0.1:8788'" in (GATEWAY / "gateway.mjs").read_text(encoding="utf-8")
