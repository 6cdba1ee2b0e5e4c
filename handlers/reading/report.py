"""Daily reports: which parts of a message tell of work, of plans, of thoughts – labelled or in free words."""

import re

from handlers.reading.message import Message
from handlers.reading.reasons import Place, logistic
from handlers.reading.template import SECTIONS, Field, says_nothing
from models.reading import Section

_STOPS = " \t\n;,|。-/"
_NOTHING = re.compile(r"(?:没|无|没有|暂无)(?:安排|计划|打算|啥事|事)|待定")
_ASIDE = re.compile(r"(?<=[。;!\n])\s*(?:另外|另|还有个?|说个事|对了|顺便|再说)")
ENOUGH = 0.7  # of score + JUDGE × odds
JUDGE = 2.0
_FELT = re.compile(r"(?:想法|思想|感想|体会|心里|心情|感觉|就是心)")  # opens a thought, where it begins a clause
_REACH = 6  # clauses before a plan
_WORTH = {"title": 3, "opener": 1, "work": 1, "done": 1, "plan": 1, "thought": 1}


def labelled(message: Message, found: list[Field]) -> tuple[Section, ...]:
    """The sections of a labelled report; fields that say nothing (无, /) are none. What stands before the first label may be work."""
    text = message.text
    places: dict[str, Place] = {}
    for field in found:
        if field.kind not in SECTIONS:
            continue
        aside = _ASIDE.search(text, field.start, field.end)
        start, end = _trimmed(text, field.start, aside.start() if aside else field.end)
        if says_nothing(text[start:end], message.lexicon):
            continue
        first = places[field.kind].start if field.kind in places else start
        places[field.kind] = Place(min(start, first), end, f"template.{field.kind}")
    _split_plan(message, places)
    if "work" not in places and found and found[0].label > 0:
        _before_labels(message, found[0].label, places)
    return tuple(_section(message, name, places[name]) for name in SECTIONS if name in places)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without blanks and stops at its ends."""
    while start < end and text[start] in _STOPS:
        start += 1
    while end > start and text[end - 1] in _STOPS:
        end -= 1
    return start, end


def _split_plan(message: Message, places: dict[str, Place]) -> None:
    """A sentence about tomorrow at the end of the work is the plan, where no label says so."""
    if "plan" in places or "work" not in places:
        return
    start, end, by = places["work"]
    for match in message.search.all("report.plan", message.text, start, end):
        clause = message.speech.at(match.start())
        before = message.speech.clauses[clause - 1] if clause else None
        if before is not None and before.hard and before.end > start:
            places["work"] = Place(*_trimmed(message.text, start, before.end), by)
            places["plan"] = Place(*_trimmed(message.text, message.speech.clauses[clause].start, end), "report.plan")
            return


def _before_labels(message: Message, limit: int, places: dict[str, Place]) -> None:
    """Free words before the first label: work, and a plan."""
    clauses = message.speech.clauses
    plan = {c for c in _clauses(message, "report.plan") if clauses[c].end <= limit}
    work = {c for c in _clauses(message, "report.work") if clauses[c].end <= limit} - plan
    if work:
        places["work"] = Place(*_whole(message, work, plan), "report.work")
    if plan and "plan" not in places:
        places["plan"] = Place(*_whole(message, plan, work), "report.plan")


def prose(
    message: Message, about_health: bool, taken: frozenset[int] = frozenset(), needs: frozenset[int] = frozenset()
) -> tuple[Section, ...]:
    """The sections of an account in free words; () where the message is no account.

    `taken`: clauses that speak of something else; `needs`: clauses that tell of a difficulty, which are neither work nor plan.
    """
    speech = message.speech
    hits = {name: _clauses(message, f"report.{name}") for name in ("work", "done", "plan", "thought")}
    idle = speech.questions | speech.orders | speech.supposed | taken
    plan = {c for c in hits["plan"] if c not in idle}
    felt = {c for c, clause in enumerate(speech.clauses) if plan and _FELT.match(message.text, clause.start)} - idle
    following = {c + 1 for c in plan if c + 1 < len(speech.clauses) and speech.clauses[c + 1].sentence == speech.clauses[c].sentence}
    plan = (plan | (following - taken)) - felt
    thought = ({c for c in hits["thought"] if c not in idle} | felt) - plan
    work = {c for c in hits["work"] if c not in idle and c not in plan and c not in needs}
    work |= _done_before(message, plan, idle | thought | needs)
    score = _score(message, work, hits["done"], bool(plan), bool(thought), about_health)
    margin = score + JUDGE * message.odds["report"] - ENOUGH
    if margin < 0:
        for name, numbers in (("work", work), ("plan", plan), ("thought", thought)) if message.trace is not None else ():
            for clause in sorted(numbers):
                message.leave_out(name, (speech.clauses[clause].start, speech.clauses[clause].end), "report.judged")
        return ()
    if message.finds("report.inner"):
        return (_section(message, "thought", Place(0, len(message.text), "report.inner"), logistic(margin)),)
    plan -= {c for c in plan if _NOTHING.search(message.text, speech.clauses[c].start, speech.clauses[c].end)}
    by = "report.work"
    if not work and not thought and not plan:
        work, by = set(range(len(speech.clauses))) - idle, "judge.report"
    places = _places(message, work - thought, plan, thought, taken, needs)
    return tuple(
        _section(message, name, Place(*span, by if name == "work" else f"report.{name}"), logistic(margin)) for name, span in places.items()
    )


def _score(message: Message, work: set[int], done: set[int], plan: bool, thought: bool, about_health: bool) -> int:
    """How many marks of an account a message shows."""
    score = _WORTH["title"] * message.finds("report.titles") + _WORTH["opener"] * message.finds("report.opener")
    score += min(3, len(work)) + bool(work & done) + plan + 2 * thought + about_health + message.surface.to_bot
    score -= min(4, 2 * len({m.group() for m in message.all("report.against")}))
    return score - bool(message.speech.questions) - bool(message.speech.orders)


def _places(
    message: Message, work: set[int], plan: set[int], thought: set[int], taken: frozenset[int], needs: frozenset[int]
) -> dict[str, tuple[int, int]]:
    """From where to where each section goes that has clauses."""
    found = {}
    if work:
        found["work"] = _whole(message, _run(work, plan | needs), plan | thought | taken | needs)
    if plan:
        found["plan"] = _whole(message, plan, work | thought | taken | needs)
    if thought:
        found["thought"] = _whole(message, thought, plan | taken)
    return found


def _done_before(message: Message, plan: set[int], others: frozenset[int] | set[int]) -> set[int]:
    """What is told before the plan in its sentence, where it opens like an account ("今天完成了…，明天…")."""
    clauses = message.speech.clauses
    opened = _clauses(message, "report.opener") - others
    return {c for p in plan for c in range(max(0, p - _REACH), p) if c in opened - plan and clauses[c].sentence == clauses[p].sentence}


def _run(work: set[int], between: set[int] | frozenset[int]) -> set[int]:
    """The clauses of work that no plan or difficulty parts: the largest such run, the first of equals."""
    runs: list[set[int]] = [set()]
    last = min(work)
    for clause in sorted(work):
        if any(last < other < clause for other in between):
            runs.append(set())
        runs[-1].add(clause)
        last = clause
    return max(runs, key=len)


def _clauses(message: Message, key: str) -> set[int]:
    return {message.speech.at(m.start()) for m in message.all(key)}


def _whole(message: Message, numbers: set[int], others: set[int] | frozenset[int]) -> tuple[int, int]:
    """From the first clause to the last, with what belongs to them in their sentences and to nothing else."""
    clauses = message.speech.clauses
    first, last = min(numbers), max(numbers)
    while first and clauses[first - 1].sentence == clauses[first].sentence and first - 1 not in others:
        first -= 1
    while last + 1 < len(clauses) and clauses[last + 1].sentence == clauses[last].sentence and last + 1 not in others:
        last += 1
    return clauses[first].start, clauses[last].end


def _section(message: Message, name: str, place: Place, confidence: float | None = None) -> Section:
    return Section(name=name, text="", evidence=(message.evidence(name, *place, confidence),))


_STATE = re.compile(r"思想(?:状态|动态|情况)?\s?(?P<value>稳定|稳|良好|正常|平稳)")


def state_of_mind(message: Message) -> Section | None:
    """A bare "思想稳" among other values."""
    match = _STATE.search(message.head)
    return None if match is None else _section(message, "thought", Place(*match.span(), "report.state"))
