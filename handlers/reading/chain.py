"""Chains (接龙): one pasted message with a line for each person."""

import re
from datetime import date
from typing import NamedTuple

from handlers.reading import dates
from handlers.reading.checkins import checkins
from handlers.reading.clauses import speech
from handlers.reading.facts import Fact
from handlers.reading.health import walk
from handlers.reading.leave import chain_leave
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.symptoms import bare_value
from models.reading import Form, Intent, Leave, Reading

_HEADER = re.compile(r"#?接龙|#\s?group note")
_ENTRY = re.compile(r"^[ \t]*(?:\(?\d{1,3}\)?(?:[ \t]*[.、,):](?!\d)|[ \t]+)|[①-⑳]|\+1)[ \t]*", re.MULTILINE)
_EXAMPLE = re.compile(r"\s*[(]?(?:例|范例|示例|样例|格式|模板|举例)")
_SIGN_UP = re.compile(r"报名|收到请|已阅|尺码|码数|聚餐|会餐|订餐|年夜饭|参加|团购|拼单|衣服|几个人|人数统计|带家属|知晓|签到|投票|选")
_HEALTH = re.compile(r"体温|健康|晨检|晚检|午检|测温|打卡|症状|正常|无恙|摸排|身体|temp")
_REMARK = re.compile(r"[(（]代[)）]")


class Entry(NamedTuple):
    """A line of a chain: `start:end` in the text, with the number cut off."""

    start: int
    end: int


def chain(message: Message) -> Reading | None:
    """The reading of a chain; None where the message is none. A sign-up chain reads as chatter."""
    text = message.text
    header = _HEADER.search(text)
    entries, title_end = _numbered(text)
    if header is None and sum(_named(message, e) for e in entries) < 2:  # noqa: PLR2004
        return None
    if header is not None and not entries:
        entries, title_end = _loose(message, header.end())
        if not message.text[header.start() :].startswith("#") and sum(_named(message, e) for e in entries) < 2:  # noqa: PLR2004
            return None
    named = [e for e in entries if _named(message, e) and not _EXAMPLE.match(text, e.start, e.end)]
    if not named:
        # a chain nobody has joined yet is chatter, talk about a chain is talk
        if len(entries) > 2:  # noqa: PLR2004
            message.leave_out("message", (0, max(1, title_end)), "chain.empty")
            return Reading(form=Form.CHAIN)
        return None
    title = text[:title_end]
    sign_up = _SIGN_UP.search(title)
    if sign_up is not None and not re.search(r"体温|症状|健康", title):
        message.leave_out("message", sign_up.span(), "chain.sign_up")
        return Reading(form=Form.CHAIN)
    base, dated = _title_day(title, message.today)
    facts: list[Fact] = []
    leaves: list[Leave] = []
    for entry in named:
        _read(message, entry, base, dated, facts, leaves)
    about_health = _HEALTH.search(title) is not None or any(f.kind in ("temperature", "guessed", "symptom") for f in facts)
    if not about_health:
        facts = message.counted(facts, [], "chain.other")
    made, doubts = checkins(facts, message.today, message.normal, message.trace)
    intents = ((Intent.HEALTH,) if made else ()) + ((Intent.LEAVE,) if leaves else ())
    return Reading(intents=intents, form=Form.CHAIN, checkins=made, leaves=tuple(leaves), doubts=doubts)


def _numbered(text: str) -> tuple[list[Entry], int]:
    """The entries that begin with a number; a line without one belongs to the entry above it."""
    marks = list(_ENTRY.finditer(text))
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [Entry(m.end(), end) for m, end in zip(marks, ends, strict=False)], marks[0].start() if marks else len(text)


def _loose(message: Message, start: int) -> tuple[list[Entry], int]:
    """Entries without numbers: parted by strokes or line breaks, each with a name; the first begins at the first name."""
    people = [t for t in message.tokens if t.kind == "person" and t.start >= start]
    if not people:
        return [], len(message.text)
    entries: list[Entry] = []
    position = people[0].start
    for cut in re.finditer(r"[/\n]|$", message.text[position:]):
        end = people[0].start + cut.start()
        while position < end and message.text[position] == " ":
            position += 1
        if position < end:
            entries.append(Entry(position, end))
        position = end + 1
    return entries, people[0].start


def _first_person(message: Message, entry: Entry) -> tuple[str, int] | None:
    """Whose entry it is, and where the name ends."""
    for token in message.scanner.tokens(message.text[entry.start : min(entry.end, entry.start + 16)], message.search):
        if token.kind == "person" and token.start <= 2:  # noqa: PLR2004
            name = message.people.resolve(token.value, message.sender)
            return (name, entry.start + token.end) if name else None
    return None


def _named(message: Message, entry: Entry) -> bool:
    return _first_person(message, entry) is not None


def _title_day(title: str, today: date) -> tuple[date, Place | None]:
    """The day in the title of a chain and where it is said, if it names one in the past; else the day of sending."""
    said = next((d for d in dates.days(title, today) if d.day <= today), None)
    if said is not None:
        return said.day, Place(said.start, said.end, "date.title")
    yesterday = re.search(r"昨(?:天|日|晚)", title)
    if yesterday is None or "补" not in title:
        return today, None
    return date.fromordinal(today.toordinal() - 1), Place(*yesterday.span(), "date.title")


def _read(message: Message, entry: Entry, base: date, dated: Place | None, facts: list[Fact], leaves: list[Leave]) -> None:
    """Add what one entry says. `base`: the day of the chain, `dated`: where it is said."""
    owner = _first_person(message, entry)
    if owner is None:
        return
    person, after = owner
    end = entry.end
    named = Place(entry.start, after, "person.line")
    text = _REMARK.sub(lambda m: " " * len(m.group()), message.text[after:end]).rstrip()
    if not text.strip(" \n-:|,"):
        return
    leave = chain_leave(message, person, after, after + len(text), base, named)
    if leave is not None:
        leaves.append(leave)
        return
    tokens = message.scanner.tokens(text, message.search)
    clauses = speech(text, message.search)
    trace = None if message.trace is None else message.trace.at(after)
    mine = walk(text, clauses, tokens, message.scanner, message.sender, message.today, base=base, person=person, trace=trace)
    if not mine and bare_value(text.strip(" -:|,"), message.lexicon):
        mine = [Fact("fine", text, person, base, 0, len(text), 0, told=Place(0, len(text), "normal.bare"))]
    facts.extend(f.moved(after).of(person, named, base, dated) for f in mine)
