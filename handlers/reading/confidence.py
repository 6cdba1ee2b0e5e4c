"""Whether somebody asks that their own leader shall not know (只跟书记说, 别告诉李班长). In doubt they do."""

from handlers.reading.message import Message
from handlers.reading.text.search import Search
from models.reading import Evidence

FIELD = "confidential"
_LEADER, _SECRETARY = "组长", "书记"
_PAD = "·"  # between a name and its title: no place moves


def asked(message: Message) -> Evidence | None:
    """Where it asks so; None where it does not. What is quoted counts as well: too much is better than too little."""
    text = _titled(message)
    search = message.search if text is message.normal.text else Search(message.lexicon.sieve, text)
    places = search.all("confidence.asked", text)
    against = {at for other in (search.all("confidence.against", text) if places else ()) for at in range(*other.span())}
    found = next((place for place in places if against.isdisjoint(range(*place.span()))), None)
    return None if found is None else message.evidence(FIELD, *found.span(), "confidence.asked")


def _titled(message: Message) -> str:
    """The text with the sender's own leader called 组长 and every secretary and deputy 书记, by whatever name they go."""
    text = message.normal.text
    letters: list[str] = []
    own = message.people.group_of.get(message.sender, "")
    tokens = message.tokens if text == message.text else message.scanner.tokens(text, message.search)
    for token in tokens:
        if token.kind != "person":
            continue
        names = message.people.words.get(text[token.start : token.end], ())
        leads = any(own and message.people.leads.get(name) == own for name in names)
        title = _LEADER if leads else _SECRETARY if any(name in message.people.secretaries for name in names) else ""
        length = token.end - token.start
        if title and length >= len(title):
            letters = letters or list(text)
            letters[token.start : token.end] = title.rjust(length, _PAD)
    return "".join(letters) or text
