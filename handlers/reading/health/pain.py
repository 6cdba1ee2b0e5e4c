"""A pain that is said without a part of the body beside it: whose it is, and whether it is one."""

import re

from handlers.reading.scan import Token

_ITCHES = ("痒", "发痒", "哑", "晕", "麻", "胀", "肿")
_ACHES = ("pain", "sore", "itchy")  # signs that a part of the body named before may have in a clause of their own
_HEAD = re.compile(
    r"(?:还是|还有点|还|依然|仍然?|依旧|照样|但是?|不过|可是?|就是|只是|又|也|都|有点儿?|有些|稍微|一直|老是?|总是?|特别|挺|很|好|真|贼|巨|超|现在|今天|今早|这会儿?|早上|晚上|走路|弯腰|[贴敷抹涂擦喷揉缠包歇睡冰](?:敷|了|着|过)[^,。;!?\s还疼痛]{0,4}|碰着?|按着?|一[动碰按摸走]就?|一([一-鿿])一\1(?:地|的)?|[里那]头|里[边面]|那[块儿里]|,|\s){0,4}"
)
_NOT_OF_BODY = re.compile(r"[快苦心爱惜]|并快乐|不疼|不痛|的教训")
# what is done about pain, what is likened to it, what swells and is no body
_NO_PAIN_AHEAD = "止镇消祛除去缓喊叫怕讲学带伤手心"
_NO_PAIN_BEHIND = "快苦心爱惜恨点瘤定饮风药贴膏科"
_TAUGHT = "处理|护理|管理|防治|治疗|急救|知识|评估|快乐|的教训"
_PAIN = re.compile(rf"(?<![{_NO_PAIN_AHEAD}])[疼痛肿痒](?![{_NO_PAIN_BEHIND}]|[^,。;!?\s]{{0,3}}(?:{_TAUGHT}))")
# around a part of the body that is all a clause names
_LEADS = re.compile(
    "(?:就是|主要|只是|还有|但是?|不过|另外|我|俺|这个?|那个?|左边?|右边?|两[条只边个]?|的|今天|今早|现在|昨天|最近|,|:|\\s){0,4}"
)
_TRAILS = re.compile("(?:呢|吧|啊|嘛|呀|哪|那[块儿里边]儿?|这[块儿里边]儿?|里头?|上|的话|有?点问题|也是|还是|又来了|\\s){0,3}")
_FAR = 8  # characters


def stands_at_head(text: str, clause: int, sign: Token) -> bool:
    """Whether a pain begins the clause that starts at `clause`, and so is of the part of the body named before ("腰好点了，还是疼")."""
    if sign.value not in _ACHES and text[sign.start : sign.end] not in _ITCHES:
        return False
    head = _HEAD.match(text, clause, sign.start)
    return head is not None and head.end() == sign.start and _NOT_OF_BODY.match(text, sign.end) is None


def is_topic(text: str, clause: int, part: tuple[str, int, int], end: int) -> bool:
    """Whether a clause `clause:end` only names a part of the body (kind, end, start), of which the next one speaks ("腰呢，坐久了就酸")."""
    return _LEADS.fullmatch(text, clause, part[2]) is not None and _TRAILS.fullmatch(text, part[1], end) is not None


def is_pain(text: str, sign: Token, limit: int) -> bool:
    """Whether a sign, in a clause that ends at `limit`, is a pain that somebody has: nothing to be taught or treated."""
    pain = _PAIN.search(text, sign.start, min(limit, sign.end + _FAR))
    return pain is not None and pain.start() < sign.end
