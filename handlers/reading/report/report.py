"""Labelled daily reports: which fields tell of work, of plans, of thoughts."""

import re
from collections.abc import Mapping

from handlers.reading.judge.telling import TELLS
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.report.template import HEALTH, SECTIONS, Field, says_nothing
from handlers.reading.report.wellbeing import of_health
from models.reading import Section

_BESIDE = -1.0  # odds that a clause tells of work, where labelled sections stand behind it
_UNHEARD = -4.0  # odds of a report below which nothing before labels of health is work
_SURELY = 0.5  # odds that a clause before the labels tells of a thought
_NUMBERED = re.compile(r"(?:^|(?<=\n))[ \t]*(?:\(?\d{1,2}[.、):]|[①-⑳]|[一二三四五六七八九十]{1,2}[、.])[ \t]*")
_STOPS = " \t\n;,|。-/"
# a clause or a numbered line that begins with a time to come and tells of nothing past is the plan of a report
# words of a time of today need what is done once more then; so does what is waited for
AHEAD = re.compile(
    r"\s*(?:\(?[\d一二三四五六七八九十]{1,2}[.、):]\s*|[①-⑳]\s*)?"
    r"(?:(?:(?:就?等)?(?:明[天日早晚儿晨个朝]|听[日朝晚]|后[天日]|下(?:周|个?(?:星期|礼拜|月))|节后(?!第)|天亮|(?:周|礼拜|星期)[一二三四五六日天]"
    r"|过[两几]天|月底前?|回头(?!看|想|一|率)|(?:上午|下午|后晌|晚上|夜里|完事)(?=[^,。;!?\n]*(?<![会不])再(?![次三也不没说见]))"
    r"|(?:今晚|今夜|今黑儿?|这[两几]天|这?周末)(?=[^,。;!?\n]*(?:再(?![次三也不没说见])|接着|继续|试试|准备|打算|争取)))"
    r"(?![^,。;!?\n]*(?:[了过完]|已|吃|喝|玩|约|见$|放假|过节|快乐|请客|聚|打牌|球|周末|[高中]考|期末考|开学|过年|生日|有空|祝|下雨|下雪|降温|就[好行])))"
    r"|(?:等[^,。;!?\n]{1,12}|[^,。;!?\n]{2,10}[了后])再(?:接着|继续|[搞练干弄修换装拆查跑送去上补洗清搬做测]))"
)
# what is told as past or as a private matter behind words of a time to come ("年后把账还了", "下半年开始还房贷")
_NO_PLAN = re.compile(r"[了过]|已|没|房贷|车贷|还款|贷款|涨价|降温|下雨|放假|减肥|脱单|相亲|结婚|喝酒|打牌|打球|吃")
_MIND = re.compile(r"\s*(?:\(?[\d一二三四五六七八九十]{1,2}[.、):]\s*)?(?:思想上|思想方面|思想(?=稳)|心里|感受|心得|体会)")
_MOODLESS = re.compile(r"[\W\d/分]*|(?:周|星期|礼拜)[一二三四五六日天]\W*")  # "心情：8/10", "心情：周一": how one feels is not said
_ASIDE = re.compile(r"(?<=[。;!\n])\s*(?:另外|另|还有个?|说个事|对了|顺便|再说)")


def labelled(message: Message, found: list[Field]) -> tuple[Section, ...]:
    """The sections of a labelled report; fields that say nothing (无, /) are none. What stands before the first label may be work."""
    text = message.text
    places: dict[str, Place] = {}
    for field in found:
        if field.kind not in SECTIONS:
            continue
        aside = _ASIDE.search(text, field.start, field.end)
        own = of_health(message, field)
        last = own is not None and not text[own[1] : field.end].strip(_STOPS)
        ends = min(field.end if aside is None else aside.start(), own[0] if own is not None and last else field.end)
        start, end = _trimmed(text, field.start, ends)
        if says_nothing(text[start:end], message.lexicon) or (field.kind == "thought" and _MOODLESS.fullmatch(text, start, end)):
            continue
        first = places[field.kind].start if field.kind in places else start
        places[field.kind] = Place(min(start, first), end, f"template.{field.kind}")
    _split_plan(message, places)
    _thought_behind(message, places)
    if "plan" not in places and "work" in places:
        _plan_behind_health(message, found, places)
    if "work" not in places and found and found[0].label > 0:
        if places or message.odds["report"] > _UNHEARD:
            _before_labels(message, found[0].label, places)
        else:
            message.leave_out("work", (0, found[0].label), "report.judged")
    return tuple(section(message, name, places[name]) for name in SECTIONS if name in places)


def ahead(message: Message) -> frozenset[int]:
    """The clauses that begin with a time to come and what will be set about then ("七月份开始盘家具", "往后接着练")."""
    speech = message.speech
    found = {(m.start(), speech.at(m.end() - 1)) for m in message.all("report.ahead")}
    heads = ((number, speech.clauses[number]) for start, number in found if speech.clauses[number].start - start in (0, 1, 2))
    return frozenset(number for number, clause in heads if _NO_PLAN.search(message.text, clause.start, clause.end) is None)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without blanks and stops at its ends."""
    while start < end and text[start] in _STOPS:
        start += 1
    while end > start and text[end - 1] in _STOPS:
        end -= 1
    return start, end


def _split_plan(message: Message, places: dict[str, Place]) -> None:
    """A sentence about tomorrow at the end of the work is the plan, where no label says so; a line of the mind behind it the thought."""
    if "plan" in places or "work" not in places:
        return
    start, end, by = places["work"]
    clauses = message.speech.clauses
    first = message.speech.at(start)
    begun = [c.start for before, c in zip(clauses[first:], clauses[first + 1 :], strict=False) if before.hard and c.start < end]
    planned = {clauses[number].start for number in ahead(message)}
    begins = next((place for place in begun if place in planned or AHEAD.match(message.text, place, end) is not None), None)
    for match in message.search.all("report.plan", message.text, start, end) if begins is None else ():
        clause = message.speech.at(match.start())
        before = clauses[clause - 1] if clause else None
        if before is not None and before.hard and before.end > start:
            begins = clauses[clause].start
            break
    if begins is None:
        return
    mind = next((place for place in begun if place > begins and _MIND.match(message.text, place, end) is not None), None)
    places["work"] = Place(*_trimmed(message.text, start, begins), by)
    places["plan"] = Place(*_trimmed(message.text, begins, end if mind is None else mind), "report.plan")
    if mind is not None and "thought" not in places:
        places["thought"] = Place(*_trimmed(message.text, mind, end), "report.thought")


def _thought_behind(message: Message, places: dict[str, Place]) -> None:
    """The end of a section that tells of a thought and nothing else, where no label says so ("计划：明天巡线。大伙儿劲头足")."""
    clauses, told = message.speech.clauses, message.tellings
    name = max(places, key=lambda name: places[name].end, default="thought")
    if "thought" in places or name == "thought":
        return
    start, end, by = places[name]
    first, last = message.speech.at(start), message.speech.at(end - 1)
    begins = last + 1
    while begins > first + 1 and begins <= len(told) and _is_thought(told[begins - 1]):
        begins -= 1
    if begins <= last and (begins > first + 1 or clauses[begins - 1].hard):
        places[name] = Place(*_trimmed(message.text, start, clauses[begins].start), by)
        places["thought"] = Place(*_trimmed(message.text, clauses[begins].start, end), "report.thought")


def _is_thought(odds: Mapping[str, float]) -> bool:
    """Whether the judge hears a thought in a clause and nothing else."""
    return odds[TELLS["thought"]] > _SURELY > 0 > max(odds[TELLS["work"]], odds[TELLS["plan"]])


def _plan_behind_health(message: Message, found: list[Field], places: dict[str, Place]) -> None:
    """A plan that stands behind the words of a field of health ("身体没问题，明天交伙食意见表")."""
    clauses = message.speech.clauses
    for field in found:
        behind = (c for c in clauses if field.start < c.start < field.end) if field.kind in HEALTH else ()
        start = next((c.start for c in behind if AHEAD.match(message.text, c.start, c.end) is not None), None)
        if start is not None and message.speech.at(start) not in message.speech.questions:
            places["plan"] = Place(*_trimmed(message.text, start, field.end), "report.plan")


def _before_labels(message: Message, limit: int, places: dict[str, Place]) -> None:
    """Free words before the first label: work, a plan, and what is felt; the numbered lines of a list are all of the same."""
    clauses = message.speech.clauses
    plan = {c for c in clauses_of(message, "report.plan") if clauses[c].end <= limit}
    work = {c for c in clauses_of(message, "report.work") if clauses[c].end <= limit} - plan
    items = {message.speech.at(m.end()) for m in _NUMBERED.finditer(message.text, 0, limit)}
    if work and len(items) > 1:
        work |= items - plan
    if not work:
        told = enumerate(message.tellings)
        first = min((c for c, odds in told if clauses[c].end <= limit and odds[TELLS["work"]] > _BESIDE), default=len(clauses))
        work = {c for c in range(first, len(clauses)) if clauses[c].end <= limit} - plan
    if work:
        places["work"] = Place(*whole(message, work, plan), "report.work")
    if plan and "plan" not in places:
        places["plan"] = Place(*whole(message, plan, work), "report.plan")
    felt = {n for n, odds in enumerate(message.tellings) if clauses[n].end <= limit and odds[TELLS["thought"]] > _SURELY} - plan - work
    if felt and work and "thought" not in places:
        places["thought"] = Place(*whole(message, felt, {*range(min(felt)), *plan, *work}), "report.thought")


def clauses_of(message: Message, key: str) -> set[int]:
    """The clauses in which a pattern of `key` begins."""
    return {message.speech.at(m.start()) for m in message.all(key)}


def whole(message: Message, numbers: set[int], others: set[int] | frozenset[int]) -> tuple[int, int]:
    """From the first clause to the last, with what belongs to them in their sentences and to nothing else."""
    clauses = message.speech.clauses
    first, last = min(numbers), max(numbers)
    while first and clauses[first - 1].sentence == clauses[first].sentence and first - 1 not in others:
        first -= 1
    while last + 1 < len(clauses) and clauses[last + 1].sentence == clauses[last].sentence and last + 1 not in others:
        last += 1
    return clauses[first].start, clauses[last].end


def section(message: Message, name: str, place: Place, confidence: float | None = None) -> Section:
    """One section, with its words of the original message."""
    said = message.evidence(name, *place, confidence)
    return Section(name=name, text=message.original[said.start : said.end], evidence=(said,))


_STATE = re.compile(r"思想(?:状态|动态|情况)?\s?(?P<value>稳定|稳|良好|正常|平稳)")


def state_of_mind(message: Message) -> Section | None:
    """A bare "思想稳" among other values."""
    match = _STATE.search(message.head)
    return None if match is None else section(message, "thought", Place(*match.span(), "report.state"))
