"""Words of illness that are none: kinds of illness, people who have it, figures of speech."""

import re

from handlers.reading.facts import Fact

# "感冒、腹泻、外伤类药品": kinds of illness, nobody's
_KIND_OF = re.compile(
    r"(?:、[一-鿿]{1,6}){0,6}(?:类|等?药|用药|患者|病例|病人"
    r"|的?(?:演练|固定|处置|处理|急救|预防|培训|讲座|知识|包扎|救治|救护|识别|防治|应急|冲水|冲洗|口诀|字诀|[一二三四五六七八九十]字诀|三[不唔]|科目|案例|止血|搬运|常识|宣教|预案|脚本|桌推|模拟)(?![了过好着完]))"
)
# "给群众处理了烫伤的手": of others
_TREATED = re.compile(
    "(?:给|帮|为|替|对)(?!我|俺|自己)[^,。;!?\\n]{1,6}(?:处理|包扎|护理|救治|冲洗|固定|清洗|敷)(?:了|过|好)?(?:[^,。;!?\n]{1,4}的)?$"
)
# "今天讲了热射病": a lesson
_LESSON = re.compile(r"(?:讲了|学了|教了|讲授|培训|科普|普及|宣讲|讲解|讲授了|讲解了|学习了?|练了)[^,。;!?\n]{0,4}$")
# "气得我头疼", "辣得直流鼻涕": the verb before 得 is what happened, the symptom only how much.
# What the body goes through (晒得头晕) makes ill.
_HOW_MUCH = re.compile(
    r"[^觉显就还总都必非只也烧咳疼痛吐晕冷冻抖哭拉肿痒喘难疼热晒晃颠转熏呛烤蒸捂淋勒戴累跑练扛抬走站坐蹲睡躺搬跳训闪摔撞烫磕扭崴砸压挤熬酸胀堵塞闷憋渴饿虚]得"
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
_STRAINED = re.compile("[颈脖腰背肩膝腿手脚眼膀肘腕指]|胳膊|屁股|尾")
# "发烧的单独找我", "全是咳嗽的娃娃", "一个崴脚大姐": people who have it, none of them named
_THOSE_WITH = re.compile(
    r"(?:[、或和及][一-鿿]{1,6}){0,6}的(?:[、和或及]|同志|同事|兄弟|战友|队员|学员|人员|人(?![都快直要])|单独|请|去医|来找|找我|自己|自觉|主动|一律|先|赶紧|马上|及时"
    r"|立即|直接|统一|尽快|速|另报|来|到|跟我|给我|联系|私|[,:]?(?:一律|均须|均应|统统|都要|都得|必须|如实|请(?:报|到|来|及时|主动|自觉))|别|不要|不准|不许|要(?:报|说|来|去|登|先|提|请|戴)|就(?:地|近|别|不|去|来|找|报)|举手|报给|报一|报备|留下|留家|可以|站出|往|看|也(?:来|去|得|要|可以|行|算|照|别|不要|不用)|女人|男人|汉子|家伙|老兵"
    r"|[,:](?:先(?:报|说|来|去|找|跟|到|停|歇|别|向|给)|请|赶紧|马上|立即|主动|自觉|统一|尽快|及时|别|不要|不准|找我|报给|举手|超|[^,。;!?\n]{1,8}的,(?:先|请|都|要|别|赶紧|马上|立即))"
    r"|有没有|有几|有谁|吗|么|\?|孩子|娃|小孩|老人|新兵)|的?(?:大[姐爷妈叔娘哥]|老太|老汉|老头|群众|游客|驴友|学生|病人|伤员|患者|市民|村民|乘客"
    r"|娃娃|男子|女子|工[人友]|大爷|孕妇|产妇|儿童|村民|居民|店主|老板|女孩|男孩|姑娘|小伙|阿姨|考生|选手|队友|老乡|旅客|司机|路人|邻居|邻队|醉汉)|[了过]?一?个(?:队友|战友|同事|同志|新兵|兄弟|人)|[^,。;!?\n]{1,6}的(?:醉汉|路人|群众|病人|患者|伤员|大[姐爷妈叔娘])"
)
# "中继台烧得外壳能摊鸡蛋", "笔记本又发烧了": things that run hot
_DEVICE = re.compile(
    r"(?<![玩看刷用盯抱对着修搬扛守在])(?:笔记本|手机|平板|主机|机箱|服务器|交换机|路由器|中继台|基站|电台|对讲机|打印机|投影仪?|无人机|相机|充电[宝器桩]|显卡|硬盘|电[机瓶池]|发电机"
    r"|变压器|配电[箱柜]|插[座排头]|锅炉?|灶台?|炉子?|烤箱|蒸箱|馕坑|[砖土]?窑|炕|炭火?|铁板|烟囱|热水器|发动机|排气管|刹车片?|轮毂|水泵|油泵|空压机|充气泵)"
    r"(?:子|上|里|底|它|自己|又|也|都|老是?|总是?|还|一直|已经|直接|今[天早晚]|昨[天晚]|这[会儿两天]{1,2}|一开机就|一充电就|一跑就|开始|突然|直|给|快|能|得|要){0,4}$"
)
# "烧到三百多度": no fever; 385 is one, written without its point
_HUNDREDS = re.compile(
    r"烧(?:到了?|了|起来|得|成)?(?:有|约|大概|将近|快|足有|能到)?(?:(?!3[5-9]\d|4[0-2]\d)\d{3,}|[5-9]\d(?![.\d])|[一二两三四五六七八九几好上]+百|[五六七八九]十(?!点))"
)
# "养那盆绿萝蔫了"
_PLANT = re.compile(
    r"(?:绿萝|多肉|吊兰|发财树|君子兰|富贵竹|文竹|芦荟|盆栽|月季|玫瑰|茉莉|栀子|兰花|菊花|韭菜|草坪|庄稼|[菜禾树秧豆瓜椒茄柿草花]苗|[瓜豆茄椒柿薯]秧|[盆棵株束朵捆][^,。;!?\n]{0,4}[花草树菜竹]|花儿?|叶子|[白青生香芹]菜)"
    r"[^,。;!?\n我俺人他她]{0,6}$"
)
# "骨折的是食堂那张马扎"
_IS_THING = re.compile(
    "了?的是(?![我俺他她你]的?[手脚腿腰头脸胳])[^,。;!?\\n]{0,8}(?:桌|椅|凳|马扎|床|梯|杆|伞|车|架|尺|笔|筷|手机|屏|[锁钥]|棍|凳子|鞋|包)"
)
_LIMP = re.compile("蔫|[没无]精打采|耷拉|打蔫|软塌塌|没精神|无力|垂头")
_BURNING = re.compile(
    r"(?:人家|[楼栋房屋库间厂店铺摊车山林棚锅炉灶柴纸圾机线户火草胎料堆垛货秆塔船仓罐瓶渣缆布木树叶油站])[都也被全给]?$"
)  # "那栋楼烧得只剩架子"
# "手抬泵咳嗽两声熄火了": machines are not ill
_MACHINE = re.compile(
    r"(?<![让被给叫遭看用抬搬修玩盯扛背提拿着擦吹装卸推架操作])(?:发动机|手抬泵|(?<![手抬])水泵|(?<![抬水扛])泵|机器|电脑|打印机|空调|发电机|对讲机|油机|电机|压缩机|服务器|路由器|引擎"
    r"|探头|(?<!体)温度计|体温计|体温枪|额温枪|测温枪|传感器|电瓶|蓄电池|阀门|无人机|热像仪|系统|网站|程序|号车)(?:又|也|都|老|还|一直|有点|开始|突然|在|直){0,2}$"
)
# "炒辣椒呛得整个楼道都在咳嗽": smoke, and a whole house
_CHOKED = re.compile("[呛熏辣漆烟][^。;!?\\n]{0,12}(?:整[个栋层条间]|满|全)(?![人身脸])[^,。;!?\\n我俺]{0,8}$")
# "工作压得喘不过气来": no stone lies on anybody
_BURDEN = re.compile(
    "(?:工作|任务|材料|文件|报表|台账|压力|作业|房贷|贷款|债|考核|学习|生活|责任|担子|指标|活儿?|事情?|杂事)[^,。;!?\\n身胸砸]{0,6}压得(?:我|俺|人|大家)?(?:都|快|直|有点)?$"
)
# "这两天手机老发热"
_WARM = re.compile(
    r"(?<![玩看刷用])(?:手机|充电[宝器]|插座|插头|插排|电池|电[机线缆瓶]|线路|接头|开关|灯泡?|轮毂|刹车片?|轴承|轮胎|泵体?|机器|电脑|主机|配电[箱柜]|变压器|路由器)"
    r"(?:自己|又|也|都|老是?|总是?|还|一直|有点|容易|开始|突然|直){0,2}$"
)
# "心里滚烫滚烫的", "这茶滚烫": hot, and no fever
_HOT = re.compile("[心茶水汤粥饭菜锅炉灶路地铁钢车板墙泵机枪泪血话情沙石炭砖胎]|日头|太阳|空气")
_HOT_NEAR = 8
# "谁再问我当场晕倒给他看": only threatened
_THREATENED = re.compile(r"(?:了|过去|一回|一次|一个)?(?:给|跟)(?:你|恁|他|她|大|谁|人|领导|班长|队长)[^,。;!?\n]{0,3}看")
# "真的会磕到头", "差点崴了脚": no injury yet
_NOT_YET = re.compile(
    "(?:会|易|(?<![难不])免|(?<!消)防|怕|(?<!不)小心|当心|避免|差点儿?|险些|差一点|就差|别|不许|不能|注意|省得|免得|以免|(?:不用|不会)[^,。;!?\n]{0,6})(?:又|再|把|给|就|都|真|被|让)?(?:我|俺)?$"
)
# "嘴皮子都磨破了", "水带刮破了": things wear out
_WORN = re.compile(
    "(?:保险杠|后视镜|车灯|车标|挡泥板|墙皮|墙角|门框|轮毂|嘴皮|鞋|靴|手套|衣服?|裤|袜|水带|轮胎|胎|管|背包|袋|绳|帐篷|伞|车门|车漆|漆|玻璃|屏幕?|纸|皮带|油箱|膜|面罩|头盔|雨衣|战斗服|服|套|罩|篷|桶|瓶|盆|杯|碗|锅)"
    "(?:子|底|头|面|上|腿|脚|裆|口|跟)?(?:都|也|全|又|快|被|给|让|早就|已经|直接|啥时候|不知道啥时候){0,2}(?:[被让叫给遭][^,。;!?\\n]{1,8})?$"
)
_FLESH = re.compile("[手脚腿指膝肘臂脸额掌背腰腕踝眉肩]|胳膊|破皮|掉皮|[块层点]皮")
_FLESH_WITHIN = 4
_TORN = re.compile("[破花断掉裂豁穿烂洞]|口子|窟窿")
# "拉肚子喝米汤比啥药都强": a remedy for whoever has it
_REMEDY = re.compile(
    r"(?:了|的话)?(?:就|得|要|应该|可以|多|少|别|不能)?(?:喝|吃|抹|擦|贴|敷|泡|用|煮|揉)(?![了过着完])[^,。;!?\n]{0,8}(?:比|管用|好使|最好|就好|见效|灵验|最灵|有效|包好|准好|能治)"
    r"|,?(?:的话)?(?:可以|不妨|建议|最好|试试|推荐)(?:多|先|用)?(?:含|喝|吃|抹|擦|贴|敷|泡|煮|揉|喷|按)(?![了过着完])"
)
_WORN_OUT = re.compile("[写抄数等望签改翻点按赞]断")  # "手都写断了"
_DENIED_WITHIN = 20  # characters behind a word of illness: "头疼（不是真头疼，是不会写）"
_OF_MIND = re.compile("心|思想|感情|解")  # "思想上有个疙瘩"
# "疼得直不起腰", "酸疼得端不起碗": how much it aches
_SO_MUCH = re.compile("[疼痛咳晕胀酸吐拉喘]得(?:我|俺|人)?(?:都|直|也|又|快|连)?$")
# "班长一瞪眼我腿都软了", "看见烟就腿软": fright
_SHAKEN = re.compile("心慌|[腿脚][^,。;!?\\n]{0,2}软|手[^,。;!?\\n]{0,2}抖|发抖|哆嗦|打颤|打哆嗦")
_FRIGHT = re.compile(
    "(?:第一次|头一[回次遭]|头回|挂了?(?:完)?电话|警铃|上台|闲|吓|瞪|训(?!练)|骂|吼|点名|看[见到]|一看|一听|听[到见]|想[到起]|恐高|高处|紧张|激动)[^,。;!?\\n]{0,8}$"
)
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
# "宿舍停暖，盖两床被子还是冷": the room is cold
_COLD_ROOM = re.compile(
    "停[暖气电]|没有?(?:暖气|空调)|暖气(?:坏|不热|停|片)|空调坏|漏风|零下|只有[零一二三四五六七八九十\\d]{1,3}度|不供暖|冻透"
)
_COLD_ONLY = re.compile("寒战|发冷|恶寒|畏寒|摆子|寒颤|忽冷|一阵|怕冷")
_SLIPPED = re.compile("了?[,。!]?\\s?(?:是|应该是)?3[5-9]")
# "手抖，报成38.6": a slip; "手抖，写字费劲" is none
_MISWRITTEN = re.compile(
    "(?:了?一?下)?了?[,。!~ ]{0,2}(?:就|又|给|把[^,。;!?\\n]{1,8})?"
    "(?:[报写填打发按点输登录记敲抄]{1,2}[成错岔反串漏]|[多少漏误错][报写填打发按点输登录记敲抄])"
)
_JUST_NOW = re.compile("\\d[^\\d]{0,6}$")
_TYRE = re.compile("轮?胎|车轱辘|后轮|前轮|水带")
# "离这么远，一点劲使不上": nothing can be done
_HELPLESS = re.compile("(?:[一半]点儿?|啥|什么)?(?:劲儿?|力气?|忙)?(?:也|都)?(?:使|帮|出)不[上出]")
_AFAR = re.compile("远|家里|老家|隔着|回不去|着急|[爸妈娃]")
# "怕感冒多穿了一件", "治嗓子疼的药", "热得能中暑": there is none
_AFRAID_OF = re.compile(
    "(?<![害可难恐])怕(?:再|又|会|要)?(?:我|俺)?$|(?:预防|以防|防止|避免|专治|治疗|缓解|防治|对付|针对|管治|(?<![医不])治)$"
    "|[热冷闷晒累冻]得(?:人)?(?:能|会|都能|简直能|可以|真能|都快|快要?|怕是要)$"
)
# "跟几个支委碰了头": they met; "跟支委打球碰了头，起个包" is an injury
_MET, _WITH = (
    re.compile("碰了?个?头"),
    re.compile(
        r"[跟和与同找][^,。;!?\n]{0,10}(?:支委|委员|骨干|书记|领导|负责人|社区|支队|大队|总队|街道|部门|物业|厂家|对方|[班组站队]长|几[个位])(?:们|的人)?(?:又|再|也|先|都)?$"
    ),
)
# "一天三趟，两趟蜂一趟蛇": calls, not to the toilet
_TRIPS, _CALLS = re.compile(r"一[^拉泻稀厕肚]*[趟回]"), re.compile("警|蜂|蛇|出动|救援|开锁|起火|火情|送水|巡")
_BODILY = re.compile(r"[^。;!?\n]{0,16}?(?:[拉泻稀肚破血疼痛肿缝晕伤虚]|个包|大包|起包|厕所)")
_ALL_THE_TIME = re.compile("一直|天天|老是|总是|[一两几]天")  # "忙得一直头晕": it is there
_SENTENCE = 30  # characters before a word in which the thing stands of which it is said
_NEAR = 10  # characters before the symptom in which the verb of a figure of speech stands


def figure(text: str, fact: Fact, clause: int) -> str:
    """Why a word of illness tells of nobody's illness; "" where it does. `clause`: where its clause begins."""
    since = max(clause, fact.start - _NEAR)
    if _is_kind(text, fact, since):
        return "statement.kind"
    if _of_things(text, fact, clause, since) or _is_around(text, fact) or _only_sounds_so(text, fact, clause):
        return "statement.things"
    how_much = _HOW_MUCH.search(text, since, fact.start)
    if (
        how_much is not None
        and not _ALL_THE_TIME.search(how_much.group())
        and (fact.value in _FELT or not _STRAINED.search(text, fact.start, fact.end) or how_much.group()[0] in _MOVED)
    ):
        return "statement.degree"
    burden = fact.value == "breathless" and _BURDEN.search(text, max(clause, fact.start - _SENTENCE), fact.start) is not None
    like = burden or (
        fact.value in ("cough", "vomiting", "breathless")
        and text.startswith("似的", fact.end)
        and "风箱" not in text[fact.start : fact.end]
    )  # "泵咳嗽似的"
    return "statement.degree" if like or _THREATENED.match(text, fact.end) or _of_mind(text, fact, since) or _so_much(text, fact) else ""


def _is_kind(text: str, fact: Fact, since: int) -> bool:
    """Whether a kind of illness is spoken of, people who have it, a remedy, a time, a lesson, or what somebody is afraid of."""
    if any(expression.match(text, fact.end) is not None for expression in (_KIND_OF, _THOSE_WITH, _REMEDY)):
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


def _of_things(text: str, fact: Fact, clause: int, since: int) -> bool:
    """Whether a thing burns, is hot, is torn or coughs."""
    said = text[fact.start : fact.end]
    if _is_limp_or_hot(text, fact, since):
        return True
    if fact.value == "fever" and said[0] == "烧" and _BURNING.search(text, clause, fact.start) is not None:
        return True
    if fact.value == "fever" and said.startswith("滚烫") and _HOT.search(text, max(0, fact.start - _HOT_NEAR), fact.start) is not None:
        return True
    if fact.value == "fever" and said.startswith(("发热", "发烫")) and _WARM.search(text, since, fact.start) is not None:
        return True
    flesh = _FLESH.search(text, fact.start, fact.end + _FLESH_WITHIN) is not None  # "玻璃割破了手"
    worn = fact.value == "injury" and not flesh and _TORN.search(said) is not None and _WORN.search(text, since, fact.start) is not None
    return worn or _MACHINE.search(text, since, fact.start) is not None


def _is_limp_or_hot(text: str, fact: Fact, since: int) -> bool:
    """Whether a device runs hot, a plant is limp, or it is a chair that is broken."""
    if fact.value == "fever":
        return _DEVICE.search(text, since, fact.start) is not None or _HUNDREDS.match(text, fact.start) is not None
    if fact.value == "fatigue":
        limp = _LIMP.match(text, fact.start, fact.end) is not None
        return limp and _PLANT.search(text, max(0, fact.start - _SENTENCE), fact.start) is not None
    return fact.value == "injury" and _IS_THING.match(text, fact.end) is not None


def _is_around(text: str, fact: Fact) -> bool:
    """Whether it is a place that is cold, a tyre in which a nail sticks, or a hand that slipped in writing or between two numbers."""
    if fact.value == "chills":
        return (
            _COLD_ROOM.search(text, max(0, fact.start - _SENTENCE), fact.start) is not None
            and _COLD_ONLY.search(text, fact.start, fact.end) is None
        )
    if fact.value == "other" and text.startswith("手抖", fact.start):
        if _MISWRITTEN.match(text, fact.end) is not None:
            return True
        return _SLIPPED.match(text, fact.end) is not None and _JUST_NOW.search(text, max(0, fact.start - _NEAR), fact.start) is not None
    return (
        fact.value == "injury"
        and text[fact.start] == "扎"
        and _FLESH.search(text, max(0, fact.start - _FLESH_WITHIN), fact.end) is None
        and _TYRE.search(text, max(0, fact.start - _SENTENCE), fact.end + _SENTENCE) is not None
    )


def _only_sounds_so(text: str, fact: Fact, clause: int) -> bool:
    """Whether they met who put their heads together, or the trips of a day went to calls."""
    if _BODILY.match(text, fact.end) is not None:
        return False
    if fact.value == "injury":
        return (
            _MET.match(text, fact.start) is not None and _WITH.search(text, max(0, clause, fact.start - _SENTENCE), fact.start) is not None
        )
    return (
        fact.value == "diarrhea"
        and _TRIPS.match(text, fact.start, fact.end) is not None
        and _CALLS.search(text, fact.end, fact.end + _SENTENCE) is not None
    )


def _of_mind(text: str, fact: Fact, since: int) -> bool:
    """Whether what is told is on somebody's mind only: an injury that may happen, a knot in the heart."""
    if text[fact.start - 1 : fact.start] in ("笑", "乐"):
        return True  # "笑岔气"
    if fact.value == "injury":
        return _WORN_OUT.search(text, fact.start, fact.end) is not None or _NOT_YET.search(text, since, fact.start) is not None
    if fact.value in ("dizziness", "headache") and _HARD_TO_FOLLOW.search(text, max(0, since - _NEAR), fact.start) is not None:
        return True
    if _SHAKEN.match(text, fact.start, fact.end) is not None and _FRIGHT.search(text, since, fact.start) is not None:
        return True
    if (
        _UNTIL.search(text, since, fact.start) is not None
        or (fact.value in (*_FELT, "other") and _AT_SIGHT.search(text, since, fact.start) is not None)
        or (_AT_OTHERS.search(text, since, fact.start) is not None and _EVEN.search(text, since, fact.end) is not None)
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
    return _SO_MUCH.search(text, max(0, fact.start - _NEAR), fact.start) is not None
