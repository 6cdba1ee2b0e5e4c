"""What a channel hears and can do, as its platform allows. A channel declares it; services adapt to it."""

from enum import StrEnum

from models.values import Value


class Hears(StrEnum):
    """What a channel hears of a room."""

    EVERYTHING = "everything"
    MENTIONS = "mentions"
    """Only what calls the bot by name."""
    NOTHING = "nothing"


class Push(StrEnum):
    """When a channel may speak in a conversation."""

    ALWAYS = "always"
    AFTER_TALK = "after_talk"
    """Once somebody has said something to the bot there."""
    IN_REPLY = "in_reply"
    """Only in answer to a message, once, while its handle is good."""
    NEVER = "never"


class Capabilities(Value):
    """`rooms` and `people`: when it may speak there. `private`: it hears what is said to it in private.

    `strangers`: it sits in chats that are none of the unit's, as an ordinary account does; one that is bound to nothing is ignored there.
    `images`: it shows pictures, each as a message of its own after the text; `captions`: as one message with the text.
    """

    hears: Hears
    private: bool
    rooms: Push
    people: Push
    strangers: bool = False
    buttons: bool = False
    images: bool = False
    captions: bool = False
