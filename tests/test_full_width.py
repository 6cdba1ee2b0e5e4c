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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            'schedule:\n  chase: {at: "08：45"}\n',
            (
                '2: schedule.chase.at: "08：45" is not a time of day; write hours and minutes as "08:25"; '
                "“：” is full-width here: type the half-width sign"
            ),
        ),
        (
            "web:\n  port: ８０８０x\n",
            '2: web.port: "８０８０x" is not a whole number; write one in digits; “８” is full-width here: type the half-width sign',
        ),
    ],
)
def test_one_in_a_value_that_cannot_be_used_is_named_since_it_looks_nearly_right(tmp_path: Path, text: str, line: str) -> None:
    assert mistakes(tmp_path, text) == [line]


def test_in_words_they_are_nobody_s_business(tmp_path: Path) -> None:
    text = "organization:\n  name: “江北”站：一　二\n  bot_name: 小微 # 名字：小微\nweb:\n  port: abc\n"
    (line,) = mistakes(tmp_path, text)
    assert line.startswith("5: web.port: ")
    path = tmp_path / "config.yaml"
    path.write_text(text.replace("abc", "8081"), encoding="utf-8")
    assert load_settings(path, {}).organization.name == "“江北”站：一　二"
    with pytest.raises(ConfigError, match=r"environment SANWEI__WEB__PORT"):
        load_settings(path, {"SANWEI__WEB__PORT": "abc"})
