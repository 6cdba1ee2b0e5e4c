"""Cards as WeCom's template cards: buttons whose keys are the words that they say, one list to choose from, texts that are not too long.

Pure. Apps and AI bots take the same structure; only the recommended lengths differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.channels.splitting import shortened
from services.cards import Card

QUESTION: Final = "choice"
"""The `question_key` of the list."""

_MOST_BUTTONS: Final = 6
_MOST_OPTIONS: Final = 10
_OPTION_BYTES: Final = 128
_LABEL: Final = 10
_OPTIONS_TITLE: Final = 13


@dataclass(frozen=True)
class Sizes:
    """How many characters of a card's parts WeCom recommends at most; more may be cut on a small screen."""

    title: int
    subtitle: int
    text: int


OF_BOT: Final = Sizes(26, 30, 112)
OF_APP: Final = Sizes(36, 44, 160)


def render(card: Card, sizes: Sizes) -> dict[str, Any]:
    """The `template_card` as JSON. Where nothing is left to press it is one that only tells."""
    options = [
        {"id": option.words, "text": shortened(option.label, _LABEL)}
        for option in card.options
        if len(option.words.encode()) <= _OPTION_BYTES
    ][:_MOST_OPTIONS]
    buttons = [{"text": shortened(button.label, _LABEL), "key": button.words} for button in card.buttons][:_MOST_BUTTONS]
    rendered: dict[str, Any] = {
        "card_type": "button_interaction" if buttons else "text_notice",
        "main_title": {"title": shortened(card.title, sizes.title), "desc": shortened(card.subtitle, sizes.subtitle)},
        "sub_title_text": shortened(card.text, sizes.text),
        "task_id": card.key,
    }
    if not buttons:
        rendered["card_action"] = {"type": 0}
        return rendered
    rendered["button_list"] = buttons
    if options:
        title = shortened(card.options_title, _OPTIONS_TITLE)
        rendered["button_selection"] = {"question_key": QUESTION, "title": title, "option_list": options}
    return rendered


def fits(card: Card, sizes: Sizes) -> bool:
    """Whether everything that a card has to say is shown; otherwise the full text should go before it."""
    return card.abridged or (len(card.title) <= sizes.title and len(card.subtitle) <= sizes.subtitle and len(card.text) <= sizes.text)


def pressed(key: str, chosen: Mapping[str, Sequence[str]]) -> str:
    """The words that a press says: those of the button, completed by what was `chosen` (ids by question) where that begins with them.

    WeCom tells what stands chosen at every press, also of a button that it has nothing to do with.
    """
    return next((words for words in chosen.get(QUESTION, ()) if words.startswith(key)), key)
