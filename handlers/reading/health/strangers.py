"""Names that are on no roster: "小刘36.8" is not the sender's own temperature."""

import re
from functools import lru_cache

from handlers.reading.lexicon import Lexicon
from handlers.reading.scan import Token

_VALUE = re.compile(r"[\s:]*(?:今[天早日晚])?(?:的?体温|测得|量得|是)?[\s:]*(?:[34]\d(?![\d人号])|三十|四十)")
_MEASURED = re.compile(r"给(?P<whom>[一-鿿]{1,5}?)(?:量|测)")  # "给土豆量都36.5"
_SELF = "自咱大各每全"  # 自己, 大家, 每人: no stranger
_KNOWN = ("person", "family", "me", "third", "group")
_SPACE = re.compile(r"[\s:]*(?:今[天早日晚])?(?:也|又|有点|还)?")
_SAYS = ("symptom", "well", "part")  # kinds of words with which a person's health begins


@lru_cache(maxsize=8)
def _expression(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Where a name can begin, which is quick to search for; names; ordinary words that begin like one."""
    surname = f"[{''.join(map(re.escape, lexicon.lists['names.surnames']))}]"
    titles = "|".join(map(re.escape, lexicon.lists["names.titles"]))
    nobody = "|".join(map(re.escape, lexicon.lists["names.nobody"]))
    ordinary = "|".join(map(re.escape, lexicon.lists["names.ordinary"]))
    called = rf"(?P<called>[小老大]{surname}|阿[一-鿿])|(?P<nobody>(?:{nobody})[甲乙丙丁]?)|(?P<titled>{surname}(?:{titles}))"
    first = "".join(re.escape(word[0]) for key in ("names.surnames", "names.nobody") for word in lexicon.lists[key])
    return (
        re.compile(rf"[小老大阿{first}](?:(?<=^.)|(?<=[\s,。;!?、:天日早晚].))"),
        re.compile(
            rf"(?:^|(?<=[\s,。;!?、:天日早晚]))(?:{called}|(?P<full>{surname}[一-鿿]{{1,2}}?))(?=[\s:\d三四今体测量的是也又有还]|[一-鿿])"
        ),
        re.compile(ordinary),
    )


def strangers(text: str, tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Where somebody unknown is named before a value or, if called 小刘 or 老王, before any word of health. `tokens`: the known words."""
    opens, expression, ordinary = _expression(lexicon)
    named = list(expression.finditer(text)) if opens.search(text) is not None else []
    measured = _measured(text, tokens) if "给" in text else []
    if not named:
        return measured
    begins = {t.start: t.kind for t in tokens}
    covered = {p for t in tokens for p in range(t.start, t.end)}
    found = measured
    for match in named:
        start = match.start()
        known = [] if ordinary.match(text, start) else [match.end()] if not match.group("full") else [start + 2, start + 3]
        for end in known:
            if not match.group("nobody") and any(p in covered for p in range(start, end)):
                break
            if match.group("titled") and not text[end : end + 1].isalnum():
                break  # "王哥 36.5": the sender speaks to him
            if _VALUE.match(text, end) or (match.group("called") and _of_health(text, end, begins)):
                found.append(Token("stranger", text[start:end], start, end))
                break
    return found


def _measured(text: str, tokens: list[Token]) -> list[Token]:
    """Whom or what somebody has measured that is nobody known ("给土豆量都36.5")."""
    found: list[Token] = []
    for match in _MEASURED.finditer(text):
        start, end = match.span("whom")
        if text[start] not in _SELF and not any(t.kind in _KNOWN and t.start < end and t.end > start for t in tokens):
            found.append(Token("stranger", text[start:end], start, end))
    return found


def _of_health(text: str, end: int, begins: dict[int, str]) -> bool:
    """Whether a word of health begins behind a name."""
    space = _SPACE.match(text, end)
    return begins.get(space.end() if space is not None else end) in _SAYS
