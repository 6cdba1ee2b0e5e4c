"""待核, 待核 编号, 待核 编号 改正: what could not be read, and what a leader says it means."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers import health, reread
from handlers.commands.case import COUNTED
from handlers.incoming import Answer, Incoming
from models import inbox, questions
from models import reviews as rows
from models.reading import Checkin, Doubt, Form, Intent, Reading
from models.reviews import Outcome
from models.tables.cases import QuestionRow
from models.tables.reviews import ReviewRow
from services import own_word, reviews, wording
from services import questions as about_checkins

LIST = re.compile(r"待核|待核名单|待核清单")
_ONE = r"待核\s*第?\s*[#＃]?\s*(?P<number>\d{1,9})(?:\s*[号条])?(?:(?:[\s,，:：、]+|(?<=[号条])|(?=[^\s\d.,，:：、]))(?P<words>.+))?"
ONE = re.compile(rf"{_ONE}|待核[^\n]{{1,40}}", re.DOTALL)
"""Without a number that can be told it is meant for some item all the same, and nothing that the leader reports of themselves."""
TALK = re.compile(rf"(?!待核\s*第){COUNTED.pattern}|(?!(?:{_ONE})\Z)", re.DOTALL)
"""待核 3 件装备, 待核的尽快处理."""
_NOTHING = re.compile(r"无|没有|没报|不是|不用|忽略|算了|无内容|没内容|不用管")
_AGREED = re.compile(r"是|是的|对|对的")
SHORT = 30
"""How many characters of an item's words the list shows."""
_ANY = "36.5"
"""Any value: beside it a name is read as the one of whom it is."""


def run_list(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """待核: the open items; a room hears how many."""
    work = incoming.work
    items = reviews.listed(work, incoming.sender, work.directory.groups_led(incoming.sender))
    if not items:
        return Answer(private=work.say("review.none"), public=work.say("review.none"))
    lines = [work.say("review.title", count=len(items), number=items[0].id)]
    lines += [_line(incoming, item, SHORT) for item in items]
    return Answer(private="\n".join(lines), public=work.say("review.public", count=len(items)))


def run_one(incoming: Incoming, match: re.Match[str]) -> Answer:
    """待核 3: the item; with words behind it, what it means; where no number can be told, the list."""
    if match["number"] is None:
        return run_list(incoming, match)
    work, number = incoming.work, int(match["number"])
    led = work.directory.groups_led(incoming.sender)
    item = rows.by_number(work.session, number)
    if item is None or item.group_id not in led or not reviews.may_see(item, incoming.sender):
        return Answer(private=work.say("review.unknown", number=number))
    if item.closed_at is not None:
        return Answer(private=work.say("review.closed", number=number))
    words = (match["words"] or "").strip()
    if not words:
        return Answer(private=work.say("review.one", item=_line(incoming, item), number=number))
    if _NOTHING.fullmatch(words):
        reviews.close(work, incoming.row, item, Outcome.NOTHING)
        return Answer(private=work.say("review.nothing", number=number))
    return Answer(private=_correct(incoming, item, words, led))


def _line(incoming: Incoming, item: ReviewRow, length: int | None = None) -> str:
    """Number, day, time, who said it, and the words."""
    work = incoming.work
    message = inbox.by_id(work.session, item.message_id)
    if message is None:
        return str(item.id)
    speaker = work.directory.people.get(message.member_id or 0)
    words = " ".join(message.text[item.start : item.stop].split())
    if length is not None and len(words) > length:
        words = words[: length - 1] + "…"
    day = wording.day(work.unit.texts, item.day)
    name = work.say("word.somebody") if speaker is None else speaker.name
    return work.say("review.item", number=item.id, day=day, time=work.clock_time(message.sent_at), name=name, words=words)


def _correct(incoming: Incoming, item: ReviewRow, words: str, led: Sequence[str]) -> str:
    """Write down what the words say, as reported by whoever says them, and close the item."""
    work = incoming.work
    said = _meant(incoming, item, words)
    if not said or any(c.implausible for c in said):
        return work.say("review.not_read", number=item.id)
    if any(not c.person for c in said):
        return work.say("review.who", number=item.id, words=words)
    people = [work.directory.named(c.person, near=incoming.sender) for c in said]
    if any(p is None or p.group_id not in led for p in people):
        return work.say("review.not_yours", number=item.id)
    reading = Reading(intents=(Intent.HEALTH,), form=Form.TALK, checkins=said, correction=item.question_id is not None)
    inbox.keep(incoming.work.session, incoming.row)
    incoming.row.reading = reading.model_dump_json()
    open_yet = [c for p, c in zip(people, said, strict=True) if p is not None and own_word.stands(work, incoming.sender, p, c)]
    ask_on = any(c.temperature is None for c in open_yet)  # 正常, of whom says 不舒服: where it hurts they may still tell
    reviews.close(work, incoming.row, item, Outcome.CORRECTED, ask_on=ask_on)
    lines = health.handle(replace(incoming, reading=reading, in_confidence=item.confidential))
    return "\n".join([*lines, work.say("review.done", number=item.id)])


def _meant(incoming: Incoming, item: ReviewRow, words: str) -> tuple[Checkin, ...]:
    """What the words say of whose health, () where they say nothing of anybody's; the person is "" where nobody is named."""
    work, actor = incoming.work, incoming.sender
    subject = work.directory.people.get(item.member_id or 0)
    asked = questions.by_number(work.session, item.question_id or 0)
    if subject is None:
        said = _named(incoming, item, words) or reread.health(incoming.read, words, actor.name, item.day)
        return tuple(c if c.person != actor.name or actor.name in words else c.model_copy(update={"person": ""}) for c in said)
    if asked is None:
        return reread.health(incoming.read, words, subject.name, item.day)
    proposed = about_checkins.measured(asked) if _AGREED.fullmatch(words) else None
    said = reread.health(incoming.read, words, subject.name, item.day) if proposed is None else (proposed,)
    return tuple(_merged(incoming, asked, c) if c.person in ("", subject.name) and not c.implausible else c for c in said)


def _merged(incoming: Incoming, asked: QuestionRow, said: Checkin) -> Checkin:
    """What was stated beside the doubtful value stays."""
    return about_checkins.answer(incoming.work, asked, said).checkins[0]


def _named(incoming: Incoming, item: ReviewRow, words: str) -> tuple[Checkin, ...]:
    """待核 3 王磊, 待核 3 小王是王磊: nothing but whom the words of the item are about."""
    name = words.rpartition(incoming.work.say("review.means"))[2].strip()
    somebody = [c.person for c in incoming.read(f"{name} {_ANY}", "", item.day).checkins if _names(c, name)]
    doubt = _doubt(incoming, item)
    return () if doubt is None or len(somebody) != 1 else reread.health(incoming.read, doubt.value, somebody[0], item.day)


def _names(checkin: Checkin, name: str) -> bool:
    """Whether all of the words are the name of whom a check-in is of."""
    return any(piece.field == "person" and (piece.start, piece.end) == (0, len(name)) for piece in checkin.evidence)


def _doubt(incoming: Incoming, item: ReviewRow) -> Doubt | None:
    """What the reading of the message says of the item."""
    message = inbox.by_id(incoming.work.session, item.message_id)
    unread = () if message is None else Reading.model_validate_json(message.reading).unread
    return next((doubt for doubt in unread if doubt.start == item.start), None)
