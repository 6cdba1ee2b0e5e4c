"""What a message does beside reporting: corrects, takes back, proposes."""

from handlers.reading.message import Message
from models.reading import Evidence

_IDEA = -2.3  # odds above which a wish or a question is taken for a proposal


def is_correction(message: Message) -> bool:
    """Whether it replaces what was reported before ("更正：…", "写错了，是36.8")."""
    return message.finds("acts.correction") and not message.finds("acts.correction_against")


def is_retraction(message: Message) -> bool:
    """Whether it takes a report back ("刚才那条作废")."""
    found = message.first("acts.retract")
    return (
        found is not None and not message.finds("acts.retract_against") and message.speech.at(found.start()) not in message.speech.questions
    )


def idea(message: Message) -> tuple[Evidence, ...]:
    """Where it proposes an improvement; () where it does not."""
    found = message.first("acts.idea")
    if found is None and message.odds["idea"] > _IDEA:
        found = message.first("acts.idea_maybe")
    if found is None or message.finds("acts.idea_against"):
        return ()
    return (message.evidence("idea", found.start(), len(message.head)),)
