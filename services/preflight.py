"""A dry run of every ladder: whom each step would tell if a member were in need now, and where it would find nobody. Nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from models.directory import Directory
from models.listeners import BUDDY, IN_CONFIDENCE, MEMBER
from models.people import Person
from models.policies import Policies
from models.roster import Role
from models.tables.cases import CaseRow
from services import calm, ladder, unreached, wording
from services.reachability import Channels, PersonWays, Why, ways_of, why
from services.texts import Texts

MANY = 8
"""More members than this whom nothing reaches are told by their number."""

AT_NIGHT, BY_DAY = "03:00", "10:00"
"""When the example happens: nobody is woken for what can wait."""


class Gap(StrEnum):
    """What a dry run finds."""

    NOBODY = "nobody"
    """No step of the ladder reaches anybody."""
    EMPTY = "empty"
    """A step that finds nobody."""
    UNKNOWN = "unknown"
    """The policies call somebody by a name that nobody here has."""
    MUTE = "mute"
    """A step reaches people, and hears none of them: none can say that they have it."""


class Step(NamedTuple):
    """One step of a ladder: `after` how long a case has waited (None: at once), for whom it looks (models.listeners), and whom it finds."""

    after: timedelta | None
    told: tuple[str, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Trial:
    """A case that nobody has raised, and the steps it would go."""

    case: CaseRow
    member: Person
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Trouble:
    """What was found, in which trial; whom the policies look for (`told`) in vain, at `place`, or the `people` who are not heard."""

    gap: Gap
    trial: Trial
    told: tuple[str, ...] = ()
    place: str = ""
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class DryRun:
    """Of one branch: its troubles, whom no alert reaches, and how its people, and whoever else is told, are reached and heard."""

    troubles: tuple[Trouble, ...]
    unreached: tuple[tuple[Person, Why], ...]
    ways: dict[int, PersonWays]
    trials: tuple[Trial, ...]


def dry_run(policies: Policies, directory: Directory, channels: Channels, branch: str) -> DryRun:
    """Let the members of a branch be in need, in every way that their ladders tell apart."""
    trials = tuple(_trials(policies, directory, branch))
    concerned = [person for person in directory.people.values() if person.branch_id == branch or person.role is Role.DUTY_OFFICER]
    told = (person for trial in trials for step in trial.steps for person in step.people)
    people = {person.id: person for person in (*concerned, *told, *directory.everyone(Role.SECRETARY))}
    ways = {number: ways_of(directory, channels, person) for number, person in people.items()}
    deaf = [(person, why(directory, channels, person)) for person in concerned if not ways[person.id].reached]
    deaf.sort(key=lambda one: one[0].role not in (Role.DUTY_OFFICER, Role.SECRETARY, Role.DEPUTY))
    troubles = (*_unknown(policies, directory, trials), *_troubles(directory, ways, trials))
    if any(reason is Why.NO_CHANNEL for _, reason in deaf):  # which says it all
        troubles = tuple(trouble for trouble in troubles if trouble.gap is not Gap.NOBODY)
    return DryRun(troubles, tuple(deaf), ways, trials)


def lines(texts: Texts, directory: Directory, bot_name: str, run: DryRun) -> list[str]:
    """What a secretary can do something about, a line each; none where all is well."""
    members = [one for one in run.unreached if one[0].role is Role.MEMBER]
    few = run.unreached if len(members) <= MANY else [one for one in run.unreached if one not in members]
    found = [*trouble_lines(texts, directory, run), *unreached.lines(texts, directory, bot_name, few)]
    if len(members) > MANY and not any(reason is Why.NO_CHANNEL for _, reason in members):
        found.append(texts("preflight.by_number", count=len(members)))
    return list(dict.fromkeys(found))


def trouble_lines(texts: Texts, directory: Directory, run: DryRun) -> Iterator[str]:
    """The troubles, a line each."""
    for trouble in run.troubles:
        yield texts(
            f"preflight.{trouble.gap}",
            name=trouble.trial.member.name,
            kind=_kind(texts, trouble.trial.case),
            place=trouble.place,
            roles=wording.listed(texts, (wording.who(texts, who) for who in trouble.told)),
            people=wording.listed(texts, (unreached.title(texts, directory, person) for person in trouble.people)),
        )


def example(texts: Texts, run: DryRun) -> str:
    """若张伟 03:00 报紧急困难：先通知书记周建国，10 分钟没人接手再通知值班员于海（收不到）."""
    trial = run.troubles[0].trial if run.troubles else _telling(run)
    steps = (_step(texts, run, step) for step in trial.steps)
    time = BY_DAY if calm.waits(trial.case) else AT_NIGHT
    return texts(
        "preflight.example", name=trial.member.name, time=time, kind=_kind(texts, trial.case), steps=texts("word.comma").join(steps)
    )


def _telling(run: DryRun) -> Trial:
    """The first trial in which somebody would be told whom nothing reaches; else the first."""
    deaf = {person.id for person, _ in run.unreached}
    return next((one for one in run.trials if any(p.id in deaf for step in one.steps for p in step.people)), run.trials[0])


def _step(texts: Texts, run: DryRun, step: Step) -> str:
    people = wording.listed(texts, (_named(texts, run.ways[person.id]) for person in step.people)) or texts("preflight.no_one")
    if step.after is None:
        return texts("preflight.at_once", people=people)
    return texts("preflight.later", waited=wording.span(texts, step.after), people=people)


def _named(texts: Texts, way: PersonWays) -> str:
    deaf = "" if way.reached else texts("preflight.deaf")
    return texts("preflight.person", role=texts.word("role", way.person.role), name=way.person.name, deaf=deaf)


def _kind(texts: Texts, case: CaseRow) -> str:
    return texts.word("trial", f"{case.urgency}_{case.kind}") + (texts("case.confidential") if case.confidential else "")


def _trials(policies: Policies, directory: Directory, branch: str) -> Iterator[Trial]:
    """For one plain member of each group, who stands for all of them, and for everybody with a role, who cannot be told of themselves."""
    tried: set[str | None] = set()
    members = [p for p in directory.people.values() if p.branch_id == branch]
    for member in sorted(members, key=lambda person: person.role is not Role.MEMBER):
        if member.role is Role.MEMBER and member.group_id in tried:
            continue
        tried.add(member.group_id)
        for kind, urgency, confidential in _VARIANTS:
            case = CaseRow(kind=kind, urgency=urgency, member_id=member.id, reporter_id=member.id, confidential=confidential, categories=[])
            yield Trial(case, member, tuple(_steps(policies, directory, case)))


_KINDS = ("hardship", "health", "silence")
_VARIANTS = (*product(_KINDS, ("urgent", "ordinary"), (False,)), *product(_KINDS, ("ordinary", "urgent"), (True,)))
"""Kind, urgency, whether it is confidential: every way to go a ladder, the commoner first, for a gap is told of the first that has it."""


def _steps(policies: Policies, directory: Directory, case: CaseRow) -> Iterator[Step]:
    plan = ladder.of_case(policies, case)
    for after, told in ((None, plan.tell), *((rung.after, rung.tell) for rung in plan.climb)):
        heard = tuple(who for who in told if not case.confidential or who in IN_CONFIDENCE)
        yield Step(after, heard, ladder.people(directory, heard, case))


def _unknown(policies: Policies, directory: Directory, trials: Sequence[Trial]) -> Iterator[Trouble]:
    names = {person.name for person in directory.people.values()}
    strange = tuple(f"{MEMBER}{name}" for name in policies.names() if name not in names)
    if strange and trials:
        yield Trouble(Gap.UNKNOWN, trials[0], strange)


def _troubles(directory: Directory, ways: dict[int, PersonWays], trials: Sequence[Trial]) -> Iterator[Trouble]:
    mute: dict[int, Person] = {}
    first_mute: Trial | None = None
    known: set[tuple[frozenset[str], str]] = set()
    alone = False
    for trial in trials:
        last = ladder.last_resort(directory, trial.case)
        if not any(ways[p.id].reached for p in (*(p for step in trial.steps for p in step.people), *last)) and not alone:
            alone = True
            yield Trouble(Gap.NOBODY, trial)
        for step in trial.steps:
            place = _place(directory, trial.member, step.told)
            vacant = (frozenset(step.told), place)
            if not step.people and step.told and trial.member.role is Role.MEMBER and vacant not in known:
                known.add(vacant)
                yield Trouble(Gap.EMPTY, trial, step.told, place)
            reached = [p for p in step.people if ways[p.id].reached]
            if reached and not any(ways[p.id].heard for p in reached):
                mute |= {p.id: p for p in reached}
                first_mute = first_mute or trial
    if first_mute is not None:
        yield Trouble(Gap.MUTE, first_mute, people=tuple(mute.values()))


def _place(directory: Directory, member: Person, told: tuple[str, ...]) -> str:
    """Where somebody would be looked for: the least place that has them all."""
    if not {Role.LEADER, BUDDY}.isdisjoint(told) and member.group_id is not None:
        return directory.group_titles[member.group_id]
    return directory.branch_names[member.branch_id or ""]
