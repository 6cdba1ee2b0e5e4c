"""What holds of every reading, whatever the text."""

from datetime import date

from handlers.reading.hardship.kinds import CATEGORIES
from handlers.reading.health.temperature import HIGHEST, LOWEST
from handlers.reading.lexicon import Lexicon
from handlers.reading.reasons import LISTS, RULES, family
from models.reading import Reading

REASONS = frozenset({*RULES, *LISTS})


def check_sound(text: str, reading: Reading, today: date, lexicon: Lexicon) -> None:
    """Every place lies in the text, every value is one that there is, every intent has what it stands for."""
    parts = [*reading.checkins, *reading.sections, *reading.leaves, *[p for p in (reading.hardship, reading.group_report) if p]]
    for evidence in [*reading.idea, *reading.evidence, *[e for part in parts for e in part.evidence]]:
        assert 0 <= evidence.start <= evidence.end <= len(text), evidence
        assert family(evidence.by) in REASONS, evidence
        assert 0 < evidence.confidence <= 1, evidence
    for doubt in reading.doubts:
        assert 0 <= doubt.start <= doubt.end <= len(text), doubt
    for section in reading.sections:
        assert section.text, section
        assert section.text in text, section
    for checkin in reading.checkins:
        assert checkin.date <= today, checkin
        assert checkin.temperature is None or LOWEST <= checkin.temperature <= HIGHEST, checkin
        assert set(checkin.symptoms) <= set(lexicon.subkeys["symptoms.terms"]), checkin
        assert not (checkin.symptoms and checkin.healthy), checkin
        assert "fever" in checkin.symptoms or (checkin.temperature or 0) < 37.3, checkin
    for leave in reading.leaves:
        assert leave.last is None or leave.first <= leave.last, leave
    if reading.hardship is not None:
        assert reading.hardship.categories, reading.hardship
        assert set(reading.hardship.categories) <= set(CATEGORIES), reading.hardship
    stands_for = {
        "health": reading.checkins, "report": reading.sections, "hardship": reading.hardship, "idea": reading.idea,
        "leave": reading.leaves, "group_report": reading.group_report, "correction": reading.correction, "retract": reading.retract,
    }  # fmt: skip
    assert set(reading.intents) == {intent for intent, stands in stands_for.items() if stands}, reading
