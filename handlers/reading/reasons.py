"""By what a value of a reading was decided, and how sure that is.

`by` is a key of the lexicon (``symptoms.terms.cough``: a word of that list said it) or one of the rules below. Its words for people are
``reason.…`` among the sentences: one for each rule, one for each list of the lexicon.
"""

import math
from functools import cache
from typing import NamedTuple

CERTAIN = 1.0


class Place(NamedTuple):
    """A piece of a uniform text, and what it decided there."""

    start: int
    end: int
    by: str


# How sure a rule is: 1 is stated in words that mean nothing else; what needs company, leaps or guesses is less.
RULES: dict[str, float] = {
    # a temperature, and what follows from it
    "temperature.exact": 1.0,  # 36.5
    "temperature.guessed": 0.6,  # 365 for 36.5
    "temperature.implausible": 0.3,  # 63.5: asked
    "temperature.below": 0.9,  # under 37.3
    "temperature.above": 0.9,  # over 37.3
    "temperature.fever": 1.0,  # 37.3 and more is a fever
    "health.no_symptom": 0.9,  # a temperature and nothing that ails
    "health.symptom": 1.0,  # a symptom is not well
    "chain.same": 0.8,  # 同上
    "health.list": 0.8,  # each of a list of the injured
    # a denial
    "denial.answer": 1.0,  # 发热：无
    "denial.joined": 0.9,  # 无发热、咳嗽
    # who and when
    "person.name": 1.0,
    "person.alias": 0.95,
    "person.ordinary": 0.8,  # a name that is an ordinary word as well
    "person.own_group": 0.7,  # several are called so; the one of the sender's group
    "person.line": 1.0,  # the line of a chain
    "person.author": 1.0,  # the account that wrote the line
    "person.field": 1.0,  # 姓名：…
    "date.date": 1.0,
    "date.dom": 0.95,
    "date.point": 0.8,  # 3.5
    "date.weekday": 0.95,
    "date.short": 0.95,  # 昨36.7
    "date.title": 0.95,  # the title of a chain
    "date.line": 1.0,  # when the line was written
    "date.field": 1.0,  # 日期：…
    "date.lasts": 0.7,  # a symptom of yesterday, not said to be over, is there today
    # a labelled report
    "template.work": 1.0,
    "template.plan": 1.0,
    "template.thought": 1.0,
    "template.difficulty": 0.95,
    "template.idea": 0.95,
    "hardship.severe": 0.9,  # who is severely ill and calls for somebody
    "report.state": 0.9,  # 思想稳
    # leave
    "leave.said": 1.0,  # the day that was said
    "leave.range": 1.0,  # from … to …
    "leave.count": 0.9,  # three days
    "leave.holiday": 0.8,  # 五一
    "leave.one_day": 0.8,  # one day's matter
    "leave.sent": 0.7,  # no first day was said: the day of sending
    # a group
    "group.name": 1.0,
    "group.count": 1.0,  # 应到6
    "group.ratio": 0.9,  # 6/6
    "group.table": 1.0,
    "group.ill": 0.9,  # 异常1人, and nobody is named
    "group.heads": 0.8,  # 六个人
    "group.listed": 0.9,  # an exception: 休假：韩冰
    "group.unwell": 1.0,  # an exception: somebody who is not well
    # the statistical judge; its confidence is the logistic of score and odds
    "judge.report": 0.5,
    "judge.hardship": 0.5,
    "judge.idea": 0.5,
    "judge.danger": 0.5,
    "judge.urgent": 0.5,
}

# The same for the lists of the lexicon, by table and key.
LISTS: dict[str, float] = {
    "symptoms.terms": 1.0,
    "symptoms.patterns": 0.95,
    "symptoms.compounds": 0.95,
    "symptoms.likened": 0.8,
    "symptoms.struck": 0.8,
    "symptoms.complained": 0.6,
    "symptoms.signs": 0.6,
    "normal.strong": 1.0,
    "normal.weak": 0.9,
    "normal.bare": 0.9,
    "negations.words": 1.0,
    "negations.over": 0.9,
    "days.words": 1.0,
    "family.relations": 1.0,
    "family.third": 0.8,
    "hardships.strong": 0.9,
    "hardships.weak": 0.6,
    "hardships.danger": 0.95,
    "hardships.urgent": 0.95,
    "hardships.despair": 0.95,
    "hardships.brink": 0.8,
    "hardships.farewell": 0.8,
    "hardships.gear": 0.85,
    "hardships.pressing": 0.9,
    "hardships.plea": 0.9,
    "report.work": 0.8,
    "report.plan": 0.9,
    "report.thought": 0.8,
    "report.inner": 0.9,
    "group.squad": 0.95,
    "group.everybody": 1.0,
    "group.normal": 1.0,
    "leave.absent": 1.0,
    "leave.chain": 0.95,
    "leave.words": 0.9,
    "leave.course": 0.85,
    "leave.away": 0.75,
    "acts.idea": 0.95,
    "acts.idea_maybe": 0.6,
    "acts.correction": 0.95,
    "acts.slip": 0.9,
    "acts.retract": 0.95,
    "acts.undo": 0.9,
    "confidence.asked": 0.9,
}

# Why something was found and not counted: rules, and below them lists of the lexicon.
AGAINST: tuple[str, ...] = (
    "temperature.form",  # not written as a temperature
    "temperature.higher",  # a higher one was said of the same day
    "temperature.unlabelled",  # an odd number that nothing calls a temperature
    "temperature.feigned",  # forbidden, made up, a sample
    "temperature.no_fever",  # a fever is denied and the temperature agrees
    "date.future",
    "person.nobody",  # of somebody who is not on the roster
    "statement.withdrawn",  # taken back in the same breath
    "statement.kind",  # a kind of illness, nobody's
    "statement.degree",  # 气得我头疼
    "statement.things",  # said of things as well
    "statement.injury",  # what an injury brings with it
    "statement.senseless",  # 叫不醒: of nobody, or no danger
    "statement.family",  # hardly anything, of the family
    "statement.alone",  # a word that counts only beside a check-in
    "statement.beside",  # a weak word beside other things
    "health.unwell",  # who has a symptom is not well
    "group.whole",  # counted with the group
    "chain.sign_up",
    "chain.empty",
    "chain.example",
    "chain.nobody",  # of nobody who is known
    "chain.closing",  # words below the list
    "chain.other",  # a chain about other things than health
    "template.empty",
    "template.example",
    "surface.quoted",
    "surface.speech",
    "surface.unticked",
    "surface.system",
    "leave.family",
    "correction.same_breath",
    "correction.no_report",  # a false alarm, a word said wrong in a lesson
    "leave.no_day",
    "report.judged",  # too little speaks for it
    "report.notice",  # arranged for others
    "hardship.judged",
    "hardship.far",  # nothing says that a danger is near
    "hardship.of_work",  # what the field of problems tells went badly at work
    "hardship.parting",  # who leaves the unit, or has found what was lost
    "hardship.ease",  # who stands in a high place enjoys it, or has work there
    "hardship.mended",  # what failed before a duty is seen to
    "hardship.not_there",  # 马腾不在宿舍, and nothing else
    "hardship.idea",  # rather a proposal
    "idea.hardship",  # rather a difficulty
    "report.hardship",  # what weighs on one's mind, a difficulty
    "idea.thought",  # a wish among the thoughts of a report
    "frames.document",
    "frames.hint",
    "frames.record",
    "frames.fiction",
    "frames.question",
    "frames.order",
    "frames.condition",
    "frames.hearsay",
    "frames.told",
    "frames.fools",
    "frames.others",
    "frames.joke",
    "frames.trifles",
    "numbers.units",
    "numbers.elsewhere",
    "numbers.limits",
    "days.past",
    "symptoms.traps",
    "negations.lookalikes",
    "names.words",
    "family.traps",
    "family.outsiders",
    "hardships.resolved",
    "hardships.rescued",
    "hardships.exercise",
    "hardships.tame",
    "hardships.handled",
    "hardships.settled",
    "hardships.tended",
    "hardships.unsaid",
    "hardships.nothing",
    "hardships.answered",
    "hardships.moved",
    "hardships.once",
    "hardships.bereft",
    "acts.correction_against",
    "acts.retract_against",
    "acts.idea_against",
    "leave.against",
    "leave.denied",
    "leave.rest",
    "group.against",
)


@cache
def family(by: str) -> str:
    """The rule or the list of the lexicon, without the part of the list: what a sentence explains."""
    return by if by in RULES or by in AGAINST else ".".join(by.split(".")[:2])


@cache
def sure(by: str) -> float:
    """How sure a value is that this decided."""
    return RULES[by] if by in RULES else LISTS.get(family(by), CERTAIN)


def logistic(odds: float) -> float:
    """The probability that belongs to log-odds."""
    return round(1 / (1 + math.exp(-max(-_FAR, min(_FAR, odds)))), 3)


_FAR = 30.0
