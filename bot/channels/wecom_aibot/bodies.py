"""What an AI bot says, as WeCom wants it. Pure."""

from datetime import timedelta
from typing import Any, Final

from bot.channels.channel import Limit
from bot.channels.markdown import untagged
from bot.channels.wecom import cards
from services.cards import Card

LIMITS: Final = (Limit(29, timedelta(minutes=1), reserved=4), Limit(999, timedelta(hours=1), reserved=99))
"""WeCom takes 30 a minute and 1000 an hour, answers and pushes together: a card whose text goes before it must not go beyond."""
MAX_BYTES: Final = 20480
"""Of one text."""


def markdown(words: str) -> dict[str, Any]:
    """A text."""
    return {"msgtype": "markdown", "markdown": {"content": untagged(words)}}


def stream(key: str, words: str) -> dict[str, Any]:
    """A text that answers a message, finished at once, under a name by which WeCom knows it again."""
    return {"msgtype": "stream", "stream": {"id": key, "finish": True, "content": untagged(words)}}


def text(words: str) -> dict[str, Any]:
    """A greeting."""
    return {"msgtype": "text", "text": {"content": words}}


def template_card(card: Card) -> dict[str, Any]:
    """A card."""
    return {"msgtype": "template_card", "template_card": cards.render(card, cards.OF_BOT)}


def update(card: Card, account: str) -> dict[str, Any]:
    """A pressed card as it stands now, for whoever pressed it."""
    return {"response_type": "update_template_card", "userids": [account], "template_card": cards.render(card, cards.OF_BOT)}
