"""A leader's report for a whole group: whether a message is one, and what it says: counts, who is absent, who is not well."""

import re

from handlers.reading.facts import VALUES, Fact
from handlers.reading.group import led
from handlers.reading.group.absent import absent
from handlers.reading.group.counts import Count, Counts, counts
from handlers.reading.group.units import beside, unit
from handlers.reading.group.unwell import counted, is_own_value, is_value_of, told, unwell
from handlers.reading.health.temperature import FEVER
from handlers.reading.leave.numbered import number
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from models.reading import GroupReport, Leave

_WELL = ("denied", "well", "fine", "below")
_REST = re.compile(r"(?:剩下?|剩余|其余|余下?|另外|别的)的?\s?(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})\s?(?:个|人|名|位)")
_NEEDED = 1.0  # the judge's odds of a hardship above which a count without a word of health is of hands that are short
_POSTED, _CALLED = re.compile("在位|在岗|到岗|实到"), re.compile("[应实]到")
_GUESTS = 2  # so many more than the roster names may belong to a group
_TITLE = 6  # characters in which the title of a report names the group
_OTHERS = re.compile(r"(?:其余|其他人|剩下|余下|剩余|其它人|别的人)[^,。;\n]{0,6}(?:正常|没事|良好|健康|平安|无异常|好)")
_LACKING = ("缺", "差", "少")
_MEASURE = re.compile(r"\s?(?:一[遍次趟轮圈]|3\d|三十|正常|线|[一-龥]{1,4}(?:以下|以内|之内|上下|左右))")
_LISTS = frozenset(f"group.{key}" for key in ("expected", "present", "missing", "everybody", "squad", "own"))
_COUNTS = re.compile("缺|组别")  # a message without these and without a word of the lists speaks of no group
_DOING = re.compile(
    r"(?!操场|训练[场塔]|车库|车场|院子|食堂|靶场|楼[上下里]|水源|阅览)(?![了的呢哈啊呀哩哒嘞咧嘛位岗站队班家场列这那此宿营屋里寝食现目一都全均皆好]|没缺|着呢|着哩)[一-鿿]"
)
_HEADED = re.compile(
    r"[^,。;!?\n]{0,10}(?:\d|[一二两三四五六七八九十])\s?(?:人|个人?|名)[^\n]{0,4}(?:\d|[一二两三四五六七八九十])\s?(?:人|个人?|名)"
)  # "三班6人:4人正常"
_RANGE = re.compile(r"最高[^。\n]{0,12}最低|最低[^。\n]{0,12}最高|3\d[.度]\d?\s?[℃度]?\s?(?:至|到|-{1,2}|~|—)\s?3\d[.度]")
_TAG = 3  # characters of a question that asks whether what was said before it is so


def group_report(
    message: Message, facts: list[Fact], *, labelled: bool = False
) -> tuple[GroupReport, tuple[Leave, ...], list[Fact]] | None:
    """The report for a group, the leaves in it, and the facts of those who are not well; None where the message is none.

    In a `labelled` report of a day the group must be spoken of as a whole, or counted.
    """
    if message.finds("group.against") and message.trace is None:
        return None
    name = unit(message)
    if name is None and _LISTS.isdisjoint(message.found) and _COUNTS.search(message.head) is None and not led.speaks_of_squad(message):
        return None
    squad = name is not None or message.finds("group.squad")
    of = name[0] if name is not None else message.people.group_of.get(message.sender, "")
    found = counts(message, len(message.people.members.get(of, ())) if squad else 0)
    if labelled and not found.said and not message.finds("group.squad") and not _is_headed(message, name, facts):
        return None
    if _is_no_group(message, facts, found) or not _speaks_of_all(message, facts, found, squad):
        return None
    everybody, normal = _everybody(message), message.first("group.normal")
    expected, present = found.expected, found.present
    if expected is None and present is None and found.heads is not None:
        expected = found.heads
    if everybody is not None:
        there = Place(*everybody.span(), "group.everybody")
        expected, present = (
            expected or (present and present._replace(place=there)),
            present or (expected and expected._replace(place=there)),
        )
    against = "group.against" if message.finds("group.against") else "frames.question" if _is_asked(message, expected, present) else ""
    if against:
        for field, count in (("expected", expected), ("present", present)):
            if count is not None:
                message.leave_out(field, (count.place.start, count.place.end), against)
        return None
    whole = Place(*normal.span(), "group.normal") if normal is not None else None
    facts = [f for f in facts if not found.heading[0] <= f.start < found.heading[1]]
    return _report(message, facts, name, found._replace(expected=expected, present=present), whole)


def _is_headed(message: Message, name: tuple[str, Place] | None, facts: list[Fact]) -> bool:
    """Whether it is its leader's report of the day for a group that its title names, with a line that all are well, or the others."""
    named = name is not None and name[1].start <= _TITLE and message.people.leads.get(message.sender) == name[0]
    whole = message.finds("group.all_normal") or _OTHERS.search(message.head) is not None
    return named and whole and not any(f.kind in VALUES for f in facts)


def _everybody(message: Message) -> re.Match[str] | None:
    """Where it says that nobody is missing; not "都在36.8以下", and not what all of them are doing ("都在扛着")."""
    text = message.text
    return next(
        (
            m
            for m in message.all("group.everybody")
            if not _MEASURE.match(text, m.end()) and not (text[m.end() - 1] == "在" and _DOING.match(text, m.end()))
        ),
        None,
    )


def _is_asked(message: Message, *said: Count | None) -> bool:
    """Whether the counts, or whether all are well, are asked ("都正常吧？"); a question of something else beside them is another matter."""
    speech = message.speech
    if not speech.questions:
        return False
    counted = {speech.at(count.place.start) for count in said if count is not None}
    # 到, 来, 在 alone are in every other question
    keys = ("expected", "present", "everybody", "normal")
    counted |= {speech.at(m.start()) for key in keys for m in message.all(f"group.{key}") if m.end() - m.start() > 1}
    clauses, sentences = speech.clauses, {speech.clauses[number].sentence for number in counted}
    # "6人在位，对吗？"
    tags = {n for n, c in enumerate(clauses) if c.asked and c.sentence in sentences and c.end - c.start <= _TAG}
    return not speech.questions.isdisjoint(counted | tags)


def _speaks_of_all(message: Message, facts: list[Fact], found: Counts, squad: bool) -> bool:
    """Whether a message says of a whole group that it is there or well; several persons each with a value are no group."""
    everybody, normal = _everybody(message) is not None, message.finds("group.normal")
    rest = message.finds("group.rest")
    ranged = _RANGE.search(message.head) is not None  # a span of temperatures is of several
    cool = (everybody or rest or ranged) and any(f.kind == "temperature" and f.value < FEVER for f in facts)
    well = normal or cool or any(f.kind in _WELL for f in facts)
    with_value = {f.person for f in facts if f.kind in VALUES}
    some = found.heads is not None and normal and squad and _HEADED.match(message.text) is not None and found.heads.number > len(with_value)
    named_away = message.sender in message.people.leads and bool(absent(message).names)
    if not found.said and len(with_value) > 1 and not rest and not some and not (squad and everybody and found.heads is not None):
        return False
    if found.said:
        # what is said of a strength (编制八个缺俩) reports nobody's health; a stranger to any group counts players and guests
        if squad:
            return well or everybody or named_away or (found.present is not None and found.called)
        put_right = message.sender in message.people.leads and message.finds("acts.correction")  # "应为在位6人，特此更正"
        return (
            found.present is not None
            and found.called
            and _fits(message, found)
            and (well or put_right or named_away or found.expected is not None)
        )
    # "我们" and "人员" may be anybody; from a leader they are the group
    whole = unit(message) is not None or message.finds("group.own") or (squad and message.sender in message.people.leads)
    if found.heads is not None and not led.speaks_of_squad(message):
        return (everybody and (whole or _are_together(message, found.heads))) or (whole and well)
    if whole and (message.finds("group.all_normal") or (everybody and (well or named_away))):
        return True
    # "咱班陈一请假，其余正常", "我自己有点低烧，班里其他人没事"
    mine = message.sender in message.people.leads and any(f.kind == "symptom" and f.person == message.sender for f in facts)
    named = mine or any(t.kind == "person" and message.people.resolve(t.value, message.sender) != message.sender for t in message.tokens)
    named = named or (rest and counted(message) is not None)
    return (whole and named and rest and well) or led.speaks_of_squad(message)


def _is_no_group(message: Message, facts: list[Fact], found: Counts) -> bool:
    """Whether those who are counted are one alone, hands that are short, or those who are named ("我跟云飞两个都到位了")."""
    due = found.expected or (found.heads if found.present is None else None)
    if due is not None and due.number == 1:
        return True
    well = message.finds("group.normal") or any(f.kind in _WELL for f in facts)
    if not well and message.odds["hardship"] > _NEEDED and _CALLED.search(message.head) is None:
        return True
    whole = unit(message) is not None or message.finds("group.expected") or message.finds("group.rest")
    if found.heads is None or whole or (message.sender in message.people.leads and _POSTED.search(message.head) is not None):
        return False
    named = {message.people.resolve(t.value, message.sender) for t in message.tokens if t.kind == "person"} - {message.sender}
    several = found.heads.number > 1 and found.heads.number - len(named) in (0, 1 if message.own else 0)
    return bool(named) and several and not absent(message).names


def _are_together(message: Message, heads: Count) -> bool:
    """Whether those who are counted are those who are all there, in the same breath: not "粽子都在一楼，一人俩，我一口气五个"."""
    everybody = _everybody(message)
    speech = message.speech
    return everybody is not None and abs(speech.at(everybody.start()) - speech.at(heads.place.start)) <= 1


def _fits(message: Message, found: Counts) -> bool:
    """Whether no more are counted than the sender's group has; anything may be from those who have none."""
    size = len(message.people.members.get(message.people.group_of.get(message.sender, ""), ()))
    return not size or max(c.number for c in (found.expected, found.present) if c is not None) <= size + _GUESTS


def _report(
    message: Message, facts: list[Fact], name: tuple[str, Place] | None, found: Counts, normal: Place | None
) -> tuple[GroupReport, tuple[Leave, ...], list[Fact]]:
    """The report put together, with the piece of each of its values."""
    expected, present = led.tallied(message, found.expected, found.present)
    gone = absent(message)
    if gone.leaves and expected is not None and present is not None and expected.place.by == "group.everybody":
        expected = None  # those who are there are counted, and somebody is away: "我们五个都在，小杜出差"
    if (
        gone.names
        and expected is not None
        and present is not None
        and expected.place.by == "group.heads"
        and expected.number == present.number
    ):
        expected = None  # "在位五人，谢天请假，五人正常": those who are there, once more
    missing = expected.number - present.number if expected is not None and present is not None else None
    away, absentees = ((), {}) if missing == 0 else (gone.leaves, dict(gone.names))
    own, unnamed = told(message, facts), counted(message)
    ill = unwell(own)
    sick = {f.person: f.told._replace(by="group.unwell") for f in reversed(ill) if not f.person.startswith("family:")}
    sick = {f.person: sick[f.person] for f in ill if f.person in sick}
    # who is missing by the count and not said to be: those who are ill, then those of whom anything else is told
    for others in (sick, gone.others):
        unsaid = {n: p for n, p in others.items() if n not in absentees}
        if missing is not None and 0 < len(unsaid) <= missing - len(absentees):
            absentees |= unsaid
    absentees |= {n: p for n, p in led.excepted(message).items() if n not in absentees and n not in sick}
    if missing is None or len(absentees) < missing:
        absentees |= {n: p for n, p in led.leader_away(message).items() if n not in absentees and n not in sick}
    lacking = [p for p in absentees.values() if message.text[p.start] in _LACKING]
    if expected is not None and present is None and 0 < len(lacking) < expected.number:
        present = Count(expected.number - len(lacking), lacking[0])  # "6人，缺高强"
    if expected is None and present is None and absentees:
        present = led.others_there(message)  # "高强请假，其余5人都在"
    rest = _REST.search(message.head) if expected is not None and present is None and absentees else None
    if expected is not None and rest is not None and number(rest.group("n")) == expected.number - len(absentees):
        present = Count(number(rest.group("n")), Place(*rest.span("n"), "group.count"))  # "6人，老徐没来，剩下5个"
    names = tuple(dict.fromkeys((*absentees, *sick)))
    more = missing is not None and len(absentees) > missing  # then who is ill is there
    healthy = found.ill is None and unnamed is None and not [p for p in sick if p not in absentees or more]
    squad = message.first("group.squad") if name is None else None
    places = [
        ("group", name[1] if name is not None else Place(*squad.span(), "group.squad") if squad else None),
        ("expected", expected and expected.place),
        ("present", present and present.place),
        ("all_normal", (normal or next((c.place for c in (present, expected) if c is not None), None)) if healthy else None),
        *((f"exception:{person}", absentees.get(person) or sick[person]) for person in names),
    ]
    others = beside(message, name) if expected is None and present is None else {}
    places += [(f"group:{group}", place) for group, place in others.items()]
    report = GroupReport(
        group=name[0] if name is not None else None,
        also=tuple(others),
        expected=expected and expected.number,
        present=present and present.number,
        all_normal=healthy,
        exceptions=names,
        evidence=tuple(message.evidence(field, *place) for field, place in places if place is not None),
    )
    return report, away, [f for f in own if f.person in sick or is_own_value(message, f) or is_value_of(message, f, absentees)]
