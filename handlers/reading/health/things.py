"""Words of illness that are said of things, places and meetings: a stove that burns, a nail in a tyre, a hand that slipped in writing."""

import re

from handlers.reading.facts import Fact

# "中继台烧得外壳能摊鸡蛋", "笔记本又发烧了": things that run hot
_DEVICE = re.compile(
    r"(?:笔记本|手机|平板|主机|机箱|服务器|交换机|路由器|中继台|基站|电台|对讲机|打印机|投影仪?|无人机|相机|充电[宝器桩]|显卡|硬盘|电[机瓶池]|发电机"
    r"|变压器|配电[箱柜]|插[座排头]|锅炉?|灶台?|炉子?|烤箱|蒸箱|馕坑|[砖土]?窑|炕|炭火?|铁板|烟囱|热水器|发动机|排气管|刹车片?|轮毂|水泵|油泵|空压机|充气泵)"
    r"(?:子|底|它|自己|又|也|都|老是?|总是?|还|一直|已经|直接|今[天早晚]|昨[天晚]|这[会儿两天]{1,2}|一开机就|一充电就|一跑就|开始|突然|直|给|快|能|得|要){0,4}$"
)
_BY_IT = re.compile("[躺睡趴坐靠偎倚守烤窝缩蹲站围挨贴抱玩看刷用盯对修搬扛拿举端在]")  # "孩子躺炕上发烧": who is there is ill
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
# "这两天手机老发热"
_WARM = re.compile(
    r"(?<![玩看刷用])(?:手机|充电[宝器]|插座|插头|插排|电池|电[机线缆瓶]|线路|接头|开关|灯泡?|轮毂|刹车片?|轴承|轮胎|泵体?|机器|电脑|主机|配电[箱柜]|变压器|路由器)"
    r"(?:自己|又|也|都|老是?|总是?|还|一直|有点|容易|开始|突然|直){0,2}$"
)
# "心里滚烫滚烫的", "这茶滚烫": hot, and no fever
_HOT = re.compile("[心茶水汤粥饭菜锅炉灶路地铁钢车板墙泵机枪泪血话情沙石炭砖胎]|日头|太阳|空气")
_HOT_NEAR = 8
# "嘴皮子都磨破了", "水带刮破了": things wear out
_GEAR = (
    "保险杠|后视镜|车灯|车标|挡泥板|墙皮|墙角|门框|轮毂|嘴皮|鞋|靴"
    "|手套|衣服?|裤|袜|水带|轮胎|胎|管|背包|袋|绳|帐篷|伞|车门|车漆|漆|玻璃|屏幕?|纸|皮带|油箱|膜"
    "|面罩|头盔|雨衣|战斗服|服|套|罩|篷|桶|瓶|盆|杯|碗|锅"
)
_WORN = re.compile(
    rf"(?:{_GEAR})"
    r"(?:子|底|头|面|上|腿|脚|裆|口|跟)?(?:都|也|全|又|快|被|给|让|早就|已经|直接|啥时候|不知道啥时候){0,2}(?:[被让叫给遭][^,。;!?\\n]{1,8})?$"
)
# "石头划破轮胎", "狗咬了快递员": what is torn or bitten is no body of one's own
_TEARS = re.compile("[划刮扎磨割撕咬烧蹭碰撞刺戳叮挠抓踢蜇蛰啃啄]")
_TORN_THING = re.compile(
    rf"(?:了|坏|破|穿|断|烂|到|伤){{0,3}}(?:一|两|三|几|好几)?(?:[条个块根盘只双件副套辆名位])?(?:新|旧|我们?的?|咱们?的?|他们?的?|队里的?|单位的?)?"
    rf"(?:{_GEAR}|线缆|电线|网线|水管|坐垫|沙发|门|墙|树|车|快递|外卖|游客|路人|群众|村民|老乡|保安|邻居|行人|小偷|别人|人家|好几个人)"
)
# "水带破皮了"; a shoe that chafes is another matter
_PEELS = re.compile(
    "(?:水带|胶管|水管|电线|线缆|网线|沙发|座椅|轮胎|皮带|球|苹果|土豆|红薯|方向盘|墙|器材|水枪)(?:都|也|又|全|被|给|让|有点|早就){0,2}(?:[磨刮蹭拖])?$"
)
# "手推车腿折了", "车头晕菜了"
_PART_OF_THING = re.compile(
    "(?:[桌椅凳梯架柜](?:子)?|沙发|板凳|马扎|推车|台灯|支架|三脚架|货架|担架|(?<![起下上铺趴])床|水枪|[壶瓶桶锅罐]|拖把|扫把|龙|榔|(?<![坐乘开下上晕骑修洗擦停倒堵])车|船|泵)(?:的)?(?:前|后|左|右|那?条)?$"
)
_ON_SKIN = re.compile("[手脚腿臂背脖脸身痒咬叮蚊虫]|胳膊|屁股|过敏")  # "发了个大红包" is money
_BROKEN_THING = re.compile("[腿脚脖背靠头嘴耳肚鼻][^,。;!?\\n]{0,3}?(?:断|折|破|裂|瘸|歪|掉|坏|弯|松|晃|肿|鼓|晕菜|漏|翘|豁)")
_FLESH = re.compile("[手脚腿指膝肘臂脸额掌背腰腕踝眉肩]|胳膊|破皮|掉皮|[块层点]皮")
_FLESH_WITHIN = 4
_TORN = re.compile("[破花断掉裂豁穿烂洞]|口子|窟窿")
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
# "36.3，不是63.3，手抖", "打错了，手冻僵了": why something was written wrong; "这两天手抖得厉害" is a complaint
_CLUMSY = re.compile(
    "手(?:指头?)?(?:都|给|有点儿?|太|一)?(?:[抖僵颤]|冻(?:得)?(?:[僵麻木硬]|不听使唤)?|发[僵抖]|不听使唤)(?:了|的)?(?=$|[,。;!?~\\s]|[打写填报输按点])"
)
_WRONG = re.compile(
    r"(?<![没不])(?:[打写填报输按点敲登发记看]|录入?)(?:[错岔反串]|成了?\s?\d)|不是\s?\d|(?<![没不])(?:多|少)[打写填报输按点敲]"
)
_FOR_LONG = re.compile("老是?|总是?|一直|最近|这[两几]天|天天|突然|莫名|浑身|手脚")
# "枪冻着了": what measures is cold, and nobody
_GAUGE = re.compile(
    r"(?<![填看拿握端持扛站背抱举擦水步打])(?<![填看拿握端持扛背抱举][着了个把])(?:[额体测]温枪|枪|(?:体温|温度)?(?<![手钟报])表|温度计|体温计)(?:放?在?外[面头边]|放车[里上])?(?:又|也|都|给|让|被|好像|可能|估计|怕是|大概|应该是?){0,2}$"
)
_JUST_NOW = re.compile("\\d[^\\d]{0,6}$")
_TYRE = re.compile("轮?胎|车轱辘|后轮|前轮|水带")
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
_FOR_LONG_WITHIN = 4
_SENTENCE = 30  # characters before a word in which the thing stands of which it is said
_NEAR = 10  # characters before a word in which what is done stands


def of_things(text: str, fact: Fact, clause: int) -> bool:
    """Whether a word of illness is said of a thing, a place or a meeting, and of nobody. `clause`: where its clause begins."""
    return _is_a_thing(text, fact, clause) or _is_around(text, fact) or _only_sounds_so(text, fact, clause)


def _is_a_thing(text: str, fact: Fact, clause: int) -> bool:
    """Whether a thing burns, is hot, is torn or coughs."""
    since, said = max(clause, fact.start - _NEAR), text[fact.start : fact.end]
    if _is_limp_or_hot(text, fact, clause):
        return True
    if fact.value == "fever" and said[0] == "烧" and _BURNING.search(text, clause, fact.start) is not None:
        return True
    if fact.value == "fever" and said.startswith("滚烫") and _HOT.search(text, max(0, fact.start - _HOT_NEAR), fact.start) is not None:
        return True
    if fact.value == "fever" and said.startswith(("发热", "发烫")) and _WARM.search(text, since, fact.start) is not None:
        return True
    if _is_of_thing(text, fact, since):
        return True
    flesh = _FLESH.search(text, fact.start, fact.end + _FLESH_WITHIN) is not None  # "玻璃割破了手"
    worn = fact.value == "injury" and not flesh and _TORN.search(said) is not None and _WORN.search(text, since, fact.start) is not None
    return worn or _MACHINE.search(text, since, fact.start) is not None


def _is_of_thing(text: str, fact: Fact, since: int) -> bool:
    """Whether a part of a thing is broken ("手推车腿折了"), a hose frayed, or what is torn or bitten is a thing or a stranger."""
    if _BROKEN_THING.match(text, fact.start) is not None and _PART_OF_THING.search(text, since, fact.start) is not None:
        return True
    if fact.value == "rash":
        return text.endswith("红包", 0, fact.end) and _ON_SKIN.search(text, since, fact.end + _NEAR) is None
    if fact.value != "injury":
        return False
    if "皮" in text[fact.start : fact.end] and _PEELS.search(text, since, fact.start) is not None:
        return True
    bitten = _TEARS.search(text, fact.start, fact.end) is not None and _TORN_THING.match(text, fact.end) is not None
    return bitten and _FLESH.search(text, since, fact.end) is None


def _is_limp_or_hot(text: str, fact: Fact, clause: int) -> bool:
    """Whether a device runs hot, a plant is limp, or it is a chair that is broken."""
    if fact.value == "fever":
        device = _DEVICE.search(text, max(clause, fact.start - _NEAR), fact.start)
        runs_hot = device is not None and _BY_IT.search(text, max(clause, device.start() - _SENTENCE), device.start()) is None
        return runs_hot or _HUNDREDS.match(text, fact.start) is not None
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
    if fact.value in ("other", "unwell") and text[fact.start] in "手冻":
        return _is_cold_or_slipped(text, fact)
    return (
        fact.value == "injury"
        and text[fact.start] == "扎"
        and _FLESH.search(text, max(0, fact.start - _FLESH_WITHIN), fact.end) is None
        and _TYRE.search(text, max(0, fact.start - _SENTENCE), fact.end + _SENTENCE) is not None
    )


def _is_cold_or_slipped(text: str, fact: Fact) -> bool:
    """Whether it is the instrument that is cold, or a hand that shook or froze in writing."""
    if text[fact.start] == "冻":
        return fact.kind == "unwell" and _GAUGE.search(text, max(0, fact.start - _NEAR), fact.start) is not None
    if _FOR_LONG.search(text, max(0, fact.start - _FOR_LONG_WITHIN), fact.start) is not None:
        return False
    if not text.startswith("手抖", fact.start):
        return _is_why_wrong(text, fact)
    between = _SLIPPED.match(text, fact.end) and _JUST_NOW.search(text, max(0, fact.start - _NEAR), fact.start)
    return between is not None or _MISWRITTEN.match(text, fact.end) is not None or _is_why_wrong(text, fact)


def _is_why_wrong(text: str, fact: Fact) -> bool:
    """Whether a hand that shook or froze only explains what was written wrong near by."""
    if _CLUMSY.match(text, fact.start) is None:
        return False
    return _WRONG.search(text, max(0, fact.start - _SENTENCE), fact.end + _SENTENCE) is not None


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
