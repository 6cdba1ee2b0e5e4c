"""Template cards: what the platform refuses, and what can be pressed."""

import re
from typing import Any

from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.ledger import Card

INTERACTIVE = ("button_interaction", "vote_interaction", "multiple_interaction")
NOTICES = ("text_notice", "news_notice")
KEY = 1024
TASK_ID = re.compile(r"[0-9A-Za-z_@-]{1,128}")

REQUIRED = {
    "text_notice": ("card_action",),
    "news_notice": ("main_title", "card_action"),
    "button_interaction": ("main_title", "button_list"),
    "vote_interaction": ("main_title", "checkbox", "submit_button"),
    "multiple_interaction": ("main_title", "select_list", "submit_button"),
}
MOST = {
    "horizontal_content_list": 6,
    "vertical_content_list": 4,
    "jump_list": 3,
    "select_list": 3,
}


def check(card: Any, kinds: tuple[str, ...] = NOTICES + INTERACTIVE) -> Card:
    """A card as it was given, or the refusal."""
    if not isinstance(card, dict):
        raise RefusedError(40058, "template_card missing. invalid Request Parameter")
    kind = card.get("card_type")
    if kind not in kinds:
        raise _bad("card_type")
    for name in REQUIRED[kind]:
        if not card.get(name):
            raise _bad(name)
    for name, most in MOST.items():
        if len(card.get(name) or []) > most:
            raise _bad(name)
    _shown(kind, card)
    _identified(kind, card)
    _pressed(kind, card)
    return card


def _shown(kind: str, card: Card) -> None:
    if kind == "text_notice" and not (card.get("main_title", {}).get("title") or card.get("sub_title_text")):
        raise _bad("main_title")
    if kind == "news_notice" and not (card.get("card_image") or card.get("image_text_area")):
        raise _bad("card_image")


def _identified(kind: str, card: Card) -> None:
    wanted = kind in INTERACTIVE[:2] or "action_menu" in card
    task_id = card.get("task_id", "")
    if (wanted or task_id) and not TASK_ID.fullmatch(str(task_id)):
        raise RefusedError(42014)


def _pressed(kind: str, card: Card) -> None:
    if kind == "button_interaction" and len(card["button_list"]) > 6:
        raise RefusedError(40016)
    keys = [button.get("key") for button in card.get("button_list") or [] if button.get("type", 0) == 0]
    keys += [action.get("key") for action in card.get("action_menu", {}).get("action_list", [])]
    if kind in INTERACTIVE[1:]:
        keys.append(card["submit_button"].get("key"))
    if any(not isinstance(key, str) or not 1 <= len(key.encode()) <= KEY for key in keys):
        raise _bad("key")
    if len(keys) != len(set(keys)):
        raise _bad("key")
    for question, most in _questions(card):
        options = question.get("option_list") or []
        if not question.get("question_key") or not 1 <= len(options) <= most:
            raise _bad("option_list")
        if any(not 1 <= len(str(option.get("id", "")).encode()) <= 128 for option in options):
            raise _bad("option_list.id")


def keys(card: Card) -> set[str]:
    """The keys of everything on a card that can be pressed."""
    found = {button["key"] for button in card.get("button_list") or [] if button.get("type", 0) == 0}
    found |= {action["key"] for action in card.get("action_menu", {}).get("action_list", [])}
    if submit := card.get("submit_button"):
        found.add(submit["key"])
    return found


def in_menu(card: Card, key: str) -> bool:
    """Whether a key stands in the menu at the corner of a card."""
    return key in {action["key"] for action in card.get("action_menu", {}).get("action_list", [])}


def choices(card: Card) -> dict[str, set[str]]:
    """What can be chosen on a card: the ids of the options by question."""
    return {str(one["question_key"]): {str(option["id"]) for option in one["option_list"]} for one, _ in _questions(card)}


def greyed(card: Card, name: str) -> Card:
    """The card after its pressed button was renamed: nothing on it can be pressed any more."""
    left = {key: value for key, value in card.items() if key not in {"button_list", "submit_button"}}
    return left | {"replace_name": name}


def _questions(card: Card) -> list[tuple[dict[str, Any], int]]:
    found = [(question, 10) for question in card.get("select_list") or []]
    if "button_selection" in card:
        found.append((card["button_selection"], 10))
    if "checkbox" in card:
        found.append((card["checkbox"], 20))
    return found


def _bad(field: str) -> RefusedError:
    return RefusedError(40058, f"template_card.{field} invalid. invalid Request Parameter")
