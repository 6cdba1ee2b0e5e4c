"""An account in free words: whether a message is one, and which of its clauses tell of work, of plans, of thoughts.

The judge decides, asked of the message and of each clause (telling.py).
"""

import re
from collections.abc import Callable

from handlers.reading.judge.telling import TELLS
from handlers.reading.message import Message
from handlers.reading.reasons import Place, logistic
from handlers.reading.report.report import AHEAD, ahead, clauses_of, section, whole
from models.reading import Section

MOST = 4.0  # odds that the clause which tells most counts for at most, beside those of the message
_LEAST = {"work": -0.5, "plan": -1.5, "thought": -1.5}  # odds, of message and clause together, above which there is such a section
_HOPELESS = {
    "work": -3.0,
    "plan": -2.0,
    "thought": -3.0,
}  # odds of the best clause below which there is none, whatever the message as a whole
_LEAST_FREE = -1.5  # odds that an account needs without the clauses that tell of something else
_BESIDE = 2.0  # what work adds that is told beside a temperature or a difficulty
_HALF_HEARD = -0.5  # odds of work that a clause beside a temperature needs
_OPENS = 1.3  # what an opening as of an account adds
_BY_HALVES = 2.5  # what a day adds that is told half by half
_AMENDED = 3.5  # what a correction adds that says what stood there and what is right
_DEED = 3.5  # what a piece of work adds that is told as done
_NOTICE = 3.5  # what words take away that only an arrangement for others has, where no piece of work is told as done
_TROUBLED = -1.8  # odds of a hardship above which it is not the work that is told of, but what came of it
_LEAST_BESIDE = 0.5  # odds that an account needs beside a difficulty
_TITLED = 2.0  # odds at least of a clause that opens with the name of what it tells
_UNLIKELY = -2.0  # odds of plan and work below which a clause beside a difficulty is neither, whatever time it names
_TITLES = {
    "plan": re.compile(r"(?:下步|下一步)?(?:计划|打算)"),
    "thought": re.compile(r"(?:个人|我的)?(?:想法(?!子)|思想|感想|感受|感触|体会|心得|感悟)"),
}
_WORKED = 1.0  # odds of a clause that plainly tells of work
_LONG = 30  # characters of a clause in which more is said than one thing
_NOTHING_ELSE, _FAINT = -4.0, -1.0  # odds of work and plan, and of a thought, below which words of a thought add `_HEARD`
_HEARD, _TERSE = 1.5, 4  # twice as much where the last clause has so few characters
_OF_OTHERS = re.compile("[他她]|人家|娃|大爷|大娘|老|[说讲]|[没不]紧张")  # whose mood it is, or that it is none
_SEVERAL = 2
_PAST = re.compile(r"[^把将]*[了过完]")  # "把灯换了" is still to be done
_HALF = re.compile(r"\s*(?:今[天日儿早]|今个)?(?:一早|早上|早晨|上午|头午|中午|下午|后晌|晚上|傍晚|夜里)")
_AT_HOME = re.compile("[我俺咱他她]家|老家|家里|邻居|隔壁|物业|网上|直播|[爸妈爹娘]|媳妇|爱人|老[公婆]")  # whose work is no service
_DREAM = re.compile("梦[见到里]|做了个梦")
# "明天高考": what day it will be, and nobody's plan
_THE_DAY = re.compile(
    r"(?:(?<=[,。;!?\n\s])|^)(?P<day>明[天日儿]|后[天日]|这?周[一二三四五六日末]|下周[一二三四五六日]?)(?:就|又|该|要|都)?是?(?:儿子|闺女|女儿|孩子|娃)?"
    r"(?:高考|中考|期末考试?|开学|过年|除夕|元旦|春节|中秋|端午|国庆|生日|放假|周末)(?:了|啦)?(?=[,。;!?\n\s]|$)"
)
_IF = re.compile("如果|假如|倘若|万一|(?<!主)要是")
_NOTHING = re.compile(r"(?:没|无|没有|暂无)(?:安排|计划|打算|啥事|事)|待定")

Clauses = frozenset[int]


def account(
    message: Message, others: Callable[[], Clauses] = frozenset, *, troubled: bool = False, amended: bool = False
) -> tuple[Section, ...]:
    """The sections of an account in free words; () where the message is no account.

    `others`: the clauses that speak of something else. `troubled`: it states a difficulty; what was done may be how that came about.
    `amended`: it puts an earlier account right.
    """
    odds = message.odds
    if not message.speech.clauses or odds["report"] < -MOST:
        return ()
    if (order := _assigned(message)) is not None:
        message.leave_out("work", order, "frames.order")
        return ()
    told = _told(message)
    best = {name: max(its) for name, its in told.items()}
    weighed = range(len(told["work"]))  # the clauses that were asked: those of a long text are not
    deeds = {number for number in _deeds(message) if number in weighed and told["plan"][number] < told["work"][number]}
    halves = _by_halves(message)
    opening = _DEED if deeds else max(_OPENS * _opens(message), _BY_HALVES * halves, _AMENDED * amended)
    told_others = None if deeds or halves else message.first("report.notice")
    opening = opening if told_others is None else -_NOTICE
    margin = odds["report"] + min(MOST, max(best.values())) + opening
    least = _LEAST_BESIDE if troubled else 0
    if least - _BESIDE < margin < least and told_others is None and _is_work_beside(message, told, others(), troubled=troubled):
        opening, margin = opening + _BESIDE, margin + _BESIDE
    if margin < least:
        _left_out(message, told)
        if told_others is not None:
            message.leave_out("report", told_others.span(), "report.notice")
        return ()
    if message.finds("report.inner") and not tells_work_too(message):
        return (section(message, "thought", Place(0, len(message.text), "report.inner"), logistic(margin)),)
    for number in deeds:
        told["work"][number] = max(told["work"][number], _TITLED)
    _look_ahead(message, told, troubled=troubled)
    _listen(message, told)
    aside = _aside(message, told, others())
    free = [number for number in weighed if number not in aside] or list(weighed)
    best = {name: max(its[number] for number in free) for name, its in told.items()}
    if odds["report"] + min(MOST, max(best.values())) + opening < _LEAST_FREE:
        _left_out(message, told)  # what sounded like an account is told of something else
        return ()
    above = {name: odds[f"has.{name}"] + best[name] - least for name, least in _LEAST.items()}
    likely = [name for name in TELLS if above[name] > 0 and best[name] > _HOPELESS[name]]
    names = likely or [max(above, key=lambda name: above[name])]
    places = _places(message, {name: told[name] for name in names}, aside)
    return tuple(section(message, name, place, logistic(margin)) for name, place in places.items())


def _is_work_beside(message: Message, told: dict[str, list[float]], others: Clauses, *, troubled: bool) -> bool:
    """Whether a clause of its own tells of work beside a temperature, or in a sentence of its own beside a difficulty.

    What stands beside it makes the whole sound like no report.
    """
    speech = message.speech
    kinds = [f.kind for f in message.facts]
    if not troubled and (not 0 < kinds.count("temperature") <= _SEVERAL or "symptom" in kinds):
        return False
    needed = {speech.clauses[number].sentence for number in others} if troubled else set()
    least = _WORKED if troubled else _HALF_HEARD
    return any(
        number < len(told["work"])
        and told["work"][number] > least
        and number not in others | speech.questions | speech.orders | speech.supposed
        and speech.clauses[number].sentence not in needed
        and (troubled or _AT_HOME.search(message.text, speech.clauses[number].start, speech.clauses[number].end) is None)
        for number in clauses_of(message, "report.work")
    )


def _aside(message: Message, told: dict[str, list[float]], others: Clauses) -> Clauses:
    """The clauses that tell of something else: not those of a need that tell plainly of work, nor a long speech with a word of health."""
    ill, clauses = message.facts_by_clause, message.speech.clauses
    return frozenset(
        number
        for number in others
        if number >= len(told["work"])
        or (told["work"][number] < _WORKED if number not in ill else clauses[number].end - clauses[number].start < _LONG)
        or told["work"][number] < -_WORKED
    )


def tells_work_too(message: Message) -> bool:
    """Whether what is called thoughts tells of a day's work as well: words of work in a clause in which the judge hears little else."""
    worked = clauses_of(message, "report.work") & clauses_of(message, "report.done")
    odds = ((number, its[TELLS["work"]], its[TELLS["thought"]]) for number, its in enumerate(message.tellings))
    return any(work > max(0, thought) + _WORKED for number, work, thought in odds if number in worked)


def _opens(message: Message) -> bool:
    """Whether it begins with a time of the day and tells of work twice in the same clause ("今早组织党员到烈士陵园敬献花篮")."""
    if not any(m.start() == 0 for m in message.all("report.opener")) or message.speech.questions or message.speech.orders:
        return False
    clause = message.speech.at(0)
    return sum(1 for m in message.all("report.work") if message.speech.at(m.start()) == clause) > 1


def _by_halves(message: Message) -> bool:
    """Whether work is told of more than one half of the day ("上午疏通下水道下午清理地沟"), and nobody is ordered to do it."""
    speech = message.speech
    if speech.orders or message.odds["hardship"] > _TROUBLED:
        return False
    worked = clauses_of(message, "report.work")
    return sum(_HALF.match(message.text, speech.clauses[number].start) is not None for number in worked) >= _SEVERAL


def _assigned(message: Message) -> tuple[int, int] | None:
    """Where others are told what to do, each by name ("张伟换灯，王磊领油料，四点前弄完"); None where they are not."""
    speech = message.speech
    begun = {c.start for c in speech.clauses if _PAST.match(message.text, c.start, c.end) is None} if speech.orders else set()
    if sum(t.start in begun and t.kind == "person" and t.value != message.sender for t in message.tokens) < _SEVERAL:
        return None
    clause = speech.clauses[min(speech.orders)]
    return clause.start, clause.end


def _deeds(message: Message) -> Clauses:
    """The clauses that tell of a piece of work that is done ("门窗修了五扇"), where nobody asks, orders or needs anything."""
    speech = message.speech
    if speech.orders or message.odds["hardship"] > _TROUBLED or message.finds("frames.fiction"):
        return frozenset()
    proposed = {speech.clauses[speech.at(m.end() - 1)].sentence for key in ("acts.idea", "acts.idea_maybe") for m in message.all(key)}
    told = ((speech.at(deed.start()), deed.end()) for deed in message.all("report.deed"))
    return frozenset(
        number
        for number, end in told
        if number not in speech.questions | speech.supposed
        and _AT_HOME.search(message.text, speech.clauses[number].start, end) is None
        and end <= speech.clauses[number].end
        and speech.clauses[number].sentence not in proposed
    )


def _told(message: Message) -> dict[str, list[float]]:
    """For each section how much each clause tells of it."""
    told = {name: [odds[question] for odds in message.tellings] for name, question in TELLS.items()}
    text, clauses = message.text, message.speech.clauses
    for name, title in _TITLES.items():
        for number, odds in enumerate(told[name]):
            if title.match(text, clauses[number].start) and (number or told["work"][number] < 0):  # the title of an account is none of it
                told[name][number] = max(odds, _TITLED)
    for event in _THE_DAY.finditer(message.head):
        if (number := message.speech.at(event.start("day"))) < len(told["plan"]):
            told["plan"][number] = -MOST
    if (dream := _DREAM.search(message.head)) is not None:
        first = message.speech.at(dream.start())
        for number in range(first, len(told["work"])):
            if clauses[number].sentence == clauses[first].sentence:  # nothing was done in it, whatever it makes one feel
                told["work"][number] = told["plan"][number] = -MOST
    return told


def _listen(message: Message, told: dict[str, list[float]]) -> None:
    """Words of a thought behind the first clause, in one that tells of nothing else, are heard better: terse ones say little."""
    last = len(message.speech.clauses) - 1
    for number in clauses_of(message, "report.thought") - {0} - message.speech.questions:
        clause = message.speech.clauses[number]
        if number >= len(told["thought"]) or max(told["work"][number], told["plan"][number]) > _NOTHING_ELSE:
            continue
        if told["thought"][number] < _FAINT and _OF_OTHERS.search(message.text, clause.start, clause.end) is None:
            told["thought"][number] += _HEARD * (1 + (number == last and clause.end - clause.start <= _TERSE))


def _look_ahead(message: Message, told: dict[str, list[float]], *, troubled: bool) -> None:
    """In an account, or behind work, a clause that begins with a time to come is the plan ("有一台打不着火，节后送修")."""
    for number in ahead(message) - message.speech.questions:
        if number < len(told["plan"]) and message.speech.clauses[number].start > 0:
            told["plan"][number] = max(told["plan"][number], _TITLED)
    worked = next((number for number, odds in enumerate(told["work"]) if odds > 0), len(told["work"]))
    for number in message.speech.supposed:
        clause = message.speech.clauses[number]
        if number < len(told["plan"]) and _IF.search(message.text, clause.start, clause.end) is not None:
            if told["plan"][number] > 0:
                message.leave_out("plan", (clause.start, clause.end), "frames.condition")
            told["plan"][number] = -MOST  # who knows whether it comes to that
    needy = troubled or message.odds["hardship"] > _TROUBLED
    for number in range(1 if message.odds["report"] > 0 else worked + 1, len(told["plan"])):
        clause = message.speech.clauses[number]
        # beside a difficulty it may be what is needed then ("月底前得搬")
        unlikely = needy and max(told["plan"][number], told["work"][number]) < _UNLIKELY
        if not unlikely and number not in message.speech.questions and AHEAD.match(message.text, clause.start, clause.end) is not None:
            told["plan"][number] = max(told["plan"][number], _TITLED)


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
