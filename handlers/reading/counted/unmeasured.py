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
# a clause that says nothing else than that the temperature was not taken: then "好着呢" beside it is a check-in
_NOT_TAKEN = re.compile(
    "(?:今[天早日儿]|早上|早晨|体温|温度|我|俺|还|刚|就|的|确实|倒是|忙得?|\\s){0,5}(?:没|没有|未|木有|冇|忘记?了?|来不及|没来得及|没顾[上得]|没空)"
    "(?:去|带表)?[量测](?:体温|了|呢|着|上|成|的|\\s){0,3}"
    "|(?:我的?|家里的?|班里的?)?(?:体温计|体温枪|额温枪|温度计|体温表|表|枪)(?:又|也|今天)?(?:坏了|没电了?|丢了|找不[到着]|不在|没带|借走了)(?:没法?量|没测|量不[了成])?"
)
_LATER = re.compile("一会|等会|待会|马上|回头|稍后|再[量测]")


def is_unmeasured(message: Message, fact: Fact) -> bool:
    """Whether the clause before a word of being well, or behind it, only says that the temperature was not taken ("体温没量，好着呢")."""
    clauses = message.speech.clauses
    if fact.person != message.sender or _LATER.search(message.text) is not None:
        return False
    beside = (clauses[n] for n in (fact.clause - 1, fact.clause + 1) if 0 <= n < len(clauses))
    return any(_NOT_TAKEN.fullmatch(message.text, c.start, c.end) is not None for c in beside)


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
