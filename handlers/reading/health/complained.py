"""What is complained of at a part of the body without a word of illness: it is likened to something, hurt by something, or only 有点…."""

from collections.abc import Sequence

from handlers.reading.lexicon import Lexicon
from handlers.reading.reasons import Place

_WITHIN = 24  # characters around a part of the body in which it is said what is the matter with it
_MOST = 4  # parts of the body looked at in a clause
_ENDS = "。!?\n"
# what a comparison means, by the part of the body
_COMPARED = {
    "throat": "sore_throat",
    "head": "headache",
    "belly": "stomach_pain",
    "nose": "runny_nose",
    "chest": "breathless",
    "body": "muscle_pain",
}
_HURT = frozenset(("limb", "waist", "head", "skin", "chest", "belly", "body", "face"))  # kinds of parts that a blow or a knife can hurt
PART = "◎"  # stands for the part of the body in the patterns of symptoms.struck


def complaint(text: str, parts: Sequence[tuple[str, int, int]], end: int, lexicon: Lexicon) -> tuple[str, str, Place] | None:
    """What is said of `parts` of the body (kind, end, start) in a clause that ends at `end`: how sure, which symptom, where."""
    for kind, behind, start in parts[-_MOST:]:
        eye = "眼" in text[start:behind]  # sand in it is a complaint
        if kind in _HURT and not eye and _is_struck(_around(text, start, behind, end), lexicon):
            return "symptom", "injury", Place(start, end, "symptoms.struck")
    if not parts:
        return None
    kind, behind, start = parts[0]
    said = text[behind : min(end, behind + _WITHIN)]
    if lexicon.finds("symptoms.likened", said) and not lexicon.finds("symptoms.likened_against", said):
        return "symptom", _COMPARED.get(kind, "other"), Place(start, end, "symptoms.likened")
    if lexicon.finds("symptoms.complained", said) and not lexicon.finds("symptoms.complained_against", said):
        return "vague", "other", Place(start, end, "symptoms.complained")
    return None


def _around(text: str, start: int, behind: int, end: int) -> str:
    """The words of the sentence around a part of the body, and the part itself as one sign: 砸云飞◎上了."""
    before = text[max(0, start - _WITHIN) : start]
    head = max(before.rfind(stop) for stop in _ENDS) + 1
    above = "上" if text[behind - 1] == "上" else ""  # 腰上 is one word
    return f"{before[head:]}{PART}{above}{text[behind : min(end, behind + _WITHIN)]}"


def _is_struck(said: str, lexicon: Lexicon) -> bool:
    """Whether something has hurt the part of the body that is marked in what is said."""
    return lexicon.finds("symptoms.struck", said) and not lexicon.finds("symptoms.struck_against", said)
