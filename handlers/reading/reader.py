"""Reading: from the text of one message to everything it says. Pure and total: no I/O, no clock, never raises."""

import re
from datetime import date, datetime
from itertools import pairwise

from handlers.reading import confidence, frame, unread
from handlers.reading.assembly import Parts, assemble
from handlers.reading.chain import lines
from handlers.reading.chain.chain import chain
from handlers.reading.counted.judgement import counting, is_beside
from handlers.reading.counted.passing import in_passing
from handlers.reading.facts import Fact
from handlers.reading.hardship.hardship import hardship, names_any
from handlers.reading.health.figures import figure
from handlers.reading.health.symptoms import bare_value
from handlers.reading.health.temperature import FEVER, temperatures
from handlers.reading.health.walk import walk
from handlers.reading.lexicon import Lexicon
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.report import report, template
from handlers.reading.report.account import tells_work_too
from handlers.reading.report.labels import in_company
from handlers.reading.report.template import HEALTH, SECTIONS, Field
from handlers.reading.report.unlisted import with_unlisted
from handlers.reading.report.wellbeing import of_health
from handlers.reading.scan import scanner
from handlers.reading.surface import surface
from handlers.reading.text.dates import days
from handlers.reading.text.normalise import normalise
from handlers.reading.text.solitaire import Known, nobody, unpack
from handlers.reading.trace import Trace
from models.reading import Form, Intent, Reading
from models.roster import Roster

LONGEST = 20_000  # characters that are read; no chat platform sends longer texts
_FIRST_DAY, _LAST_DAY = date(1970, 1, 2), date(9000, 1, 1)  # beyond, date arithmetic could overflow
_DEGREES = re.compile(r"(?<![\d.])(?:3[4-9]|4[0-2])(?:[.。·]\d|度|℃)|三十[五六七八九]")
_CALLED = re.compile("(?:当前|目前|存在的?|主要|实际|家庭|个人|面临)?(?:困难|难处)")
_TITLE = re.compile(r"\W*(?:思想汇报|思想小结|心得体会|思想体会|个人体会|感悟|心得)")
_NUMBERED = re.compile(r"[ \t]*(?:\(?\d{1,2}[.、)]|[①-⑳]|[-*·•])")
_REMARK = re.compile("备注|其[他它]")
_PART = re.compile(r"[。;!?\n)]|[ \t]{2,}")
_OF_WORK = re.compile(
    r"[^一-鿿\n]{0,6}(?:[一二三四五六七八九十]、)?(?:存在的?|主要|发现的?)?问题(?!困难|诉求)"
)  # what went badly at work stands there as well
_DUMMIES = ("张三", "李四", "王五", "某某", "xxx", "×××")


def read(
    text: str, sender: str, sent_at: datetime, roster: Roster, lexicon: Lexicon, known: Known = nobody, *, addressed: bool = False
) -> Reading:
    """What one message says. `sender`: full name on the roster, "" for a stranger; days are resolved in the zone of `sent_at`.

    `known`: whose a user id of the platform is, for chains in which the platform names the author of each line. `addressed`: it is said to
    the bot, so that it means something, even where it cannot be read.
    """
    again = scanner(roster, lexicon).again
    said = again.said(text, sender, _day(sent_at), addressed=addressed)
    if said is not None and (reading := again.reading(said, sender, text)) is not None:
        return reading
    reading = read_message(prepare(text, sender, sent_at, roster, lexicon, known, addressed=addressed))
    if said is not None:
        again.keep(said, sender, reading)
    return reading


def _day(sent_at: datetime) -> date:
    return min(max(sent_at.date(), _FIRST_DAY), _LAST_DAY)


def prepare(
    text: str,
    sender: str,
    sent_at: datetime,
    roster: Roster,
    lexicon: Lexicon,
    known: Known = nobody,
    *,
    addressed: bool = False,
    traced: bool = False,
) -> Message:
    """A message ready to be read; `addressed` as in `read`, `traced`: what is left out is noted."""
    scan = scanner(roster, lexicon)
    native = unpack(text, lexicon.table, known, sent_at)
    normal = normalise(text[:LONGEST], lexicon.table) if native is None else native.normal
    today = _day(sent_at)
    trace = Trace(normal) if traced else None
    return Message(normal, surface(normal.text, scan.people), sender, today, scan, trace, native, text, addressed)


def read_message(message: Message) -> Reading:
    """What a prepared message says."""
    said, asked = _said(message), confidence.asked(message)
    return said if asked is None else said.model_copy(update={"confidential": True, "evidence": (*said.evidence, asked)})


def _said(message: Message) -> Reading:
    lexicon = message.lexicon
    if message.native is not None:
        sent = lines.native(message, message.native)
        return unread.strangers(chain(message, sent) or Reading(form=Form.CHAIN), message, sent)
    if not message.text.strip() or message.surface.system:
        message.leave_out("message", (0, len(message.text)), "surface.system")
        return Reading()
    fields = with_unlisted(message, in_company(message, template.fields(message.text, lexicon)))
    if message.finds("frames.record"):
        frame.left_out(message, "frames.record")
        trouble = hardship(message)
        return Reading(intents=(Intent.HARDSHIP,), hardship=trouble) if trouble else Reading()
    if frame.is_document(message) and not _is_own(message, fields):
        frame.left_out(message, "frames.document", "frames.hint")
        return Reading()
    pasted = lines.pasted(message)
    found = None if pasted is None else chain(message, pasted)
    if found is not None and pasted is not None:
        return unread.strangers(found, message, pasted)
    found = _labelled(message, fields) if _is_template(message, fields) else _free(message, fields)
    return unread.noted(found, message, fields)


def _is_template(message: Message, fields: list[Field]) -> bool:
    """Whether the labels make it a labelled report: two kinds of them, or one that stands for a section."""
    if not fields:
        return False
    kinds = {f.kind for f in fields if f.value(message.text) or len(fields) > 1}
    useful = kinds & {*template.SECTIONS, *HEALTH, "difficulty", "idea", "name"}
    if useful == {"thought"} and _TITLE.match(message.text) is not None and tells_work_too(message):
        return False  # the name of the whole, below which work is told
    return len(useful) >= 2 or bool(useful & {*template.SECTIONS} and not message.speech.questions)  # noqa: PLR2004


def _is_own(message: Message, fields: list[Field]) -> bool:
    """Whether a text that looks like a notice is a filled form: the sender's own name and a value in it, or work and plan of one's own.

    What makes it look like a notice stands within those then ("下周计划：组织各班学习"), and the work is nobody else's.
    """
    told = {f.kind for f in fields if f.kind in SECTIONS and f.value(message.text).strip("_ ")}
    ordered = [message.speech.clauses[number].start for number in message.speech.orders]
    own_work = "work" in told and not any(f.label <= start < f.end for f in fields if f.kind == "work" for start in ordered)
    if own_work and len(told) > 1:
        looks = [m.start() for key in ("frames.document", "frames.hint") for m in message.all(key)]
        if all(_is_in_line(message.text, place, fields) for place in looks):
            return True
    named = [f for f in fields if f.kind == "name" and message.people.resolve(f.value(message.text), message.sender)]
    own = message.people.resolve(message.text.strip()[:4], message.sender) == message.sender and bool(message.sender)
    return bool(named or own) and template.is_filled(fields, message.text, message.lexicon)


def _is_in_line(text: str, place: int, fields: list[Field]) -> bool:
    """Whether a place stands in a line that begins with a label, or is numbered below one."""
    line = text.rfind("\n", 0, place) + 1
    return any(line <= f.label <= place < f.end or (f.start <= line < f.end and _NUMBERED.match(text, line)) for f in fields)


def _labelled(message: Message, fields: list[Field]) -> Reading:
    """A labelled report. Health is read from its own fields and from what stands outside all fields."""
    text, lexicon = message.text, message.lexicon
    named = next((f for f in fields if f.kind == "name"), None)
    name = "" if named is None else named.value(text)
    if name in _DUMMIES or not template.is_filled(fields, text, lexicon):
        message.leave_out("message", (0, len(text)), "template.example" if name in _DUMMIES else "template.empty")
        return Reading(form=Form.TEMPLATE)
    person = None if named is None else _named(message, named)
    owner = None if named is None or person is None else Place(*named.span(text), "person.field")
    masked, bare = _health_part(message, fields)
    day, dated = next((d for f in fields if f.kind == "date" for d in _days(message, f)), (message.today, None))
    whose = person or message.sender
    tokens = message.scanner.tokens(masked, message.search)
    facts = walk(
        masked, message.speech, tokens, message.scanner, message.sender, message.today, base=day, person=whose, trace=message.trace
    )
    facts = message.counted(facts, [f for f in facts if f.clause not in message.speech.supposed], "frames.condition")
    facts = message.counted(facts, [f for f in facts if f.kind != "fine" or is_beside(message, f)], "statement.beside")
    clauses = message.speech.clauses
    real = [f for f in facts if f.kind not in ("symptom", "unwell") or not figure(text, f, clauses[f.clause].start)]
    facts = message.counted(facts, real, "statement.kind")
    facts += [Fact("fine", "", whose, day, s, e, message.speech.at(s), told=Place(s, e, "normal.bare")) for s, e in bare]
    facts = [f.of(whose, owner, day, dated) for f in facts]
    facts += in_passing(message, fields, facts, whose)
    sections = report.labelled(message, fields)
    difficulty = _difficulty(message, fields)
    suggestion = next((f for f in fields if f.kind == "idea" and not template.needs_nothing(f.value(text), lexicon)), None)
    return assemble(
        message,
        Parts(Form.TEMPLATE, facts, sections if sections or facts else None, difficulty, suggestion and suggestion.span(text)),
    )


def _difficulty(message: Message, fields: list[Field]) -> tuple[int, int] | None:
    """Where the first field of a difficulty stands that names one."""
    for field in fields:
        value = field.value(message.text) if field.kind == "difficulty" else ""
        if value and not template.needs_nothing(value, message.lexicon):
            if _OF_WORK.match(message.text, field.label) is None or names_any(message, *field.span(message.text)):
                return field.span(message.text)
            message.leave_out("hardship", field.span(message.text), "hardship.of_work")
        elif value:
            message.leave_out("hardship", field.span(message.text), "hardships.nothing")
    return None


def _named(message: Message, field: Field) -> str | None:
    """The full name in the field of the name: alone (姓名：小陈), or the one that stands in it (姓名：战斗一班王磊)."""
    end = message.text.find("\n", field.start, field.end)
    end = field.end if end < 0 else end
    alone = message.people.resolve(message.text[field.start : end].strip(), message.sender)
    meant = {
        message.people.resolve(token.value, message.sender)
        for token in message.tokens
        if token.kind == "person" and field.start <= token.start < end
    }
    return alone or (meant.pop() if len(meant) == 1 else None)


def _days(message: Message, field: Field) -> list[tuple[date, Place]]:
    said = days(message.text[field.start : field.end], message.today)
    return [(d.day, Place(field.start + d.start, field.start + d.end, "date.field")) for d in said if d.day <= message.today]


def _health_part(message: Message, fields: list[Field]) -> tuple[str, list[tuple[int, int]]]:
    """The text with everything blanked that is not about health, and the fields whose value is a bare "nothing"."""
    letters = list(message.text)
    bare: list[tuple[int, int]] = []
    for field in fields:
        value = field.value(message.text)
        if field.kind not in HEALTH:
            letters[field.label : field.end] = " " * (field.end - field.label)
            for start, end in _measured_in(message, field):
                letters[start:end] = message.text[start:end]
            continue
        asked = value.startswith(("有", "是")) and field.kind == "symptoms"
        if not asked and field.kind == "symptoms":
            letters[field.label : field.start] = " " * (field.start - field.label)
        raw = message.text[field.start : field.end].strip(" \t\n;,|。")
        if field.kind != "temperature" and raw not in ("", "/", "-", "—") and bare_value(raw, message.lexicon):
            bare.append((field.start, field.end))
    return "".join(letters), bare


def _measured_in(message: Message, field: Field) -> list[tuple[int, int]]:
    """The sentences in a field of something else that give a temperature ("明日：去银行。本人36.5，无不适"), and a remark."""
    if field.kind == "note" and _REMARK.search(message.text, field.label, field.start) is not None:
        return [(field.start, field.end)]
    if (own := of_health(message, field)) is not None:
        return [own]
    if field.kind in ("difficulty", "idea", "date", "name") or _DEGREES.search(message.text, field.start, field.end) is None:
        return []
    marks = [field.start, *(m.end() for m in _PART.finditer(message.text, field.start, field.end)), field.end]
    spans = [(a, b) for a, b in pairwise(marks) if _DEGREES.search(message.text, a, b) is not None]
    return [(a, b) for a, b in spans if any(t.kind == "exact" for t in temperatures(message.text[a:b], [0, b - a], message.lexicon))]


def _free(message: Message, fields: list[Field]) -> Reading:
    """Free words, with a difficulty that is called one ("…三是组织教育1次。困难：火花塞库存为零")."""
    text = message.text
    difficulty = _difficulty(message, [f for f in fields if _CALLED.match(text, f.label) is not None])
    facts = counting(message, message.facts)
    told = message.first("frames.fiction") if not message.finds("frames.fools") else None
    if told is not None:
        # of a dream or a play nothing counts; what was said before it, or after its sentence, may be true
        sentences = [c.sentence for c in message.speech.clauses]
        begins = message.speech.at(told.start())
        real = [f for f in facts if f.clause < begins or sentences[f.clause] != sentences[begins] or (f.clause > begins and _is_plain(f))]
        facts = message.counted(facts, real, "frames.fiction")
    return assemble(message, Parts(Form.TALK, facts, difficulty=difficulty, invented=told is not None))


def _is_plain(fact: Fact) -> bool:
    """Whether it is a value of every day that is called a temperature: nobody invents one ("明天上台模拟，体温36.4")."""
    return fact.kind == "temperature" and fact.labelled and isinstance(fact.value, float) and fact.value < FEVER
