"""Where the words of a message stand without what is only put around them: a greeting, whom they are said to, the value of a check-in.

So little says nothing of what the message is, and yet a judge who hears it with the rest takes a plain need for a check-in or a chat.
"""

import re
from collections.abc import Sequence

from handlers.reading.facts import VALUES, Fact

_MOST = 60  # characters: in a longer message so little weighs nothing
_LEAST = 2  # letters that must be left
_SEVERAL = 2  # values: more of them are what the message is about
_TURNS = 6
_STOPS = r"[\s,。;:!?~、…·]"
_OPENING = re.compile(
    rf"{_STOPS}*(?:@[^\s@,。:;]{{1,12}}(?=\s)|(?:(?:大家|各位|领导|您|你)?(?:早上|上午|中午|下午|晚上)?好|早安|早|报告|打扰(?:一下|了)?|不好意思|那个|对了"
    rf"|(?:我)?(?:跟|和|给)?(?:[您你]们?|大家)?(?:说|汇报|报告)(?:一下|个事儿?|件事儿?|一声)|[一-龥]{{0,2}}(?:班长|组长|队长|站长|指导员|教导员|书记|主任|领导|教官|小微)){_STOPS}){_STOPS}*"
)
_BEFORE = re.compile(
    rf"(?:{_STOPS}|报告|班长|我|俺|本人|自己|今[天日早]|今儿|早上|早晨|晨检|体温|刚才?|量了?|测了?|是|为|的|一切|身体|目前|现在|都|也|很|挺|还|有一?点儿?|有些|就是|但|感觉|稍微|略微)*"
)
_BEHIND = re.compile(rf"\s?(?:度|℃|°?c(?![a-z])|°)?(?:左右|多)?{_STOPS}*")
_TAIL = re.compile(
    rf"(?:{_STOPS}|我|俺|本人|今[天日早]|今儿|早上|早晨|体温|刚才?|量了?|测了?|是|为|的|一切|身体|目前|现在|都|也|很|挺|还|谢谢|谢了|辛苦了?)*$"
)
_STOP = re.compile(_STOPS)
_CLOSING = re.compile("[ …🙏🌹❤]*$")  # a sticker is blanked
_LETTERS = re.compile("[一-龥]")
_ILL = ("symptom", "unwell", *VALUES)
_KINDS = (*VALUES, "well", "fine", "denied", "below")


def bare(text: str, facts: Sequence[Fact], sender: str, *, ill: bool = False) -> tuple[int, int] | None:
    """From where to where the rest goes; None where nothing stands around it, nothing is left, or an illness is told in it.

    `ill`: an illness told beside a value stands around it as well; of a need it says more than of a piece of work.
    """
    if len(text) > _MOST or sum(f.kind in VALUES for f in facts) > _SEVERAL:
        return None
    kinds = (*_KINDS, *_ILL) if ill and any(f.kind in VALUES for f in facts) else _KINDS
    said = [f for f in facts if f.kind in kinds and f.person == sender and not f.past]
    start = _start(text, said)
    end = _end(text, [f for f in facts if f.kind in VALUES or f in said], start)
    if (not start and end == len(text)) or len(_LETTERS.findall(text, start, end)) < _LEAST:
        return None
    told = any(f.kind in _ILL and start <= f.start < end for f in facts)  # that is what a check-in tells
    return None if told else (start, end)


def _start(text: str, said: Sequence[Fact]) -> int:
    """Where the rest begins."""
    start = len(text) - len(text.lstrip())  # a mention is blanked
    for _ in range(_TURNS):
        opening = _OPENING.match(text, start)
        if opening is not None:
            start = opening.end()
            continue
        begins = _before(text, start)
        told = next((f for f in said if start <= _first(f) <= begins <= f.end), None)
        if told is None:
            break
        start = _behind(text, max(told.end, told.told.end))
    return start


def _end(text: str, said: Sequence[Fact], start: int) -> int:
    """Where the rest ends."""
    closing = _CLOSING.search(text, start)
    end = len(text) if closing is None else closing.start()
    for _ in range(_TURNS):
        told = next((f for f in reversed(said) if start < _first(f) < end <= _behind(text, f.end)), None)
        if told is None:
            break
        tail = _TAIL.search(text, start, _first(told))
        begins = _first(told) if tail is None else tail.start()
        if told.kind not in VALUES and _STOP.match(text, begins) is None:
            break  # "一个补考的都没有"
        end = begins
    return end


def _first(fact: Fact) -> int:
    """Where a fact is told from, with its denial."""
    return min(fact.start, fact.told.start) if fact.told.end else fact.start


def _before(text: str, start: int) -> int:
    found = _BEFORE.match(text, start)
    return start if found is None else found.end()


def _behind(text: str, end: int) -> int:
    found = _BEHIND.match(text, end)
    return end if found is None else found.end()
