"""A hurt or an ailment that is seen to: dressed, cooled, resting, or a trifle to whoever has it. It is no difficulty."""

from handlers.reading.message import Message

_ILL = ("symptom", "unwell")
_AS_LIKELY = 0.0  # odds of danger: what is dressed is not all that is told ("我胳膊包上了，云飞还压在车底下")


def tended(message: Message) -> bool:
    """Whether somebody who is ill or hurt is said to be seen to, nobody is called, and the message sounds of no danger."""
    if not message.finds("hardships.tended") or message.finds("hardships.untended"):
        return False
    return message.odds["danger"] < _AS_LIKELY and any(f.kind in _ILL for f in message.facts)
