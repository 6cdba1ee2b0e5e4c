"""Signs of Chinese typing in config.yaml are named at their line, and nothing that only follows from them."""

from pathlib import Path

import pytest

from bot.config import ConfigError, load_settings


def mistakes(folder: Path, text: str) -> list[str]:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_settings(path, {})
    return [line.removeprefix(f"{path}:") for line in refused.value.mistakes]


COLON = "holds the full-width “：”; write “: ”, the half-width colon and a space"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("organization:\n  name：江北站\n", [f"2: {COLON}"]),
        ("organization:\n  name： 江北站\n  bot_name: 小微\n", [f"2: {COLON}"]),
        ("organization：\n  name：江北站\nweb:\n  port: abc\n", [f"1: {COLON}", f"2: {COLON}"]),
        ("schedule:\n  lesson:\n    at: “08:25”\n", ['3: holds the full-width ““”; write the half-width "']),
        ("organization:\n　　name: x\n", ["2: holds the full-width space (U+3000); write half-width spaces"]),
        ("web:\n  port:　8080\n", ["2: holds the full-width space (U+3000); write a half-width space"]),
    ],
)
def test_a_full_width_sign_is_named_where_it_stands(tmp_path: Path, text: str, lines: list[str]) -> None:
    assert mistakes(tmp_path, text) == lines


def test_in_words_they_are_nobody_s_business(tmp_path: Path) -> None:
    text = "organization:\n  name: “江北”站：一　二\n  bot_name: 小微 # 名字：小微\nweb:\n  port: abc\n"
    (line,) = mistakes(tmp_path, text)
    assert line.startswith("5: web.port: ")
    path = tmp_path / "config.yaml"
    path.write_text(text.replace("abc", "8081"), encoding="utf-8")
    assert load_settings(path, {}).organization.name == "“江北”站：一　二"
    with pytest.raises(ConfigError, match=r"environment SANWEI__WEB__PORT"):
        load_settings(path, {"SANWEI__WEB__PORT": "abc"})
