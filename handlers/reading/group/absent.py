"""Who of a group is named as absent, and the leaves among them."""

import re
from typing import NamedTuple

from handlers.reading.group.counts import AWAY
from handlers.reading.leave.leave import chain_leave
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.scan import Token
from models.reading import Leave

_LISTED = re.compile(
    r"(?:(?:休假|出差|请假|病休|探亲|培训|轮休|学习|年休|借调|未归|住院|陪产|事假|病假)\d?[一两]?个?人?[的是:]*\s?[（(]?[^,。;]{0,8}"
    rf"|(?:\d|[一两二三四五六])(?:个|名)?(?:人|同志)\s?(?:在外?|外出)?{AWAY},\s?(?:分别)?[是为:]?\s?[^,。;]{{0,8}}"  # 两人休假，张伟、王磊
    r"|(?:缺|差|少|缺席|缺勤|没到|未到|没来|不在)(?:了|的|员|[\d一两二三]+个?人?名?)?(?:是|:)?\s?[（(]?)$"
)
_INSTEAD = re.compile(
    r"[^。;!\n]{0,16}?(?:我(?:来)?(?:先)?(?:代|替|帮)|(?:让|叫|托|要|请|喊|委托|安排)(?:我|俺)[^,。;!\n]{0,3}?[代替发报说帮转])|\s?(?:代|替)?(?:报|发|说)[)）]"
)
_OWN_VALUE = re.compile(r"\s?(?:的)?(?:体温)?\s?[:(]?\s?3\d[.。度]")
_THERE = re.compile("归队|回来了|到了|已到|返岗|在位|在岗|在站")
_HERE = re.compile(r"\s?(?:也|都|其实|刚|已经?)?(?:在(?=[,。;!\s)]|$|的|呢|位|岗|站|队|班)|到了|来了|归队了?|已到|回来了)")
_DENIED = re.compile("(?:没有?|未|不是|并非)$")
_REACH = 16  # characters behind a name in which its absence is said
_BRACKET = 60
_NOT_THERE = re.compile(
    r"[\s、,和跟]*(?:今天|今早|今日|现在|刚才|这会儿|人|都|也|还|又)*(?:不|没有?)(?:在|来|到)"
    r"(?:宿舍|寝室|家里?|屋里?|房间|岗位?上?|位|站里?|队里?|队上|班里|班上|单位|这里?|这儿)?(?:呢|啊|呀|哦|哈)?[\s。.,!~]*"
)


class Absent(NamedTuple):
    """Names in order with the words that say that they are absent, their leaves, and those of whom only something else is said."""

    names: dict[str, Place]
    leaves: tuple[Leave, ...]
    others: dict[str, Place]


def only_not_there(message: Message) -> bool:
    """Whether a message says nothing but that somebody of the roster is not there ("马腾不在宿舍"): that alone is nobody's danger."""
    text, begin = message.text, 0
    for token in message.tokens:
        if token.kind == "person" and not text[begin : token.start].strip(" 、,和跟"):
            begin = token.end
    return begin > 0 and _NOT_THERE.fullmatch(text, begin) is not None


def absent(message: Message) -> Absent:
    """Who is named as absent."""
    people = [t for t in message.tokens if t.kind == "person"]
    names: dict[str, Place] = {}
    others: dict[str, Place] = {}
    away: list[Leave] = []
    for number, token in enumerate(people):
        name = message.people.resolve(token.value, message.sender)
        instead = _INSTEAD.match(message.text, token.end)
        if name is None or (instead is not None and message.search.first("leave.chain", instead.group()) is None):
            continue
        following = people[number + 1].start if number + 1 < len(people) else len(message.text)
        before, own = _said_of(message, token, following)
        said = message.search.first("leave.absent", own)
        if said is not None and _DENIED.search(own, 0, said.start()) is not None:
            continue  # 王磊没请假
        listed = _LISTED.search(before)
        earlier = listed if said is None else None
        named = Place(token.start, token.end, "person.name")
        if said is not None:
            begin = token.start if listed is None else token.start - len(before) + listed.start()  # "缺高强（去支队）"
            names.setdefault(name, Place(begin, token.end + said.end(), "leave.absent"))
        elif earlier is not None:
            names.setdefault(name, Place(token.start - len(before) + earlier.start(), token.end, "group.listed"))
        else:
            if name != message.sender and not _OWN_VALUE.match(message.text, token.end) and not _THERE.search(own):
                others.setdefault(name, named)
            continue
        begin = token.start if earlier is None else token.start - len(before) + earlier.start()
        leave = chain_leave(message, name, begin, token.end + len(own), message.today, named)
        if leave is not None:
            away.append(leave)
    for token in people:  # "小马也没到，哦不对小马在"
        name = message.people.resolve(token.value, message.sender)
        if name in names and token.start > names[name].start and _HERE.match(message.text, token.end):
            del names[name]
            away = [leave for leave in away if leave.person != name]
    return Absent(names, tuple(away), others)


def _said_of(message: Message, token: Token, following: int) -> tuple[str, str]:
    """What stands before a name, and what is said of it behind: its clause and more, or what is in brackets."""
    text, speech = message.text, message.speech
    clause = speech.at(token.start)
    start, end = token.end, speech.clauses[clause].end
    before = text[max(0, speech.clauses[max(0, clause - 1)].start) : token.start]
    if text[start : start + 1] == ")":
        return before, ""
    if text[start : start + 1] == "(" and (close := text.find(")", start, start + _BRACKET)) > 0:
        return before, text[start:close]
    reach, last = end, clause
    sentence = speech.clauses[clause].sentence
    while last + 1 < len(speech.clauses) and speech.clauses[last + 1].sentence == sentence and reach - start < _REACH:
        last += 1
        reach = speech.clauses[last].end
    piece = text[start : min(reach, max(following, end))]
    rest = message.search.first("group.rest", piece)
    joined = following < end + 1 and text[start:following].strip("、,和 ") == ""
    if joined:
        return before, text[start:end]
    return before, piece[: rest.start()] if rest is not None else piece
