"""An account in free words: whether a message is one, and which of its clauses tell of work, of plans, of thoughts."""

import re

from handlers.reading.message import Message
from handlers.reading.reasons import Place, logistic
from handlers.reading.report import clauses_of, section, whole
from handlers.reading.template import SECTIONS
from models.reading import Section

ENOUGH = 2.1  # of the judge's odds and the rules' score together
SCORE = 0.7
_BESIDE = 1.5
_WORDED, _UNWORDED = -1.5, 1.0  # odds above which a section is told: where words name it, and where none do
_NOTHING = re.compile(r"(?:没|无|没有|暂无)(?:安排|计划|打算|啥事|事)|待定")
_FELT = re.compile(r"(?:想法|思想|感想|体会|心里|心情|感觉|就是心)")  # opens a thought, where it begins a clause
_OF_THOUGHT = {"glad", "sad", "reflect", "resolve"}
_OF_PLAN = {"ahead"}
_OF_WORK = {"drill", "inspect", "upkeep", "callout", "paper", "meeting", "kitchen"}
_KEYS = frozenset(f"report.{key}" for key in ("work", "done", "opener", "titles", "inner", "plan", "thought"))
_ROUNDING = 1e-6
_MANY_WORK = 3
_NAMED = 3  # what the name of a reflection adds
_MOST_AGAINST = 4

Clauses = frozenset[int]


def account(
    message: Message, *, about_health: bool, taken: Clauses = frozenset(), needs: Clauses = frozenset(), beside: bool = False
) -> tuple[Section, ...]:
    """The sections of an account in free words; () where the message is no account.

    `taken`: clauses that speak of something else; `needs`: clauses that tell of a difficulty, which are neither work nor plan.
    `beside`: it stands beside a difficulty or a proposal, which lower the judge's odds.
    """
    speech = message.speech
    if _KEYS.isdisjoint(message.search.possible) and _FELT.search(message.text) is None:
        # no clause tells of anything: only the judge could hear an account
        least = (ENOUGH - _BESIDE * beside) - SCORE * (about_health + message.surface.to_bot)
        if message.odds.most("report") < least - _ROUNDING:
            return ()
    idle = speech.questions | speech.orders | speech.supposed | taken
    plan = _planned(message, idle, taken)
    thought = (clauses_of(message, "report.thought") | _opening(message, _FELT)) - idle - plan
    work = (clauses_of(message, "report.work") | _at_work(message)) - idle - plan - needs
    score = _score(message, work, plan=bool(plan), thought=bool(thought), about_health=about_health)
    margin = SCORE * score + message.odds.most("report") - ENOUGH + _BESIDE * beside
    if margin >= 0:
        margin = SCORE * score + message.odds["report"] - ENOUGH + _BESIDE * beside
    if margin < 0:
        for name, numbers in (("work", work), ("plan", plan), ("thought", thought)) if message.trace is not None else ():
            for clause in sorted(numbers):
                message.leave_out(name, (speech.clauses[clause].start, speech.clauses[clause].end), "report.judged")
        return ()
    if message.finds("report.inner"):
        return (section(message, "thought", Place(0, len(message.text), "report.inner"), logistic(margin)),)
    plan -= {c for c in plan if _NOTHING.search(message.text, speech.clauses[c].start, speech.clauses[c].end)}
    places = _places(message, _told(message, work, plan, thought), plan, thought, speech.questions | taken | needs)
    return tuple(section(message, name, places[name], logistic(margin)) for name in SECTIONS if name in places)


def day(message: Message) -> set[int]:
    """The clauses in which the work of a day or a plan is told in so many words."""
    return (clauses_of(message, "report.work") & clauses_of(message, "report.opener")) | clauses_of(message, "report.plan")


def is_beside(message: Message, others: Clauses) -> bool:
    """Whether the work of a day or a plan is told in other clauses than `others`."""
    return bool(day(message) - others)


def _at_work(message: Message) -> set[int]:
    """The clauses in which something of a squad's work is done."""
    return {c for c in clauses_of(message, "report.done") if not _OF_WORK.isdisjoint(message.fields.get(c, ()))}


def _planned(message: Message, idle: Clauses, taken: Clauses) -> set[int]:
    """The clauses that tell what comes next, with the one that goes on behind each; not what opens like a feeling."""
    clauses = message.speech.clauses
    plan = clauses_of(message, "report.plan") - idle
    following = {c + 1 for c in plan if c + 1 < len(clauses) and clauses[c + 1].sentence == clauses[c].sentence} - taken
    return (plan | following) - (_opening(message, _FELT) if plan else set())


def _opening(message: Message, words: re.Pattern[str]) -> set[int]:
    """The clauses that open with such words."""
    return {c for c, clause in enumerate(message.speech.clauses) if words.match(message.text, clause.start)}


def _score(message: Message, work: set[int], *, plan: bool, thought: bool, about_health: bool) -> int:
    """How many marks of an account a message shows."""
    score = 2 * message.finds("report.titles") + _NAMED * message.finds("report.inner") + message.finds("report.opener")
    score += min(_MANY_WORK, len(work)) + bool(work & clauses_of(message, "report.done")) + plan + 2 * thought + about_health
    score += message.surface.to_bot - min(_MOST_AGAINST, 2 * len({m.group() for m in message.all("report.against")}))
    return score - bool(message.speech.questions) - bool(message.speech.orders)


def _told(message: Message, work: set[int], plan: set[int], thought: set[int]) -> set[str]:
    """The names of the sections that the account has: what the judge hears in it and what words name; at least the likeliest."""
    named = (("work", work), ("plan", plan), ("thought", thought))
    above = {name: message.odds[f"has.{name}"] - (_WORDED if clauses else _UNWORDED) for name, clauses in named}
    above["thought"] -= _WORDED * bool(thought & _opening(message, _FELT))
    return {name for name in SECTIONS if above[name] > 0} or {max(above, key=lambda name: above[name])}


def _places(message: Message, told: set[str], plan: set[int], thought: set[int], others: Clauses) -> dict[str, Place]:
    """From where to where each section goes. Where a clause tells of two things, both sections have it."""
    clauses = set(range(len(message.speech.clauses)))
    every = clauses - others or clauses
    found: dict[str, Place] = {}
    if "plan" in told:
        plan = plan or _of_fields(message, _OF_PLAN, every) or _last_sentence(message, every)
        found["plan"] = Place(*whole(message, plan, every - plan | others), "report.plan")
    else:
        plan = set()
    if "thought" in told:
        by = "report.thought" if thought else "judge.report"
        thought = thought or _of_fields(message, _OF_THOUGHT, every - plan)
        if "work" not in told:
            thought = every - plan
        thought = thought or _last_sentence(message, every - plan)
        found["thought"] = Place(*whole(message, thought, plan | others), by)
    else:
        thought = set()
    if "work" in told and (not plan or every - plan):
        work = every - plan - thought or every - plan or every
        found["work"] = Place(*whole(message, _run(work, plan | others), plan | thought - work | others), "report.work")
    return found


def _of_fields(message: Message, fields: set[str], among: set[int]) -> set[int]:
    return {clause for clause, met in message.fields.items() if clause in among and not fields.isdisjoint(met)}


def _last_sentence(message: Message, among: set[int]) -> set[int]:
    """The last sentence of these clauses, or of all where there are none."""
    clauses = message.speech.clauses
    among = among or set(range(len(clauses)))
    last = clauses[max(among)].sentence
    return {c for c in among if clauses[c].sentence == last}


def _run(work: set[int], between: set[int] | Clauses) -> set[int]:
    """The clauses of work that no plan or difficulty parts: the largest such run, the first of equals."""
    runs: list[set[int]] = [set()]
    last = min(work)
    for clause in sorted(work):
        if any(last < other < clause for other in between):
            runs.append(set())
        runs[-1].add(clause)
        last = clause
    return max(runs, key=len)
