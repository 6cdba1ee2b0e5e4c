"""What was written down from one stored message: every value with its piece of text, every record, every case. For the page."""

from collections.abc import Iterator
from typing import Any

from models import cases, records
from models.inbox import MessageStatus
from models.reading import Evidence, Reading
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow, GroupReportRow, LeaveRow, ReportRow
from services import wording
from services.record import FAMILY
from services.work import Work


def written_down(work: Work, row: MessageRow) -> dict[str, Any]:
    """The facts for the page; see docs of `GET /demo/record` in bot.web.demo."""
    reading = Reading.model_validate_json(row.reading)
    raised = cases.of_message(work.session, row.id)
    lines = [line for rows in records.written_by(work.session, row.id).values() for line in (_record(work, r) for r in rows)]
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
        case LeaveRow():
            who = "" if person is None else person.name
            return work.say("record.leave", who=who, first=wording.day(texts, row.first), leave=wording.leave(texts, row))
        case GroupReportRow():
            return work.say("record.group_report", name=work.directory.group_names.get(row.group_id, row.group_id))
        case _:
            return work.say("record.idea")


def _values(work: Work, reading: Reading, text: str) -> Iterator[dict[str, Any]]:
    """Every value of a reading with its place in the text."""
    texts = work.unit.texts
    for checkin in reading.checkins:
        who = checkin.person.removeprefix(FAMILY)
        for piece in checkin.evidence:
            yield _value(work, who, piece, text, _checkin_value(work, checkin.temperature, piece, healthy=checkin.healthy))
    for section in reading.sections:
        for piece in section.evidence:
            yield _value(work, "", Evidence(field=section.name, start=piece.start, end=piece.end), text, None)
    if reading.hardship is not None:
        for piece in reading.hardship.evidence:
            _, _, category = piece.field.partition(":")
            words = wording.categories(texts, (category,) if category else reading.hardship.categories)
            yield _value(work, "", piece, text, texts.word("urgency", "urgent") if piece.field == "urgent" else words)
    for piece in reading.idea:
        yield _value(work, "", Evidence(field="idea", start=piece.start, end=piece.end), text, None)
    for leave in reading.leaves:
        for piece in leave.evidence:
            day = {"from": leave.first, "to": leave.last}.get(piece.field)
            yield _value(work, leave.person, piece, text, None if day is None else wording.day(texts, day))
    if reading.group_report is not None:
        for piece in reading.group_report.evidence:
            yield _value(work, "", piece, text, None)


def _checkin_value(work: Work, temperature: float | None, piece: Evidence, *, healthy: bool | None) -> str | None:
    texts = work.unit.texts
    kind, _, code = piece.field.partition(":")
    if kind == "symptom":
        return texts.word("symptom", code)
    if kind == "temperature" and temperature is not None:
        return texts("word.degrees", temperature=f"{temperature:.1f}")
    if kind == "healthy" and healthy is not None:
        return texts("word.well" if healthy else "word.unwell")
    return None


def _value(work: Work, who: str, piece: Evidence, text: str, value: str | None) -> dict[str, Any]:
    """One value; where it has no wording of its own, the piece of text says it."""
    label = work.unit.texts.word("label", piece.field.partition(":")[0])
    return {"who": who, "label": label, "value": value or text[piece.start : piece.end], "start": piece.start, "end": piece.end}
