"""Chains (接龙): one message with a line for each person, pasted or as the platform sent it."""

import re
from datetime import date
from typing import NamedTuple

from handlers.reading.chain.lines import Chain
from handlers.reading.chain.owners import Owners
from handlers.reading.counted.checkins import checkins
from handlers.reading.facts import Fact
from handlers.reading.health.symptoms import bare_value
from handlers.reading.health.temperature import FEVER
from handlers.reading.health.walk import walk
from handlers.reading.leave.leave import chain_leave
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.text import dates
from handlers.reading.text.clauses import speech
from handlers.reading.text.solitaire import Line
from models.reading import Checkin, Doubt, Form, Intent, Leave, Reading

_SIGN_UP = re.compile(r"报名|收到请|已阅|尺码|码数|聚餐|会餐|订餐|年夜饭|参加|团购|拼单|衣服|几个人|人数统计|带家属|知晓|签到|投票|选")
# the same, unless the lines tell temperatures
_RATHER_SIGN_UP = re.compile(
    r"早餐|午餐|晚餐|早饭|午饭|晚饭|夜宵|宵夜|吃啥|吃什么|喝啥|喝什么|菜单|点菜|点单|点餐|奶茶|咖啡|水果|外卖|火锅|烧烤|饺子|汤圆|粽子|月饼|鞋码|鞋号|作训服|工装|帽围|体测|体能|成绩|跑步|爬山|登山"
    r"|团建|旅游|电影|观影|比赛|打球|拼车|顺风车|抢票|献血|捐款|捐书|理发|住宿|床位|生日|心愿|许愿|快递|代购|买菜|口味|忌口"
)
_VALUE = re.compile(r"(?<![\d.])3[5-9]\.\d(?!\d)")
_NO_SIGN_UP = re.compile("体温|症状|健康|晨检|午检|晚检|测温|temp")
_HEALTH = re.compile(r"体温|健康|晨检|晚检|午检|测温|打卡|症状|正常|无恙|摸排|身体|temp")
_UNTITLED = re.compile(r"\s*(?:#?接龙|#\s?group note)?[\s\d.、:()①]*")
# "接龙报平安": a list of those who are well, whatever they call it; not of those who have arrived, nor of Christmas Eve
_ARRIVED = re.compile("到家|到站|抵达|到达|归队|返程|返岗|回家|到了|路上")
_ALL_WELL = re.compile(r"(?:报[个声]?平安(?!夜|到|抵)|平安(?:接龙|打卡|报告|报送|上报|汇报))")
# a title that names nothing but the day and the people, and a line that says no more than that its writer is well
_PLAIN_TITLE = re.compile(
    r"(?:#|接龙|group note|[\s\d.、:()月日号/-]|今[天日早晚]|早上|晚上|每[天日]|当日|本日|人员|个人|全员"
    r"|情况|状态|上报|报告|汇报|统计|[一二三]班|[一二三]组|请|大家|各位)*"
)
_PLAINLY_WELL = re.compile(r"[\s:,-]*(?:今[天日]|一切|人|都|均|很|我)*(?:正常|平安|安好|没事|无异常|无恙|健康|良好)[的了]?[\s。!~]*")
_REMARK = re.compile(r"[(（][^()（）\n]{0,6}(?:代|替)[^()（）\n]{0,4}[)）]")
_BY_THE_CLOCK = re.compile(r"\d{1,2}\s?[点:.时]\s?(?:\d\d|半)?分?\s?[到至~-]")  # "7点半到九点半 学习" is no absence
_SAME = re.compile(r"[\s:,-]*(?:同上|同楼上|同前)[\s。!]*")
_FAMILY = "family:"


class _Day(NamedTuple):
    """The day of a line, and where it is said."""

    day: date
    place: Place | None = None


class _Said(NamedTuple):
    """What the lines of one person say, and the newest of these lines."""

    line: Line
    facts: list[Fact]


def chain(message: Message, found: Chain) -> Reading | None:
    """The reading of a chain; None where it is only talk about one. A sign-up chain reads as chatter."""
    if not found.owned:
        # a chain nobody has joined yet is chatter, talk about a chain is talk
        if len(found.lines) > 2:  # noqa: PLR2004
            message.leave_out("message", (0, max(1, len(found.title))), "chain.empty")
            return Reading(form=Form.CHAIN)
        return None
    sign_up = _SIGN_UP.search(found.title) or _rather_sign_up(message, found)
    if sign_up is not None and not _NO_SIGN_UP.search(found.title):
        message.leave_out("message", sign_up.span(), "chain.sign_up")
        return Reading(form=Form.CHAIN)
    for place in found.left:
        message.leave_out("message", (place.start, place.end), place.by)
    said: dict[str, _Said] = {}
    leaves: list[Leave] = []
    titled = _title_day(found.title, message.today)
    plain = _PLAIN_TITLE.fullmatch(found.title) is not None
    above: list[Fact] = []
    for line, whose in found.owned:
        text = _words(message, whose.after, line.end)
        if not text:
            continue
        day = titled or _line_day(line) or _Day(message.today)
        away = _leaves(message, text, whose, day)
        plain = plain and (bool(away) or _PLAINLY_WELL.fullmatch(text) is not None)
        leaves += away
        above = _facts(message, text, whose, day, [] if away else above)
        _add(said, line, whose, above)
    made, doubts = _checkins(message, said, about_health=plain or _about_health(found.title, said))
    intents = ((Intent.HEALTH,) if made else ()) + ((Intent.LEAVE,) if leaves else ())
    return Reading(intents=intents, form=Form.CHAIN, checkins=made, leaves=tuple(leaves), doubts=doubts)


def _rather_sign_up(message: Message, found: Chain) -> re.Match[str] | None:
    """The word for a meal, a size or an outing in the title of a chain of which not half the lines tell a temperature."""
    word = _RATHER_SIGN_UP.search(found.title)
    if word is None:
        return None
    measured = sum(_VALUE.search(message.text, line.start, line.end) is not None for line in found.lines)
    return None if measured * 2 >= len(found.lines) else word


def _add(said: dict[str, _Said], line: Line, whose: Owners, facts: list[Fact]) -> None:
    """Give each fact to whom it is of; what is said of a family is of the member whose line it is."""
    for name in whose.names:
        for fact in facts:
            theirs = fact._replace(person=name) if fact.person == whose.names[0] else fact
            of = name if theirs.person.startswith(_FAMILY) else theirs.person
            known = said.setdefault(of, _Said(line, []))
            known.facts.append(theirs)
            if line.at is not None and (known.line.at is None or line.at > known.line.at):
                said[of] = known._replace(line=line)


def _title_day(title: str, today: date) -> _Day | None:
    """The day that the title of a chain names, where it is not in the future."""
    said = next((d for d in dates.days(title, today) if d.day <= today), None)
    if said is not None:
        return _Day(said.day, Place(said.start, said.end, "date.title"))
    yesterday = re.search(r"昨(?:天|日|晚)", title)
    if yesterday is None or "补" not in title:
        return None
    return _Day(date.fromordinal(today.toordinal() - 1), Place(*yesterday.span(), "date.title"))


def _line_day(line: Line) -> _Day | None:
    """The day on which a line was written, where the platform says it."""
    return None if line.at is None else _Day(line.at.date(), Place(line.start, line.end, "date.line"))


def _words(message: Message, start: int, end: int) -> str:
    """What a line says, without a remark that it was written for somebody; "" where that is nothing."""
    text = _REMARK.sub(lambda m: " " * len(m.group()), message.text[start:end]).rstrip()
    return text if text.strip(" \n-:|,") else ""


def _leaves(message: Message, text: str, whose: Owners, day: _Day) -> list[Leave]:
    """The leave in a line."""
    if _BY_THE_CLOCK.search(text) is not None:
        return []
    found = (chain_leave(message, name, whose.after, whose.after + len(text), day.day, whose.named) for name in whose.names)
    return [leave for leave in found if leave is not None]


def _facts(message: Message, text: str, whose: Owners, day: _Day, above: list[Fact]) -> list[Fact]:
    """What a line says of health. `above`: what the line before it says, for 同上."""
    person, start = whose.names[0], whose.after
    if _SAME.fullmatch(text):
        place = Place(start, start + len(text), "chain.same")
        mine = [again for fact in above if (again := _again(fact, person, place)) is not None]
    else:
        clauses, tokens = speech(text, message.search), message.scanner.tokens(text, message.search)
        trace = None if message.trace is None else message.trace.at(start)
        mine = walk(text, clauses, tokens, message.scanner, person, message.today, base=day.day, person=person, trace=trace)
        if not mine and bare_value(text.strip(" -:|,"), message.lexicon):
            mine = [Fact("fine", text, person, day.day, 0, len(text), 0, told=Place(0, len(text), "normal.bare"))]
        mine = [fact.moved(start) for fact in mine]
    return [fact.of(person, whose.named, day.day, day.place) for fact in mine]


def _again(fact: Fact, person: str, place: Place) -> Fact | None:
    """A fact said of one more person: a temperature was not measured again, but lies on the same side of fever."""
    if fact.kind in ("implausible", "vague") or fact.person.startswith(_FAMILY):
        return None
    kind = ("above" if fact.value >= FEVER else "below") if fact.kind in ("temperature", "guessed") else fact.kind
    return fact._replace(kind=kind, person=person, start=place.start, end=place.end, told=place, named=None)


def _about_health(title: str, said: dict[str, _Said]) -> bool:
    """Whether a chain is about health: its title says so, or a line does with a value or a symptom; without a title any word of health."""
    kinds = {fact.kind for mine in said.values() for fact in mine.facts}
    if _HEALTH.search(title) or (_ALL_WELL.search(title) and not _ARRIVED.search(title)) or kinds & {"temperature", "guessed", "symptom"}:
        return True
    return _UNTITLED.fullmatch(title) is not None and "well" in kinds


def _checkins(message: Message, said: dict[str, _Said], *, about_health: bool) -> tuple[tuple[Checkin, ...], tuple[Doubt, ...]]:
    """The check-ins of everybody, each with who says it: the author of the line where the platform names one."""
    made: list[Checkin] = []
    doubts: list[Doubt] = []
    for name, mine in said.items():
        facts = mine.facts if about_health else message.counted(mine.facts, [], "chain.other")
        told, asked = checkins(facts, message.today, message.normal, message.trace)
        doubts += asked
        for checkin in told:
            of_family = checkin.person.startswith(_FAMILY) and name != message.sender
            teller = mine.line.author or (name if of_family else "")
            made.append(checkin.model_copy(update={"teller": teller, "account": mine.line.account, "said_at": mine.line.at}))
    return tuple(made), tuple(doubts)
