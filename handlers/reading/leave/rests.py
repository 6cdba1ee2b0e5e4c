"""A rest that is told and is no leave of the sender: the day off of a shift, the rest of the family, an animal or a car."""

import re

from handlers.reading.leave.spans import Day
from handlers.reading.message import Message

_REPORTED = ("temperature", "guessed", "well", "fine", "symptom")
_WHOSE = frozenset(("me", "person", "third", "family", "animal"))
_BARE = re.compile("歇|休息")  # whoever is away asks for it, or takes it: "请假", "休三天"
_BEFORE_REST = re.compile(
    "(?:在家|回家|居家|家里|卧床|得|要|需要?|先|就|让|给|医生|大夫|说|叫|建议|老师|都|也|又|正|好好|可以|可能|估计|怕是|应该|多|才|再|静养|躺着)*"
)
# who rests for the sake of somebody, or has somebody told of it, rests himself: "孩子发烧，休息三天照顾他"
_FOR_THEM = re.compile("照[顾看]|陪|伺候|看护|守着|[带送接去回找办]|报备|批|请示|[顶替换]|班")
_CAR = re.compile("[车泵机](?:又|也|还|都|子|刚)?(?:坏|趴窝|抛锚|爆胎|罢工|故障|进水|熄火|打不着)")


def is_rest(message: Message, match: re.Match[str], first: Day | None) -> bool:
    """Whether it is only the day off of a shift, told by the way by somebody who reports all the same."""
    today = first is None or first.day == message.today
    return today and message.search.finds("leave.rest", match.group()) and any(f.kind in _REPORTED for f in message.facts)


def is_theirs(message: Message, match: re.Match[str]) -> bool:
    """Whether a bare rest is that of the family who is ill, of an animal or of a car, said right before it ("我妈闪了腰，歇两天就好")."""
    clauses, text, number = message.speech.clauses, message.text, message.speech.at(match.start())
    clause = clauses[number]
    end = max(c.end for c in clauses[number:] if c.sentence == clause.sentence)
    if not number or _BARE.match(text, match.start()) is None or clauses[number - 1].sentence != clause.sentence:
        return False
    if _BEFORE_REST.fullmatch(text, clause.start, match.start()) is None or _FOR_THEM.search(text, match.end(), end) is not None:
        return False
    told = message.tokens_by_clause.get(number - 1, [])
    kinds = {token.kind for token in told}
    whose = next((token.kind for token in reversed(told) if token.kind in _WHOSE), "")
    ill = whose == "animal" or (whose == "family" and not kinds.isdisjoint(("symptom", "part", "sign")))
    return ill or (not whose and _CAR.search(text, clauses[number - 1].start, clauses[number - 1].end) is not None)
