"""Danger to the sender or teammates now: fire, gas, somebody down or stuck. Calls already answered, drills and news are none."""

import re

from handlers.reading.frame import is_laughing
from handlers.reading.hardship.others import is_supposed, of_animal, says, trifles
from handlers.reading.message import Message
from handlers.reading.reasons import Place

# "把钥匙压在垫子底下": what is put or stuck there is a thing
_THING_PUT = re.compile(r"[把将]([^,。;!?\n]{1,6}?)(?:给)?(?:反?锁|[压卡困夹掉吊挂关堵埋陷落])")
_PUT = 20  # characters around the words of danger in which it is said what was put
_BODY = re.compile("[人手脚腿头腰身指胳膊脖眼]|自己|孩子|娃|门")
_PRETENDED = re.compile("以为|没[人有]?真|不是真|不像|像是?真|差点|假装|好像")
_SHORT = 14  # a message of so few characters is a cry by itself ("煤气漏了")
_BEFORE = 4  # characters before the event in which a part of the body makes it a figure of speech ("嗓子冒烟")
KINDS = ("health", "other")
_TAME = "hardships.tame"
_OVER, _TOLD = ("hardships.handled", "hardships.settled"), ("frames.told", "frames.hearsay")
# "手机掉水里了": a thing falls, nobody
# "不是火警，是…"
_TRUTH = re.compile(
    r"(?<![是可要])(?:不是|并非|唔系)(?!吗|么)[^,。;!?\n]{1,8}[,。!\s]{1,2}(?:而|确实|就|这[回次]|现在|[我他她]们?|那边|楼里){0,2}(?:[是真系有]的?){0,2}[^,。;!?\n]{0,6}$"
)
_DENIED = re.compile("(?<![是可要])(?:不是|并非|唔系)(?:真的?|真正)?$")  # "不是着火了，是起雾了"
_THING_FALLS = re.compile(
    "(?:手机|钥匙|眼镜|[饭门房]?卡|钱包|帽子?|头盔|面罩|鞋子?|手套|耳机|手表|对讲机?|手台|电台|无人机|飞机|水枪|水带|绳子?|钩子?|扳手|工具|手电筒?|草|庄稼|麦子|苗|菜|玉米|车|路|帐篷|勺子?|筷子|碗|杯子|水?[壶瓶桶杯盆]|饭盒|快递|衣[服裳]|袜子?|包|本子|[器仪灯]|球|伞|电池|硬币|积木|玩具|票|证)"
    "(?:也|都|又|给|就|刚|全|一下子?|不小心|被我?|让我?|叫我?)*$"
)


def danger(message: Message) -> dict[str, Place]:
    """The kinds of danger that threaten now, each with its place in the text; {} where nobody is in danger.

    An event counts where somebody cries for help with it. Without a cry it counts where it is near (the sender, a teammate, the station)
    or all that the message says, unless the message tells that it is dealt with or long ago.
    """
    events = {kind: place for kind in KINDS if (place := _event(message, kind)) is not None}
    against = _against(message, events) if events else ""
    if not against:
        return events
    for kind, place in events.items():
        message.leave_out(f"categories:{kind}", (place.start, place.end), against)
    return {}


def is_drill(message: Message) -> bool:
    """Whether it speaks of a drill, a lesson, a film, and nothing says that something happened in earnest ("不是演的")."""
    if not message.finds("hardships.exercise"):
        return False
    earnest = message.search.all("hardships.earnest", message.head)
    return not any(_PRETENDED.search(message.text, max(0, m.start() - _BEFORE), m.end()) is None for m in earnest)


def _against(message: Message, events: dict[str, Place]) -> str:
    """Why an event is no danger now; "" where it is."""
    if is_drill(message):
        return "hardships.exercise"
    if message.finds("hardships.cry"):
        return ""
    truth = next((place.start for place in events.values() if _in_truth(message, place.start)), 0)
    # what is over is taken back where the truth is told behind it
    stands = not truth or any(m.start() >= truth for key in _OVER for m in message.all(key))
    against = next(
        (key for key in (*(_OVER if stands else ()), *_TOLD) if says(message, key)), "frames.trifles" if trifles(message) else ""
    )
    if against:
        return against
    if is_laughing(message):
        return "frames.joke"
    if any(t.kind in ("past", "long_past") or (t.kind == "day" and t.value) for t in message.tokens):
        return "days.past"
    near = bool(truth) or message.finds("hardships.near") or any(t.kind in ("me", "person", "family") for t in message.tokens)
    near = near or ("health" in events and not any(t.kind == "other" for t in message.tokens))  # of whom nothing is said is the sender
    return "" if near or len(message.text.strip()) <= _SHORT else "hardship.far"


def _in_truth(message: Message, start: int) -> bool:
    """Whether an event at `start` is said to be so in truth ("误报了，不是火警，是有人跳楼", "不是误报，真着火了")."""
    clauses = message.speech.clauses
    number = message.speech.at(start)
    return _TRUTH.search(message.text, clauses[max(0, number - 1)].start, start) is not None


def _event(message: Message, kind: str) -> Place | None:
    """The first place where an event of danger is stated: not asked, ordered or supposed, and not of a part of the body."""
    speech = message.speech
    key = f"hardships.danger.{kind}"
    tame = [m.span() for m in message.all(_TAME)]
    for match in message.all(key):
        clause = speech.at(match.start())
        if any(start < match.end() and match.start() < end for start, end in tame):
            message.leave_out(f"categories:{kind}", match.span(), _TAME)
            continue
        if is_supposed(message, clause, match.start()) or clause in speech.questions or _figurative(message, kind, match.start(), clause):
            continue
        if kind == "health" and of_animal(message, match.start()):
            message.leave_out(f"categories:{kind}", match.span(), "family.outsiders")
            continue
        if _DENIED.search(message.text, max(0, match.start() - _BEFORE), match.start()) is not None:
            message.leave_out(f"categories:{kind}", match.span(), "hardships.unsaid")
            continue
        if _of_somebody(message, match.end(), clause) and not message.finds("hardships.cry"):
            message.leave_out(f"categories:{kind}", match.span(), "family.outsiders")
            continue
        return Place(*match.span(), key)
    return None


def _of_somebody(message: Message, end: int, clause: int) -> bool:
    """Whether the words of danger only describe somebody nobody knows, as in the account of a call ("被困电梯的孕妇")."""
    text = message.text
    return text[end : end + 1] == "的" and any(
        t.kind == "other" and t.start <= end + _BEFORE for t in message.tokens_by_clause.get(clause, ()) if t.start >= end
    )


def _figurative(message: Message, kind: str, start: int, clause: int) -> bool:
    """Whether a part of the body stands before a fire or the like ("嗓子着火了"), or the words are part of an ordinary one."""
    before = ("animal",) if kind == "health" else ("part", "animal")
    if message.text[start] in "掉落沉埋" and _THING_FALLS.search(message.text, message.speech.clauses[clause].start, start):
        return True
    if kind == "other" and _is_put(message, start, message.speech.clauses[clause].start, message.speech.clauses[clause].end):
        return True
    return any(
        (t.kind in before and t.end <= start <= t.end + _BEFORE) or (t.kind == "trap" and t.start <= start < t.end)
        for t in message.tokens_by_clause.get(clause, ())
    )


def _is_put(message: Message, start: int, begin: int, end: int) -> bool:
    """Whether it is a thing that somebody put or got stuck ("孩子把积木卡在沙发底下了"), and nobody."""
    put = _THING_PUT.search(message.text, max(begin, start - _PUT), min(end, start + _PUT))
    if put is None or put.end() < start - _BEFORE or _BODY.search(put.group(1)) is not None:
        return False
    return not any(put.start(1) <= t.start < put.end(1) and t.kind in ("me", "person", "family", "third", "other") for t in message.tokens)
