"""What was written down from one stored message: every value with its piece of text, every record, every case. For the page."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from handlers.reading.explain import WELL, Plain, values
from handlers.reading.reasons import family
from models import cases, records, reviews
from models.inbox import MessageStatus
from models.reading import Evidence, Reading
from models.tables.queue import MessageRow
from models.tables.records import CallOutRow, CheckinRow, GroupReportRow, LeaveRow, ReportRow, WhereaboutsRow
from services import wording
from services.record import FAMILY
from services.texts import Texts
from services.work import Work

CERTAIN, LIKELY = 0.9, 0.65  # from which confidence on the page says so


def written_down(work: Work, row: MessageRow) -> dict[str, Any]:
    """The facts for the page; see docs of `GET /demo/record` in bot.web.demo."""
    reading = Reading.model_validate_json(row.reading)
    raised = cases.of_message(work.session, row.id)
    lines = [line for rows in records.written_by(work.session, row.id).values() for line in (_record(work, r) for r in rows)]
    lines += [work.say("record.review", number=item.id) for item in reviews.of_message(work.session, row.id)]
    if row.status == MessageStatus.FAILED:
        lines = [work.say("record.failed")]
    return {
        "stored": True,
        "text": row.text,
        "status": row.status,
        "values": list(_values(work, reading, row.text)),
        "records": lines or ([] if raised else [work.say("record.nothing")]),
        "cases": [{"number": case.id, "kind": case.kind, "urgency": case.urgency, "state": case.state} for case in raised],
    }


def _record(work: Work, row: records.Record) -> str:
    texts = work.unit.texts
    person = work.directory.people.get(getattr(row, "member_id", 0))
    match row:
        case CheckinRow():
            who = "" if person is None else wording.whose(texts, person, row.relation)
            source = texts.word("source", row.source)
            return work.say("record.checkin", who=who, day=wording.day(texts, row.day), health=wording.health(texts, row), source=source)
        case ReportRow():
            parts = (texts.word("section", name) for name in ("work", "plan", "thought") if getattr(row, name))
            return work.say("record.report", parts=wording.listed(texts, parts))
        case LeaveRow() | WhereaboutsRow() | CallOutRow():
            return _away(work, row, "" if person is None else person.name)
        case GroupReportRow():
            return work.say("record.group_report", name=work.directory.group_names.get(row.group_id, row.group_id))
        case _:
            return work.say("record.idea")


def _away(work: Work, row: LeaveRow | WhereaboutsRow | CallOutRow, who: str) -> str:
    texts = work.unit.texts
    match row:
        case LeaveRow():
            return work.say("record.leave", who=who, first=wording.day(texts, row.first), leave=wording.leave(texts, row))
        case WhereaboutsRow():
            return work.say("record.whereabouts", who=who, word=texts.word("whereabouts", row.word))
        case CallOutRow():
            return work.say("record.call_out", who=who)


def left_out(texts: Texts, pieces: Iterable[Evidence], text: str) -> list[dict[str, Any]]:
    """What was found in a message and does not count: what it could have been, its place, and why not."""
    return [
        {
            "label": _label(texts, piece),
            "piece": text[piece.start : piece.end],
            "start": piece.start,
            "end": piece.end,
            "why": _why(texts, piece),
        }
        for piece in pieces
    ]


def _values(work: Work, reading: Reading, text: str) -> Iterator[dict[str, Any]]:
    """Every value of a reading with its place in the text and why it was read so; where it has no wording, the piece of text says it."""
    texts = work.unit.texts
    for who, value, piece in values(reading):
        worded = _worded(work, piece.field.partition(":")[0], value)
        yield {
            "who": who.removeprefix(FAMILY),
            "label": _label(texts, piece),
            "value": worded or text[piece.start : piece.end],
            "start": piece.start,
            "end": piece.end,
            "why": _why(texts, piece),
            "sure": texts.word("sure", _how_sure(piece.confidence)) if piece.by else "",
        }


def _worded(work: Work, field: str, value: Plain) -> str | None:
    texts = work.unit.texts
    match field, value:
        case "temperature", float():
            return texts("word.degrees", temperature=f"{value:.1f}")
        case "healthy", str():
            return texts("word.well" if value == WELL else "word.unwell")
        case (("symptom" | "categories" | "urgent"), str()):
            return texts.word({"categories": "category", "urgent": "urgency"}.get(field, field), value)
        case "group", str():
            return work.directory.group_names.get(value, value)
        case _, date():
            return wording.day(texts, value)
        case _:
            return None if value is None else str(value).removeprefix(FAMILY)


def _label(texts: Texts, piece: Evidence) -> str:
    return texts.word("label", piece.field.partition(":")[0])


def _why(texts: Texts, piece: Evidence) -> str:
    return texts.word("reason", family(piece.by)) if piece.by else ""


def _how_sure(confidence: float) -> str:
    return "certain" if confidence >= CERTAIN else "likely" if confidence >= LIKELY else "doubtful"
