"""An account in free words: whether a message is one, and which of its clauses tell of work, of plans, of thoughts.

The judge decides, asked of the message and of each clause (telling.py).
"""

import re

from handlers.reading.message import Message
from handlers.reading.reasons import Place, logistic
from handlers.reading.report import clauses_of, section, whole
from handlers.reading.telling import TELLS
from models.reading import Section

MOST = 4.0  # odds that the clause which tells most counts for at most, beside those of the message
_LEAST = {"work": -0.5, "plan": -1.5, "thought": -1.5}  # odds, of message and clause together, above which there is such a section
_TITLED = 2.0  # odds at least of a clause that opens with the name of what it tells
_TITLES = {
    "plan": re.compile(r"(?:下步|下一步)?(?:计划|打算)"),
    "thought": re.compile(r"(?:个人|我的)?(?:想法(?!子)|思想|感想|感受|感触|体会|心得|感悟)"),
}
_NOTHING = re.compile(r"(?:没|无|没有|暂无)(?:安排|计划|打算|啥事|事)|待定")

Clauses = frozenset[int]


def account(message: Message, others: Clauses = frozenset()) -> tuple[Section, ...]:
    """The sections of an account in free words; () where the message is no account. `others`: clauses that speak of something else."""
    odds = message.odds
    if not message.speech.clauses or odds["report"] < -MOST:
        return ()
    told = _told(message)
    best = {name: max(its) for name, its in told.items()}
    margin = odds["report"] + min(MOST, max(best.values()))
    if margin < 0:
        _left_out(message, told)
        return ()
    if message.finds("report.inner"):
        return (section(message, "thought", Place(0, len(message.text), "report.inner"), logistic(margin)),)
    above = {name: odds[f"has.{name}"] + best[name] - least for name, least in _LEAST.items()}
    names = [name for name in TELLS if above[name] > 0] or [max(above, key=lambda name: above[name])]
    places = _places(message, {name: told[name] for name in names}, others)
    return tuple(section(message, name, place, logistic(margin)) for name, place in places.items())


def _told(message: Message) -> dict[str, list[float]]:
    """For each section how much each clause tells of it."""
    told = {name: [odds[question] for odds in message.tellings] for name, question in TELLS.items()}
    for name, title in _TITLES.items():
        for number, odds in enumerate(told[name]):
            if title.match(message.text, message.speech.clauses[number].start):
                told[name][number] = max(odds, _TITLED)
    return told


def _left_out(message: Message, told: dict[str, list[float]]) -> None:
    """Note the clauses that tell of something, where all of it is too little."""
    for name, its in told.items() if message.trace is not None else ():
        for number, odds in enumerate(its):
            clause = message.speech.clauses[number]
            if odds > 0:
                message.leave_out(name, (clause.start, clause.end), "report.judged")


def _places(message: Message, told: dict[str, list[float]], others: Clauses) -> dict[str, Place]:
    """From where to where each section goes: the clause that tells most of it, and those that tell more of it than of the others."""
    clauses = message.speech.clauses
    numbers = range(len(next(iter(told.values()))))
    free = [number for number in numbers if number not in others] or list(numbers)
    best = {name: max(free, key=lambda number: its[number]) for name, its in told.items()}
    owner = {number: max(told, key=lambda name: told[name][number]) for number in free}
    found: dict[str, Place] = {}
    for name in told:
        mine = {number for number in free if owner[number] == name and number not in best.values()} | {best[name]}
        by = f"report.{name}" if mine & clauses_of(message, f"report.{name}") else "judge.report"
        place = Place(*whole(message, mine, {*others, *owner} - mine), by)
        if name != "plan" or _NOTHING.search(message.text, clauses[best[name]].start, clauses[best[name]].end) is None:
            found[name] = place
    return found
