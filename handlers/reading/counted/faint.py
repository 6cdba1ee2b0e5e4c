"""Words of illness so short, or so often of mood, that they need company to count: 咳, 晕, 疲惫."""

import re

from handlers.reading.facts import Fact
from handlers.reading.message import Message

_SOMEBODY = ("person", "family", "third", "other", "stranger", "animal")
# "有点咳", "今早又咳", "咳了一宿"
_SOMEWHAT = re.compile(
    "(?:有一?点儿?|有些|稍微|略微?|一直|老是?|总是?|还是?|又|开始|突然|不停地?|连着|[今昨]天|[今昨]晚|[今昨]儿|今早|早上|早起|起来|夜里|半夜|晚上)"
    "[^,。;!?\\n]{0,3}$|(?:好|很|特别|非常|挺)$"
)
_FOR_SO_LONG = re.compile("得|着呢|个?不停|了?[一两三四五六七八九十几半好整]{1,2}(?:天|晚上?|夜|宿|声|次|回|阵|个?小时|上午|下午|早上)")
# "心里不得劲": a mood
_OF_HEART = re.compile(
    "心(?:里|头|中|里头|里边)(?:有点儿?|有些|很|挺|真|特别|老|一直|也|都|又|怪|就|还|总|说不出的|堵得)?"
    "(?:不是滋味|不得劲|不舒服|不好受|难受|不对劲|不舒坦|堵得慌|闷得慌|别扭)"
)
# "这天冷得鼻涕直流", "早高峰堵得我想吐": more of the weather and the traffic than of an illness
_OF_WEATHER = re.compile("(?:天[气儿]?|风|外[头面]|笑话|段子|高峰|堵车|路上)[^,。;!?\\n]{0,8}[冷冻吹堵]得[^,。;!?\\n]{0,8}$")
_WEATHERED, _FAR = ("runny_nose", "chills", "vomiting"), 20
_CLOSE = 6
_SHORT = 8


def is_faint(message: Message, fact: Fact) -> bool:
    """Whether a symptom does not count alone. Who calls the bot means it; who writes to it in private has to say more than 咳 and 晕."""
    said = message.text[fact.start : fact.end]
    single = len(set(said)) <= 1 and not fact.told.by.startswith(("symptoms.compounds", "symptoms.struck"))
    if (
        fact.value == "cough"
        and fact.person.startswith("family:")
        and not fact.past
        and _FOR_SO_LONG.match(message.text, fact.end) is not None
    ):
        return False  # "姥姥咳了一整夜": nobody says that of another's mood
    faint = (
        single
        or _OF_HEART.search(message.text, max(0, fact.start - _CLOSE), fact.end) is not None
        or (fact.value in _WEATHERED and _OF_WEATHER.search(message.text, max(0, fact.start - _FAR), fact.start) is not None)
        or said in message.lexicon.sets["symptoms.faint"]
    )
    return faint and not message.surface.to_bot and not (message.addressed and _is_complaint(message, fact))


def _is_complaint(message: Message, fact: Fact) -> bool:
    """Whether it is the sender's own complaint, with a degree or a time, in a message that asks nothing."""
    clause = message.speech.clauses[fact.clause]
    if fact.person != message.sender or message.speech.questions:
        return False
    if any(t.kind in _SOMEBODY and t.start < fact.start for t in message.tokens_by_clause.get(fact.clause, ())):
        return False
    before = max(clause.start, fact.start - _SHORT)
    somewhat = _SOMEWHAT.search(message.text, before, fact.start) is not None
    return somewhat or _FOR_SO_LONG.match(message.text, fact.end, clause.end) is not None
