"""Numbers that are a body temperature, and the many that are not."""

import re
from functools import lru_cache
from typing import NamedTuple

from handlers.reading.health.beside import BOILING, FROZEN, WHOM, at_a_thing, before_blank, is_slip, of_pipe, of_weather, stands_alone
from handlers.reading.lexicon import Lexicon
from handlers.reading.trace import Trace

LOWEST, HIGHEST = 34.0, 43.0  # outside, a value is a slip of the pen (LABELS.md)
FEVER = 37.3
# also as in documents (叁拾陆) and as on the radio (三六点拐)
_NUMERALS = ("零一二三四五六七八九", "洞幺两叁肆伍陆拐捌勾", "零壹贰叁肆伍陆柒捌玖")
_DIGITS = {c: i for digits in _NUMERALS for i, c in enumerate(digits)} | {"半": 5}
_DIGIT = f"[{''.join(_DIGITS)}]"

# "40度一直不退", "38度两天了": no tenths
_NO_TENTHS = r"(?![天次回夜宿晚周]|(?<=一)[直定会下边路起样同切共般看早个])"
_UNIT = r"(?P<unit>\s?\(?(?:℉|°\s?f|华氏度?|f(?![a-z])|℃|°c|度|°|摄氏度|c(?![a-z])|(?<=度\d)分(?!钟)))?"
_DECIMAL = rf"(?P<int>\d{{1,3}})(?:\s?[.。·]{{1,2}}|\s?[度°℃]|(?<=3\d)点|(?<=4[0-3])点)\s?(?P<dec>\d{{1,2}})(?!\d){_UNIT}"  # not 10点36
_WHOLE = r"(?P<whole>\d{2,3})\s?(?P<wunit>℃|°c|度|°|摄氏度|℉|华氏度?)(?P<tail>整|多|半)?"
_CALLED = rf"(?<=体温三十{_DIGIT})|(?<=体温[是为:]三十{_DIGIT})|(?<=烧到三十{_DIGIT})|(?<=烧到四十)|(?<=体温[没不][超过到]三十七)"
_SPOKEN = (
    rf"(?P<tens>[三叁四肆][ ]?[十拾]|卅|卌)[ ]?(?P<ones>{_DIGIT})?[ ]?(?P<point>度|点|整|℃|(?:{_CALLED})(?=$|[,。;!\s了高]))"
    rf"(?:[ …]{{0,3}}(?P<tenths>{_DIGIT})(?![十拾百千万钟]){_NO_TENTHS}(?:(?<=度{_DIGIT})分(?!钟))?)?整?"
)
_RADIO = (
    rf"(?P<three>[三叁][五伍六陆七柒拐八捌九勾玖](?=[点度.]|[。·]{_DIGIT}(?:$|[,。;\s])|{_DIGIT})|四[零洞一幺二两](?=[点度.]))"
    rf"(?P<rpoint>[点度.。·])?(?P<third>{_DIGIT})(?![十拾百千万度钟等团号路班节\d])"
)
_TEN_SHORT = rf"(?P<stens>[三四]十(?P<sones>{_DIGIT}))(?P<stenth>[零一二三四五六七八九])(?![十百千万\d一二三四五六七八九])"  # 三十六五
_MIXED = rf"(?P<mixed>3[5-9]|4[0-2])(?:度|点)(?P<mdec>[零一二三四五六七八九半]){_NO_TENTHS}"
_SPACED = r"(?P<sa>3)[ ]?(?P<sb>[5-9])[ ]?(?P<sdot>[.·。点])?[ ]?(?P<sc>\d)(?![\d.])(?<=[ .·。点\d][ .·。点]\d)"  # 3 6 . 5, 36 5
_COMMA = r"(?P<cint>3[4-9]|4[0-2]),(?P<cdec>\d)(?![\d.])"  # 36,5
_BARE = r"(?P<bare>\d{2,3})"
_NUMBER = re.compile(
    r"(?=[\d三四叁肆卅卌])(?:"  # a look at the first character spares most places the rest
    rf"(?<![\d.第])(?:(?<=tw)|(?<=t)|(?<=wd)|(?<=ty)|(?<=wendu)|(?<=tiwen)|(?<=temp)|(?<![a-z]))(?:{_SPACED}|{_MIXED}|{_DECIMAL}|{_COMMA}|{_WHOLE}|{_BARE})(?![\d])|{_SPOKEN}|{_TEN_SHORT}|{_RADIO})"
)
_RULE = re.compile(r"\s?(?:℃|度)?\s?(?:的|者|人员|同志|请|应|须|要|就|,?不得)")
_PLACES = frozenset(
    ("外面", "外头", "室外", "屋里", "屋内", "车里", "车内", "操场", "太阳", "浴室", "空调", "暖气", "桑拿", "库房", "冷库", "冰柜", "机房")
)
_LIES = re.compile("[躺睡趴歪窝缩卧](?:在|到)?$")  # "躺值班室38.9"
_TAKEN = re.compile("[量测]")  # "刚从外面进来测的37.4": of him who came in
_AT = ("在", "到", "住", "去", "进", "回", "往", "于", "是在")  # "隔离在407": a room
# "36.5度的咖啡": of a thing; "39度的高烧" is not
_OF_A_THING = re.compile(
    r"(?:(?<=[度℃°])|[度℃])的(?=[一-鿿])(?![体烧高低发温时人我他她样数标值结正度娃孩那这也都就是还吧呢哦啊没有不无身状健额腋耳])"
)
# "三八五，我说的是那个泵，不是体温"
_NO_BODY = re.compile(
    r"[^。!?\n]{0,24}?(?:不是(?:说|指|报|讲)?(?:我的?)?体温(?![计枪表不高低异])|跟体温没关系|和体温无关|与体温无关|唔系体温)"
)
_OF_ALL = re.compile("(?:量谁|测谁|见谁|谁来?量|谁来?测|个个|随便谁)[^,。;!?\\n]{0,4}$")  # "枪坏了，量谁都是34.2"
_ABOUT = "(?:的?(?:表面|内部)?温度)?(?:也|都)?(?:刚好|正好|差不多|大概|大约|稳在|保持在?|显示)?"
_NEARBY, _BEFORE = 32, 24
_ROOM = 36.0  # degrees of a room that is complained of
_HOT_ROOM = re.compile("空调(?:又|也|还|都)?(?:坏|不制冷|不凉|不转|罢工|没修)|没空调|待不住|呆不住|住不了人|蒸笼|睡不了人")
_TOWN = re.compile(
    "(?<![在到去回从人])(?:北京|天津|上海|重庆|石家庄|太原|呼和浩特|沈阳|大连|长春|哈尔滨|南京|苏州|无锡|杭州|宁波|合肥|福州|厦门|南昌|济南|青岛|郑州|洛阳|武汉|宜昌|长沙|广州|深圳|东莞|佛山|南宁"
    "|桂林|海口|三亚|成都|绵阳|贵阳|昆明|拉萨|西安|宝鸡|兰州|西宁|银川|乌鲁木齐|吐鲁番|喀什|和田|哈密|香港|澳门|台北|江城|南方|北方|外地|有的?地方|好多地方|迪拜|印度|泰国|沙漠|戈壁滩?)"
    "(?:那边|那头|这边|市|城)?(?:都|也|今天?|昨天?|现在|这两天|这几天|已经|才|有|到|得有|快|最高|能到|要|[: ]){0,3}$"
)
_ALONE = 6  # characters before a number that stands nearly alone in its clause
_LEAST_GUESS, _MOST_GUESS = 340, 430  # 365 is taken for 36.5
_TIME_OR_COUNT, _PRICE = ("分", "个"), ("元", "块", "码")
_HIGHEST_BOUND, _LOWEST_BOUND = 38.0, 37.2  # "37以下" says well, "37.3以上" says ill; bounds beyond say neither
_COUNTED = re.compile(r"[¥$#号第层楼价叫名]")
_MEASURED = re.compile(r"(?:体温|烧到了?|高烧|低烧|发烧|发热|高热|量了?|测了?|是)\s?$")
_BURNING = re.compile(r"(?:体温|烧到了?|高烧|烧了?)\s?$")  # "烧到39了"
_AFTER_SPACED = re.compile(r"\s*(?:$|[,。;!\n]|[一-鿿])")
_DIRECT = re.compile(r"(?:体温|温度|晨检|今早|今日|今天)[^\d]{0,3}$")
_BODY = re.compile(r"体温(?:是|为|:|\s){0,2}$")
_NAMES = re.compile(r":[^:\d]*[一-鿿][^:\d]*$")  # what stands before the colon does not say what the number is of
_WELL = re.compile("倍儿?(?:棒|好|精神|爽|舒)|人(?:一点|也|都|还|很|挺|没|好|精神|正常|舒)")  # "36.5倍棒", "三十六点三人没事"
_WEEKDAY = re.compile("周[一二三四五六日天末]")
_NO_UNITS = ("周", "倍", "人")  # as these two begin
# a text without any of these has no temperature; that it begins with single characters makes the search quick
_QUICK = re.compile(
    r"[\d三叁四肆卅卌](?:(?<=\d)\.?\d|(?<=3) \d|(?<=[三叁四肆])[ ]?[十拾]|(?<=[卅卌])|(?<=[三叁])[五伍六陆七柒拐八捌九勾玖]"
    r"|(?<=四)[零洞一幺二两])"
)
_COLDEST_F, _HOTTEST_F = 93.0, 110.0  # what a person may have in degrees Fahrenheit
_SAID_F = re.compile(r"(?<![a-z])f(?![a-z])|℉|华氏|fahrenheit|洋(?:度|单位|体温)|美制|英制")  # "100.8，带个F"
_ONLY_FAHRENHEIT = re.compile("℉|f|华氏")


class Temperature(NamedTuple):
    """A number at `start:end`, read as °C. `kind`: exact, guessed (365 for 36.5), implausible, below or above (a bound, no value).

    `pure`: nothing else than a label stands in its clause before it. `labelled`: a word such as 体温 stands before it.
    """

    kind: str
    celsius: float
    start: int
    end: int
    labelled: bool
    written: str


@lru_cache(maxsize=8)
def _expressions(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    def either(key: str) -> str:
        return "|".join(sorted(map(re.escape, lexicon.lists[key]), key=len, reverse=True))

    return (
        re.compile(rf"(?:{either('numbers.labels')})[^\d,。;!?\n]{{0,4}}$"),
        re.compile(rf"(?:{_units(lexicon)}|[/:]\d(?!\d[.]\d))"),
        re.compile(f"{either('numbers.elsewhere')}|{either('numbers.measures')}"),
        re.compile(rf"\s?度?(?:{either('numbers.limits')})"),
        re.compile(rf"(?:{either('numbers.before_limits')})\s?$"),
        re.compile(rf"(?:{either('numbers.below')})\s?$"),
        re.compile(rf"\s?(?:℃|度)?(?:{either('numbers.under')})"),
        re.compile(rf"(?:{either('numbers.things')})[里上边下旁面]{{0,2}}{_ABOUT}(?:有|到|是|才|足有|快|将近|得)?[: ]?$"),
        re.compile(either("numbers.elsewhere")),
        re.compile(either("numbers.weather")),
    )


def _units(lexicon: Lexicon) -> str:
    """Units of one character stand close to the number ("37.0 人好好的" counts nobody); longer ones may follow a blank."""
    words = sorted(map(re.escape, lexicon.lists["numbers.units"]), key=len, reverse=True)
    longer, single = "|".join(w for w in words if len(w) > 1), "|".join(w for w in words if len(w) == 1)
    return rf"\s?(?:{longer or '(?!)'})|(?!家[里中人属])(?:{single or '(?!)'})"  # "36.5家里漏水"


def temperatures(text: str, bounds: list[int], lexicon: Lexicon, trace: Trace | None = None) -> list[Temperature]:
    """All body temperatures of a uniform text. `bounds`: where its clauses begin, ascending, and the length of the text.

    A number that could be one and is none is told to `trace`.
    """
    if _QUICK.search(text) is None:
        return []
    found: list[Temperature] = []
    index = 0
    for match in _NUMBER.finditer(text):
        start = match.start()
        while index + 1 < len(bounds) and bounds[index + 1] <= start:
            index += 1
        limit = bounds[index + 1] if index + 1 < len(bounds) else len(text)
        read = _judge(text, match, bounds[index], limit, lexicon)
        if isinstance(read, Temperature):
            found.append(read)
        elif trace is not None and _is_like(match):
            trace.leave_out("temperature", start, match.end(), read)
    return found


def _is_like(match: re.Match[str]) -> bool:
    """Whether a number could be a body temperature."""
    value, _ = _value(match)
    return LOWEST <= value <= HIGHEST or _LEAST_GUESS <= value <= _MOST_GUESS


def _judge(text: str, match: re.Match[str], clause: int, limit: int, lexicon: Lexicon) -> Temperature | str:
    """What one number is, or what speaks against its being a temperature; `clause`, `limit`: its clause."""
    labels, units, elsewhere, limits, before_limits, below, under, things, warm, weather = _expressions(lexicon)
    start, end = match.span()
    celsius, form = _value(match)
    head = text[max(clause, start - 24) : start]
    if (
        form != "fahrenheit"
        and _COLDEST_F <= celsius <= _HOTTEST_F
        and ("华氏" in text[max(0, start - 24) : start] or _SAID_F.search(text, end, end + 16))
    ):
        celsius, form = _celsius(celsius), "fahrenheit"
    tail = text[end : end + 8]
    if tail[:1] in _NO_UNITS and (_WEEKDAY.match(tail) or _WELL.match(tail)):
        tail = ""
    labelled = labels.search(head or before_blank(text, start)) is not None or (form == "short" and head.endswith("温度"))
    thing = things.search(head) if head else None
    if (
        at_a_thing(head)
        or (thing is not None and not _LIES.search(head, 0, thing.start()))
        or (not labelled and (of_weather(text, start, end, weather) or _of_others(text, match, clause, celsius)))
    ):
        return "numbers.elsewhere"
    # "机房报警 温度36.5": 温度 alone may speak of what stands before it
    unsure = form in ("bare", "short", "spaced") and not labelled
    alone = head.strip() == "温度"
    since = 0 if unsure or alone else clause + head.rfind(":") + 1 if ":" in head and _NAMES.search(head) else clause
    whom = WHOM.search(head) if head and not unsure else None
    if whom is not None:
        since = max(since, start - len(head) + whom.start())  # "屋里厢阿爸36.6"
    odd = (warm if alone else elsewhere).search(text, max(since, start - 24), min(limit, end + 8))
    if (
        odd is not None
        and not (odd.group() in _PLACES and _TAKEN.search(text, odd.end(), max(odd.end(), start)))
        and not (labelled and odd.end() <= start and "体" in head[odd.end() - start :])
        and (not text.startswith("体", max(0, start - 3)) or text.startswith("黑体", max(0, start - 4)))
    ):
        return "numbers.elsewhere"
    if form != "fahrenheit" and units.match(tail):
        measured = labelled and "体" in head and tail.strip()[:1] not in _PRICE
        if not measured or tail[:1] in _TIME_OR_COUNT:
            return "numbers.units"
    written = text[start:end]
    if LOWEST <= celsius <= HIGHEST:
        bound = under.match(tail)
        if below.search(head) or bound:
            # "37以下的才能进场" is a rule, "都在37以下" a statement
            rule = _RULE.match(text, end + (bound.end() if bound else 0)) is not None
            return "numbers.limits" if rule or celsius > _HIGHEST_BOUND else Temperature("below", celsius, start, end, labelled, written)
        if limits.match(tail) or before_limits.search(head):
            stated = head.rstrip().endswith(("≥", ">", ">=", "超过", "高于")) and celsius >= _LOWEST_BOUND and not _RULE.match(text, end)
            return Temperature("above", celsius, start, end, labelled, written) if stated else "numbers.limits"
    return _grade(text, (start, end), celsius, form, labelled, clause) or "temperature.form"


def _of_others(text: str, match: re.Match[str], clause: int, celsius: float) -> bool:
    """Whether a number is a thing's, said to be none of a body, or whole degrees of a town or a room ("兰州37度", "待不住,三十四度")."""
    start, end = match.span()
    if (
        (start > clause and _OF_ALL.search(text, max(clause, start - _BEFORE), start))
        or _OF_A_THING.match(text, end)
        or of_pipe(text, start, end)
        or (text.find("体温", end, end + _NEARBY) >= 0 and _NO_BODY.match(text, end, end + _NEARBY))
    ):
        return True
    if match.group("whole") is None and (match.group("tens") is None or celsius != int(celsius)):
        return False
    if celsius <= _ROOM and _HOT_ROOM.search(text, max(0, start - _BEFORE), start):
        return True
    return match.group("whole") is not None and _TOWN.search(text, clause, start) is not None


def _grade(text: str, span: tuple[int, int], celsius: float, form: str, labelled: bool, clause: int) -> Temperature | None:
    """Whether a number that nothing speaks against is believed, and how far. `clause`: where its clause begins."""
    start, end = span
    written = text[start:end]
    head = text[clause:start]
    alone = len(head) <= _ALONE and not _COUNTED.search(head) and not head.rstrip().endswith(_AT)  # at most a name or a day before it
    kind = None
    if form == "bare":
        if _LEAST_GUESS <= celsius <= _MOST_GUESS and (labelled or alone):
            kind, celsius = "guessed", celsius / 10
        elif LOWEST <= celsius <= HIGHEST and (_ends_bare(text[end : end + 1], head) or stands_alone(text, span, head)):
            kind = "exact"
        elif celsius > HIGHEST and _BODY.search(head) and not text[end : end + 1].isalnum():
            kind = "implausible"
    elif form in ("spaced", "short") and not (labelled or alone):
        pass
    elif form == "spaced":
        kind = "guessed" if _AFTER_SPACED.match(text, end) else None
    elif LOWEST <= celsius <= HIGHEST:
        kind, labelled = "exact", labelled or form != "decimal"
    elif form in ("decimal", "degree") and is_slip(text, span, celsius, head):
        kind, labelled = "implausible", True
    elif form in ("decimal", "degree") and (
        _BODY.search(head) or (celsius < BOILING and (_DIRECT.search(head) or (alone and celsius >= FROZEN)))
    ):
        kind = "implausible"
    return None if kind is None else Temperature(kind, celsius, start, end, labelled, written)


def _ends_bare(following: str, head: str) -> bool:
    """Whether a whole number without a unit ends where a temperature would ("烧到39了", "体温37。")."""
    if following in ("了", "啦", "多"):
        return _BURNING.search(head) is not None
    return _MEASURED.search(head) is not None and not following.isalnum()


def _value(match: re.Match[str]) -> tuple[float, str]:  # noqa: PLR0911 - one return for each way of writing
    """The number in °C and the form in which it is written."""
    part = match.group
    if part("sa"):
        value = int(part("sa") + part("sb")) + int(part("sc")) / 10
        return value, "degree" if part("sdot") else "spaced"
    if part("mixed"):
        return int(part("mixed")) + _DIGITS[part("mdec")] / 10, "degree"
    if part("cint"):
        return float(f"{part('cint')}.{part('cdec')}"), "decimal"
    if part("int"):
        value = float(f"{int(part('int'))}.{part('dec')}")
        unit = part("unit") or ""
        if _ONLY_FAHRENHEIT.search(unit):
            return _celsius(value), "fahrenheit"
        return round(value, 2), "degree" if unit or "度" in part(0) or "°" in part(0) else "decimal"
    if part("whole"):
        value = float(part("whole")) + (0.5 if part("tail") == "半" else 0.0)
        if _ONLY_FAHRENHEIT.search(part("wunit")):
            return _celsius(value), "fahrenheit"
        return value, "degree"
    if part("bare"):
        return float(part("bare")), "bare"
    if part("tens"):
        tens = 30 if part("tens")[0] in "三叁卅" else 40
        tenths = part("tenths")
        return tens + _DIGITS[part("ones") or "零"] + (_DIGITS[tenths] / 10 if tenths else 0.0), "spoken"
    if part("stens"):
        return _DIGITS[part("stens")[0]] * 10 + _DIGITS[part("sones")] + _DIGITS[part("stenth")] / 10, "short"
    short = part("three")
    return _DIGITS[short[0]] * 10 + _DIGITS[short[1]] + _DIGITS[part("third")] / 10, "spoken" if part("rpoint") else "short"


def _celsius(fahrenheit: float) -> float:
    return round((fahrenheit - 32) * 5 / 9, 1)
