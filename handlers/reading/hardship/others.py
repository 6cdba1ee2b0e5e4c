"""Of whom and of when words of difficulty speak: of outsiders, by hearsay, of old times they state no need."""

import re

from handlers.reading.message import Message
from handlers.reading.scan import Token

_NEAR = 4  # characters from the beginning of a clause in which its subject stands
_YOU = ("你", "您")
_DOUBT = ("真的假的", "是真的吗", "听说没", "听说了没", "听说了吗", "替", "帮")
_NOT = re.compile(r"(?:[没未不无别]|没有|没能|不见|未能)$")
_HURTS = re.compile(r"(?:给|把)?[^,。;!?\n]{0,2}[咬蜇蛰叮顶踢抓挠撞啄拱扑]")  # an animal that hurts somebody is not the one who suffers
_CHILDS = ("游戏", "作业", "综艺", "直播间", "追剧", "开黑", "上分")  # no trifle where it keeps a child from school
_PLACE = ("店", "馆", "城", "厅", "站", "厂", "场", "楼", "铺", "房", "点")
# In a clause so long, what is supposed begins so many characters before the word that supposes it, and ends so many behind it.
_LONG, _AHEAD, _ON = 30, 12, 20
# "一个大娘" is anybody; "大娘" may be one's own
_ANY = ("一个", "一位", "有个", "有位", "那个", "那位", "这位", "几位", "几个", "有的", "有些")
_ANYBODY = ("大爷", "大妈", "大姐", "大哥", "大伯", "大叔", "大娘", "老太太", "老人家", "工人", "老乡", "保安", "租客", "同学", "老板")


def of_others(message: Message, clause: int, position: int) -> str:
    """Why the words at `position` speak of nobody near; "" where they do."""
    if clause in message.speech.questions and message.text[position - 1 : position] in _YOU:
        return "frames.question"
    if _hides_kin(message, clause, position):
        return "family.traps"
    if _of_outsiders(message, clause, position):
        return "family.outsiders"
    return "frames.hearsay" if _is_hearsay(message, clause, position) else ""


def of_animal(message: Message, start: int) -> bool:
    """Whether an animal is spoken of in the sentence, and nobody else before the words ("队里的狗…喊半天不动", "猫摔下来，腿断了")."""
    clauses, at = message.speech.clauses, message.speech.at
    sentence = clauses[at(start)].sentence
    before = {
        t.kind
        for t in message.tokens
        if t.start < start and clauses[at(t.start)].sentence == sentence and not (t.kind == "animal" and _HURTS.match(message.text, t.end))
    }
    return "animal" in before and before.isdisjoint(("me", "person", "family", "third", "other"))


def is_told_now(message: Message, position: int) -> bool:
    """Whether what stands there is told of somebody who matters, as it is now: not asked, supposed, or of old times."""
    clause = message.speech.at(position)
    if clause in message.speech.questions or is_long_ago(message, clause) or is_supposed(message, clause, position):
        return False
    return not of_others(message, clause, position)


def is_long_ago(message: Message, clause: int) -> bool:
    """Whether the sentence of a clause tells of old times."""
    clauses, at = message.speech.clauses, message.speech.at
    return any(t.kind == "long_past" and clauses[at(t.start)].sentence == clauses[clause].sentence for t in message.tokens)


def _hides_kin(message: Message, clause: int, position: int) -> bool:
    """Whether an ordinary word stands there that only contains a word of the family (家属院)."""
    traps = message.lexicon.sets["family.traps"]
    tokens = message.tokens_by_clause.get(clause, ())
    return any(t.kind == "trap" and t.start <= position < t.end and message.text[t.start : t.end] in traps for t in tokens)


def _of_outsiders(message: Message, clause: int, position: int) -> bool:
    """Whether the clause speaks of people who are neither on the roster nor family ("我同学他妈住院了"); a doctor only tells."""
    begin = message.speech.clauses[clause].start
    start = max(begin, message.text.rfind(":", begin, position) + 1)
    return any(
        t.kind in ("other", "animal")
        and t.start <= position + 2
        and (t.start < start + _NEAR or t.end == position)
        and (message.search.at("hardships.own", message.text, t.start) is None or _is_anybody(message, t))
        for t in message.tokens_by_clause.get(clause, ())
    )


def _is_anybody(message: Message, token: Token) -> bool:
    """Whether it says itself that it is one of many, and no one of ours ("一个大娘")."""
    return message.text[token.start : token.end] in _ANYBODY and message.text[max(0, token.start - 2) : token.start] in _ANY


def is_supposed(message: Message, clause: int, position: int) -> bool:
    """Whether what stands at `position` is only supposed. In speech without stops, what stands well before "要是" is stated."""
    speech = message.speech
    if clause not in speech.supposed:
        return False
    start, end, sentence = speech.clauses[clause][:3]
    if end - start <= _LONG:
        return True
    first = next((m.start() for m in message.all("frames.condition") if speech.clauses[speech.at(m.start())].sentence == sentence), start)
    return first < start or first - _AHEAD <= position <= first + _ON


def trifles(message: Message) -> bool:
    """Whether it speaks of what jokes and small annoyances are about; not of a place named after it ("火锅店")."""
    found = [m for m in message.all("frames.trifles") if not message.text.startswith(_PLACE, m.end())]
    if found and message.finds("hardships.strong.education"):
        found = [m for m in found if m.group() not in _CHILDS]
    return bool(found)


def says(message: Message, key: str) -> bool:
    """Whether a pattern of `key` stands there and is not denied ("还没脱离危险")."""
    return any(_NOT.search(message.text, max(0, m.start() - 2), m.start()) is None for m in message.all(key))


def _is_hearsay(message: Message, clause: int, position: int) -> bool:
    """Whether the sender only passes it on: hearsay before it or doubt behind it, in its sentence, and of nobody near."""
    sentence = message.speech.clauses[clause].sentence
    told = [start for number, start in message.hearsay if number == sentence]
    if not told:
        return False
    start = message.speech.clauses[clause].start
    near = any(
        t.kind in ("me", "person", "third") or (t.kind == "family" and t.start <= told[0] + _NEAR)
        for t in message.tokens
        if min(start, told[0]) <= t.start <= position + _NEAR
    )
    return not near and (told[0] <= position or message.text.startswith(_DOUBT, told[0]))
