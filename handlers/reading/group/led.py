"""A leader's word on the own group by the way it is told: 三班正常, the others beside an exception, the well and the away counted."""

import re
from collections.abc import Sequence

from handlers.reading.group.absent import absent
from handlers.reading.group.counts import AWAY, Count
from handlers.reading.leave.numbered import number
from handlers.reading.message import Message
from handlers.reading.reasons import Place

_TITLE = 6  # characters in which the name of the group begins
_FINE = "(?:体温)?(?:都|均|全部?|一切|皆|也|人员)*(?:很|挺|是|报)?(?:正常|没事|良好|健康|平安|无恙|无异常|没问题|好)"
_SQUAD_WELL = re.compile(  # behind "三班"
    rf"(?:[:, ]|今天|今日|今早|早上|现在|大家|全员|全体|人员|体温|情况)*{_FINE}[的了啦呢哦啊]*[\s。.,!~]*$"
)
_REST = "(?:其他|其它|其余|余下|剩下|别的)"
_PEOPLE = "(?:人员?|同志|队员|弟兄|兄弟|战友)"
_OUTSIDE = r"除了?[^,。;\n]{1,16}?(?:以外|之外|外)"
_OTHERS_WELL = re.compile(
    rf"(?:{_REST}(?:{_PEOPLE}|的人|的)?|{_OUTSIDE}[, ]?(?:大家)?)(?={_FINE})(?:体温)?[都均全]"
    rf"|(?:{_REST}{_PEOPLE}|{_OUTSIDE},?{_REST}?{_PEOPLE}|大家|大伙){_FINE}"
)
_N = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})\s?(?:个?人|名|个)"
_OTHERS_THERE = re.compile(rf"{_REST}(?:的)?{_PEOPLE}?\s?{_N}{_PEOPLE}?\s?(?:人)?(?:[都全均皆]|已?)(?:在(?![^,。;!?\n位岗站队])|到)")
_OTHERS_HERE = re.compile(rf"{_REST}(?:的)?{_PEOPLE}?[都全均皆](?:在(?=[位岗站队]?[了的呢啊]*(?:$|[,。;!~\s]))|到[了齐]?(?=$|[,。;!~\s]))")
_EXCEPT = re.compile(r"除了?[^,。;\n]{1,16}")
_BUT_LEADER = re.compile(
    "除了?(?:我们?|咱们?|俺们?)?(?P<who>(?<!副)班长|组长|队长)(?:[^,。;\\n]{0,8}(?:以外|之外|外)|,?(?:其他|其余|别的|剩下|余下|都|全))"
)
_LEADER_AWAY = re.compile(
    r"(?:^|[,。;:、\s]|我们?|咱们?|俺们?)(?P<who>班长|组长|队长)(?:今[天早日]|现在|人|也|还)?(?:不在|没在|没[来到回]|未[到归]|外出|开会|在开会|去[^,。;\n了]{1,6}开会|休假|请假|出差|培训|学习|轮休|探亲|[公病事]差?假)"
)
_TALLIED_WELL = re.compile(rf"{_N}(?=\s?(?:{_FINE}|[都均全]?部?(?:在[位岗站队]|到位)))")
_ANY = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})(?=\s?(?:个?人|名|个))"
_TALLIED_AWAY = re.compile(
    rf"{_N}\s?(?:今天|今日|在外?|外出)?{AWAY}|{AWAY}(?:的|有|人员|人数)?\s?[:是]?\s?(?P<behind>{_ANY})|[缺差少]了?(?P<lacking>{_ANY})"
)

_ONLY_AWAY = re.compile(rf"(?:只有?|仅有?|唯独|就)[^,。;\n]{{1,16}}?(?:[两二三]?一?个?人)?(?:今天|在外?|外出)?{AWAY}")
_THERE = re.compile(rf"(?:其实|今天|今日|也|都|还|已经?|同志|人)*(?:在[位岗队站班]|在的|到了|来了|没走|没有?{AWAY}|归队|(?:体温)?正常)")
_NOT_HE = re.compile(r"(?:不是|而非|并非)\s?$")


def speaks_of_squad(message: Message) -> bool:
    """Whether a leader speaks of the whole of the own group: 三班正常, 除了马腾其他人都正常, 5人正常1人请假."""
    group = message.people.leads.get(message.sender)
    if group is None or any(t.kind in ("family", "other") for t in message.tokens):
        return False
    text = message.text
    named = next((t for t in message.tokens if t.kind == "group"), None)
    if named is not None and named.value == group and named.start <= _TITLE and _SQUAD_WELL.match(text, named.end):
        return True
    squad = [name for name in message.people.members.get(group, ()) if name != message.sender]
    others = any(message.people.resolve(t.value, message.sender) in squad for t in message.tokens if t.kind == "person")
    if others and message.finds("acts.correction") and _puts_right(message, squad):
        return True
    if others and (_OTHERS_WELL.search(text) or _OTHERS_THERE.search(text) or _OTHERS_HERE.search(text)):
        return True
    counted = _TALLIED_WELL.search(text) is not None
    return counted and (_TALLIED_AWAY.search(text) is not None or (others and bool(absent(message).names)))


def _puts_right(message: Message, squad: Sequence[str]) -> bool:
    """Whether a correction says who of the squad is away and who is not: "更正：只有张伟请假，王磊在位"."""
    away = absent(message).names
    if not away:
        return False
    if _ONLY_AWAY.search(message.text) is not None:
        return True
    return any(
        name in squad
        and name not in away
        and (_THERE.match(message.text, token.end) or _NOT_HE.search(message.text, max(0, token.start - _TITLE), token.start))
        for token in message.tokens
        if token.kind == "person" and (name := message.people.resolve(token.value, message.sender)) is not None
    )


def others_there(message: Message) -> Count | None:
    """How many are there beside those who are named: 其余5人都在."""
    there = _OTHERS_THERE.search(message.head)
    return None if there is None else Count(number(there.group("n")), Place(*there.span("n"), "group.count"))


def tallied(message: Message, expected: Count | None, present: Count | None) -> tuple[Count | None, Count | None]:
    """The numbers where those who are well and those who are away are counted, and together are all: "5人正常，1人请假"."""
    well = _TALLIED_WELL.search(message.head) if present is None else None
    counted = _TALLIED_AWAY.finditer(message.head) if well is not None else ()
    away = sum(number(m.group("n") or m.group("behind") or m.group("lacking")) for m in counted)
    if well is None or not away:
        return expected, present
    there = Count(number(well.group("n")), Place(*well.span("n"), "group.count"))
    all_of_them = there.number + away
    if expected is None or expected.number == there.number:
        return there._replace(number=all_of_them), there
    return expected, there if expected.number == all_of_them else present


def excepted(message: Message) -> dict[str, Place]:
    """Who is left out of what is said of all: 除高强外都正常."""
    spans = [m.span() for m in _EXCEPT.finditer(message.head)]
    people = [t for t in message.tokens if t.kind == "person" and any(start <= t.start < end for start, end in spans)]
    named = ((message.people.resolve(t.value, message.sender), Place(t.start, t.end, "group.listed")) for t in people)
    return {name: place for name, place in (*named, *_leader_excepted(message)) if name is not None}


def leader_away(message: Message) -> dict[str, Place]:
    """The leader of the sender's group, where a member reports that he is away: "应到6实到5，班长开会"."""
    return dict(_leader_by_rank(message, _LEADER_AWAY.search(message.head)))


def _leader_excepted(message: Message) -> list[tuple[str, Place]]:
    """The leader of the sender's group, where a member reports and leaves him out by his rank: 除班长外都在位."""
    return _leader_by_rank(message, _BUT_LEADER.search(message.head))


def _leader_by_rank(message: Message, led: re.Match[str] | None) -> list[tuple[str, Place]]:
    """The leader of the sender's group, whose rank a member has named; nobody where nothing was found."""
    own = message.people.group_of.get(message.sender, "")
    leader = next((name for name, group in message.people.leads.items() if group == own and name != message.sender), None)
    return [] if led is None or leader is None else [(leader, Place(*led.span("who"), "group.listed"))]
