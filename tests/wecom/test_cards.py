"""A card as the platform takes it: what is on it, what pressing it says, and what is cut."""

from dataclasses import replace

import pytest

from bot.channels.wecom.cards import OF_APP, OF_BOT, QUESTION, Sizes, fits, pressed, render
from services.cards import Button, Card, Option
from tests.fakes.wecom_server import cards as platform
from tests.fakes.wecom_server.ledger import words

CARD = Card(
    key="case-12-345",
    title="事项 12：张伟 发热",
    subtitle="06:10 第一党小组，待处理",
    text="38.5，头疼",
    buttons=(Button("收到", "收到 12"), Button("转交", "转交 12"), Button("办结", "办结 12")),
    options_title="转给谁",
    options=(Option("周建国", "转交 12 周建国"), Option("李明", "转交 12 李明")),
)


@pytest.mark.parametrize("sizes", [OF_BOT, OF_APP])
def test_the_platform_takes_it_and_every_button_says_its_words(sizes: Sizes) -> None:
    rendered = platform.check(render(CARD, sizes))
    assert rendered["task_id"] == "case-12-345"
    assert words(rendered) == "事项 12：张伟 发热\n06:10 第一党小组，待处理\n38.5，头疼"
    assert [button["text"] for button in rendered["button_list"]] == ["收到", "转交", "办结"]
    assert platform.keys(rendered) == {"收到 12", "转交 12", "办结 12"}
    assert platform.choices(rendered) == {QUESTION: {"转交 12 周建国", "转交 12 李明"}}
    assert pressed("收到 12", {QUESTION: ["转交 12 李明"]}) == "收到 12", "what stands in the list is not meant"
    assert pressed("转交 12", {QUESTION: ["转交 12 李明"]}) == "转交 12 李明"
    assert pressed("转交 12", {}) == "转交 12", "whoever chose nothing is asked to whom"


def test_a_card_without_buttons_only_tells() -> None:
    rendered = platform.check(render(replace(CARD, buttons=(), options=()), OF_BOT))
    assert rendered["card_type"] == "text_notice"
    assert platform.keys(rendered) == set()
    assert words(rendered) == words(render(CARD, OF_BOT))


def test_a_name_that_no_list_takes_is_asked_for() -> None:
    far_too_long = Option("名字很长", f"转交 12 {'长' * 50}")
    rendered = platform.check(render(replace(CARD, options=(far_too_long,)), OF_BOT))
    assert platform.keys(rendered) == {"收到 12", "转交 12", "办结 12"}, "to whom is asked, and can be written"
    assert "button_selection" not in rendered


def test_what_is_too_long_is_cut_and_said_to_be() -> None:
    long = replace(CARD, title="题" * 30, text="字" * 150, options=tuple(Option("名" * 11, f"转交 12 {n}") for n in range(12)))
    of_bot, of_app = (platform.check(render(long, sizes)) for sizes in (OF_BOT, OF_APP))
    assert of_bot["main_title"]["title"] == "题" * 25 + "…"
    assert of_bot["sub_title_text"] == "字" * 111 + "…"
    assert (of_app["main_title"]["title"], of_app["sub_title_text"]) == ("题" * 30, "字" * 150)
    assert [option["text"] for option in of_bot["button_selection"]["option_list"]] == ["名" * 9 + "…"] * 10
    family = "👨‍👩‍👧‍👦"
    of_bot = platform.check(render(replace(CARD, title="题" * 22 + family, text="字" * 110 + "🇨🇳吉"), OF_BOT))
    assert (of_bot["main_title"]["title"], of_bot["sub_title_text"]) == ("题" * 22 + "…", "字" * 110 + "…"), "no letter is cut in two"
    assert (fits(CARD, OF_BOT), fits(long, OF_BOT), fits(long, OF_APP)) == (True, False, True)
