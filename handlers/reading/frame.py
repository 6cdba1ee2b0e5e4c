"""What kind of text a message is as a whole: somebody's own words, or a notice, lesson, script, rule, forwarded text."""

from handlers.reading.message import LONGEST, Message

_HINTS = 2


def is_document(message: Message) -> bool:
    """Whether it is a notice, a lesson, a script, a quiz or forwarded: what stands there is nobody's report."""
    lexicon, text = message.lexicon, message.head
    if lexicon.finds("frames.document", text):
        return True
    kinds = {m.group() for m in lexicon.patterns["frames.hint"].finditer(text)}
    return len(kinds) > _HINTS


def is_fiction(message: Message) -> bool:
    """Whether it tells a dream, a play, a script."""
    return message.finds("frames.fiction")


def is_laughing(message: Message) -> bool:
    """Whether it laughs."""
    return message.lexicon.finds("frames.joke", message.normal.text[:LONGEST])
