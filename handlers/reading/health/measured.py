"""Whether a value belongs to the day that was said before it: only where that day was one of measuring."""

import re
from collections.abc import Sequence

from handlers.reading.facts import VALUES, Fact
from handlers.reading.health.temperature import FEVER, Temperature
from handlers.reading.reasons import Place
from handlers.reading.text.clauses import Speech

# What is said of a day on which something was measured, though the value follows later: "昨天忘报了，36.7".
_MEASURING = re.compile(
    r"[写填报登记看输抄]错|错了|忘|漏|没报|没填|没登|没打|补|量|测|体温|晨检|晚检|打卡|登记|没报|忘报|报的|报过|漏报|迟报|温度|次|℃|烧|早中晚|数据|数值|落了|落下|[34]\d|[三四]十"
)
_THAT_DAY = re.compile("那[天日晚夜早]|当[天日晚]")
_NIGHT = re.compile("[晚夜]")
_MORNING = re.compile("(?:今天?)?(?:早上|早晨|早起|清早|清晨|一早|晨起|起床|起来)(?:[^,。;!?\\n]{0,4}[量测]|[^,。;!?\\n]{0,3}$)")
OF_THEN = re.compile("烧(?!退)|高热")  # old times are told of a fever, and of no value of every day
SINCE = re.compile("开始|到现在|至今|一直")
# "可能昨晚吃坏了,36.7": when it came about, and no day of which is spoken on
_CAUSE = re.compile("(?:可能|估计|大概|应该|怕是|恐怕|肯定|多半|八成|怪|怨|因为|由于|好像|是不是|感觉)(?:也|都|就)?(?:是|因为)?$")
_WHY = 5  # characters before a day in which a guess at the cause stands
_REACH = 60  # characters before a value that can say something of its day
_FILLER = 2  # characters beside the day in a clause that says no more than the day


def is_of_day(text: str, speech: Speech, value: Temperature, day: Place | None, since: int, told: Sequence[Fact]) -> bool:
    """Whether `value` is of the day said at `day`, which ends at `since`; `told`: what was said since then.

    It is not where that day only was when something was done or began to ail: "昨天有点咳嗽，36.5".
    """
    since = max(since, value.start - _REACH)
    if day is not None and _NIGHT.search(text, day.start, day.end) and _MORNING.search(text, since, value.start):
        return False  # "昨夜烧到38.3，早上量还有37.9"
    if any(f.kind in VALUES for f in told) or _THAT_DAY.search(text, since, value.start):
        return True
    number, said = speech.at(value.start), speech.at(max(0, since - 1))
    if told:
        burning = value.celsius >= FEVER and any(f.kind == "symptom" and f.value == "fever" for f in told)
        return number <= told[0].clause or (burning and SINCE.search(text, since, value.start) is None)
    clause = speech.clauses[said]
    about = text[clause.start : clause.end]
    return number <= said or len(about.strip()) <= since - clause.start + _FILLER or _MEASURING.search(about) is not None


def is_cause(text: str, start: int) -> bool:
    """Whether a day at `start` only stands in a guess at the cause ("可能昨晚烧烤有毒")."""
    return _CAUSE.search(text, max(0, start - _WHY), start) is not None
