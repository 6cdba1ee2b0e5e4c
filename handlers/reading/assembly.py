"""The parts put together to one reading: which intents follow, and which rule gives way where two would speak."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from handlers.reading import acts
from handlers.reading.counted.checkins import checkins
from handlers.reading.counted.withdrawn import slipped
from handlers.reading.facts import Fact, vague_settled
from handlers.reading.group.group import group_report
from handlers.reading.hardship.hardship import hardship, needs
from handlers.reading.hardship.plea import plea
from handlers.reading.leave.leave import leaves
from handlers.reading.message import Message
from handlers.reading.report import report
from handlers.reading.report.account import account
from models.reading import Evidence, Form, GroupReport, Hardship, Intent, Leave, Reading, Section

_OWN_NEEDS = frozenset(f"hardships.strong.{kind}" for kind in ("family", "finance", "health", "psychological"))
_BITTER = re.compile(  # a joke that is none, a dream that comes again and again
    "[讲说]完了|不好笑|笑不出|真事|没(?:在)?开玩笑|不是(?:笑话|段子)|是真的|不是[演装]|(?:还是?|老是?|总是?|又|[天夜]{2}|一直|(?<![、:])反复|经常|每[晚夜]|连着)(?:会|都|在)?(?:梦[见到]|做[噩恶]?梦)"
)
_STOP = re.compile(r"[，。；！？,;!?\s改]")
_SENTENCE = re.compile(r"[。；;！!\n]")
_OF_GROUP = re.compile("体温|症状")  # clauses of a group's report that tell of no work
_OF_HEALTH = re.compile(  # a section of a group's report in which stands nothing but how they are
    r"(?:[\s✅✔☑√\d.≤<>=~\-:：,，;；。、%℃度人名个/无零否的]|体温|症状|正常|均|都|全部?|请假|缺勤|异常|健康|在位|人员|最高|最低|以下)+"
)
_ACCOUNTS = ("report.work", "report.plan", "report.deed", "report.thought")
_AMENDS = re.compile("更正|订正|勘误|纠正|改正|修正|补正|[打写报填][漏错]")
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
        sections = None if sections is None else _uncounted(message, sections, group[0])
        facts = message.counted(facts, group[2], "group.whole")
    retracts = acts.retraction(message)
    anew = group is not None and _counts_anew(message, group[0], retracts)
    stands = anew or any(_stands(message, f, retracts) for f in facts if retracts is not None)
    trouble, ideas = _trouble_or_idea(message, parts)
    stands = stands or (retracts is not None and _is_needed(trouble, retracts))
    if retracts is not None and not stands and all(_undone(message, a, retracts) for a in away):
        message.counted(facts, [], "acts.retract")
        return Reading(intents=(Intent.RETRACT,), form=form, retract=True, evidence=(retracts,))
    slip = slipped(message) if not facts and retracts is None else None
    if slip is not None and (wrong := acts.correction(message)) is not None:
        return Reading(intents=(Intent.RETRACT,), form=form, retract=True, evidence=(wrong.model_copy(update={"field": "retract"}),))
    made, doubts = checkins(facts, message.today, message.normal, message.trace)
    trouble = plea(message, made, trouble) if group is None else trouble
    corrects = acts.correction(message) or retracts
    if sections is None:
        absences = (e for leave in away for e in leave.evidence)
        exceptions = (e for e in group[0].evidence if e.field.startswith("exception:")) if group else ()
        told = (*(trouble.evidence if trouble else ()), *ideas, *absences, *exceptions)
        others = partial(_of_others, message, facts, told, parts.difficulty, group is not None)
        whole = corrects and (made or group)
        sections = (
            ()
            if whole
            else _beside_leave(
                message,
                _told(
                    message, bool(made), others, told, troubled=trouble is not None, amended=corrects is not None and acts.amends(message)
                ),
                away,
            )
        )
        sections = _but_the_mind(message, sections, trouble)
    corrects = corrects if made or away or group or sections or (trouble and _amends(message, corrects)) else None
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


def _is_needed(trouble: Hardship | None, retracts: Evidence) -> bool:
    """Whether a pressing need is told behind words that take a report back, or beside such as may be of other things."""
    return (
        trouble is not None
        and trouble.urgent
        and (retracts.by == "acts.undo" or any(e.start >= retracts.end and not e.by.startswith("judge.") for e in trouble.evidence))
    )


def _amends(message: Message, corrects: Evidence | None) -> bool:
    """Whether words of a correction can speak of a difficulty told before ("更正：医药费是两万三"); in an account most do not."""
    if corrects is None:
        return False
    return _AMENDS.match(message.original[corrects.start : corrects.end]) is not None or (
        message.finds("acts.earlier") and acts.restates(message)
    )


def _counts_anew(message: Message, group: GroupReport, retracts: Evidence | None) -> bool:
    """Whether the group is reported anew in the place of what is taken back: "重报：应到6实到6。刚才那条作废"."""
    if retracts is None:
        return False
    if message.finds("acts.correction"):
        return True
    sentences = [(message.normal.span(c.start, c.end), c.sentence) for c in message.speech.clauses]
    counted = [e.start for e in group.evidence if e.field in ("expected", "present")]

    def sentence(place: int) -> int:
        return next((s for (start, end), s in sentences if start <= place < end), -1)

    return bool(counted) and all(sentence(place) != sentence(retracts.start) for place in counted)


def _undone(message: Message, leave: Leave, retracts: Evidence) -> bool:
    """Whether it is the leave itself that is taken back, within the words or right behind ("撤回本人今日上报的婚假申请")."""
    word = next((e for e in leave.evidence if e.field == "leave"), None)
    between = "" if word is None else message.original[retracts.end : word.start]
    return word is not None and word.start >= retracts.start and _STOP.search(between) is None


def _uncounted(message: Message, sections: tuple[Section, ...], group: GroupReport) -> tuple[Section, ...]:
    """The sections that tell more than how the group is; of one in which it is counted, the work before that sentence, or else behind it.

    Without a label, one in which somebody is named as missing is none.
    """
    counts = [e for e in group.evidence if e.field in ("expected", "present")]
    missing = [e for e in group.evidence if e.field.startswith("exception:")]
    text, kept = message.original, list[Section]()
    for part in sections:
        (piece,) = part.evidence
        others = counts if piece.by.startswith("template.") else [*counts, *missing]
        places = [e.start for e in others if piece.start <= e.start < piece.end]
        spans = [(piece.start, piece.end)]
        if places:
            ends = [m.start() for m in _SENTENCE.finditer(text, piece.start, piece.end)]
            before = max((end for end in ends if end < min(places)), default=piece.start)
            behind = min((end + 1 for end in ends if end > max(places)), default=piece.end)
            spans = [span for span in ((piece.start, before), (behind, piece.end)) if _is_worked(message, *span)][:1]
        for start, end in spans:
            if _OF_HEALTH.fullmatch(text, start, end) is None:
                kept.append(
                    part.model_copy(update={"text": text[start:end], "evidence": (piece.model_copy(update={"start": start, "end": end}),)})
                )
    return tuple(kept)


def _is_worked(message: Message, start: int, end: int) -> bool:
    """Whether a clause that begins in this part of the original message tells of work."""
    starts = (message.normal.span(c.start, c.end)[0] for c in message.speech.clauses)
    return any(start <= begun < end and odds["tells.work"] > 0 for begun, odds in zip(starts, message.tellings, strict=False))


def _trouble_or_idea(message: Message, parts: Parts) -> tuple[Hardship | None, tuple[Evidence, ...]]:
    """A difficulty phrased as a proposal is a hardship; a proposal in which no difficulty is named is an idea."""
    trouble = hardship(message, parts.difficulty)
    if trouble is not None and parts.invented and _BITTER.search(message.head) is None and not _is_beside_play(message, trouble):
        message.overruled(trouble.evidence, "frames.fiction")
        trouble = None
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


def _is_beside_play(message: Message, trouble: Hardship) -> bool:
    """Whether a difficulty is told in other sentences than those of a play, a script, a drill; a dream may go on to the end."""
    played = message.all("frames.fiction")
    named = [e for e in trouble.evidence if e.by.startswith("hardships.") and ".weak." not in e.by]
    if not named or any("梦" in m.group() for m in played):
        return False
    clauses, at = message.speech.clauses, message.speech.at
    framed = {clauses[at(m.start())].sentence for m in played}
    spans = [(message.normal.span(c.start, c.end), c.sentence) for c in clauses]
    return not any(sentence in framed and start <= e.start < end for (start, end), sentence in spans for e in named)


def _thought(sections: tuple[Section, ...]) -> Evidence | None:
    """The thoughts of a report with other sections beside them; a message that is one thought may well be a proposal."""
    return next((e for s in sections if s.name == "thought" for e in s.evidence), None) if len(sections) > 1 else None


def _suggested(message: Message, parts: Parts) -> tuple[Evidence, ...]:
    """What stands in a field such as 建议."""
    return () if parts.suggestion is None else (message.evidence("idea", *parts.suggestion, "template.idea"),)


def _told(
    message: Message, about_health: bool, others: Callable[[], frozenset[int]], named: Sequence[Evidence], *, troubled: bool, amended: bool
) -> tuple[Section, ...]:
    """The sections told in free words, beside health and the clauses `others`; `troubled`: beside a difficulty; `amended`: put right.

    What is an account by itself is one behind a greeting or a temperature as well; in its clauses `named` are difficulties and the like.
    """
    sections = account(message, others, troubled=troubled, amended=amended)
    if not (sections or message.calls) and any(message.finds(key) for key in _ACCOUNTS) and (alone := message.bare_of_illness) is not None:
        sections = account(alone, partial(_of_others, alone, alone.facts, named, None, counted=False), troubled=troubled)
    mind = report.state_of_mind(message) if not sections and about_health else None
    return (mind,) if mind is not None else sections


def _beside_leave(message: Message, sections: tuple[Section, ...], away: Sequence[Leave]) -> tuple[Section, ...]:
    """The sections; none where all that is told is that somebody will be away ("明天下午走，下周一准时出现" is no plan of work)."""
    spans = [message.normal.span(c.start, c.end) for c in message.speech.clauses]
    gone = [e.start for leave in away for e in leave.evidence]
    clauses = {number for number, (start, end) in enumerate(spans) if any(start <= place < end for place in gone)}
    sentences = {message.speech.clauses[number].sentence for number in clauses}
    for part in sections if clauses else ():
        begins = next((n for n, (_, end) in enumerate(spans) if part.evidence and part.evidence[0].start < end), 0)
        if begins not in clauses and not (part.name == "plan" and message.speech.clauses[begins].sentence in sentences):
            return sections
    return () if clauses else sections


def _but_the_mind(message: Message, sections: tuple[Section, ...], trouble: Hardship | None) -> tuple[Section, ...]:
    """The sections; none where all that is told is what weighs on the sender's mind: that is the difficulty, and no thought on the work."""
    if trouble is None or "psychological" not in trouble.categories or any(part.name != "thought" for part in sections):
        return sections
    message.overruled((e for part in sections for e in part.evidence), "report.hardship")
    return ()


def _of_others(
    message: Message, facts: list[Fact], told: Sequence[Evidence], difficulty: tuple[int, int] | None, counted: bool
) -> frozenset[int]:
    """The clauses that speak of health, of the count of a group, or (`told`, `difficulty`) of a difficulty or a proposal."""
    keys = ("present", "expected", "everybody", "normal") if counted else ()
    groups = {message.speech.at(m.start()) for key in keys for m in message.search.all(f"group.{key}", message.text)}
    health = (f.clause for f in facts)
    if counted:
        groups |= {message.speech.at(m.start()) for m in _OF_GROUP.finditer(message.head)}
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
