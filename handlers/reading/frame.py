"""What kind of text a message is as a whole: somebody's own words, or a notice, lesson, script, rule, forwarded text."""

from handlers.reading.message import LONGEST, Message

_HINTS = 2


def is_document(message: Message) -> bool:
    """Whether it is a notice, a lesson, a script, a quiz or forwarded: what stands there is nobody's report."""
    if message.finds("frames.document"):
        return True
    kinds = {m.group() for m in message.all("frames.hint")}
    return len(kinds) > _HINTS


def is_laughing(message: Message) -> bool:
    """Whether it laughs."""
    return message.search.finds("frames.joke", message.normal.text[:LONGEST])


def left_out(message: Message, *keys: str) -> None:
    """Note why a message as a whole says nothing: the first of the lists `keys` that has words in it."""
    trace = message.trace
    if trace is None:
        return
    for key in keys:
        found = message.search.first(key, message.normal.text[:LONGEST])
        if found is not None:
            message.leave_out("message", found.span(), key)
            trace.leave_out_facts(message.facts, key)
            return
