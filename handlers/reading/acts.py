"""What a message does beside reporting: corrects, takes back, proposes."""

from handlers.reading.message import Message
from handlers.reading.reasons import logistic
from models.reading import Evidence

_IDEA = -2.3  # odds above which a wish or a question is taken for a proposal


def correction(message: Message) -> Evidence | None:
    """Where it says that it replaces what was reported before ("更正：…", "写错了，是36.8")."""
    return _said(message, "correction")


def retraction(message: Message) -> Evidence | None:
    """Where it takes a report back ("刚才那条作废")."""
    found = _said(message, "retract")
    if found is None or not message.speech.questions:
        return found
    place = message.first("acts.retract")
    if place is None or message.speech.at(place.start()) not in message.speech.questions:
        return found
    message.leave_out("retract", place.span(), "frames.question")
    return None


def _said(message: Message, act: str) -> Evidence | None:
    """Where the words of an act stand, unless other words speak against it."""
    found = message.first(f"acts.{act}")
    if found is None:
        return None
    if message.finds(f"acts.{act}_against"):
        message.leave_out(act, found.span(), f"acts.{act}_against")
        return None
    return message.evidence(act, found.start(), found.end(), f"acts.{act}")


def idea(message: Message) -> tuple[Evidence, ...]:
    """Where it proposes an improvement; () where it does not."""
    by, sure = "acts.idea", None
    found = message.first("acts.idea")
    if found is None and (odds := message.odds["idea"]) > _IDEA:
        by, sure = "acts.idea_maybe", logistic(odds - _IDEA)
        found = message.first("acts.idea_maybe")
    if found is None:
        return ()
    if message.finds("acts.idea_against"):
        message.leave_out("idea", found.span(), "acts.idea_against")
        return ()
    return (message.evidence("idea", found.start(), len(message.head), by, sure),)
