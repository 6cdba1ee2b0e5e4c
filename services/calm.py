"""Who is woken: what is urgent at once, everything else when the quiet hours are over."""

from datetime import datetime

from models.outbox import NoticeKind, Priority
from models.people import Person
from models.roster import Role
from models.tables.cases import CaseRow
from services.work import Work

PSYCHOLOGICAL = "psychological"
"""The category of LABELS.md for fear, grief, sleeplessness, and whatever else weighs on somebody."""


def of_the_heart(case: CaseRow) -> bool:
    """Whether somebody's heart is heavy, which is handled with more care than anything else."""
    return case.kind == "hardship" and PSYCHOLOGICAL in case.categories


def waits(case: CaseRow) -> bool:
    """Whether a case can wait for the morning: neither what is urgent nor somebody whose heart is heavy."""
    return case.urgency != "urgent" and not of_the_heart(case)


def over(work: Work, moment: datetime) -> datetime:
    """The moment itself; within quiet hours their end."""
    return work.unit.policies.quiet.over(moment, work.unit.zone)


def of_case(work: Work, case: CaseRow, moment: datetime) -> datetime:
    """When people hear of a case for which it is time at a moment."""
    return over(work, moment) if waits(case) else moment


def of_notice(work: Work, person: Person, kind: NoticeKind, priority: Priority, case: CaseRow | None) -> datetime:
    """When somebody is told who has not just spoken. Whoever is on duty is awake, and an alarm without a case cannot wait.

    Whether a case is over can be asked in the morning, whatever it is about.
    """
    if case is not None:
        return over(work, work.now) if kind is NoticeKind.QUESTION else of_case(work, case, work.now)
    return work.now if priority is Priority.ALERT or person.has((Role.DUTY_OFFICER,)) else over(work, work.now)
