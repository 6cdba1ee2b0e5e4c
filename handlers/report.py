"""The daily report: work, plan, thought; and the one sentence that answers the evening's reminder."""

import re

from handlers import idea
from handlers.incoming import Incoming
from models import nudges
from models.outbox import NoticeKind
from models.reading import Evidence, Intent, Reading, Section
from services import coverage, record, wording

LONGEST = 60
"""How many characters such an answer has at most; what is longer speaks for itself."""
_ANSWER = "今天{words}，都干完了"
"""What is put around it: a few words of work speak for themselves only as the answer to what was done today."""
_TODAY = re.compile(r"^(?:今天|今日|今儿)")
_STOPS = " \n,，。;；!！、~～"
_NO_WORK = re.compile(r"(?:我|刚|已经?|都|早)*(?:收工|下班|忙完)[了啦啊呀！!。~～]*|加油[啊呀！!。~～]*")
"""An answer to 收工了吗, and not yet to the rest of the question."""
_LATER = re.compile(
    r"还没|没收工|(?:等|一|待)[会下]|稍后|晚点(?!名)|(?:明天|不想|没|忘了?)写|(?:都|已经?|刚)?写[了完好][了啦]?[。！!~～]*$"
)
"""What speaks of the answer, or of later, and tells of no work."""


def wants(reading: Reading) -> bool:
    """Any message that reports."""
    return Intent.REPORT in reading.intents


def handle(incoming: Incoming) -> list[str]:
    """The line of the receipt: which sections were understood."""
    work = incoming.work
    day = incoming.message.sent_at.astimezone(work.unit.zone).date()
    record.report(work, incoming.row, incoming.sender, incoming.reading, day)
    names = (work.unit.texts.word("section", section.name) for section in incoming.reading.sections)
    parts = wording.listed(work.unit.texts, names)
    return [work.say("receipt.report_sections", parts=parts) if parts else work.say("receipt.report")]


def answered(incoming: Incoming) -> list[str] | None:
    """训练两趟: the receipt of a sentence that says something only to whoever asked for today's report; None where it is none."""
    work, sender = incoming.work, incoming.sender
    proposes = set(incoming.reading.intents) == {Intent.IDEA}
    words = _before_the_idea(incoming).strip(_STOPS) if proposes else incoming.text.strip()
    reports = bool(incoming.reading.intents) and not proposes
    if not incoming.message.addressed or not 0 < len(words) <= LONGEST or reports or incoming.confidential:
        return None
    day = incoming.message.sent_at.astimezone(work.unit.zone).date()
    reminded = nudges.was_told_since(work.session, sender.id, NoticeKind.NUDGE_REPORT, day)
    if not reminded or not coverage.of_person(work, sender, day).owes_report:
        return None
    if _LATER.match(words):
        return None
    if _NO_WORK.fullmatch(words):
        return None if proposes else [work.say("receipt.report_of_what")]
    asked_for = incoming.read(_ANSWER.format(words=_TODAY.sub("", words)), sender.name, day)
    if set(asked_for.intents) != {Intent.REPORT}:
        return None
    start = max(incoming.message.text.find(words), 0)
    section = Section(name="work", text=words, evidence=(Evidence(field="work", start=start, end=start + len(words)),))
    lines = handle(incoming.meaning(Reading(intents=(Intent.REPORT,), sections=(section,))))
    return lines + idea.handle(incoming) if proposes else lines


def _before_the_idea(incoming: Incoming) -> str:
    """What is said before the proposal: 值班一天。建议食堂早饭提前10分钟."""
    return incoming.message.text[: min((piece.start for piece in incoming.reading.idea), default=0)]
