"""A leave that goes on longer, or ends otherwise than was said (延长到13号, 再续两天, 晚两天回来): counted from the leave that is known."""

import re
from datetime import timedelta

from handlers.incoming import Incoming
from models import records
from models.people import Person
from models.reading import Evidence, Intent, Leave
from models.tables.records import LeaveRow

LONGEST = 40
"""How many characters words have at most that say nothing else."""
_DAY = timedelta(days=1)
_GOES_ON = re.compile("延长|延期|延后|延到|延至|延[一两二三四五六七八九十\\d]|顺延|续(?![航费约保杯签])")
_MORE = re.compile("(?:再|又|多)(?:请|休|待|歇|住)")
"""Beside a leave that has begun it is more of the same; before it begins, it may be another."""
_ENDS_ON = re.compile(
    "(?:改|推迟|推|提前|挪)(?:到|成|至)[^,，。;；]{1,8}(?:回|归|返|结束)|(?:才能?|才可以|就能?|提前)(?:回来?|归队|返)"
    "|[晚迟](?:\\d{1,2}|[一二两三四五六七八九十半])\\s?(?:天|周|个?星期|个?礼拜|个月)(?:再|才能?)?(?:回|归|返)|晚(?:回来?|归队)[\\d一二两三四五六七八九十半]"
)
_KIND = "(?:假期?|请假|休假|出差|外出|培训|学习|探亲|集训|疗养|轮休|调休|补休|(?:年|病|事|婚|产|陪产|丧|探亲)假)"
_BEFORE = (
    rf"(?:(?P<who>[一-龥·]{{2,8}}?)的?(?={_KIND}|还|要|得|需|想|再|又|多|延|续|顺|推|改|晚))??(?:我|俺|本人)?(?:这边|的)?(?:这次|这个)?{_KIND}?(?:时间|日期)?"
    r"(?:可能|恐怕|估计|大概|应该|还|得|要|想|需要|需(?!要)|再|又|往后|申请|麻烦|请|帮我|给我|[,，\s])*"  # each read in one way
)
_HOW_LONG = r"(?P<count>(?:\d{1,2}|[一二两三四五六七八九十]{1,3}|半)\s?(?:天|周|个?星期|个?礼拜|个月|日))"
_MOMENT = r"(?P<until>[^,，。;；?？\s]{2,8}?)"
_END = r"(?:的?假)?(?:再|才能?|就)?(?:回来|回去|回|归队|返回|返岗)?[了吧啊哈呢。.!！~\s]*"
_WORDS = re.compile(
    rf"{_BEFORE}(?:"
    rf"(?:延长|延期|延后|顺延|延|续|推迟|推)(?:个|上)?假?(?:(?:到|至){_MOMENT}|了?{_HOW_LONG}){_END}"
    rf"|(?:再|又|多)(?:请|休|待|歇|住|续|延){_HOW_LONG.replace('<count>', '<more>')}{_END}"
    rf"|(?:晚|迟){_HOW_LONG.replace('<count>', '<late>')}(?:再|才|才能)?(?:回来?|归队|返回|返岗)[了吧啊哈。.!！~\s]*"
    rf"|晚(?:回来?|归队){_HOW_LONG.replace('<count>', '<later>')}[了吧啊哈。.!！~\s]*"
    r")"
)


def is_longer(text: str) -> bool:
    """Whether words speak of a leave that was told before: of when it ends, and not of why or since when somebody is away."""
    return _GOES_ON.search(text) is not None or _MORE.search(text) is not None or _ENDS_ON.search(text) is not None


def prolonged(incoming: Incoming) -> Incoming:
    """The message as the leave that it changes, from its first day to the new last one; as it is where it changes none."""
    reading = incoming.reading
    if reading.group_report is not None or not is_longer(incoming.text):
        return incoming
    if len(reading.leaves) == 1:
        changed = _changed(incoming, reading.leaves[0], incoming.text)
        return incoming if changed is None else incoming.meaning(reading.model_copy(update={"leaves": (changed,)}))
    if reading.intents or not incoming.message.addressed or len(incoming.text) > LONGEST:
        return incoming
    changed = _said_alone(incoming)
    if changed is None:
        return incoming
    return incoming.meaning(reading.model_copy(update={"leaves": (changed,), "intents": (Intent.LEAVE,), "doubts": ()}))


def _said_alone(incoming: Incoming) -> Leave | None:
    """The leave that words change which say nothing by themselves: read as those of a leave until then, or of so many days."""
    words = incoming.text.strip()
    match = _WORDS.fullmatch(words)
    if match is None:
        return None
    person = _of_whom(incoming, match["who"])
    count = match["count"] or match["more"] or match["late"] or match["later"]
    until = f"到{match['until']}" if match["until"] else count
    leaves = incoming.read(f"请假{until}", incoming.sender.name, incoming.work.today).leaves
    if person is None or len(leaves) != 1:
        return None
    start = max(incoming.message.text.find(words), 0)
    said = Evidence(field="leave", start=start, end=start + len(words), by="leave.words")
    read = leaves[0].model_copy(update={"person": person.name})
    changed = _changed(incoming, read, words)
    return None if changed is None else changed.model_copy(update={"evidence": (said,)})


def _of_whom(incoming: Incoming, name: str | None) -> Person | None:
    if not name:
        return incoming.sender
    directory = incoming.work.directory
    return directory.named(name, near=incoming.sender) or directory.called.get(name)


def _changed(incoming: Incoming, said: Leave, words: str) -> Leave | None:
    """The leave on record with its new end; None where none is known that the words could mean."""
    work, sender = incoming.work, incoming.sender
    person = sender if said.person == sender.name else work.directory.named(said.person, near=sender)
    if person is None or not (person.id == sender.id or sender.answers_for(person)):
        return None
    counted = any(piece.field == "to" and piece.by in ("leave.count", "leave.one_day") for piece in said.evidence)
    own_start = any(piece.field == "from" and piece.by not in ("leave.sent", "leave.count") for piece in said.evidence)
    row = _known(incoming, person, only_begun=counted and _GOES_ON.search(words) is None)
    if row is None or said.last is None or (counted and row.last is None):
        return None
    if own_start:  # "延长，9号到13号": the days are said
        joins = row.last is not None and row.first < said.first <= row.last + _DAY
        return said.model_copy(update={"first": row.first}) if joins else None
    last = row.last + (said.last - said.first) + _DAY if counted and row.last is not None else said.last
    return said.model_copy(update={"first": row.first, "last": last}) if last >= row.first else None


def _known(incoming: Incoming, person: Person, *, only_begun: bool) -> LeaveRow | None:
    """The leave of today, or that ended yesterday; else the next one."""
    today = incoming.work.today
    standing = records.leaves_of(incoming.work.session, person.id, today - _DAY)
    begun = [row for row in standing if row.first <= today]
    coming = [row for row in standing if row.first > today]
    return begun[-1] if begun else coming[0] if coming and not only_begun else None
