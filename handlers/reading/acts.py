"""What a message does beside reporting: corrects, takes back, proposes."""

from handlers.reading.message import Message
from models.reading import Evidence

_IDEA = -2.3  # odds above which a wish or a question is taken for a proposal


def is_correction(message: Message) -> bool:
    """Whether it replaces what was reported before ("更正：…", "写错了，是36.8")."""
    lexicon, text = message.lexicon, message.head
    return lexicon.finds("acts.correction", text) and not lexicon.finds("acts.correction_against", text)


def is_retraction(message: Message) -> bool:
    """Whether it takes a report back ("刚才那条作废")."""
    lexicon, text = message.lexicon, message.head
    found = lexicon.patterns["acts.retract"].search(text)
    return (
        found is not None
        and not lexicon.finds("acts.retract_against", text)
        and message.speech.at(found.start()) not in message.speech.questions
    )


def idea(message: Message) -> tuple[Evidence, ...]:
    """Where it proposes an improvement; () where it does not."""
    lexicon, text = message.lexicon, message.head
    found = lexicon.patterns["acts.idea"].search(text)
    if found is None and message.odds["idea"] > _IDEA:
        found = lexicon.patterns["acts.idea_maybe"].search(text)
    if found is None or lexicon.finds("acts.idea_against", text):
        return ()
    end = len(text)
    return (message.evidence("idea", found.start(), max(found.end(), end)),)
