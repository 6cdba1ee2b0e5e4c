"""What the speaker takes back: numbers in the same breath ("三十八…不对，三十六度八") or from an earlier message ("上面那个37.6是手滑")."""

import re

from handlers.reading.facts import VALUES, Fact
from handlers.reading.message import Message

_RATHER = re.compile(r"(?<!不)(?:是|应为|改成|改为)\s?$")  # "看错了 三十八度…是三十六度八"
_MISWRITTEN = re.compile(
    r"\s?[度℃]?[,\s]{0,2}(?:被|给|让|结果)?(?:[我你您恁他她]|表[里上]|系统|输入法|[一-龥]{2,3})?(?:给|又|却)?[写报填打输记抄看听说登录念敲按点弄搞整]成(?!了?(?:别人|人家|他人|隔壁|谁|前一个|上一个|下一个))"
)  # "36.2填成了39.2": 36.2 is true
_STOP = re.compile(r"[,:。;!?\n]")
_STOP_SENTENCE = re.compile(r"[。;!?\n]")
_BEFORE_THAT = re.compile(
    r"[,;\s。啊呀哈哦呢嘛](?=刚|先前|之前|早上|今早|昨|上面|前面|一开始|原来|头先)"
)  # what is wrong is told of another number then
_OF_ANOTHER_DAY = re.compile(
    r"\s?[度℃]?\s?[是系为](?:昨|前|大前|上|周|星期|礼拜|\d{1,2}[号日月])"
)  # "刚填的36.2是昨天的": true, of yesterday
_FORMER = r"\((?:原来?|误|旧|此?前|之前|刚才|先前|上次)[写报填登记录打为是的]{0,3}[:]?\s?"
_OLD, _OLD_BEHIND = re.compile(f"{_FORMER}$"), re.compile(rf"\s?[度℃]?\s?{_FORMER}\d")  # "36.6（原写36.9）": the new one, then the old
_SHOULD_BE = re.compile(r"(?:应?该是|应是|应为|应当是|实为|其实是|实际是|改为|改成)\s?$")  # "36.9应该是37.9，看错一格"
_INTO = re.compile(
    r"\s?[度℃]?[\s,。]?(?:应该?是?|应当是|应为|实为|实是|实际是|为|改为?|改成|更正[为成]|修正[为成]|订正[为成])\s?"
)  # "昨报37.2为36.2"
_ARROW = re.compile(r"\s?[度℃]?\s?(?:→|➡)\s{0,3}")  # "更正：36.9→36.5"
_GAVE_WRONG = re.compile(r"(?:我|俺|刚才?|又|手机|输入法)给(?:我)?[写报填打输录登按发]成了?个?\s?$")  # "我给打成39.6了"
# "刚才手抖,报成38.6", and no other value: what was reported is wrong, and what is right is not said
_SLIPPED_INTO = re.compile(
    r"(?:手[抖滑快误贱欠潮颤]|眼花|[打按输写填报发看]错|没注意|不小心|迷糊)[^。;!?\n]{0,8}?(?:[写报填打输录登按发]|登记|上报)成了?(?:个|了个)?\s?$"
    rf"|{_GAVE_WRONG.pattern}"
)
_SLIP_WITHIN = 24  # characters before the value
# "刚报的咳嗽是玩笑", "头疼是瞎说的"
_JOKED = re.compile(
    r"(?:的事儿?|的话|那事儿?|那条)?(?:都|只|就|其实|纯粹|不过|完全){0,2}(?:是|纯属)(?:个|开|句|在|跟你们|和你们){0,2}"
    r"(?:玩笑|逗(?:你|大家|他|恁)?们?玩?儿?的|[瞎胡][说编报讲扯诌]|闹着玩|骗(?:你|大家|他)们?的|编的)(?![^,。;!\n]{0,2}[吗么?])"
)
_IS_WHO = re.compile("(?:的|(?<=的))(?:人|同志)?[是系](?!我|俺|本人|因|由|有)[一-龥]")  # "我没发烧，发烧的是隔壁老王"
_ME = re.compile("我(?!们)|本人")
_NOT = re.compile("不是|并非|唔系|的是")
_PUT = re.compile("[勾选点写填报登记打]成了?个?$")
_IN_FACT = re.compile("其实|实际|应该?是|是(?=[^,。;]{1,6}(?:$|[,。;!]))|才是")
# between two values nothing but a start that it was none: "三十六度九，哎呀不是，三十六度六", also behind a dash
_NOT_SO = re.compile(
    r"[\s度℃,。.…~—-]*(?:[哎唉诶哦噢啊呃额呀哟嗨]|等[等下]|我去){0,4}[\s,。]*(?:不是|不对|不不|错了?|说错|打错)[吧呀啊哦了的]?\s?[,。.…~!—-]+\s?(?:应该)?是?\s?"
)
_THEY_SAY = re.compile("(?:别人|人家|他们|她们|大家|有人|谁)(?:都|总|老|非|硬)?说(?:我|俺)(?:是|有|在|老)?$")  # "别人都说我咳嗽，其实不咳"
_NEAR = 10
_ANEW = (*VALUES, "well", "fine", "denied", "below")


def standing(message: Message, facts: list[Fact]) -> list[Fact]:
    """The facts without the numbers and symptoms that are taken back."""
    facts = _without_others(message, _without_slips(message, _without_jokes(message, facts)))
    values = [f for f in facts if f.kind in VALUES]
    if not values:
        return facts
    if slipped(message) is not None:
        return [f for f in facts if f.kind not in VALUES]
    said: dict[str, set[int]] = {}
    for value in values:
        said.setdefault(value.person, set()).add(value.start)
    dropped = _earlier(message, values)
    last = {v.person: v.start for v in values}
    restated = [f for i, f in enumerate(values) if _restated(message, values, i, others=len(said[f.person]) > 1)]
    for value in restated:
        said[value.person].discard(value.start)
    # of a person whose numbers are all called wrong, the last one stands
    dropped |= {(f.start, f.end) for f in restated if said[f.person] or f.start != last[f.person]}
    return [f for f in facts if (f.start, f.end) not in dropped]


def slipped(message: Message) -> Fact | None:
    """The only value of a message, where it says that it was reported by a slip, and nothing in its place."""
    values = [f for f in message.facts if f.kind in VALUES]
    if len(values) != 1:
        return None
    start = values[0].start
    if not message.finds("acts.earlier"):
        return values[0] if _GAVE_WRONG.search(message.text, max(0, start - _NEAR), start) is not None else None
    return values[0] if _SLIPPED_INTO.search(message.text, max(0, start - _SLIP_WITHIN), start) is not None else None


def _restated(message: Message, values: list[Fact], i: int, *, others: bool) -> bool:
    """Whether the words around a number say that it is none ("不是38.6，是36.8")."""
    text, search, fact = message.text, message.search, values[i]
    again = i + 1 < len(values) and values[i + 1].person == fact.person
    if not others and not again:
        return False
    before = text[max(0, fact.start - 6) : fact.start]
    if others and _OLD.search(before) is not None:
        return True
    if _OLD_BEHIND.match(text, fact.end) is not None or _MISWRITTEN.match(text, fact.end) is not None:
        return False
    after = text[fact.end : values[i + 1].start if i + 1 < len(values) else len(text)]
    if _OF_ANOTHER_DAY.match(text, fact.end) is not None or _SHOULD_BE.search(before) is not None:
        return False
    after = after[: before_that.start()] if (before_that := _BEFORE_THAT.search(after)) else after
    wrong = [m for m in search.all("acts.restated", before) if not _STOP.search(before, m.end())]
    return (
        (others and bool(wrong) and "而是" not in before)
        or (again and (search.finds("acts.restate", after) or _INTO.fullmatch(after) is not None))
        or (again and _ARROW.fullmatch(after) is not None and message.finds("acts.correction"))
        or (again and len(after) < _SLIP_WITHIN and _NOT_SO.fullmatch(after) is not None)
        or (again and message.finds("acts.withdrawn_after") and _RATHER.search(after[-_NEAR:]) is not None)
        or (others and search.finds("acts.withdrawn_after", _STOP_SENTENCE.split(after)[0][:_NEAR]))
    )


def _earlier(message: Message, values: list[Fact]) -> set[tuple[int, int]]:
    """The numbers of an earlier message where it is taken back, or where it was a slip and a new number stands beside it."""
    clauses, search, text = message.speech.clauses, message.search, message.text
    if "acts.earlier" not in search.possible:
        return set()
    said: list[Fact] = []
    fresh: set[str] = set()
    for i, value in enumerate(values):
        clause = clauses[value.clause]
        since = max(clause.start, values[i - 1].end if i else 0)
        until = clause.end
        if i + 1 < len(values) and clauses[values[i + 1].clause].sentence == clause.sentence:
            until = values[i + 1].start
        pointed = search.first("acts.earlier", text, since, value.start) is not None
        if (
            pointed
            and not _SHOULD_BE.search(text, max(clause.start, value.start - _NEAR), value.start)
            and not _MISWRITTEN.match(text, value.end)
            and not _OF_ANOTHER_DAY.match(text, value.end)
            and (
                search.first("acts.undo", text, value.end, until) is not None
                or (len(values) > 1 and search.first("acts.slip", text, since, until) is not None)
            )
        ):
            said.append(value)
        else:
            fresh.add(value.person)
    return {(v.start, v.end) for v in said if v.person in fresh or not fresh}


def _without_slips(message: Message, facts: list[Fact]) -> list[Fact]:
    """Leave out symptoms of an earlier message that were a slip ("早上写的咳嗽是点错了"), where their person reports anew."""
    facts = _put_right(message, facts)
    if not message.finds("acts.earlier") or not message.finds("acts.slip"):
        return facts
    clauses, search, text = message.speech.clauses, message.search, message.text
    anew = {f.person for f in facts if f.kind in _ANEW}
    others = {(f.value, f.person) for f in facts if f.kind == "symptom"}
    return [
        f
        for f in facts
        if f.kind != "symptom"
        or (f.person not in anew and all(person == f.person for value, person in others if value == f.value))
        or search.first("acts.earlier", text, clauses[f.clause].start, f.start) is None
        or search.first("acts.slip", text, f.end, clauses[f.clause].end) is None
    ]


def _without_others(message: Message, facts: list[Fact]) -> list[Fact]:
    """Leave out an illness that is said not to be of him who is named before it, where it is told of somebody else behind.

    "不是王磊咳嗽，是李明咳嗽"; "我没发烧，发烧的是隔壁老王".
    """
    if not facts or _NOT.search(message.head) is None:
        return facts
    ends = {t.start: t.end for t in message.tokens if t.kind == "person"} | {m.start(): m.end() for m in _ME.finditer(message.head)}
    not_him = {end for start, end in ends.items() if message.text.endswith(("不是", "并非", "唔系"), 0, start)}
    last = {f.value: f.start for f in sorted(facts, key=lambda f: f.start)}
    denials = {(f.value, f.person) for f in facts if f.kind == "denied"}
    return [
        f
        for f in facts
        if (f.start not in not_him or last[f.value] <= f.start)
        and not (f.kind == "symptom" and (f.value, f.person) in denials and _IS_WHO.match(message.text, f.end) is not None)
    ]


def _put_right(message: Message, facts: list[Fact]) -> list[Fact]:
    """Leave out symptoms that were only ticked or written by a slip, where another is told in their place ("勾成腹泻了，其实是胃疼")."""
    last: dict[str, dict[str, int]] = {}  # where each symptom of a person is told last
    for fact in facts:
        if fact.kind == "symptom":
            last.setdefault(fact.person, {})[fact.value] = fact.start
    return [
        f
        for f in facts
        if f.kind != "symptom"
        or _PUT.search(message.text, max(0, f.start - _NEAR), f.start) is None
        or _IN_FACT.search(message.text, f.end, f.end + _SLIP_WITHIN) is None
        or not any(value != f.value and start > f.end for value, start in last[f.person].items())
    ]


def _without_jokes(message: Message, facts: list[Fact]) -> list[Fact]:
    """Leave out symptoms that are called a joke, and those that others tell of the speaker and he denies."""
    text = message.text
    denied = {(f.person, f.value) for f in facts if f.kind in ("denied", "well")}
    return [
        f
        for f in facts
        if f.kind not in ("symptom", "unwell")
        or not (
            _JOKED.match(text, f.end)
            or ((f.person, f.value) in denied and _THEY_SAY.search(text, max(0, f.start - _NEAR), f.start) is not None)
        )
    ]
