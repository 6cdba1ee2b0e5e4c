"""Who is named and is not the one spoken of: heard, led, quoted, or part of a time; and children named as one names those of others."""

import re
from collections.abc import Sequence
from typing import Any

from handlers.reading.facts import Fact
from handlers.reading.scan import Token

_MINE = ("我", "俺", "咱")
# "从我妈病了以后": a time
_SINCE_THEN = re.compile(r"[^,。;!?\n]{0,10}(?:以后|之后|以来|那[阵会段年时天])")
_SINCE = ("从", "自", "自从", "打", "打从")
# "娃闹了一宿，没睡好": it is the speaker who cannot sleep
_KEEPS_AWAKE = re.compile(
    r"(?:又|也|还|一直|老|半夜|一宿|整夜|一晚上?|天天|夜里|晚上|昨晚){0,3}"
    r"(?:闹(?!肚|心|情绪|病|毛病)|哭|吵|折腾|打呼|呼噜|打鼾|磨牙|踢被子)"
    r"[^。;!?\n]{0,14}(?:没睡|睡不|没合眼|没眯|睁眼|没法睡|睡成|熬)"
)
# "丫头说圣诞老人也要系安全绳 36.5"
_SAYS = re.compile(
    r"(?:刚|又|还|都|也|非|老|总|天天|昨晚|昨天|早上|今早|打?电话|微信|视频){0,2}"
    r"(?:说|问|讲|嚷嚷?着?|念叨|嘱咐|催|叮嘱|喊着|要求|夸)(?!自己|[他她]|没事|好|正常|疼|痛|难受)[^,。;!?\n ]{2,}"
)
# "听见狗叫": an animal that is only heard
_CRIES = re.compile("(?:一直|又|老|在|一宿|整宿|半夜|乱|狂|直|不停地?){0,3}(?:叫|吠|嚎|汪汪|喵|吵|闹(?!肚)|挠门|拆家|打架|撞门)")
# "带着七百多个市民体验，嗓子喊哑了": who is led and taught
_HOSTED = re.compile(r"(?:带|教|领|接待|组织|陪同?|给|为|向|对|指导|培训|招呼|应付|服务)(?:了|着|完|过)?[^,。;!?\n]{0,8}$")
_AUDIENCE = frozenset(
    ("群众", "市民", "学生", "小朋友", "居民", "村民", "游客", "客人", "商户", "业主", "住户", "顾客", "老乡", "同学", "工人")
)
_CLOSE = 3  # characters between somebody and the word of his illness
_BEFORE = 12  # characters before people in which stands what is done with them
# "我36.5 小朋友36.7"
_OWN_CHILD = ("小朋友", "小家伙", "神兽", "小神兽", "小祖宗")
_VALUE = re.compile(r"[: 也是]{0,2}3\d")

# "磊子带我去看的", "静姐让我休息": who does something for the speaker, or has him do it; "王磊让我报：36.5" is what he reports
_WITH_ME = r"(?:带|领|送|陪|扶|背|搀|拉|接|照顾|传染|传)(?:着|了|过|上|给)?(?:我|俺)"
_DOES_TO_ME = re.compile(
    rf"(?:就|又|也|还|都|刚才?|昨[天晚]|今[天早]|早上|中午|晚上|硬|特意|赶紧|一直|把感冒|把病|把咳嗽){{0,3}}(?:{_WITH_ME}"
    r"|(?:帮|替)(?:着|了)?(?:我|俺)|给(?:我|俺)(?!们|发|打了?个?电话|来|说|讲|留|微信|消息|信息|回|报)"
    r"|(?:让|叫|喊|催|劝|逼|安排|命令|批准|允许)(?:我|俺)(?![^,。;!?\n]{0,6}(?:报|说|填|登记|记|转|代|替|帮|捎|告诉|通知|量|测|打卡|写|发|话|知会|请[^,。;!?\n]{0,2}假)))"
    r"|(?:做|炒|煮|熬|炖|泡|买|点|送|腌|蒸|包|开|讲|带来|拿来|带回来|买回来)的(?!是|时候)[一-鿿]"
)
_FAMILY_WITH_ME = re.compile(rf"(?:就|又|也|还|刚|昨[天晚]|今[天早]|一直|赶紧)?{_WITH_ME}")
# an unnamed colleague and how he is ("我班新兵小吴今早发烧"); an address, and who the speaker is himself, are nobody else
_HOW_HE_IS = re.compile(
    r"(?:[小老阿][一-鿿]|们|他|也|又|还|都|说|老|总|今[天早晚]|昨[天晚]|早上|晚上|夜里|半夜|突然|一直|有点儿?|有些|好像|不小心|刚才?|的){0,4}"
)
_NOT_HE = re.compile("(?:是|当|作为|身为|报告|汇报|请示|扶|背|抬|救|为|教|训|骂|谢谢)(?:一?[个名位])?$")
_OF_ILLNESS = ("symptom", "part", "sign")
_ASKS_HIM = re.compile("[^。!?\n]{0,20}(?:请[^,。;!?\n]{0,4}假|申请|想(?:休|歇|请|去)|能不能|能否|可不可以|可否|批准|您)")

_HIS_VALUE = re.compile(r"的?\s?(?:早上|今早|今天|晨检)?的?(?:体温|温度|数据?|那[个条行栏])\s?(?:是|被|让)?")
_MISWROTE = re.compile(
    "(?:刚才?|早上|今早|给|又|手快|眼花|不小心)*(?:登记|[写填报登抄记打输录看念量测])(?:[得的了]?[错反岔漏串差]|[了过好])"
)
_IS_HIS = re.compile(r"的\s?(?:$|[,。;!?)\n]|(?:而|才|又)?不是|我的)")  # "36.9是小马的"
_NOT_BUT = re.compile("\\s?[度℃]?(?:那?个|的人|的|了|,){0,3}\\s?不是[^,。;!?\\n]{1,8}[,\\s]{0,2}(?:而)?是")
# "黄姐，我脚崴了": whom the sender speaks to; a name before a value is whose it is
_ADDRESSED = re.compile(r"[,!~]\s?(?!\d|三十|体温|今[天早]体温|早上体温|正常|一切|都?没|无|平安|报|他|她|本人)")
_TOLD_VALUE = re.compile(r"[,!~]\s?(?:早上|今[天早])?(?:的?体温|量了|测了)?[: ]?(?:3[4-9]|4[0-2]|三十[五六七八九]?)[.点度。]?")
_ANY_VALUE, _OF_HER = re.compile("(?<![\\d.])(?:3[4-9]|4[0-2])|三十"), re.compile("[他她]|让我|帮|替|代")
_I_INSTEAD = re.compile(r"[^,。;!?\n]{0,6}?[,\s]{0,2}(?:而)?是(?:我|俺|本人)(?:自己)?(?=$|[,。;!?\s])")
_HIS_PLACE = re.compile(
    "(?:他|她|的|们){0,2}(?:(?:班[上里]|学校里?|幼儿园|单位|公司|厂里)(?:里|上)?(?:今天|最近|又|也|说)?(?:好几个|几个|有[人个好几]|不少|好多|一半|都|爆发|流行|在传)"
    "|(?:同学|同桌|同事)(?![说打发来讲告传]|们?都?没))"
)
_TITLES = (*"姐哥叔姨嫂班队", "班长", "队长", "站长", "主任", "书记", "排长", "所长", "科长", "师傅", "老师", "教导员", "指导员")
_GREETING = re.compile(r"(?:@|早上好|早|报告|您?好|[,!\s]){0,4}")
# "小杜趴桌上，我拿枪给他一打37.9": what I do for him is told of him
_FOR_HIM = re.compile(
    r"(?:刚|又|还|就|也|都|赶紧|正|先|已经|拿[^,。;!?\n]{1,3}){0,3}(?:给|帮|替|扶|陪|送|背|押|按|让|叫|喊|劝|搀|抱|盯|守|摸)(?:着|了|过)?(?:他|她)(?!们)"
)


def is_not_he(text: str, token: Token, following: Sequence[Any]) -> bool:
    """Whether it is denied of somebody named that he is ill ("不是李明头疼"); `following`: the next item, if any."""
    if token.kind not in ("person", "family") or not text.endswith("不是", 0, token.start):
        return False
    return bool(following) and getattr(following[0], "kind", "") in _OF_ILLNESS and following[0].start <= token.end + _CLOSE


def is_i_instead(text: str, following: Sequence[Any]) -> bool:
    """Whether the speaker says, behind an illness that is denied of somebody, that it is he ("不是李明发烧，是我")."""
    return _I_INSTEAD.match(text, following[0].end) is not None


def is_of_his_place(text: str, token: Token) -> bool:
    """Whether it is those around a member of the family of whom is spoken ("孩子班上好几个发烧")."""
    return token.kind == "family" and _HIS_PLACE.match(text, token.end) is not None


def is_addressed(text: str, token: Token) -> bool:
    """Whether a message begins with him to whom it is said: by a title, and neither a value nor his health follows."""
    titled = token.kind == "person" and text[token.start : token.end].endswith(_TITLES)
    if not titled or _GREETING.fullmatch(text, 0, token.start) is None:
        return False
    return _ADDRESSED.match(text, token.end) is not None or _is_told_value(text, token.end)


def _is_told_value(text: str, called: int) -> bool:
    """Whether somebody who was called by a title and a comma, up to `called`, is told the sender's value, the only one ("静姐，36.5")."""
    told = _TOLD_VALUE.match(text, called)
    return told is not None and _ANY_VALUE.search(text, told.end()) is None and _OF_HER.search(text, called) is None


def is_for_him(text: str, token: Token) -> bool:
    """Whether the speaker is named only as the one who does something for somebody of whom is spoken."""
    return token.kind == "me" and _FOR_HIM.match(text, token.end) is not None


def is_only_company(text: str, token: Token, clause: int) -> bool:
    """Whether an animal is only heard, or people are those with whom somebody does something; `clause`: where the clause begins."""
    if token.kind == "animal":
        return _CRIES.match(text, token.end) is not None
    led = text[token.start : token.end] in _AUDIENCE
    return led and _HOSTED.search(text, max(clause, token.start - _BEFORE), token.start) is not None


def does_to_me(text: str, token: Token) -> bool:
    """Whether somebody named does something for the speaker, or something that he made is spoken of."""
    expression = {"person": _DOES_TO_ME, "family": _FAMILY_WITH_ME}.get(token.kind)
    return expression is not None and expression.match(text, token.end) is not None


def is_ill_himself(text: str, token: Token, following: Sequence[Any], before: str) -> bool:
    """Whether it is a colleague without a name who is ill; `following`: the next items, if any, `before`: the words before him."""
    ill = next((i for i in following if not isinstance(i, Token) or i.kind not in ("day", "stranger", "third")), None)
    if not isinstance(ill, Token) or ill.kind not in _OF_ILLNESS or ill.value == "insomnia":
        return False  # "上铺咳嗽一宿，没睡好": it is the speaker who cannot sleep
    if _NOT_HE.search(before) is not None or (token.start == 0 and _ASKS_HIM.match(text, token.end) is not None):
        return False
    return _HOW_HE_IS.fullmatch(text, token.end, ill.start) is not None


def miswrote(text: str, named: int, me: Token) -> bool:
    """Whether the speaker is only who wrote down wrong what is somebody's, whose name ends at `named` ("佳佳的体温我抄错一位")."""
    return _HIS_VALUE.fullmatch(text, named, me.start) is not None and _MISWROTE.match(text, me.end) is not None


def own_child(text: str, token: Token) -> str:
    """The member of the family that a word for other people's children means before a value; "" where it means none."""
    said = text[token.start : token.end]
    return f"family:{said}" if said in _OWN_CHILD and _VALUE.match(text, token.end) else ""


def is_only_mentioned(text: str, token: Token, following: Sequence[Any]) -> bool:
    """Whether a member of the family only keeps the speaker awake, is quoted, or stands in a time; `following`: the next item, if any."""
    if _KEEPS_AWAKE.match(text, token.end):
        return True
    head = token.start - 1 if text[token.start - 1 : token.start] in _MINE else token.start
    if text.endswith(_SINCE, 0, head) and _SINCE_THEN.match(text, token.end):
        return True
    said = _SAYS.match(text, token.end)
    return said is not None and (not following or following[0].start >= said.end())


def said_of_him(text: str, facts: Sequence[Fact], item: Token, clause: int, first: int) -> int | None:
    """From which of the `facts` on was told of him who is named at `item`, and nobody else: "嗓子疼的是小陈", "一个拉肚子的王小磊".

    `first`: the first fact of the clause, whose number is `clause`.
    """
    his = item.kind in ("person", "family") and _IS_HIS.match(text, item.end) and text.endswith("是", 0, item.start)
    if his or text.endswith("的是", 0, item.start):
        return first
    if facts and item.kind in ("person", "family", "me"):
        head = item.start - 1 if item.kind == "family" and text[item.start - 1 : item.start] in _MINE else item.start
        if _NOT_BUT.fullmatch(text, facts[-1].end, head) is not None:
            return len(facts) - 1  # "发烧的不是李明，是高强"
    last = facts[-1] if len(facts) > first else None
    if last is None or item.kind != "person" or last.kind != "symptom" or last.named is not None:
        return None
    return len(facts) - 1 if last.clause == clause and text[last.end : item.start] == "的" else None
