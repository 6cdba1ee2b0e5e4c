"""A hurt or an ailment that is seen to: dressed, cooled, resting, or a trifle to whoever has it. It is no difficulty."""

from handlers.reading.message import Message

_ILL = ("symptom", "unwell")


def tended(message: Message) -> bool:
    """Whether somebody who is ill or hurt is said to be seen to, and it is not bad all the same, and nobody is called."""
    if not message.finds("hardships.tended") or message.finds("hardships.untended"):
        return False
    return any(f.kind in _ILL for f in message.facts)
