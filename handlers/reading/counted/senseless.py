"""What nobody writes of himself: that he does not wake, that his eyes roll (patterns.senseless of symptoms.yaml).

Of others it is said of deep sleep and drink as well, so it counts where the message sounds like danger.
"""

from handlers.reading.facts import Fact
from handlers.reading.hardship.danger import danger
from handlers.reading.hardship.hardship import ALARM
from handlers.reading.message import Message

_SENSELESS = "symptoms.patterns.senseless"


def is_no_emergency(message: Message, fact: Fact) -> bool:
    """Whether a fact says that somebody is out of his senses, and nobody is, or nothing else says that it is serious."""
    if fact.told.by != _SENSELESS:
        return False
    return fact.person == message.sender or (message.odds["danger"] < ALARM and not danger(message))
