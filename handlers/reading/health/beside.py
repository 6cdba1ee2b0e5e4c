"""What stands around a number: the weather, a label before a blank, a name or a complaint, a slip of the pen."""

import re

_NAME_ALONE = re.compile(r"[一-鿿·]{1,6}(?<![班组队号楼人共约有到的])\s?")
_WRITTEN_OUT = re.compile(r"(?<![\d.])3[5-9]\.\d(?!\d)")
_COMPLAINT = re.compile("(?:[疼痛晕沉烧咳酸痒吐拉堵塞哑]|难受|没劲|乏|没睡|体温|不舒服|感冒)[^。;!?\\n]{0,6}[, ]$")
_LONG_HEAD = 40
_DEGREE_SIGN = frozenset("度℃")
_LABEL = 8  # characters before a blank in which a label may stand
_MEASURED_AS = re.compile(r"(?:我|刚|刚刚|刚才|今早|今天|早上|又|一){0,3}(?:量|测)(?:出来|出|了|得|的|完|下来)?(?:个|是|有|一下|显示|出)?")
# "63.5" and "3.65" at the beginning of a message: 36.5 with its figures or its point astray
_SLIPPED = re.compile(r"[56789]3\.\d|3\.[5-9]\d|04\.\d")
# "33.2", "46.5 在站": a value alone that nobody can have
_ODD = re.compile(r"(?:2[6-9]|3[0-3]|4[3-9])\.\d")
_NO_MORE = re.compile(r"[度℃]?[ ,。!~]{0,3}(?:(?:在[站岗队位]|到[岗位]|已?打卡|报到|在班|值班|在家|在营|完毕|已测)[ ,。!]{0,2})?$")
_END = re.compile(r"[度℃]?[ ,。;!?~…]{0,3}(?:$|[^,。;!?\n]{0,12}(?:写|量|测|报|填|打|信|体温|没错|错|对吧|正常|没事|木事|人好))")
FROZEN, BOILING = 20, 100  # a slip of the pen lies between
WHOM = re.compile("[我俺爸妈爷奶爹娘儿女孩娃婆公妇哥姐弟妹姥豆](?!.*[我俺爸妈爷奶爹娘儿女孩娃婆公妇哥姐弟妹姥豆])")


# A hot day in whole degrees: nothing but words of the day and of heat stand before the number in its sentence ("热死了，今天38度"),
# or right behind it ("今天38度啊，谁受得了"). Who measured, ails, or is named has a fever: "热死了，量了38度", "浑身热，38度".
_DAY = "今天|今儿个?|今日|都"
_FILL = f"{_DAY}|现在|这会儿?|外[头面]|得有|足有|起码|已经|怎么|真是|直接|[有快到才也又了可啊呀哎唉这得,，! ]"
_HOT = "热死(?:了|人了?|个人)?|真热|热成[狗球]|热化了|晒死了?|比昨[天儿日]还?热|天(?:气|儿)?(?:真|太|好|可)?热"
_SURELY_HOT = (
    "热成[狗球]|这(?:鬼|破)?天(?:气|儿)|比昨[天儿日]还?热|[车屋房舍楼库篷][里内厢]?(?:跟|像|就是|成了)(?:个|了)?(?:蒸笼|烤箱|火炉)"
)
_WHOLE_DEGREES = re.compile(r"(?:3\d|4\d|[三四]十[一二三四五六七八九]?)\s?[度℃]")
_HOT_BEFORE = re.compile(f"(?:{_FILL}|{_HOT}|{_SURELY_HOT}|似的|一样|鬼|破|气)*")
_HOT_BEHIND = re.compile(f"(?:{_FILL})*(?:{_HOT}|(?:谁|怎么|咋)[受顶扛]得[了住]|[开吹](?:个|下)?(?:空调|风扇))")
_SURE, _OF_DAY, _IS_HOT = re.compile(_SURELY_HOT), re.compile(_DAY), re.compile(_HOT)
_BODY_WORDS = re.compile(
    "[我俺爸妈爷奶爹娘女孩娃婆哥姐弟妹他她量测烧烫药病疼痛咳吐晕乏冷抖汗]"
    "|体温|发热|低热|高热|身[上体]|[浑全]身|额头|脑[门袋]|难受|不舒服|感冒|没劲"
)
_EXCLAIMED = re.compile("我的天|我[去靠滴]|妈呀|妈耶")
_AROUND_BODY, _LONGEST_CRY, _PAIR = 40, 24, 14
_PIPE = re.compile(r"[进供]水口?[: ]?\d\d(?:[.]\d)?[度℃]?[,、; ]?[出回]水口?[: ]?\d\d")

# "对着墙量36.5"
_AT_A_THING = re.compile("对[着准](?!镜|[我俺额脑自嘴耳手脖])[^,。;!?\\n]{1,6}[量测打扫照][^,。;!?\\n\\d]{0,4}$")


def at_a_thing(head: str) -> bool:
    """Whether what was measured is a thing, by the words before a number."""
    return "对" in head and _AT_A_THING.search(head) is not None


def of_pipe(text: str, start: int, end: int) -> bool:
    """Whether a number is one of the two of what goes into a pump and comes out of it ("进水36.8出水37.6")."""
    pair = _PIPE.search(text, max(0, start - _PAIR), end + _PAIR)
    return pair is not None and pair.start() < start < pair.end()


def of_hot_day(text: str, start: int, end: int) -> bool:
    """Whether a number is the degrees of a hot day, of which somebody complains."""
    if _WHOLE_DEGREES.match(text, start) is None or _BODY_WORDS.search(
        _EXCLAIMED.sub("", text[max(0, start - _AROUND_BODY) : end + _AROUND_BODY])
    ):
        return False
    since = max(text.rfind(stop, 0, start) for stop in "。!?\n") + 1
    before = _EXCLAIMED.sub("", text[since:start])
    if len(before) > _LONGEST_CRY or _HOT_BEFORE.fullmatch(before) is None:
        return False
    if _SURE.search(before):
        return True
    behind = _HOT_BEHIND.match(text, end)
    beside = text[end : end + 3]
    return (behind is not None or _IS_HOT.search(before) is not None) and _OF_DAY.search(before + beside) is not None


def of_weather(text: str, start: int, end: int, weather: re.Pattern[str]) -> bool:
    """Whether the sentence speaks of the weather before a number of degrees, and of nobody since ("气温40度，我烧到39度")."""
    if _DEGREE_SIGN.isdisjoint(text[end - 1 : end + 1]):
        return False
    since = max(0, start - _LONG_HEAD, text.rfind("。", 0, start), text.rfind("\n", 0, start))
    found = weather.search(text, since, start)
    return of_hot_day(text, start, end) if found is None else WHOM.search(text, found.end(), start) is None


def before_blank(text: str, start: int) -> str:
    """The words before a number that only a blank parts from them ("早打卡 26.4")."""
    return text[max(0, start - _LABEL) : start] if text[start - 1 : start] == " " else ""


def is_slip(text: str, span: tuple[int, int], celsius: float, head: str) -> bool:
    """Whether a value that nobody can have was measured ("量出来是46.5"), or begins the message as a slip of the pen ("63.5")."""
    if FROZEN <= celsius < BOILING and _MEASURED_AS.fullmatch(head):
        return True
    if span[0] == 0 and _ODD.fullmatch(text, *span) is not None and _NO_MORE.match(text, span[1]) is not None:
        return True
    return span[0] == 0 and _SLIPPED.fullmatch(text, *span) is not None and _END.match(text, span[1]) is not None


def stands_alone(text: str, span: tuple[int, int], head: str) -> bool:
    """Whether a whole number stands alone: behind a name beside a value that is written out, or behind a complaint.

    "欧阳37，我36.4", "头有点沉，37".
    """
    if text[span[1] : span[1] + 1] not in ("", ",", "。", ";", "、", "\n"):
        return False
    before = text[max(0, span[0] - _LONG_HEAD) : span[0]]
    if not head:
        return _COMPLAINT.search(before) is not None
    return _NAME_ALONE.fullmatch(head) is not None and _WRITTEN_OUT.search(before + " " + text[span[1] : span[1] + _LONG_HEAD]) is not None
