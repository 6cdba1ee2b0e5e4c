"""What somebody says in private of an own case in words that are neither report nor command: nothing was done, or nobody is needed."""

from handlers.incoming import Incoming
from handlers.plain_words import complains, lets_go
from models import questions
from models.tables.cases import QuestionRow
from services import case_lists, cases, identity, wording
from services.case_moves import CASE_OVER
from services.work import Work

SHORT = 12
"""What cannot be read and is no longer than this is an answer to what was asked, and no report in bad shape."""


def answered(incoming: Incoming) -> list[str] | None:
    """The receipt of such a message; None where it speaks of nothing of the kind.

    Whoever is asked whether a case is over is asked once more: that answer is what the bot waits for.
    """
    work, text = incoming.work, incoming.text.strip()
    if not text or not _may_be_talk(incoming, text):
        return None
    asked = [q for q in questions.open_questions(work.session, incoming.sender.id, work.now) if q.kind == CASE_OVER]
    if asked:
        if len(asked) == 1 and complains(text, asked=True):
            return [cases.reopen(work, incoming.sender, asked[0].ref, incoming.words)]
        return [which(work, asked)]
    mine = case_lists.own(work, incoming.sender)
    if complains(text, asked=False):
        closed = case_lists.just_closed(work, incoming.sender)
        meant = closed if closed is not None else mine[0] if len(mine) == 1 else None
        return None if meant is None else [cases.reopen(work, incoming.sender, meant.id, incoming.words)]
    if len(mine) != 1:
        return None
    return [cases.ask_whether_over(work, mine[0], incoming.sender, incoming.words)] if lets_go(text) else None


def _may_be_talk(incoming: Incoming, text: str) -> bool:
    """Whether a message is said in private and reports nothing."""
    if incoming.message.room is not None or incoming.message.attachments or incoming.reading.intents:
        return False
    return not incoming.reading.unread or (len(text) <= SHORT and not any(letter.isdigit() for letter in text))


def which(work: Work, asked: list[QuestionRow]) -> str:
    """The question whether a case is over, once more; of several, which is meant."""
    asked = sorted(asked, key=lambda question: question.id)
    if len(asked) == 1:
        return work.say("reply.again", number=asked[0].ref)
    numbers = wording.listed(work.unit.texts, (str(identity.number(question)) for question in asked))
    return work.say("reply.which", numbers=numbers, number=identity.number(asked[0]))
