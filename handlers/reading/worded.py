"""What only sounds like an order or a question and says how bad an illness is."""

import re

from handlers.reading.facts import Fact
from handlers.reading.message import Message

_NEARLY = 4  # characters around words that sound like an order or a question
_SO_BAD = re.compile("都(?:快)?(?:要|得)(?:快)?[出站裂断炸散冒吐哭晕掉烂碎疯死倒瘫麻废没喘抬睡吃走下起躺直蹲]")
_NO_QUESTION = re.compile(
    "哪(?:儿|里|哪|哪儿|块)?(?:都|也)|(?:不知道?|不晓得|也不知|说不清|搞不清|不懂)[^,。]{0,3}(?:为啥|为什么|怎么|咋|哪)|多少(?:有|还|天|次|回|带)"
)


def only_worded(message: Message, fact: Fact) -> bool:
    """Whether what sounds like an order or a question only says how bad an illness is ("头都要炸了", "浑身哪儿都疼", "不知道为啥头疼")."""
    text, clause = message.text, message.speech.clauses[fact.clause]
    if clause.asked or fact.clause not in message.speech.questions | message.speech.orders:
        return False
    for key, harmless in (("frames.order", _SO_BAD), ("frames.question", _NO_QUESTION)):
        since = clause.start
        while (found := message.search.first(key, text, since, clause.end)) is not None:
            if harmless.search(text, max(clause.start, found.start() - _NEARLY), found.end() + _NEARLY) is None:
                return False
            since = max(found.end(), since + 1)
    return True
