"""Daily reports: which parts of a message tell of work, of plans, of thoughts – labelled or in free words."""

import re

from handlers.reading.message import Message
from handlers.reading.template import SECTIONS, Field, says_nothing
from models.reading import Section

ENOUGH = 4
_WORTH = {"title": 3, "opener": 1, "work": 1, "done": 1, "plan": 1, "thought": 1}


def labelled(message: Message, found: list[Field]) -> tuple[Section, ...]:
    """The sections of a labelled report; fields that say nothing (无, /) are none."""
    text = message.text
    spans: dict[str, tuple[int, int]] = {}
    for field in found:
        value = field.value(text)
        if field.kind not in SECTIONS or says_nothing(value, message.lexicon):
            continue
        start = text.index(value, field.start) if value else field.start
        spans[field.kind] = (min(start, spans.get(field.kind, (start, 0))[0]), start + len(value))
    return tuple(_section(message, name, *spans[name]) for name in SECTIONS if name in spans)


def prose(message: Message, about_health: bool, taken: frozenset[int] = frozenset()) -> tuple[Section, ...]:
    """The sections of an account in free words; () where the message is no account. `taken`: clauses that speak of something else."""
    text, speech, lexicon = message.text, message.speech, message.lexicon
    hits = {name: _clauses(message, f"report.{name}") for name in ("work", "done", "plan", "thought")}
    idle = speech.questions | speech.orders | speech.supposed | taken
    plan = {c for c in hits["plan"] if c not in idle}
    following = {c + 1 for c in plan if c + 1 < len(speech.clauses) and speech.clauses[c + 1].sentence == speech.clauses[c].sentence}
    thought = {c for c in hits["thought"] if c not in idle and c not in plan}
    work = {c for c in hits["work"] if c not in idle and c not in plan and c not in following}
    title = lexicon.finds("report.titles", text)
    score = _WORTH["title"] * title + _WORTH["opener"] * lexicon.finds("report.opener", text)
    score += min(3, len(work)) + bool(work & hits["done"]) + bool(plan) + bool(thought) + about_health + message.surface.to_bot
    score -= min(4, 2 * len({m.group() for m in lexicon.patterns["report.against"].finditer(text)}))
    score -= bool(speech.questions) + bool(speech.orders)
    if score < ENOUGH or not (work or thought or (plan and title)):
        return ()
    made = []
    if work:
        made.append(_section(message, "work", *_stretch(message, work)))
    if plan:
        made.append(_section(message, "plan", *_stretch(message, plan | following)))
    if thought:
        made.append(_section(message, "thought", *_stretch(message, thought, whole=True)))
    return tuple(made)


def _clauses(message: Message, key: str) -> set[int]:
    return {message.speech.at(m.start()) for m in message.lexicon.patterns[key].finditer(message.text)}


def _stretch(message: Message, numbers: set[int], whole: bool = False) -> tuple[int, int]:
    """From the first clause to the last; `whole`: of the sentences they stand in."""
    clauses = message.speech.clauses
    first, last = min(numbers), max(numbers)
    if whole:
        while first and clauses[first - 1].sentence == clauses[first].sentence:
            first -= 1
        while last + 1 < len(clauses) and clauses[last + 1].sentence == clauses[last].sentence:
            last += 1
    return clauses[first].start, clauses[last].end


def _section(message: Message, name: str, start: int, end: int) -> Section:
    evidence = message.evidence(name, start, end)
    return Section(name=name, text="", evidence=(evidence,))  # type: ignore[arg-type]


_STATE = re.compile(r"思想(?:状态|动态|情况)?\s?(?P<value>稳定|稳|良好|正常|平稳)")


def state_of_mind(message: Message) -> Section | None:
    """A bare "思想稳" among other values."""
    match = _STATE.search(message.text)
    return None if match is None else _section(message, "thought", match.start(), match.end())
