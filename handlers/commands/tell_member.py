"""告诉他 12: a colleague may know that somebody spoke up for them."""

import re

from handlers.incoming import Answer, Incoming
from services import teammates

PATTERN = re.compile(r"(?:可以)?(?:告诉|通知)(?:他|她|TA|ta|本人)(?:本人)?(?:吧|一声)?\s*[#＃]?\s*(?:(?P<number>\d{1,9})\s*号?)?")


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """Tell the member of the case of that number, or of the sender's newest."""
    number = match["number"]
    return Answer(private=teammates.tell_member(incoming.work, incoming.sender, None if number is None else int(number)))
