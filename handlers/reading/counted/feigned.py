"""Numbers that nobody has: what is not to be written, what is made up, what only would be the end of it ("谁敢填38", "瞎编的36.5")."""

import re

_NOT_TO = r"(?:别|不要|不能|不许|不准|不得|莫|勿|甭|休想|(?<!不)敢|禁止|严禁|少(?=给我|跟我|在这)|甭想)"
_HOW = r"(?:再|老|总|都|又|给我|跟我|在这|一律|天天|每天|只|光|随便|瞎|乱|胡|就|一直|统一|直接|同志|有人|人|谁|照着){0,3}"
_FORBIDDEN = re.compile(rf"{_NOT_TO}{_HOW}(?:把|将)?(?:写|填|报|输|抄|登记?|编|凑|打|按)(?:成|个|上|了)?$|{_NOT_TO}{_HOW}(?:把|将)$")
_MADE_UP = re.compile(
    "(?:瞎|乱|胡)(?:编|写|填|报)(?:成|个|了|的|了个|一个)?$"
    "|(?:随便|闭眼|假装)(?:写|填)(?:成|个|了|的|了个|一个)?$|(?:编|蒙|凑|造)(?:了|个|了个|出来?个?|一个)$"
)
# what is only a sample or stood there already: "格式：姓名+36.5", "系统默认36.5"
_SAMPLE = re.compile(
    r"(?:比如|例如|譬如|好比|(?<![按照依据套用])(?:格式|示范|样例|示例|模板|范例)|演示|举例|默认|自动填)"
    r"(?:说|是|为|的|值|一下|里|写的|[+:]|[^,。;!?\n\d]){0,6}$|(?:^|[,。;\n])\s?测试[: ]?$"
)
_ALWAYS = re.compile("(?:怎么|咋|哪)(?:可能|会|能)(?:天天|每天|总|老|都|一直|永远|个个|回回)(?:是|都)?$")
_TO_DECEIVE = re.compile(
    r"\s?[度℃]?[^,。;!?\d不没别]{0,3}(?:谁信|鬼才?信|骗谁|糊弄|应付差|应付了?事|应付(?:我|人|领导|检查)|交差|蒙混|蒙(?:我|人|领导)|唬(?:我|人)|搪塞|忽悠|充数|凑数)"
    r"|\s?[度℃]?\s?[(,]?\s?(?:是|全是|纯属|都是)?(?:我)?(?:瞎|胡|乱)(?:编|写|填|说|报|诌)的|\s?[度℃]?\s?[(,]\s?是?编的"
)
# "要是写成37.5可就隔离了"
_WRITTEN_AS = re.compile("[写填报打输按]成了?$")
_WOULD_BE = re.compile(r"\s?[度℃]?(?:那|岂不|不就|可就|可不|(?:我|咱)?就(?:得|要|该|惨|完|糟))")
_NEAR = 14  # characters before a number in which it is said to be none


def is_feigned(text: str, start: int, end: int) -> bool:
    """Whether a value at `start:end` is one that nobody has: forbidden, made up, or a slip that would be the end of it."""
    since = max(0, start - _NEAR)
    if (
        any(e.search(text, since, start) is not None for e in (_FORBIDDEN, _MADE_UP, _SAMPLE, _ALWAYS))
        or _TO_DECEIVE.match(text, end) is not None
    ):
        return True
    return _WRITTEN_AS.search(text, since, start) is not None and _WOULD_BE.match(text, end) is not None
