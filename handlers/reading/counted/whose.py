"""Whose a value or a symptom is where that is said behind it: "38.6是隔壁老王的，不是我的", "发烧的不是我"."""

import re

from handlers.reading.facts import VALUES, Fact
from handlers.reading.message import Message

_STOP = r"(?=[,。;!?~…)\s]|$)"
_UNIT = r"\s?[度℃]?(?:左右|多|的?那(?:个|条|位|份))?"
_MINE = r"(?:我|俺|咱|本人|我本人|我自己)"
# "那个37.9不是我的", "38.2，不是我"
_NOT_MINE = re.compile(
    rf"{_UNIT}(?:的|的?人|的数|那条|,){{0,2}}\s?(?:可|又|并|都|也|那|这){{0,2}}(?:不|唔|弗|勿)(?:是|系){_MINE}(?:的|本人|自己|量的|测的|的体温|的数|呀|啊|哦|哈|哟){{0,3}}{_STOP}"
)
# "37.8那个是门口保安的", "39度8，是村里那个娃的体温", "38.2的是我邻居"
_IS_OF = re.compile(
    rf"{_UNIT}(?:的|了的|的?人|,){{0,2}}\s?(?:那|这|可|都|其实){{0,2}}(?<!不)是(?P<who>[^,。;!?\d我俺咱]{{1,14}}?)(?:的(?:体温|数|温度|那[个条份])?)?{_STOP}"
    rf"|{_UNIT}了?的(?:那[个位])?是(?:我|俺|咱)?(?:们)?(?P<friend>邻居|朋友|同学|老乡|战友|同事|室友|房东|师傅|发小|闺蜜|哥们)[^,。;!?\d]{{0,6}}{_STOP}"
)
# who measured or told it is not whose it is; a day is none of whom
_DONE_BY = re.compile("[量测给帮报登写记填看抄说讲]|[昨今前天晚早]")
_OUTSIDE = re.compile(
    "隔壁|邻居|小哥|保安|门卫|门口|村|老乡|家长|师傅|别人|人家|旁人|客人|访客|快递|外卖|群众|患者|病人|伤员|游客|路人|大爷|大妈|阿姨|大姐|大叔|住户|业主|工人|学生|同学|朋友|前面那|后面那|那个人|那位|那人|小区|商户|店|厨"
)
_NOBODYS = ("other", "stranger", "role", "animal")
_MANY = re.compile(
    "(?:今天|昨天|最近|这[两几]天|早上|昨晚|,|\\s){0,2}(?:(?:[我咱俺]们?)?(?:全|整个)(?:班|队|站|组|连|排|宿舍|单位|大队|支队)|(?:[我咱俺]们?)?(?:班|队|站|组|宿舍)(?:里|上)?(?:有)?(?:好几个|几个|[两三四五六七八九十半]个?|一半|多半|大半|一多半|都)"
    "|大家伙?|大伙儿?|所有人|人人|个个|一个个|一帮人)(?:都|也|全|人|快|要|同志|兄弟|被){0,3}"
)
_CLOSE, _SELF = 12, re.compile("[我俺咱](?!们)|自己|本人")
_FAR = 30  # characters behind a fact in which its owner is named
# "发烧的不是李明"
# "咳嗽的不是李明是我"
_I = r"(?<!不)(?:就|正|其实)?是(?:我|俺|咱|本人)(?![们的家爸妈爹娘媳老爱对儿女闺孩娃岳奶爷姥外哥姐弟妹邻同朋室战班那])"
_BUT_ME = re.compile(rf"[^,。;!?\n]{{0,12}}?[,\s]{{0,2}}(?:而)?{_I}")
_HAS_IT = re.compile(
    rf"了?的?(?:人|那个|那位)?(?:不是[^,。;!?\n我俺]{{1,6}}?[,\s]{{0,2}}(?:而)?)?{_I}(?:自己)?(?=$|[,。;!?~…\s]|不是|[啊呀呢哈])"
)
_NOT_HE = re.compile("(?:了?的|(?<=的))(?:人|那个|那位)?(?:可|并|又)?不(?:是|光|只|止)(?!我?(?:一个|一人|自己|独|光))")


def is_mine(message: Message, fact: Fact) -> bool:
    """Whether the sender says behind an illness that he is the one who has it ("咳嗽的人不是李明是我", "头疼的是我")."""
    mine = fact.kind in ("symptom", "unwell") and fact.person == message.sender
    return mine and _HAS_IT.match(message.text, fact.end) is not None


def of_another(message: Message, fact: Fact) -> bool:
    """Whether what nobody is named for, and so is taken for the sender's, is said behind it to be somebody else's who does not matter."""
    if fact.person != message.sender or (fact.named is not None and fact.named.start > fact.end):
        return False
    text = message.text
    if fact.kind not in VALUES:
        if fact.kind not in ("symptom", "unwell"):
            return False
        if fact.named is None and _is_of_many(message, fact):
            return True
        if not text.startswith(("的", "了的"), fact.end - text.startswith("的", fact.end - 1)):
            return False
        if _NOT_HE.match(text, fact.end) is not None:
            return _BUT_ME.match(text, fact.end) is None
    return _NOT_MINE.match(text, fact.end, fact.end + _FAR) is not None or _is_outsiders(message, fact)


def _is_of_many(message: Message, fact: Fact) -> bool:
    """Whether a whole squad, or so many of it, is the one spoken of, and not the speaker ("全班冻得流鼻涕")."""
    clause = message.speech.clauses[fact.clause]
    many = _MANY.match(message.text, clause.start)
    return (
        many is not None and many.end() <= fact.start <= many.end() + _CLOSE and _SELF.search(message.text, many.end(), fact.start) is None
    )


def _is_outsiders(message: Message, fact: Fact) -> bool:
    """Whether an outsider is named behind a fact as the one whose it is."""
    owner = _IS_OF.match(message.text, fact.end, fact.end + _FAR)
    if owner is None or owner.group("friend"):
        return owner is not None
    start, end = owner.span("who")
    if _DONE_BY.search(message.text, start, end) is not None:
        return False
    named = {t.kind for t in message.tokens if start <= t.start < end}
    return "person" not in named and (_OUTSIDE.search(message.text, start, end) is not None or not named.isdisjoint(_NOBODYS))
