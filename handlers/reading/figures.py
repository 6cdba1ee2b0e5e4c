"""Words of illness that are none: kinds of illness, people who have it, figures of speech."""

import re

from handlers.reading.facts import Fact

# "感冒、腹泻、外伤类药品": kinds of illness, nobody's
_KIND_OF = re.compile(r"(?:、[一-鿿]{1,6}){0,6}(?:类|等?药|用药|患者|病例|病人)")
# "气得我头疼", "辣得直流鼻涕": the verb before 得 is what happened, the symptom only how much.
# What the body goes through (晒得头晕) makes ill.
_HOW_MUCH = re.compile(
    r"[^觉显就还总都必非只也烧咳疼痛吐晕冷冻抖哭拉肿痒喘难疼热晒累跑练扛抬走站坐蹲睡躺搬跳训闪摔撞烫磕扭崴砸压挤熬酸胀堵塞闷憋渴饿虚]得"
    r"(?:我|人|俺|大家)?[^,。;!?\n]{0,3}$"
)
_MOVED = "动奋乐美喜兴笑"  # who cannot sleep for joy is not ill
# "发烧的单独找我", "全是咳嗽的娃娃", "一个崴脚大姐": people who have it, none of them named
_THOSE_WITH = re.compile(
    r"的(?:[、和或及]|同志|同事|兄弟|战友|队员|学员|人员|人(?![都快直要])|单独|请|去医|来找|找我|自己|自觉|主动|一律|先|赶紧|马上|及时"
    r"|立即|别|不要|不准|不许|要(?:报|说|来|去|登|先|提|请|戴)|就(?:地|近|别|不|去|来|找|报)|举手|报给|报一|报备|留下|留家|可以|站出|往|看"
    r"|有没有|有几|有谁|吗|么|\?|孩子|娃|小孩|老人|新兵)|的?(?:大[姐爷妈叔娘哥]|老太|老汉|老头|群众|游客|驴友|学生|病人|伤员|患者|市民|村民|乘客"
    r"|娃娃|男子|女子|工人|老乡|旅客|司机|路人|邻居|邻队|醉汉)|[了过]?一个(?:队友|战友|同事|同志|新兵|兄弟|人)|[^,。;!?\n]{1,6}的(?:醉汉|路人|群众|病人|患者|伤员|大[姐爷妈叔娘])"
)
_BURNING = re.compile(r"(?:人家|[楼栋房屋库间厂店铺摊车山林棚锅炉灶柴纸圾机线户火草])[都也被全给]?$")  # "那栋楼烧得只剩架子"
# "手抬泵咳嗽两声熄火了": machines are not ill
_MACHINE = re.compile(
    r"(?:发动机|手抬泵|水泵|泵|机器|电脑|打印机|空调|发电机|对讲机|油机|电机|压缩机|服务器|路由器|引擎)(?:又|也|都|老|还|一直|有点|开始|突然|在|直){0,2}$"
)
_NEAR = 10  # characters before the symptom in which the verb of a figure of speech stands


def figure(text: str, fact: Fact, clause: int) -> str:
    """Why a word of illness tells of nobody's illness; "" where it does. `clause`: where its clause begins."""
    if _KIND_OF.match(text, fact.end) is not None or _THOSE_WITH.match(text, fact.end) is not None:
        return "statement.kind"
    if fact.value == "fever" and text[fact.start] == "烧" and _BURNING.search(text, clause, fact.start) is not None:
        return "statement.things"
    if _MACHINE.search(text, max(clause, fact.start - _NEAR), fact.start) is not None:
        return "statement.things"
    how_much = _HOW_MUCH.search(text, max(clause, fact.start - _NEAR), fact.start)
    if how_much is not None and (fact.value != "insomnia" or how_much.group()[0] in _MOVED):
        return "statement.degree"
    return ""
