"""A concrete difficulty for which help would be welcome: which kind, and whether it can wait."""

import math
import re
from collections.abc import Mapping, Sequence

from handlers.reading.frame import is_laughing
from handlers.reading.group.absent import only_not_there
from handlers.reading.hardship.apart import of_rescue, of_trifles
from handlers.reading.hardship.danger import KINDS, is_drill
from handlers.reading.hardship.failing import failing
from handlers.reading.hardship.kinds import CATEGORIES, kinds, likeliest
from handlers.reading.hardship.others import says
from handlers.reading.hardship.stated import ONCE, PRESSING, URGENT, first_place
from handlers.reading.hardship.tended import tended
from handlers.reading.hardship.threat import threat
from handlers.reading.message import LONGEST, Message
from handlers.reading.reasons import Place, logistic, sure
from handlers.reading.surface import surface
from handlers.reading.text.clauses import Clause
from handlers.reading.text.normalise import normalise
from models.reading import Hardship

_KEYS = {strength: [(category, f"hardships.{strength}.{category}") for category in CATEGORIES] for strength in ("strong", "weak")}
_PLAIN = 3  # so many kinds of difficulty are not undone by a word such as 解决了
_STRONG = 2
_TRIFLE = 5  # what a word of a trifle takes away, a word of urgency and one that is certain add
_PRESSES, _SETTLES, _WISHES = 5, 4, 1.5
_ANYBODYS = ("孩子", "小孩", "家属")
_FIELD = "template.difficulty"
# without words of one of these lists nothing but the judge speaks for a difficulty
_SPEAKING = frozenset(
    (
        *(key for its in _KEYS.values() for _, key in its),
        *(f"hardships.danger.{kind}" for kind in KINDS),
        *(
            f"hardships.{name}"
            for name in ("despair", "brink.there", "farewell.away", "gear.fails", "wish", "urgent", "distress", "certain")
        ),
    )
)
# without one of these, what stands around the words hides no difficulty
_HEARD = frozenset(key for key in _SPEAKING if ".weak." not in key) | {"hardships.cry", "hardships.plea"}
# who asks the organization so can wait, whatever the judge hears
_POLITELY = re.compile("(?:想|希望)(?:请|求)?(?:党?组织|支部|领导)[^,。;!?\n]{0,4}帮")
_NEEDS = ("hardships.strong.family", "hardships.strong.finance")
_WISH = "hardships.wish"
_BUT = re.compile(
    "但|可是|不过|可(?=人|钱|我|他|她|媳妇|孩子|还)|还(?:没|欠|差|在|不|得|要)|又(?:退|黄|变|不|没|要|吹)|陪|照顾|休养|养[病伤着]|卧床|躺"
)
_ILL = ("symptom", "unwell", "temperature")  # what a check-in tells is no difficulty by itself
_ASKED = 2.0  # odds at which a mere question is believed to tell of a need
SCORE = 0.6
ENOUGH = 0.0  # of the judge's odds and the rules' score together
_PULL = 0.3  # how much the odds that something is urgent speak for a difficulty as well: who is pressed often names none
_MIND = 1.0  # what plain words of a troubled mind add: who says them may not say them twice
ALARM = -1.1  # odds of danger at which no word is needed: missing one is worse than waking somebody
_SURER = -0.6  # the same where everything is asked, ordered or supposed, and of so few characters that they say little ("刘洋没在宿舍")
_FEW, _HARDLY_ANY = 8, 3
# the same of hardly any characters ("不在"), of a question of few ("马腾不在吗？"), and of few that name an illness ("我妈也发烧了")
_CERTAIN = 1.0
_WORD = re.compile(r"\w")
_EXCLAIMED = 2  # characters beside a death that is told that say nothing: 我…了
_URGES = -0.55  # odds at which a difficulty is taken for urgent without a word of urgency: missing one is worse than waking somebody


def hardship(message: Message, difficulty: tuple[int, int] | None = None) -> Hardship | None:
    """The hardship a message states, or None. `difficulty`: the value of a field such as 困难, where there is one that is not empty.

    What is a difficulty by itself is one behind a greeting or a temperature as well.
    """
    found = _stated(message, difficulty)
    if difficulty is not None or (found is not None and found.urgent) or not _may_be_hidden(message):
        return found
    alone = None if message.bare is None else _stated(message.bare, None)
    return alone if alone is not None and (alone.urgent or not (found or message.calls)) else found


def _may_be_hidden(message: Message) -> bool:
    """Whether words of a difficulty stand there, or may be all that is said before an ending that says nothing ("有人跳楼……")."""
    return not _HEARD.isdisjoint(message.found) or message.text.endswith(("…", "🙏"))


def _stated(message: Message, difficulty: tuple[int, int] | None) -> Hardship | None:
    """The hardship that a message states as it stands."""
    seen_to = tended(message)
    alarm = not seen_to and _sounds_dangerous(message)
    if difficulty is None and not alarm and _SPEAKING.isdisjoint(message.search.possible) and message.odds["hardship"] - SCORE < ENOUGH:
        return None
    if difficulty is None and only_not_there(message):
        message.leave_out("hardship", (0, len(message.head)), "hardship.not_there")
        return None
    fails = failing(message)
    found = ({} if fails is None else dict.fromkeys(("supplies", "work"), fails)) | _categories(message, "strong")
    threatens = threat(message, seen_to=seen_to)
    if threatens:
        return _hardship(message, threatens | found, next(iter(threatens.values())))
    over = seen_to or says(message, "hardships.settled") or (not found and is_laughing(message))
    event = None if over else fails or first_place(message, URGENT)
    over = over or (event is None and message.finds(ONCE))
    urgent = event or (first_place(message, PRESSING) if found else None)
    distress = first_place(message, "hardships.distress") is not None
    against = (seen_to and not found and difficulty is None and "hardships.tended") or _taken_back(
        message, found, urgent is not None, distress or difficulty is not None
    )
    named = found or ({} if against else _categories(message, "weak"))
    if named and not against and urgent is None and difficulty is None and _is_moved(message, named):
        against = "hardships.moved"
    if against:
        margin = -math.inf
    elif difficulty is not None:
        likely = (kind for kind in CATEGORIES if message.odds[f"category.{kind}"] > 0)
        named, margin = named or dict.fromkeys(likely, Place(*difficulty, _FIELD)) or {"other": Place(*difficulty, _FIELD)}, math.inf
    else:
        margin = _margin(message, found, 0 if found else len(named), event is not None, distress) + _MIND * _troubled(message, found)
    if margin < 0 and found and not against:
        margin = _by_itself(message, found)
    if margin < 0 and alarm and not (against or over or is_drill(message)):
        return _hardship(
            message, named or likeliest(message), Place(0, len(message.head), "judge.danger"), logistic(message.odds["danger"])
        )
    if margin < 0:
        for category, place in named.items():
            message.leave_out(f"categories:{category}", (place.start, place.end), against or "hardship.judged")
        return None
    if urgent is None and not over and message.odds["urgent"] >= _URGES and _POLITELY.search(message.head) is None:
        urgent = _may_urge(message)
    return _hardship(message, named or likeliest(message), urgent, sure(_FIELD) if difficulty else logistic(margin))


def _may_urge(message: Message) -> Place | None:
    """Where the judge hears that it is urgent; None where nothing is told but a death or the loss of work."""
    bereft = message.search.first("hardships.bereft", message.head)
    if bereft is None or len(_WORD.findall(message.head)) - len(_WORD.findall(bereft.group())) > _EXCLAIMED:
        return Place(0, len(message.head), "judge.urgent")
    message.leave_out("urgent", bereft.span(), "hardships.bereft")
    return None


def names_any(message: Message, start: int, end: int) -> bool:
    """Whether words of a difficulty, or of a wish for help, stand in a part of the message."""
    search = message.search
    keys = (*(key for _, key in _KEYS["strong"]), _WISH, URGENT)
    return any(key in search.possible and search.first(key, message.text, start, end) is not None for key in keys)


def _taken_back(message: Message, found: Mapping[str, Place], urgent: bool, distress: bool) -> str:
    """What says that the difficulties found are none: something solved, an account of a rescue; "" where nothing does."""
    if not urgent and len(found) < _PLAIN and says(message, "hardships.resolved") and not _goes_on(message, found):
        return "hardships.resolved"
    return "hardships.rescued" if not distress and of_rescue(message, found) and not _is_near(message) else ""


def _goes_on(message: Message, found: Mapping[str, Place]) -> bool:
    """Whether all difficulties are told in sentences behind what is solved ("水泵修好了。学费还没着落"), or a but follows it."""
    clauses, at = message.speech.clauses, message.speech.at
    if _BUT.search(message.text, max(m.end() for m in message.all("hardships.resolved"))):
        return True
    solved = max(clauses[at(m.start())].sentence for m in message.all("hardships.resolved"))
    return bool(found) and all(clauses[at(place.start)].sentence > solved for place in found.values())


def _is_moved(message: Message, named: dict[str, Place]) -> bool:
    """Whether nothing is told but what a moment calls forth in anybody, which does not stay: sad or proud, it is a thought."""
    moved = [m.span() for m in message.all("hardships.moved")]
    if not moved or message.finds("hardships.persists"):
        return False
    touched = {kind for kind, place in named.items() if any(start < place.end and place.start < end for start, end in moved)}
    strong = {kind for kind, place in named.items() if ".strong." in place.by}
    return bool(touched) and strong <= touched


def _hardship(message: Message, named: dict[str, Place], urgent: Place | None, confidence: float | None = None) -> Hardship:
    named = kinds(message, named)
    categories = tuple(named)
    evidence = [message.evidence(f"categories:{category}", *named[category], confidence) for category in categories]
    if urgent is not None:
        evidence.append(message.evidence("urgent", *urgent))
    return Hardship(categories=categories, urgent=urgent is not None, evidence=tuple(evidence))


def _is_near(message: Message) -> bool:
    """Whether the sender, a teammate or the own family is spoken of; children and relatives stand in accounts of rescues as well."""
    return any(
        t.kind in ("me", "person") or (t.kind == "family" and message.text[t.start : t.end] not in _ANYBODYS) for t in message.tokens
    )


def needs(message: Message) -> frozenset[int]:
    """The clauses in which a difficulty of the family or of money is named: no part of an account of work."""
    places = [first_place(message, key) for key in _NEEDS if message.finds(key)]
    return frozenset(message.speech.at(place.start) for place in places if place is not None)


def _categories(message: Message, strength: str) -> dict[str, Place]:
    """The kinds of difficulty that the words of one strength name, each with its place."""
    possible = message.search.possible
    return {category: place for category, key in _KEYS[strength] if key in possible and (place := first_place(message, key)) is not None}


def _troubled(message: Message, found: Mapping[str, Place]) -> int:
    """How often, up to two, plain words of a troubled mind are said."""
    if "psychological" not in found:
        return 0
    return min(2, sum(1 for m in message.all("hardships.strong.psychological") if m.start() >= found["psychological"].start))


def _margin(message: Message, named: Mapping[str, Place], weak: int, urgent: bool, distress: bool) -> float:
    """By how much the rules' score and the judge's odds exceed what is believed. Where no word is strong, the judge must be surer."""
    found = len(named)
    stated = _states(message) or first_place(message, PRESSING) is not None
    if not stated and not urgent and (not found or message.odds["hardship"] < _ASKED):
        return -math.inf
    certain = first_place(message, "hardships.certain") is not None
    wish = message.search.finds(_WISH, message.head)
    score = _STRONG * min(2, found) + 0.5 * min(3, weak) + distress + _WISHES * wish + _PRESSES * urgent + _SETTLES * certain
    if not certain and of_trifles(message, named):
        score -= _TRIFLE
    score -= not found and not distress and not wish
    score -= not found and is_laughing(message)
    return SCORE * score + message.odds["hardship"] + _PULL * max(0.0, message.odds["urgent"]) - ENOUGH


def _sounds_dangerous(message: Message) -> bool:
    """Whether the judge hears danger, in whatever words; what undoes that is looked at later."""
    odds = message.odds["danger"]
    length, states = len(message.text.strip()), _states(message)
    if length <= _HARDLY_ANY or (length <= _FEW and (message.facts or not states)):
        return odds >= _CERTAIN
    return odds >= ALARM and (odds >= _SURER or (states and length > _FEW))


def _states(message: Message) -> bool:
    """Whether anything is said that is not asked, ordered or supposed."""
    speech = message.speech
    return len(speech.questions | speech.orders | speech.supposed) < len(speech.clauses)


def _by_itself(message: Message, found: dict[str, Place]) -> float:
    """The margin of the sentence of a difficulty alone: what stands beside it, a day's work, makes it none ("…。就是冰柜坏了一个礼拜")."""
    clauses, at = message.speech.clauses, message.speech.at
    place = min(found.values())
    first, last = clauses[at(place.start)].sentence, clauses[at(place.end - 1)].sentence
    mine = [c for c in clauses if first <= c.sentence <= last]
    if _tells_of_illness(message, mine) and first_place(message, "hardships.certain") is not None:
        mine = list(clauses[at(place.start) : at(place.end - 1) + 1])  # "查出来肺炎，36.5"
    start, end = mine[0].start, mine[-1].end
    if len(mine) == len(clauses) or end - start > LONGEST or _tells_of_illness(message, mine):
        return -math.inf
    part = normalise(message.text[start:end], message.lexicon.table)
    alone = Message(part, surface(part.text, message.people), message.sender, message.today, message.scanner)
    named = _categories(alone, "strong")
    return _margin(alone, named, 0, urgent=False, distress=first_place(alone, "hardships.distress") is not None) if named else -math.inf


def _tells_of_illness(message: Message, clauses: Sequence[Clause]) -> bool:
    return any(clauses[0].start <= f.start < clauses[-1].end for f in message.facts if f.kind in _ILL)
