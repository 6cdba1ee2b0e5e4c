"""事项 编号: who was told of a case, when, and how late. 未达: what did not arrive."""

import re

from handlers.incoming import Answer, Incoming
from handlers.plain_words import ONE
from services import deliveries

OF_CASE = re.compile(rf"(?:查看|查|看)?\s*(?=事项){ONE}")
MISSED = re.compile(r"未达|未送达|未达名单|未达清单")


def of_case(incoming: Incoming, match: re.Match[str]) -> Answer:
    """事项 12."""
    return Answer(private=deliveries.of_case(incoming.work, incoming.sender, int(match["number"])))


def missed(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """Whom and why in private; a room hears how many."""
    work = incoming.work
    text, count = deliveries.missed(work, incoming.sender)
    return Answer(private=text, public=work.say("missed.public", count=count) if count else text)
