"""Who is named and is not the one spoken of: heard, led, quoted, or part of a time; and children named as one names those of others."""

import re
from collections.abc import Sequence
from typing import Any

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
_BEFORE = 12  # characters before people in which stands what is done with them
# "我36.5 小朋友36.7"
_OWN_CHILD = ("小朋友", "小家伙", "神兽", "小神兽", "小祖宗")
_VALUE = re.compile(r"[: 也是]{0,2}3\d")


def is_only_company(text: str, token: Token, clause: int) -> bool:
    """Whether an animal is only heard, or people are those with whom somebody does something; `clause`: where the clause begins."""
    if token.kind == "animal":
        return _CRIES.match(text, token.end) is not None
    led = text[token.start : token.end] in _AUDIENCE
    return led and _HOSTED.search(text, max(clause, token.start - _BEFORE), token.start) is not None


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
