"""Being well without a value: whether a word of it speaks of somebody in particular, or of the speaker who could not measure."""

import re

from handlers.reading.facts import Fact
from handlers.reading.message import Message

_OF_HEALTH = re.compile("体|身|症|不适|异常|健康|舒服|unwell|感冒|毛病|no|feel|zc|哪.{0,2}[都也]不[疼痛]")
# then 人没啥事 is a check-in
_UNMEASURED = re.compile(
    "(?:没|没有|还没|未|忘了?|来不及|顾不[上得])(?:顾[上得]|来得?及|得?空|工夫|功夫|时间|办法|法|地方|带|给|再|去|着)?[量测](?!试|验|评)|体温|温度计|打卡|晨检|晚检|报到|报平安"
)
_ASKED_AFTER = re.compile("(?:电话|视频|微信|联系|问|通)[^,。;!?\\n]{0,3}[过了]|[打通][过了]?个?电话|视频")
_OTHER_MATTER = re.compile("的事|医生|大夫|老师|学校|手续|银行")


def is_named(message: Message, fact: Fact) -> bool:
    """Whether the person of a fact is named in the fact's own clause; the sender need not be where the word speaks of health."""
    if any(t.kind in ("person", "family", "third") and t.start < fact.start for t in message.tokens_by_clause.get(fact.clause, ())):
        return True
    if fact.person != message.sender:
        return fact.person.startswith("family:") and _is_asked_after(message, fact)
    return bool(_OF_HEALTH.search(str(fact.value)) or (fact.kind == "well" and _UNMEASURED.search(message.text)))


def _is_asked_after(message: Message, fact: Fact) -> bool:
    """Whether the clause before says that a relative was called, who is well ("我妈那边电话问过，也没事")."""
    before = message.speech.clauses[fact.clause - 1] if fact.clause else None
    if before is None or before.sentence != message.speech.clauses[fact.clause].sentence:
        return False
    of_them = any(t.kind == "family" for t in message.tokens_by_clause.get(fact.clause - 1, ()))
    called = _ASKED_AFTER.search(message.text, before.start, before.end) is not None
    return of_them and called and _OTHER_MATTER.search(message.text, before.start, before.end) is None
