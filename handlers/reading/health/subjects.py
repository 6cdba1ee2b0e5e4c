"""Who is spoken of: a person named becomes the one of whom the next facts are told, unless only mentioned as company."""

import re
from functools import lru_cache
from typing import Any

from handlers.reading.health import asides
from handlers.reading.lexicon import Lexicon
from handlers.reading.reasons import Place
from handlers.reading.scan import Scanner, Token

KINDS = ("role", "animal", "stranger", "person", "family", "me", "third", "other", "group")
_BODILY = ("part", "symptom", "sign")
_NAMED = ("person", "family", "me", "third")
_PROXY_VERB = re.compile(r".{0,6}?(?:报|说|填|量|测|登记|补|打卡)")
_VALUE = re.compile(
    r"\s*[:]?(?:这|那)?(?:儿|边|里|个)?[嘛呢么]?\s*(?:\d|三十|体温|正常|没|无|有点|不|发|咳|头|嗓|肚|说|本人|还|今|昨|的|也|都|阳|流|拉|吐|烧|晕|鼻|平安|好|脸|蔫|精神|状态|腰|胳膊|[大小]?腿|脚(?!本)|膝盖|后背|后脑|脑门|脖子|肩膀|手(?![机续里头套表拉工]))"
)
# "安安手机没电，他36.5", "替小雪报": there a name that is an ordinary word as well is a name
_AS_NAME_AFTER = re.compile(
    r"自己|本人|(?:让|托|叫|请)(?:我|俺)|说[她他]|、|手机|没来|没带|在我|在(?:厕所|宿舍|床上|门口|操场|站里|家|医院|卫生|训练|水房|走廊|食堂)|也在|,\s?[他她](?!们)"
)
_AS_NAME_BEFORE = re.compile(r"(?:替|帮|代|给|跟|和|与|、|是)$")
# "老徐的菜": of what is somebody's and no health
_OWN = re.compile(
    r"那[个把支台][^,。;!?\d]{0,5}[计枪表车机]|的(?!体温|温度|身体|健康|症状|情况|状态|数|晨检|晚检|额温|腋温|也|就|都|是|还|不是|而不是|[\s,。:;\d]|$)"
)
_BESIDE = re.compile(r"(?:旁边|身边|边上|对面|[上下]铺|隔壁|后[面头]|前[面头]|家门|屋门)")
# "上楼救猫", "遛狗": an animal with which something is done
_WITH_ANIMAL = (*"救喂抱遛捉逮撸追捞养找抓买带牵放逗寻", "救出", "解救", "营救")
# "热得狗都不叫": nobody's dog
_AS_ANIMAL = (*_WITH_ANIMAL, *"像得成如似跟比赛连", "像条", "像只", "成条", "如条")
# "闺女给买的体温计", "媳妇给我量的": who does something for the speaker is not the one spoken of
_DOES_FOR = re.compile(
    r"(?:刚|又|还|也|都|早上|今早|昨晚|特意|专门|前两天)?(?:给|帮|替|为)(?:我|俺|咱|额|吾)?(?:刚|又|新|也)?"
    r"(?:买|送|寄|捎|带|做|织|煮|熬|炖|拿|借|配|量|测|试|摸|递|端|冲|换|贴|敷|抓|揉|按|泡|缝|装|开|打)"
)
# "邻居装修吵了一宿", "大夫说头晕是累的": who makes noise, or says how the speaker is, is not the one spoken of
_NO_SUBJECT = re.compile(
    r"(?:[家们]|楼上|楼下|昨晚|昨夜|半夜|一晚上?|一宿|整夜|又|在|一直|老|天天|晚上|夜里){0,3}(?:装修|施工|吵|闹|打呼|呼噜|打鼾|唱|放歌|放炮|放鞭炮|弹|吼|敲|砸墙|钻|打麻将|搓麻将|跳广场舞|磨牙|说梦话|开派对)"
    r"|(?<=[生夫士医])(?:刚才|刚|也|就|都|还|又)?(?:跟我|给我|帮我|叫我|让我|喊我|劝我)?(?:说|讲|让|叫|建议|开|看了|问|喊|劝|嘱咐|交代|判断|怀疑|诊断|检查|摸|听了|告诉|量|测|瞧|瞅)"
)
# "家属喊他名字的声音": somebody who is only heard or seen
_WRITTEN_AS = re.compile(r"(?:的?(?:体温|温度|数|数据))?(?:[写报填记量录打输]|登记)(?:成|错|漏|串)")  # "把郑凯写成36.8了"
_ITS_HOUSE = re.compile("^(?:家中|家里|屋头|[俺我]家(?=老人)|[俺我])")  # the relation without whose it is
_SIGHT_OF = re.compile(r"[^,。;!?\n]{0,8}的(?:声音|哭声|喊声|样子|画面|脸|眼神|表情|身影|背影|样儿|模样)")
# "孩子被同学推了一把，胳膊骨折", "让隔壁的猫挠了": who did it is not the one spoken of
_BY = ("被", "遭")
_BY_WHOM = re.compile("[被遭让叫挨俾][^,。;!?\\n]*$")
_BY_WITHIN = 9  # characters before who did it
_HURTS = re.compile("[^,。;!?\\n]{0,8}[咬抓挠叮蜇蛰啄撕啃踢踹顶拱撞扑打推砸扎碰绊压]")
_PAIR = re.compile(
    "(?:娘儿?|爷儿?|母子|母女|父子|父女)(?:俩|两|仨|几个|三个)(?![\\s:]?3\\d)"
)  # two of those who were named before, where anybody was
_AT, _MY_PLACE = ("在", "到", "来", "住", "去"), re.compile("这(?!边?(?:人|都|体温|\\d))|那(?:儿|里|边)|家(?!人|里人|属)|屋里?|宿舍")
_NEIGHBOURS = re.compile(
    "(?:楼上|楼下|隔壁|对门|对面|邻居|邻里|别人|人家|村里|同事|战友|同学|朋友|谁)(?:那|他|她)?(?:家|户|屋)?(?:的|那个?|一个|有个)?$"
)
_LAST = 6
_MOST = 30  # persons of whom one value can be said


@lru_cache(maxsize=8)
def _tables(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    def either(key: str) -> str:
        return "|".join(sorted(map(re.escape, lexicon.lists[key]), key=len, reverse=True))

    return (
        re.compile(rf"(?:{either('people.proxy')})$"),
        re.compile(rf"(?:{either('people.company')})(?:着|了|过)?$"),
        re.compile(rf"\s?(?:{either('people.joined')})\s?"),
        re.compile(rf"[^,。;!?\n]{{0,2}}?(?:{either('people.both')})"),
    )


class Subject:
    """Of whom the text speaks just now: `subject`, full names or family:<relation>; () where it is nobody who matters."""

    def __init__(self, sender: str, person: str, text: str, scanner: Scanner) -> None:
        self._sender, self._default, self._text, self._scanner = sender, (person,), text, scanner
        self._proxy, self._company, self._joined, self._both = _tables(scanner.lexicon)
        self._third: str | None = None
        self._lasting = False
        self._before: tuple[str, ...] | None = None  # of whom was spoken before an unnamed colleague, of whom only the clause speaks
        self._latest: Token | None = None  # the person named last
        self.subject: tuple[str, ...] = self._default
        self.places: dict[str, Place] = {}  # where each person was named last

    def reset(self) -> None:
        """A new sentence: the default person again."""
        self.subject, self._lasting, self._before = self._default, False, None

    def go_on(self, *, blank: bool) -> None:
        """A new clause: what was said of an unnamed colleague is over, with a `blank` what was said of an outsider too.

        What was said of an animal or a name of no roster goes on in the sentence.
        """
        if self._before is not None:
            self.subject, self._before = self._before, None
        if blank and not self.subject and not self._lasting:
            self.subject = self._default

    def step(self, token: Token, index: int, items: list[Any], clause: int) -> None:
        """Let the token of a person change of whom is spoken. `items`: the clause's items, `clause`: where it begins."""
        if token.kind in ("role", "animal", "other", "stranger"):
            self._nobody(token, index, items, clause)
            return
        if token.kind == "family" and self.places and _PAIR.match(self._text, token.start):
            return
        who = None if token.kind == "group" else self._person(token)
        if asides.is_addressed(self._text, token) or (self.subject == (self._third,) and asides.is_for_him(self._text, token)):
            return
        if who is not None and asides.does_to_me(self._text, token):
            self._remember(who)
            self.subject, who = self._default, None
        if who is None and token.kind == "third" and token.start == clause and _VALUE.match(self._text, token.end):
            self.subject, self._lasting = (), True  # "他嗓子疼", and nobody was named
            return
        if who is None or self._passes(token, items[index + 1 : index + 2]):
            return
        head, previous = self._head(token, index, items)
        latest, self._latest = self._latest, token
        if latest is not None and latest.kind == token.kind == "family" and self._text[latest.end : head] == "(":
            previous = latest
        if previous is not None and previous.kind == token.kind and token.kind in ("family", "person") and previous.end == head:
            self._join(token, head, previous, who, always=True)  # "老婆孩子都好"
        elif previous is not None and previous.kind == token.kind == "family" and self._text[previous.end : head] == "(":
            whole = "family:" + self._text[previous.start : previous.end]
            self.subject = (*(s for s in self.subject if s != whole), who)  # "本人及家属（爱人、岳母）"
            self._remember(who)
        elif previous is not None and self._joined.fullmatch(self._text, previous.end, head):
            self._join(token, head, previous, who)
        elif token.kind == "family" and self._is_elsewhere(items[index - 1] if index else None, head):
            self.subject = ()  # a teammate's family, or that of somebody else
        else:
            hurt = (
                bool(items[index + 1 : index + 2])
                and items[index + 1].start == token.end
                and getattr(items[index + 1], "kind", "") == "part"
            )
            self._name(token, "" if hurt else self._text[max(clause, head - _LAST) : head].removesuffix("对了"), who)

    def _passes(self, token: Token, following: list[Any]) -> bool:
        """Whether somebody is named by the way. A clause is nobody's that says that it is not he who is ill, or tells of his school."""
        not_he = asides.is_not_he(self._text, token, following)
        if not_he or asides.is_of_his_place(self._text, token):
            mine = not_he and asides.is_i_instead(self._text, following)
            self._before, self.subject = self.subject, (self._sender,) if mine else ()
            return True
        return self._is_aside(token, following)

    def _nobody(self, token: Token, index: int, items: list[Any], clause: int) -> None:
        """Let somebody who is neither on the roster nor family be the one of whom nothing is kept."""
        if token.kind == "role":
            before = self._text[max(clause, token.start - _LAST) : token.start]
            if not self._company.search(before) and asides.is_ill_himself(self._text, token, items[index + 1 : index + 3], before):
                self._before, self.subject = self.subject, ()
            return
        if (
            self._is_of_thing(token, items[index + 1 : index + 2])
            or _NO_SUBJECT.match(self._text, token.end)
            or asides.is_only_company(self._text, token, clause)
            or self._is_by(token)
        ):
            return
        if self._default[0] == self._sender and (child := asides.own_child(self._text, token)):
            self.places[child], self.subject = Place(token.start, token.end, "family.relations"), (child,)
            return
        if not self._text.endswith(_AS_ANIMAL, 0, token.start):
            self.subject, self._lasting = (), self._lasting or token.kind != "other"

    def _is_by(self, token: Token) -> bool:
        """Whether somebody, or an animal, is the one who did it: "被同学推了一把", "让隔壁的猫挠了"."""
        if token.kind == "other" and self._text.endswith(_BY, 0, token.start):
            return True
        before = self._text[max(0, token.start - _BY_WITHIN) : token.start]
        return _BY_WHOM.search(before) is not None and _HURTS.match(self._text, token.end) is not None

    def _is_aside(self, token: Token, following: list[Any]) -> bool:
        """Whether somebody is named only to say whose or where a thing is, or that it is not he: "老徐的菜", "在我旁边", "不是我"."""
        text = self._text
        if text.endswith("不是", 0, token.start) or _BESIDE.match(text, token.end):
            return True
        if token.kind == "me":
            return self._is_only_place(token) or (self._latest is not None and self._is_only_writer(token, self._latest))
        if token.kind == "family" and (
            asides.is_only_mentioned(text, token, following) or _DOES_FOR.match(text, token.end) or _SIGHT_OF.match(text, token.end)
        ):
            return True
        return self._is_of_thing(token, following)

    def _is_only_place(self, me: Token) -> bool:
        """Whether the speaker names only where somebody is: "爸妈在我这儿住着，都正常"."""
        return self._text.endswith(_AT, 0, me.start) and _MY_PLACE.match(self._text, me.end) is not None

    def _is_only_writer(self, me: Token, latest: Token) -> bool:
        """Whether 我 is the 自己 of the person named last ("天儿自己说37.0"), or who wrote down what is that person's."""
        himself = latest.end == me.start and self._text[me.start] == "自"
        return himself or asides.miswrote(self._text, latest.end, me)

    def _is_of_thing(self, token: Token, following: list[Any]) -> bool:
        """Whether 的 and something that is neither body nor family follows a person."""
        near = following and isinstance(following[0], Token) and following[0].start <= token.end + 2
        if near and following[0].kind in (*_BODILY, "family"):
            return False
        return _OWN.match(self._text, token.end) is not None

    def _is_elsewhere(self, before: Any, head: int) -> bool:
        """Whether the family of somebody else is meant, who is named just before."""
        if self._text[head] not in "我俺咱" and _NEIGHBOURS.search(self._text, max(0, head - _LAST), head) is not None:
            return True
        if not isinstance(before, Token) or before.kind not in ("person", "other", "stranger"):
            return False
        if before.end == head:
            return True
        mine = before.kind == "person" and self._scanner.people.resolve(before.value, self._sender) == self._sender
        return not mine and self._text[before.end : head] in ("的", "家", "家的")

    def _head(self, token: Token, index: int, items: list[Any]) -> tuple[int, Token | None]:
        """Where the name begins ("我妈" is one word) and the person named just before it, if any."""
        before = items[index - 1] if index else None
        head = token.start
        if token.kind == "family" and isinstance(before, Token) and before.kind == "me" and before.end == token.start:
            head = before.start
            before = items[index - 2] if index > 1 else None
        return head, before if isinstance(before, Token) and before.kind in _NAMED else None

    def _join(self, token: Token, head: int, previous: Token, who: str, always: bool = False) -> None:
        """In "我跟爱人都正常" both are meant, in "我跟陈一练绳索" the speaker; 、 always joins."""
        both = (
            always
            or "、" in self._text[previous.end : head]
            or self._both.match(self._text, token.end)
            or _VALUE.match(self._text, token.end)
        )
        if both:
            self.subject = (*self.subject, who)[:_MOST] if who not in self.subject else self.subject
        self._remember(who)

    def _name(self, token: Token, before: str, who: str) -> None:
        """Somebody is named alone: as the one spoken of, as one reported for, or only as company."""
        self._remember(who)
        if self._proxy.search(before):
            spoken_for = _PROXY_VERB.match(self._text, token.end, token.end + 12) is not None
        else:
            spoken_for = (
                not self._company.search(before)
                or _WRITTEN_AS.match(self._text, token.end) is not None
                or _VALUE.match(self._text, token.end) is not None
            )
        if spoken_for:
            self.subject = (who,)

    def _remember(self, who: str) -> None:
        if who != self._sender:
            self._third = who

    def _person(self, token: Token) -> str | None:
        """The person a token names: a full name, family:<relation>, or None where nobody can be made out."""
        if token.kind == "me":
            return self._sender
        who, by = self._third, "family.third"
        if token.kind == "family":
            who, by = "family:" + _ITS_HOUSE.sub("", self._text[token.start : token.end]), "family.relations"
        elif token.kind == "person":
            ordinary = self._scanner.is_ambiguous(token.value)
            if ordinary and not self._is_name(token):
                return None
            who = self._scanner.people.resolve(token.value, self._sender)
            by = self._name_of(token.value, who, ordinary=ordinary)
        if who is not None:
            self.places[who] = Place(token.start, token.end, by)
        return who

    def _is_name(self, token: Token) -> bool:
        """Whether a name that is an ordinary word as well stands where only somebody can be meant."""
        return any(
            found is not None
            for found in (
                _VALUE.match(self._text, token.end),
                _AS_NAME_AFTER.match(self._text, token.end),
                _AS_NAME_BEFORE.search(self._text, max(0, token.start - _LAST), token.start),
            )
        )

    def _name_of(self, word: str, who: str | None, *, ordinary: bool) -> str:
        """The rule by which a word means a person."""
        if word == who:
            return "person.name"
        if ordinary:
            return "person.ordinary"
        return "person.alias" if len(self._scanner.people.words.get(word, ())) <= 1 else "person.own_group"
