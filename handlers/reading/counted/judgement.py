"""Which of the facts found count: what the sender states, of somebody who matters, about now."""

import re
from bisect import bisect_right

from handlers.reading.counted.faint import is_faint
from handlers.reading.counted.feigned import is_feigned
from handlers.reading.counted.senseless import is_no_emergency
from handlers.reading.counted.unmeasured import is_named, is_unmeasured
from handlers.reading.counted.whose import is_mine, of_another
from handlers.reading.counted.withdrawn import standing
from handlers.reading.facts import VALUES, Fact
from handlers.reading.frame import is_laughing
from handlers.reading.health.figures import figure
from handlers.reading.health.temperature import FEVER
from handlers.reading.message import Message

_PLAIN = re.compile(r"正常|一切都好|平安|健康|安好|良好|无恙|身体|异常|症状|不适|舒服|合格|达标")
_LITTLE = 4
_SMALL_TALK = re.compile(
    r"(?:血压|心率|脉搏|血氧|血糖|呼吸|体重)[\s:]*\d{1,3}(?:[./]\d{1,3})?\s?(?:mmhg|次/分钟?|次|bpm|%|公斤|kg|斤)?"
    r"|[\s,。;!?、~…()\-—+:]|早安|早上好|大家|各位|晚上好|你好|谢谢|谢了|辛苦|报告|班长|完毕|今天|今日|也|都|呢|啊|哈|了|的|收到|报到|报平安|勿念|别惦记|不用惦记|放心|人|在|都|家里|补报|一切|体温|打卡|身体|已测|测了|测过|已量|量了|量过|刚测|刚量|呗|嘛|哟|嘞|咯|哒|着呢|还能[咋怎][地的样着]*|这边|本人|目前|现在"
)
_ADMITTED = re.compile(
    r"(?:及?以[下内]|之内)?的?(?:人员|者)?(?:才|方可|方能|可以[进走先撤回上吃下归参]|再进|者|与否|范围|值)"
)  # "体温正常的才能进"
# "王小磊你是37.5？", "到底是37.5还是38.5？": a value that is asked
_ASKED_OF = re.compile(r"[你您恁]|到底|究竟|(?<=\d)[^\d]{0,4}(?:还是|抑或|定系?)[^\d]{0,2}(?=\d)|就吃|再吃|算不算|才算|算发烧|算正常")
_WHAT_NOW = re.compile(r"(?:了|着|的|[\d度℃半])[,啊呀呢~ ]?(?:该|可|要|这)?(?:怎么办|怎么整|怎么弄|咋办|咋整|咋弄)")
_SOON = 60  # characters behind an illness in which the way out is asked: each illness of an endless clause is looked at
_MEASURED = re.compile(r"3[7-9]|4[0-2]|三十[七八九]|四十")
_BODY = re.compile("体温|身体|身子")
_COOLEST = 35.5
_TITLE = re.compile("《[^》\\n]*$")
_NAMED_WELL = re.compile("(?:一切|都|很|体温)?正常|平安|良好|一切都好")
_SHORT_SENTENCE = 4  # clauses
_FAR = 60  # characters between the beginning of a clause and a word that can still speak of its person
_LONGEST_PLAIN = 200
_ALSO_OF_THINGS = ("不正常", "不太好", "不大好", "不好受")
_LASTING = re.compile(
    r"疼得|痛得|厉害|[一二两三四五几\d]+天|一宿|一夜|个?(?:星期|礼拜)|连着|连续|天天|每晚|整宿|通宵|突然|忽然|忽觉|半边|到现在|还在|还没(?:好|退|消|停|止|恢复|缓)"
)
_BY_THE_WAY = re.compile(
    r"在?[那这]边|在?那头|在?老家|在?家里|屋头|电话里[说讲]|反正|好在|所幸|幸好|总之|整体|其余|除此之外|好歹|总的来说|\d+(?:[.。·]\d+)?|℃|度|[全都也均还就很挺一切倒是其他余别的今早晚身体的人目前现在状态感觉自己家里、和跟及]|三十"
)
_STRONG = frozenset((*VALUES, "denied", "well", "below"))
_MEASURES = (*VALUES, "below")


def counting(message: Message, facts: list[Fact]) -> list[Fact]:
    """The facts of free words that count as check-ins."""
    if not facts:
        return facts
    kept = _stated(message, facts)
    kept = message.counted(kept, standing(message, kept), "statement.withdrawn")
    kept = message.counted(kept, _after_fools_day(message, kept), "frames.fools")
    kinds = {f.kind for f in kept}
    strong = not _STRONG.isdisjoint(kinds)
    if kinds.isdisjoint(("well", "fine", "temperature")):
        kept = message.counted(kept, [f for f in kept if f.kind != "implausible" or f.labelled], "temperature.unlabelled")
    if not strong and "fine" not in kinds:
        sure = [f for f in kept if not (f.kind in ("symptom", "unwell") and is_faint(message, f))]
        kept = message.counted(kept, sure, "statement.alone")
    kinds = {f.kind for f in kept}
    symptom = not kinds.isdisjoint(("symptom", "unwell", "vague") if strong else ("symptom", "unwell"))
    if not strong and not symptom:
        alone = kept if _plain_check_in(message, kept) else _by_themselves(message, kept)
        alone = alone or [f for f in kept if f.kind in ("fine", "well") and _beside(message, f) and is_unmeasured(message, f)]
        return message.counted(kept, alone, "statement.alone")
    if not symptom and kinds.isdisjoint(_MEASURES):
        # words alone: somebody must be said to be well in a clause that says nothing else
        mine = {f.start for f in kept if _of_body(message, f)}
        alone = [
            f
            for f in kept
            if f.kind == "denied" or f.start in mine or (_beside(message, f) and (is_named(message, f) or is_unmeasured(message, f)))
        ] or (kept if _plain_check_in(message, kept) else _by_themselves(message, kept))
        kept = message.counted(kept, alone, "statement.beside")
    if symptom and not strong and not _serious(message, kept):
        for key, light in (("frames.joke", is_laughing(message)), ("frames.trifles", message.finds("frames.trifles"))):
            if light:
                return message.counted(kept, [], key)
    return message.counted(kept, [f for f in kept if f.kind != "fine" or _beside(message, f)], "statement.beside")


def _stated(message: Message, facts: list[Fact]) -> list[Fact]:
    """The facts that are stated: not asked, ordered, supposed, or of no person who matters."""
    kept = []
    for fact in facts:
        against = _unstated(message, fact)
        if not against:
            kept.append(fact)
        elif message.trace is not None:
            message.trace.leave_out_facts((fact,), against)
    return kept


def _unstated(message: Message, fact: Fact) -> str:
    """What speaks against a fact: it is asked, ordered, supposed, or of no person who matters; "" where nothing does."""
    speech = message.speech
    if fact.clause in speech.supposed or (fact.kind in ("well", "fine", "below") and _ADMITTED.match(message.text, fact.end)):
        return "frames.condition"
    if fact.kind == "well" and fact.value != "unwell" and message.finds("frames.others") and not message.surface.to_bot:
        return "frames.others"
    title = "《" in message.text and _TITLE.search(message.text, max(0, fact.start - _FAR), fact.start) is not None
    told = message.told
    if title or (told and any(s == speech.clauses[fact.clause].sentence and _goes_on(message, place, fact.start) for s, place in told)):
        return "frames.told"
    if is_mine(message, fact):
        return "frames.question" if fact.clause in speech.questions else ""
    if against := _unfounded(message, fact):
        return against
    return "person.nobody" if of_another(message, fact) else _called(message, fact)


def _called(message: Message, fact: Fact) -> str:
    """What makes a fact a question or an order, or a value that is not to be written; "" where it is stated."""
    speech = message.speech
    if fact.clause in speech.questions:
        clause = speech.clauses[fact.clause]
        asked = fact.kind in VALUES and clause.asked and _ASKED_OF.search(message.text, clause.start, clause.end) is not None
        stated = not asked and fact.kind in ("implausible", "temperature") and fact.labelled and not _asks(message, fact)
        return "" if stated or _asks_for_help(message, fact) else "frames.question"
    if fact.kind in ("temperature", "guessed"):
        return "temperature.feigned" if is_feigned(message.text, fact.start, fact.end) else ""
    return "frames.order" if fact.clause in speech.orders else ""


def _unfounded(message: Message, fact: Fact) -> str:
    """What makes an illness or a high temperature none of anybody who matters."""
    if fact.kind in ("symptom", "unwell", "vague"):
        return _no_symptom(message, fact)
    high = fact.kind in VALUES and isinstance(fact.value, float) and fact.value >= FEVER
    return "frames.hearsay" if high and _is_hearsay(message, fact) else ""


def _is_hearsay(message: Message, fact: Fact) -> bool:
    """Whether a value is passed on from elsewhere in its sentence."""
    sentence = message.speech.clauses[fact.clause].sentence
    return any(number == sentence and _goes_on(message, place, fact.start) for number, place in message.hearsay)


def _goes_on(message: Message, place: int, until: int) -> bool:
    """Whether what is told from `place` on goes on to `until`: the speaker has not come back to himself ("新闻说…，我真中招了")."""
    back = bisect_right(message.own, place)
    return place <= until and not (back < len(message.own) and message.own[back] < until)


def _no_symptom(message: Message, fact: Fact) -> str:
    """What makes a word of illness none: a kind of illness, a figure of speech, hearsay, or what is hardly there any more."""
    text, clause = message.text, message.speech.clauses[fact.clause]
    if against := figure(text, fact, clause.start):
        return against
    if message.hearsay and any(sentence == clause.sentence and fact.start > place for sentence, place in message.hearsay):
        return "frames.hearsay"
    if is_no_emergency(message, fact):
        return "statement.senseless"
    if fact.person.startswith("family:") and (fact.value == "insomnia" or text.startswith("好多了", fact.end)):
        return "statement.family"
    if fact.kind == "unwell" and text[fact.start : fact.end] in _ALSO_OF_THINGS and not _beside(message, fact):
        return "statement.things"
    return ""


def _asks(message: Message, fact: Fact) -> bool:
    clause = message.speech.clauses[fact.clause]
    return message.search.first("frames.question", message.text, clause.start, clause.end) is not None


def _asks_for_help(message: Message, fact: Fact) -> bool:
    """Whether only the way out is asked, of a value or of somebody's illness that is there ("我发烧了怎么办"), not whether it is so."""
    clause = message.speech.clauses[fact.clause]
    asked_by = min(clause.end, fact.end + _SOON)
    if fact.kind not in ("symptom", "temperature") or _WHAT_NOW.search(message.text, fact.end - 1, asked_by) is None:
        return False
    someone = any(t.kind in ("me", "person", "family") and t.end <= fact.start for t in message.tokens_by_clause.get(fact.clause, ()))
    return someone or _MEASURED.search(message.text, clause.start, clause.end) is not None


def _after_fools_day(message: Message, facts: list[Fact]) -> list[Fact]:
    """What stands before "愚人节" or "开玩笑的" was a joke."""
    match = message.search.first("frames.fools", message.text)
    if match is None or message.text.endswith("不是", 0, match.start()):
        return facts
    # who only speaks of the day jokes with no value of every day: "36.4，正常。愚人节少开玩笑"
    return [f for f in facts if f.start > match.start()] or [f for f in facts if f.kind in ("well", "fine") or _is_normal(f)]


def _is_normal(fact: Fact) -> bool:
    """Whether it is a value of every day."""
    return fact.kind == "temperature" and isinstance(fact.value, float) and _COOLEST <= fact.value < FEVER


def _serious(message: Message, facts: list[Fact]) -> bool:
    """Whether somebody who laughs is ill nevertheless: two symptoms, an injury, or one with a duration or a degree."""
    return (
        len({f.value for f in facts if f.kind == "symptom"}) > 1
        or any(f.value == "injury" for f in facts)
        or _LASTING.search(message.text) is not None
    )


def _beside(message: Message, fact: Fact) -> bool:
    """Whether a weak word of being well ("正常") stands where it can only speak of a person."""
    clause = message.speech.clauses[fact.clause]
    if (
        fact.end == clause.end
        and fact.end - fact.start > 1
        and any(t.kind == "family" and t.end == fact.start for t in message.tokens_by_clause.get(fact.clause, ()))
    ):
        return True  # however much was said before it without a stop: "… 孩子好着呢"
    if fact.start - clause.start > _FAR:
        return False
    # with what denies it: "没觉得哪里不得劲"
    begins = max(clause.start, fact.told.start) if fact.value == "unwell" and message.text[fact.told.start] != "不" else fact.start
    rest = message.text[clause.start : begins].rpartition(":")[2]
    for token in message.tokens_by_clause.get(fact.clause, ()):
        if token.start >= fact.start:
            break
        if token.kind in ("person", "family", "me", "third", "day", "group"):
            rest = rest.replace(message.text[token.start : token.end], "", 1)
    rest = _BY_THE_WAY.sub("", rest)
    return len(rest.strip()) <= 1


def is_beside(message: Message, fact: Fact) -> bool:
    """Whether a weak word of being well can only speak of a person where it stands ("总评良好" does not)."""
    return _beside(message, fact)


def _of_body(message: Message, fact: Fact) -> bool:
    """Whether the sender says of his body, in words that can mean nothing else, that he is well ("正常开车正常吃饭体温正常")."""
    written = message.text[max(0, fact.start - 1) : fact.start] in ("个", "写", "填", "成")  # of what stands somewhere
    return fact.kind == "well" and fact.person == message.sender and not written and _BODY.match(str(fact.value)) is not None


def _by_themselves(message: Message, facts: list[Fact]) -> list[Fact]:
    """The facts that are a sentence of their own: the speaker's name and that he is well, or that he is well, said to the bot."""
    return [f for f in facts if f.kind in ("fine", "well") and _fills_sentence(message, f)]


def _fills_sentence(message: Message, fact: Fact) -> bool:
    """Whether the sentence of a fact, or its clause where the bot is spoken to, says nothing else than that somebody named is well."""
    clauses = message.speech.clauses
    first = last = fact.clause
    if _NAMED_WELL.match(message.text[fact.start : fact.end]) and _opens(message, fact):
        return True
    if not message.surface.to_bot:
        while first > 0 and clauses[first - 1].sentence == clauses[last].sentence and last - first < _SHORT_SENTENCE:
            first -= 1
        while last + 1 < len(clauses) and clauses[last + 1].sentence == clauses[first].sentence and last - first < _SHORT_SENTENCE:
            last += 1
    start, end = clauses[first].start, clauses[last].end
    if end - start > _FAR or last - first >= _SHORT_SENTENCE:
        return False
    tokens = [t for number in range(first, last + 1) for t in message.tokens_by_clause.get(number, ())]
    named = [t for t in tokens if t.kind in ("person", "family", "me") and t.start < fact.start]
    if not named and not message.surface.to_bot:
        return False
    rest = message.text[start : fact.start] + message.text[fact.end : end]
    for token in named:
        rest = rest.replace(message.text[token.start : token.end], "", 1)
    return not _SMALL_TALK.sub("", rest).strip("•·-*")


def _opens(message: Message, fact: Fact) -> bool:
    """Whether the message begins with a name and a blank, and that its bearer is well: "艾力 正常，吃了两个馕"."""
    tokens = message.tokens[:2]
    following = message.text[fact.end : fact.end + 1]
    return (
        len(tokens) > 1
        and tokens[0].kind == "person"
        and tokens[0].start == 0
        and tokens[1].start == fact.start
        and message.text[tokens[0].end : fact.start] in (" ", ":", "  ")
        and following in ("", ",", "。", "!", "\n", ";")
    )


def _plain_check_in(message: Message, facts: list[Fact]) -> bool:
    """Whether a message without a number or a symptom is a check-in: nothing else is said than that somebody is well."""
    fine = [f for f in facts if f.kind in ("fine", "over", "well") and _beside(message, f)]
    if not fine or len(message.text) > _LONGEST_PLAIN:
        return False
    text = message.text
    if message.surface.quoted and message.lexicon.finds("frames.question", message.surface.quoted + "?"):
        if not re.search(r"发烧|咳嗽|体温|不舒服|症状|身体|异常", message.surface.quoted):
            return False
    elif not any(_PLAIN.search(str(f.value)) for f in fine):
        return False
    rest = text
    clauses = message.speech.clauses
    if any(len(_SMALL_TALK.sub("", text[f.end : clauses[f.clause].end])) for f in fine):
        return False  # "平安夜", "正常操作"
    for fact in fine:
        rest = rest.replace(str(fact.value), "", 1)
    for token in message.tokens:
        if token.kind in ("person", "family", "me", "day"):
            rest = rest.replace(text[token.start : token.end], "", 1)
    return len(_SMALL_TALK.sub("", rest)) <= _LITTLE
