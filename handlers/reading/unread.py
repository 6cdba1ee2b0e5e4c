"""What seems to report something and cannot be read: a strange name in a list of values, a form without its value, words that fall short.

The evidence must be strong, because what is found here is stored: chatter must leave no trace.
"""

import re

from handlers.reading.chain.lines import Chain
from handlers.reading.health.temperature import temperatures
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.report.template import Field
from models.reading import Doubt, Intent, Reading

_STATES = ("symptom", "well", "fine")  # kinds of words that say how somebody is
_NAME = re.compile(r"[一-鿿]{2,4}(?:·[一-鿿]{2,6})?")
_APART = re.compile(r"[一-鿿·]{2,11}[ \t:,、-]{1,6}")
_AROUND_NAME = " \t:,、-—|()"
_FEW = 2  # strange names in any chain; where they are more, and more than the known ones, it is the chain of other people
_LONGEST_VALUE = 40
_LONGEST = 200  # characters of a message that falls short of being read; a longer one is a story
_SOUNDS_LIKE = {"report": -0.6, "hardship": -0.6, "idea": -0.6}  # log-odds
_OF_THE_HEART = 1.0  # log-odds


def strangers(reading: Reading, message: Message, chain: Chain) -> Reading:
    """The reading of a chain about health, with the lines that have a value and a name that means nobody, or more than one."""
    if not reading.checkins:
        return reading
    lines = (_stranger(message, place) for place in chain.left if place.by == "chain.nobody")
    found = [doubt for doubt in lines if doubt is not None]
    return reading if len(found) > max(_FEW, len(chain.owned)) else _with(reading, found)


def _stranger(message: Message, place: Place) -> Doubt | None:
    end = message.text.find("\n", place.start, place.end)
    end = place.end if end < 0 else end
    apart = _APART.match(message.text, place.start, end)
    after = place.start if apart is None else apart.end()  # the name is none of the words: 冯超 36.7 exceeds nothing
    text = message.text[after:end]
    says = [after + t.start for t in temperatures(text, [0, len(text)], message.lexicon)]
    says += [t.start for t in message.tokens if after <= t.start < end and t.kind in _STATES]
    if not says:
        return None
    first = min(says)
    name = message.text[place.start : first].strip(_AROUND_NAME)
    known = (t for t in message.tokens if t.start < first and t.end > place.start)
    if not _NAME.fullmatch(name) or any(t.kind != "person" for t in known):
        return None
    return _doubt(message, name, message.text[first:end].strip(), (place.start, end))


def noted(reading: Reading, message: Message, fields: list[Field]) -> Reading:
    """The reading of what is no chain, with what could not be read. Of what is said to the bot weak evidence is enough."""
    if not fields and not message.addressed:
        return reading
    stranger = _form_of_stranger(reading, message, fields)
    if stranger is not None:
        # what it says is of nobody, and least of all the sender's own
        intents = tuple(intent for intent in reading.intents if intent is not Intent.HEALTH)
        return _with(reading.model_copy(update={"checkins": (), "doubts": (), "intents": intents}), [stranger])
    found = _unfilled(reading, message, fields)
    if message.addressed and not found and not reading.intents:
        found = _short(message)
    return _with(reading, found)


def _form_of_stranger(reading: Reading, message: Message, fields: list[Field]) -> Doubt | None:
    """A form about somebody whose name means nobody, or more than one."""
    field = next((f for f in fields if f.kind == "name"), None)
    if field is None or not reading.checkins or any(checkin.person != message.sender for checkin in reading.checkins):
        return None
    name, _, rest = field.value(message.text).partition("\n")
    name = name.strip(_AROUND_NAME)
    known = (t for t in message.tokens if field.start <= t.start < field.start + len(name))
    if message.people.resolve(name, message.sender) or not _NAME.fullmatch(name) or any(t.kind != "person" for t in known):
        return None
    said = f"{message.text[: field.label]}\n{rest}\n{message.text[field.end :]}".strip()
    return _doubt(message, name, said, (0, len(message.text.rstrip())))


def _unfilled(reading: Reading, message: Message, fields: list[Field]) -> list[Doubt]:
    """The field of the temperature, filled in with something that is none, by somebody of whose health nothing else is said."""
    if any(checkin.healthy is not None for checkin in reading.checkins):
        return []
    for field in fields:
        value = field.value(message.text).partition("\n")[0].strip()
        if field.kind != "temperature" or len(value) > _LONGEST_VALUE or message.speech.at(field.start) in message.speech.questions:
            continue
        if message.search.finds("unread.excuse", value):
            end = message.text.index(value, field.start) + len(value)
            return [_doubt(message, message.sender, value, (field.label, end))]
    return []


def _short(message: Message) -> list[Doubt]:
    """Words said to the bot that nearly report something."""
    text = message.text.strip()
    if not text or len(text) > _LONGEST or len(message.speech.questions) == len(message.speech.clauses):
        return []
    if message.search.finds("unread.hint", message.head) or any(message.odds[question] > least for question, least in _SOUNDS_LIKE.items()):
        start = message.text.index(text)
        doubt = _doubt(message, message.sender, text, (start, start + len(text)))
        return [doubt.model_copy(update={"of_the_heart": message.odds["category.psychological"] > _OF_THE_HEART})]
    return []


def _with(reading: Reading, found: list[Doubt]) -> Reading:
    return reading.model_copy(update={"doubts": (*reading.doubts, *found)}) if found else reading


def _doubt(message: Message, person: str, value: str, span: tuple[int, int]) -> Doubt:
    start, end = message.normal.span(*span)
    return Doubt(kind="unread", person=person, value=value, start=start, end=end)
