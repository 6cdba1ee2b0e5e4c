"""Words of illness that are none: kinds of illness, people who have it, figures of speech."""

import re

from handlers.reading.facts import Fact
from handlers.reading.health.things import of_things

# "感冒、腹泻、外伤类药品": kinds of illness, nobody's
_KIND_OF = re.compile(
    r"(?:、[一-鿿]{1,6}){0,6}(?:类|等?药|用药|患者|病例|病人|疫苗"
    r"|的?(?:演练|固定|处置|处理|急救|预防|培训|讲座|知识|包扎|救治|救护|识别|防治|应急|冲水|冲洗|口诀|字诀|[一二三四五六七八九十]字诀|三[不唔]|科目|案例|止血|搬运|常识|宣教|预案|脚本|桌推|模拟)(?![了过好着完]))"
)
# "发热门诊在几楼": a place; who goes there is ill
_GOES_THERE = re.compile(r"(?:[在去来到上挂跑看进往]|转到)(?:了|的|个|趟|过|[^,。;!?\n]{0,4}(?:医院|中心)的?)?$")
# "咳嗽打喷嚏捂住口鼻": what is to be done by whoever has to
_COVERED = re.compile(
    r"(?:[、和或与及]?\s?(?:打喷嚏|喷嚏|咳嗽))?(?:的?时候?,?|请|要|得|记得|注意|应该?|一定|务必|尽量|都要|都得|用(?:手肘|胳膊肘|胳膊|肘部?|纸巾?|手帕|衣袖|袖子|手)?){0,4}"
    r"(?:[捂遮掩挡](?:住|好|掩|挡|一下|一捂|紧|上|着点儿?)(?:口鼻|[嘴口]|$|[,。;!])|(?<=[要请意该须必候时])戴(?:好|上)?口罩)(?!了)"
)
# "还喘气呢，36.4": alive, said with a wink
_ALIVE = re.compile(r"[还能会]喘着?气儿?呢(?=$|[。!~]|,\s?(?:体温|\d|三十|正常|没事|放心|好着))")
_ONESELF = re.compile("[我俺咱]|自己")
# "咱队崴脚的太多了": many, and nobody in particular
_MANY = re.compile(
    r"的(?:人|同志|兄弟|战友)?(?:太|越来越|真|挺|特别|确实|实在)(?:多|普遍|常见)|的(?:人|同志|兄弟|战友)(?:不少|很多|多起来)"
)
_AMONG_US = re.compile("(?:[咱我俺]们?|[全本各])[队班站组]|[队站班组]里|大家|大伙|兄弟们|弟兄们|新兵|每年|年年|往年|历年")
# "给群众处理了烫伤的手": of strangers; one's own child or teammate is hurt
_TREATED = re.compile(
    "(?:给|帮|为|替|对)[^,。;!?\\n]{0,5}(?:群众|老乡|村民|居民|市民|伤员|伤者|路人|游客|乘客|司机|学生|工人|驴友|考生|选手|师傅|老板|大爷|大妈|大叔|阿姨|小伙|姑娘|人家|别人)"
    "[^,。;!?\\n]{0,4}(?:处理|包扎|护理|救治|冲洗|固定|清洗|敷)(?:了|过|好)?(?:[^,。;!?\\n]{1,4}的)?$"
)
# "今天讲了热射病": a lesson
_LESSON = re.compile(r"(?:讲了|学了|教了|讲授|培训|科普|普及|宣讲|讲解|讲授了|讲解了|学习了?|练了)[^,。;!?\n]{0,4}$")
# "气得我头疼", "辣得直流鼻涕": the verb before 得 is what happened, the symptom only how much.
# What the body goes through (晒得头晕) makes ill.
_HOW_MUCH = re.compile(
    r"[^不觉显记懂舍落就还总都必非只也烧咳疼痛吐晕冷冻抖哭拉肿痒喘难疼热晒晃颠转熏呛烤蒸捂淋勒戴累跑练扛抬走站坐蹲睡躺搬跳训闪摔撞烫磕扭崴砸压挤熬酸胀堵塞闷憋渴饿虚]得"
    r"(?:我|人|俺|大家)?[^,。;!?\n]{0,3}$"
)
_MOVED = "动奋乐美喜兴笑气急愁馋辣吓羞尬烦悔输惊酸爽夸"  # who cannot sleep for joy is not ill
# what one says of anger and boredom as well; who has written till the neck hurts is ill
_FELT = (
    "headache",
    "dizziness",
    "vomiting",
    "fatigue",
    "stomach_pain",
    "runny_nose",
    "chills",
    "breathless",
    "cough",
    "fever",
    "unwell",
    "taste_loss",
)
_CALLED, _EATEN, _BREATHED = "喊吼说讲唱叫嚷喝呼哭骂指", "吃喝撑灌吞", "吹闻吸喷"
# what is done to the body, by what comes of it
_WEARS = {
    "sore_throat": _CALLED + _EATEN + _BREATHED,
    "stomach_pain": _EATEN,
    "diarrhea": _EATEN,
    "vomiting": "吃喝撑灌吞闻吸吹",
    "headache": "喝吹闻吸",
    "dizziness": "喝闻吸饮",
    "cough": _BREATHED,
    "runny_nose": _BREATHED,
    "chills": "吹浇泡",
    "insomnia": "吵闹腾弄搞",
    "injury": "挠抓抠打踢刮拧挖磨勒绑喷",
}
_CHEWED = "啃嚼咬吃"
_STRAINED = re.compile("[颈脖腰背肩膝腿手脚眼膀肘腕指]|胳膊|屁股|尾")
# "发烧的单独找我", "全是咳嗽的娃娃", "一个崴脚大姐": people who have it, none of them named
_THOSE_WITH = re.compile(
    r"(?:[、或和及][一-鿿]{1,6}|发烧|发热|咳嗽|头疼|头晕|拉肚子|流鼻涕|呕吐|乏力|感冒){0,6}的(?:[、和或及]|同志|同事|兄弟|战友|队员|学员|人员|人(?![都快直要])|单独|请|去医|来找|找我|自己|自觉|主动|一律|先|赶紧|马上|及时"
    r"|立即|直接|统一|尽快|速|另报|来|到|跟我|给我|联系|私|[,:]?(?:一律|均须|均应|统统|都要|都得|必须|如实|请(?:报|到|来|及时|主动|自觉))|别|不要|不准|不许|要(?:报|说|来|去|登|先|提|请|戴)|就(?:地|近|别|不|去|来|找|报)|举手|报给|报一|报备|留下|留家|可以|站出|往|看|也(?:来|去|得|要|可以|行|算|照|别|不要|不用)|女人|男人|汉子|家伙|老兵"
    r"|[,:](?:先(?:报|说|来|去|找|跟|到|停|歇|别|向|给)|请|赶紧|马上|立即|主动|自觉|统一|尽快|及时|别|不要|不准|找我|报给|举手|超|[^,。;!?\n]{1,8}的,(?:先|请|都|要|别|赶紧|马上|立即))"
    r"|有没有|有几|有谁|吗|么|\?|孩子|娃|小孩|老人|新兵)|的?(?:大[姐爷妈叔娘哥]|老太|老汉|老头|群众|游客|驴友|学生|病人|伤员|患者|市民|村民|乘客"
    r"|娃娃|男子|女子|工[人友]|大爷|孕妇|产妇|儿童|村民|居民|店主|老板|女孩|男孩|姑娘|小伙|阿姨|考生|选手|队友|老乡|旅客|司机|路人|邻居|邻队|醉汉)|[了过]?一?个(?:队友|战友|同事|同志|新兵|兄弟|人)|[^,。;!?\n]{1,6}的(?:醉汉|路人|群众|病人|患者|伤员|大[姐爷妈叔娘])"
)
# "炒辣椒呛得整个楼道都在咳嗽": smoke, and a whole house
_CHOKED = re.compile("[呛熏辣漆烟][^。;!?\\n]{0,12}(?:整[个栋层条间]|满|全)(?![人身脸])[^,。;!?\\n我俺]{0,8}$")
# "工作压得喘不过气来": no stone lies on anybody
_BURDEN = re.compile(
    "(?:工作|任务|材料|文件|报表|台账|压力|作业|房贷|贷款|债|考核|学习|生活|责任|担子|指标|活儿?|事情?|杂事)[^,。;!?\\n身胸砸]{0,6}压得(?:我|俺|人|大家)?(?:都|快|直|有点)?$"
)
# "谁再问我当场晕倒给他看": only threatened
_THREATENED = re.compile(r"(?:了|过去|一回|一次|一个)?(?:给|跟)(?:你|恁|他|她|大|谁|人|领导|班长|队长)[^,。;!?\n]{0,3}看")
# "真的会磕到头", "差点崴了脚": no injury yet
_NOT_YET = re.compile(
    "(?:会|易|(?<![难不])免|(?<!消)防|怕|(?<!不)小心|当心|避免|差点儿?|险些|差一点|就差|别|不许|不能|注意|省得|免得|以免|(?:不用|不会)[^,。;!?\n]{0,6})(?:又|再|把|给|就|都|真|被|让)?(?:我|俺)?$"
)
# "拉肚子喝米汤比啥药都强": a remedy for whoever has it
_REMEDY = re.compile(
    r"(?:了|的话)?(?:就|得|要|应该|可以|多|少|别|不能)?(?:喝|吃|抹|擦|贴|敷|泡|用|煮|揉)(?![了过着完])[^,。;!?\n]{0,8}(?:比|管用|好使|最好|就好|见效|灵验|最灵|有效|包好|准好|能治)"
    r"|,?(?:的话)?(?:可以|不妨|建议|最好|试试|推荐)(?:多|先|用)?(?:含|喝|吃|抹|擦|贴|敷|泡|煮|揉|喷|按)(?![了过着完])"
)
_WORN_OUT = re.compile("(?:都|就|真)?[快要](?:要|给|被)?(?:我)?[一-鿿]{1,2}断(?!裂)(?!骨)|[写抄数等望签改翻点按赞]断")  # "手都写断了"
_RUN_OFF = re.compile("[排跑走站逛抄写抢签催等找爬]得(?:我|人)?(?:[腿手腰脚]|胳膊)(?:都|快|要|真){1,3}断")
_DENIED_WITHIN = 20  # characters behind a word of illness: "头疼（不是真头疼，是不会写）"
_OF_MIND = re.compile("心|思想|感情|解")  # "思想上有个疙瘩"
# "疼得直不起腰", "酸疼得端不起碗": how much it aches
_SO_MUCH = re.compile("[疼痛咳晕胀酸吐拉喘]得(?:我|俺|人)?(?:都|直|也|又|快|连)?$")
# "班长一瞪眼我腿都软了", "看见烟就腿软": fright
_SHAKEN = re.compile("心慌|[腿脚][^,。;!?\\n]{0,2}软|手[^,。;!?\\n]{0,2}抖|发抖|哆嗦|打颤|打哆嗦")
_FRIGHT = re.compile(
    "(?:第一次|头一[回次遭]|头回|挂了?(?:完)?电话|警铃|上台|闲|吓|瞪|训(?!练)|骂|吼|点名|看[见到]|一看|一听|听[到见]|想[到起]|恐高|高处|紧张|激动)[^,。;!?\\n]{0,8}$"
)
# "头疼的是我，不是小陈"; "头疼的是我忘带钥匙了" is a worry
_IS_ME = re.compile(r"(?:自己)?(?:$|[,。;!?~…\s]|不是|[啊呀呢哈])")
# "抢红包抢到手抽筋": much
# "医院里全是发烧的": others
_FULL_OF = re.compile("(?:全是|都是|净是|尽是|挤满|一堆|好多|不少|很多|一屋子|一大半)$")
# "看恁跑步我腿都酸": nothing was done
_AT_OTHERS = re.compile(
    "看(?:恁|你们?|他们?|她们?|人家)[^,。;!?\\n病医]{0,3}(?:跑|练|训|吃|干|搬|扛|跳|做|爬|踢|打)[^,。;!?\\n]{0,8}$"
    "|(?:都|也|真|光|直|快|有点)替(?:他们?|她们?|你们?|恁|人家|主角|球员|司机)$"
)
_EVEN = re.compile("[都就直快也真]")
# "看见数学题就头晕", "听他唱歌耳朵疼": bored or annoyed
_AT_SIGHT = re.compile(r"(?:看[见到]|一看|一听|听[他她你]|想[到起]|一想|提[到起]|一提)[^,。;!?\n度\d]{0,8}$")
# "这个接龙有点晕": what nobody makes out
_HARD_TO_FOLLOW = re.compile(
    "(?:这|那|今天|你们|咱|群里)[^,。;!?\\n]{0,4}(?:接龙|表格?|题目?|规则|流程|格式|消息|通知|文件|系统|账目?|数字?|名单|公式|路线|说明书|字|图|课|材料|数据|编号|排班|操作|步骤|剧情|关系|称呼)"
    "[^,。;!?\\n]{0,3}(?:看得|听得|弄得|搞得|填得|绕得)?(?:人|我|俺)?(?:有点|有些|真|太|好|就|也|都|挺|怪|老)?$"
)
_UNTIL = re.compile(
    "[开写背学听改算审抢数刷抄签赞选投砍笑夸逛p]到(?!一?半|最后|第|后来|现在|\\d|[一二三四五六七八九十]{1,2}点)(?:我|人|俺)?[^,。;!?\\n]{0,2}$"
)
# "从我妈病了以后": a time, and no illness of today
_SINCE_THEN = re.compile("了?(?:以后|之后|以来|那[阵会段年时])")
# "离这么远，一点劲使不上": nothing can be done
_HELPLESS = re.compile("(?:[一半]点儿?|啥|什么)?(?:劲儿?|力气?|忙)?(?:也|都)?(?:使|帮|出)不[上出]")
_AFAR = re.compile("远|家里|老家|隔着|回不去|着急|[爸妈娃]")
# "怕感冒多穿了一件", "治嗓子疼的药", "热得能中暑": there is none
_AFRAID_OF = re.compile(
    "(?<![害可难恐])怕(?:再|又|会|要)?(?:我|俺)?$|(?:预防|以防|防止|避免|专治|治疗|缓解|防治|对付|针对|管治|(?<![医不])治)$"
    "|[热冷闷晒累冻]得(?:人)?(?:能|会|都能|简直能|可以|真能|都快|快要?|怕是要)$"
)
_ALL_THE_TIME = re.compile("一直|天天|老是|总是|[一两几]天")  # "忙得一直头晕": it is there
_SENTENCE = 30  # characters before a word in which the thing stands of which it is said
_NEAR = 10  # characters before the symptom in which the verb of a figure of speech stands


def figure(text: str, fact: Fact, clause: int) -> str:
    """Why a word of illness tells of nobody's illness; "" where it does. `clause`: where its clause begins."""
    since = max(clause, fact.start - _NEAR)
    if _is_kind(text, fact, since):
        return "statement.kind"
    if of_things(text, fact, clause):
        return "statement.things"
    how_much = _HOW_MUCH.search(text, since, fact.start)
    if how_much is not None and not _ALL_THE_TIME.search(how_much.group()) and _is_only_felt(text, fact, how_much.group()[0]):
        return "statement.degree"
    burden = fact.value == "breathless" and _BURDEN.search(text, max(clause, fact.start - _SENTENCE), fact.start) is not None
    like = burden or (
        fact.value in ("cough", "vomiting", "breathless")
        and text.startswith("似的", fact.end)
        and "风箱" not in text[fact.start : fact.end]
    )  # "泵咳嗽似的"
    return "statement.degree" if like or _THREATENED.match(text, fact.end) or _of_mind(text, fact, since) or _so_much(text, fact) else ""


def _is_only_felt(text: str, fact: Fact, verb: str) -> bool:
    """Whether a symptom only says how much was done, after the last character of the verb: not what the verb does to the body."""
    if verb in _MOVED:
        return True
    if verb in _WEARS.get(fact.value, "") or (verb in _CHEWED and "牙" in text[fact.start : fact.end]):
        return False  # "喊得嗓子疼", "吃得我拉肚子"
    return fact.value in _FELT or not _STRAINED.search(text, fact.start, fact.end)


def _is_kind(text: str, fact: Fact, since: int) -> bool:
    """Whether a kind of illness is spoken of, people who have it, a remedy, a time, a lesson, or what somebody is afraid of."""
    of_kind = any(expression.match(text, fact.end) is not None for expression in (_KIND_OF, _THOSE_WITH, _REMEDY))
    if of_kind or _is_place_or_advice(text, fact, since):
        return True
    if (fact.kind == "unwell" and _SINCE_THEN.match(text, fact.end)) or _AFRAID_OF.search(text, since, fact.start):
        return True
    if fact.value in ("cough", "runny_nose") and _CHOKED.search(text, max(0, fact.start - _SENTENCE), fact.start) is not None:
        return True
    if text.startswith("的", fact.end) and _FULL_OF.search(text, since, fact.start) is not None:
        return True
    if fact.value == "injury" and _TREATED.search(text, max(0, fact.start - _SENTENCE), fact.start) is not None:
        return True
    return (fact.kind == "unwell" or fact.value == "injury") and _LESSON.search(text, since, fact.start) is not None


def _is_place_or_advice(text: str, fact: Fact, since: int) -> bool:
    """Whether it is many who have it, a clinic to which the speaker does not go, or what everybody should do who coughs."""
    if _MANY.match(text, fact.end) is not None and _AMONG_US.search(text, max(0, fact.start - _SENTENCE), fact.start) is not None:
        return True
    if fact.value == "fever":
        return text.startswith("门诊", fact.end) and _GOES_THERE.search(text, since, fact.start) is None
    advised = fact.value in ("cough", "runny_nose") and _COVERED.match(text, fact.end) is not None
    return advised and _ONESELF.search(text, since, fact.start) is None


def _of_mind(text: str, fact: Fact, since: int) -> bool:
    """Whether what is told is on somebody's mind only: an injury that may happen, a knot in the heart."""
    alive = fact.value == "breathless" and (_ALIVE.match(text, fact.start) or _ALIVE.match(text, max(0, fact.start - 1)))
    if alive or text[fact.start - 1 : fact.start] in ("笑", "乐"):
        return True  # "笑岔气"
    if fact.value == "injury":
        run_off = _RUN_OFF.search(text, since, fact.end + 1) is not None  # "排队排得腿都断了"
        return (
            run_off or _WORN_OUT.search(text, fact.start, fact.end + 1) is not None or _NOT_YET.search(text, since, fact.start) is not None
        )
    if fact.value in ("dizziness", "headache") and _HARD_TO_FOLLOW.search(text, max(0, since - _NEAR), fact.start) is not None:
        return True
    if _SHAKEN.match(text, fact.start, fact.end) is not None and _FRIGHT.search(text, since, fact.start) is not None:
        return True
    if (
        _UNTIL.search(text, since, fact.start) is not None
        or (fact.value in (*_FELT, "other") and _AT_SIGHT.search(text, since, fact.start) is not None)
        or (_AT_OTHERS.search(text, since, fact.start) is not None and _EVEN.search(text, since, fact.end) is not None)
        or (text.endswith("的是我", fact.start, fact.end) and _IS_ME.match(text, fact.end) is None)
        or text.find(f"不是真{text[fact.start : fact.end]}", fact.end, fact.end + _DENIED_WITHIN) >= 0
    ):
        return True
    return fact.value == "rash" and "疙瘩" in text[fact.start : fact.end] and _OF_MIND.search(text, since, fact.start) is not None


def _so_much(text: str, fact: Fact) -> bool:
    """Whether a complaint is only the measure of the one before it, or says that nothing can be done."""
    if fact.value == "fatigue" and _HELPLESS.match(text, fact.start) and _AFAR.search(text, max(0, fact.start - _SENTENCE), fact.start):
        return True
    if fact.value not in ("other", "fatigue") or (fact.value == "fatigue" and text[fact.start] not in "拿举抬抱提端"):
        return False
    if text[fact.end - 1] in "疼痛" and fact.start > 1 and text[fact.start - 2] in "咳吐拉喘":
        return False  # "咳得胸口疼": what the symptom does to the body
    return _SO_MUCH.search(text, max(0, fact.start - _NEAR), fact.start) is not None
