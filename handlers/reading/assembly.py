"""The parts put together to one reading: which intents follow, and which rule gives way where two would speak."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from handlers.reading import acts, report
from handlers.reading.account import account
from handlers.reading.checkins import checkins
from handlers.reading.facts import Fact, vague_settled
from handlers.reading.group import group_report
from handlers.reading.hardship import hardship, needs
from handlers.reading.leave import leaves
from handlers.reading.message import Message
from handlers.reading.plea import plea
from handlers.reading.withdrawn import slipped
from models.reading import Evidence, Form, GroupReport, Hardship, Intent, Leave, Reading, Section

_OWN_NEEDS = frozenset(f"hardships.strong.{kind}" for kind in ("family", "finance", "health", "psychological"))
_BITTER = re.compile("[讲说]完了|不好笑|笑不出|真事|没(?:在)?开玩笑|不是(?:笑话|段子)|是真的")  # a joke that is none
_STOP = re.compile(r"[，。；！？,;!?\s]")
_OWN, _ANYBODYS = 1.5, 0.5  # by how much each such need makes a proposal its sender's, or a teammate's, difficulty; and each other one


@dataclass(frozen=True)
class Parts:
    """What a frame found: facts that count, labelled sections, and the fields 困难 and 建议 where they say something.

    `sections` is None where no labels were looked for.
    """

    form: Form
    facts: list[Fact]
    sections: tuple[Section, ...] | None = None
    difficulty: tuple[int, int] | None = None
    suggestion: tuple[int, int] | None = None
    invented: bool = False


def assemble(message: Message, parts: Parts) -> Reading:
    """The reading of a message from its parts."""
    form, sections = parts.form, parts.sections
    facts = message.counted(parts.facts, vague_settled(parts.facts), "statement.alone")
    group = group_report(message, facts, labelled=form is Form.TEMPLATE and bool(sections))
    away = leaves(message, labelled=form is Form.TEMPLATE) if group is None else group[1]
    if group is not None:
        form = Form.GROUP_REPORT
        sections = None if sections is None else _uncounted(sections, group[0])
        facts = message.counted(facts, group[2], "group.whole")
    retracts = acts.retraction(message)
    if retracts is not None and not any(_stands(message, f, retracts) for f in facts) and all(_undone(message, a, retracts) for a in away):
        message.counted(facts, [], "acts.retract")
        return Reading(intents=(Intent.RETRACT,), form=form, retract=True, evidence=(retracts,))
    slip = slipped(message) if not facts and retracts is None else None
    if slip is not None and (wrong := acts.correction(message)) is not None:
        return Reading(intents=(Intent.RETRACT,), form=form, retract=True, evidence=(wrong.model_copy(update={"field": "retract"}),))
    made, doubts = checkins(facts, message.today, message.normal, message.trace)
    trouble, ideas = _trouble_or_idea(message, parts)
    trouble = plea(message, made, trouble) if group is None else trouble
    corrects = acts.correction(message) or retracts
    if sections is None:
        others = partial(_of_others, message, facts, (*(trouble.evidence if trouble else ()), *ideas), parts.difficulty, group is not None)
        sections = () if corrects and (made or group) else _told(message, bool(made), others, troubled=trouble is not None)
    corrects = corrects if made or away or group or sections else None
    intents = [
        intent
        for there, intent in (
            (corrects, Intent.CORRECTION), (group, Intent.GROUP_REPORT), (made, Intent.HEALTH), (sections, Intent.REPORT),
            (trouble, Intent.HARDSHIP), (ideas, Intent.IDEA), (away, Intent.LEAVE),
        )
        if there
    ]  # fmt: skip
    return Reading(
        intents=tuple(intents), form=form, checkins=made, sections=sections, hardship=trouble, idea=ideas, leaves=away,
        group_report=group[0] if group else None, correction=corrects is not None, doubts=doubts,
        evidence=() if corrects is None else (corrects,),
    )  # fmt: skip


def _stands(message: Message, fact: Fact, retracts: Evidence) -> bool:
    """Whether something is told in the place of what is taken back: a temperature, or behind it an illness of today that is no slip."""
    if fact.kind in ("temperature", "guessed"):
        return True
    clause = message.speech.clauses[fact.clause]
    behind = fact.kind in ("symptom", "unwell") and not fact.past and message.normal.span(clause.start, clause.end)[0] >= retracts.end
    return behind and not any(
        message.search.first(key, message.text, clause.start, clause.end) for key in ("acts.slip", "acts.undo", "acts.earlier")
    )


def _undone(message: Message, leave: Leave, retracts: Evidence) -> bool:
    """Whether it is the leave itself that is taken back, in the words right behind ("撤回本人今日上报的婚假申请")."""
    word = next((e for e in leave.evidence if e.field == "leave"), None)
    between = "" if word is None else message.original[retracts.end : word.start]
    return word is not None and word.start >= retracts.end and _STOP.search(between) is None


def _uncounted(sections: tuple[Section, ...], group: GroupReport) -> tuple[Section, ...]:
    """The sections in which the group is not counted."""
    counts = [e for e in group.evidence if e.field in ("expected", "present")]
    return tuple(s for s in sections if not any(p.start <= c.start < p.end for p in s.evidence for c in counts))


def _trouble_or_idea(message: Message, parts: Parts) -> tuple[Hardship | None, tuple[Evidence, ...]]:
    """A difficulty phrased as a proposal is a hardship; a proposal in which no difficulty is named is an idea."""
    invented = parts.invented and _BITTER.search(message.head) is None
    trouble = None if invented else hardship(message, parts.difficulty)
    ideas = acts.idea(message, _thought(parts.sections or ()))
    if trouble is None or not ideas:
        return trouble, ideas or _suggested(message, parts)
    needs = [e.by for e in trouble.evidence if e.by.startswith("hardships.strong.")]
    named = sum(_OWN if by in _OWN_NEEDS else _ANYBODYS for by in needs)
    if parts.suggestion or (not trouble.urgent and message.odds["idea"] > message.odds["hardship"] + named):
        if parts.difficulty:
            return trouble, ideas
        message.overruled(trouble.evidence, "hardship.idea")
        return None, ideas
    message.overruled(ideas, "idea.hardship")
    return trouble, ()


def _thought(sections: tuple[Section, ...]) -> Evidence | None:
    """The thoughts of a report with other sections beside them; a message that is one thought may well be a proposal."""
    return next((e for s in sections if s.name == "thought" for e in s.evidence), None) if len(sections) > 1 else None


def _suggested(message: Message, parts: Parts) -> tuple[Evidence, ...]:
    """What stands in a field such as 建议."""
    return () if parts.suggestion is None else (message.evidence("idea", *parts.suggestion, "template.idea"),)


def _told(message: Message, about_health: bool, others: Callable[[], frozenset[int]], *, troubled: bool) -> tuple[Section, ...]:
    """The sections told in free words, beside health and the clauses `others`; `troubled`: beside a difficulty."""
    sections = account(message, others, troubled=troubled)
    mind = report.state_of_mind(message) if not sections and about_health else None
    return (mind,) if mind is not None else sections


def _of_others(
    message: Message, facts: list[Fact], told: Sequence[Evidence], difficulty: tuple[int, int] | None, counted: bool
) -> frozenset[int]:
    """The clauses that speak of health, of the count of a group, or (`told`, `difficulty`) of a difficulty or a proposal."""
    keys = ("present", "expected", "everybody", "normal") if counted else ()
    groups = {message.speech.at(m.start()) for key in keys for m in message.search.all(f"group.{key}", message.text)}
    health = (f.clause for f in facts)
    return frozenset({*_sentences(message, told), *_inside(message, difficulty), *needs(message), *health, *groups})


def _inside(message: Message, difficulty: tuple[int, int] | None) -> frozenset[int]:
    """The clauses of a difficulty that is called one."""
    start, end = difficulty or (0, 0)
    return frozenset(number for number, c in enumerate(message.speech.clauses) if c.start < end and start < c.end)


def _sentences(message: Message, places: Iterable[Evidence]) -> frozenset[int]:
    """The clauses in which words tell of a difficulty or a proposal; of a proposal to the end of its sentence."""
    named = [e for e in places if not e.by.startswith("judge.")]
    if not named:
        return frozenset()
    clauses = message.speech.clauses
    spans = [message.normal.span(c.start, c.end) for c in clauses]
    begun = {number: e.field for number, (start, end) in enumerate(spans) for e in named if start <= e.start < end}
    proposed = {number for number, field in begun.items() if field == "idea"}
    rest = (
        number for number, c in enumerate(clauses) if any(first < number and clauses[first].sentence == c.sentence for first in proposed)
    )
    return frozenset({*begun, *rest})
