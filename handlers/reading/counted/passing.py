"""Symptoms that a field of work or of thoughts tells in passing: "今日工作：出警，膝盖磕破了"."""

import re
from collections.abc import Sequence

from handlers.reading.counted.judgement import counting
from handlers.reading.facts import Fact
from handlers.reading.frame import is_laughing
from handlers.reading.message import Message
from handlers.reading.report.template import Field

_TELLING = ("work", "thought")  # fields in which the sender may tell how he is
_ILL = ("symptom", "part")
_FRIGHT = ("fatigue", "chills", "dizziness")  # of which one tells as well how hard or frightening the work was
_OF_LIMBS = ("injury", "other", "muscle_pain", "rash")  # words of them are said of things as well
# work is done for those who are hurt, with what they need, and practised on those who play them
_OF_OTHERS = re.compile(
    "群众|老人|老汉|老太|大爷|大妈|伤员|伤者|被困|市民|村民|居民|儿童|孩子|小孩|娃|学生|司机|乘客|住户|病人|患者|男子|女子|工人|游客|路人|报警人|对方|[一二两三四五六七八九十几多数\\d]人|人员"
    "|救护|急救|包扎|演练|演示|模拟|假人|讲解|讲授|培训|授课|宣传|知识|药|敷料|预防|防治|消杀|消毒"
)
_MINE = re.compile("[我俺咱]|自己|本人")
_PART = re.compile("[手脚腿臂腰背肩颈脖膝踝腕肘指趾胯胸头脸额眼鼻耳牙嘴嗓喉肚胃皮]|身上|浑身|全身|胳膊|屁股")
_BEFALLS = re.compile("了|得|着(?!装)|[,。;!\\n]|$")
_SENTENCE = 60  # characters before a symptom in which those stand for whom the work was done
_NEAR = 8  # characters before a symptom in which its part of the body stands


def in_passing(message: Message, fields: Sequence[Field], facts: Sequence[Fact], whose: str) -> list[Fact]:
    """The symptoms of `whose`, the one of whom the report is, or of a teammate that stand in `fields` of work and thoughts.

    `facts`: what the fields of health say; who is ill there has said what ails him.
    """
    spans = [(f.start, f.end) for f in fields if f.kind in _TELLING]
    if not any(t.kind in _ILL and any(start <= t.start < end for start, end in spans) for t in message.tokens):
        return []
    ill = {f.person for f in facts if f.kind in ("symptom", "unwell")}
    told = [
        f._replace(person=whose) if f.person == message.sender else f
        for f in counting(message, message.facts)
        if f.kind == "symptom" and any(start <= f.start < end for start, end in spans)
    ]
    real = [f for f in told if f.person not in ill and not f.person.startswith("family:") and _befell(message, f)]
    light = is_laughing(message) and not any(f.value == "injury" for f in real)
    return message.counted(told, [] if light else real, "statement.kind")


def _befell(message: Message, fact: Fact) -> bool:
    """Whether a symptom has befallen somebody of one's own, and is no matter of the work."""
    text, clauses = message.text, message.speech.clauses
    first = fact.clause
    while first and clauses[first - 1].sentence == clauses[fact.clause].sentence and fact.start - clauses[first - 1].start < _SENTENCE:
        first -= 1
    for other in _OF_OTHERS.finditer(text, clauses[first].start, clauses[fact.clause].end):
        if _MINE.search(text, other.end(), max(other.end(), fact.start)) is None:
            return False
    named = fact.named is not None and fact.named.start >= clauses[fact.clause].start
    if named:
        return fact.value not in _FRIGHT[:2]
    bodily = fact.value not in _OF_LIMBS or _PART.search(text, max(clauses[fact.clause].start, fact.start - _NEAR), fact.end) is not None
    return fact.value not in _FRIGHT and bodily and (text[fact.end - 1] in "了得" or _BEFALLS.match(text, fact.end) is not None)
