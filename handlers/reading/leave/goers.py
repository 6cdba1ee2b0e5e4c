"""Whose leave it is: the one named before the word of it, else the sender; and that of whom it is none of ours."""

import re
from bisect import bisect_left

from handlers.reading.leave.rests import is_theirs
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.scan import Token

# before a name: its bearer only has to do with the leave; behind it: he says, allows or takes over
_COMPANY = re.compile(r"(?:跟|和|与|给|找|向|让|带|交给|陪|由|请|@|报告|班长|领导|见|送|接|问|同|谢谢|感谢|通知|麻烦)\s?$")
_OTHERS_PART = re.compile(
    r"\s?(?:已经?|都|也|那边|那儿|刚|会|先|来)?(?:批|同意|准了|点头|知道|答应|签|替|代|顶|接|盯|帮|值|负责|说|讲|让(?!人?家?给?(?:抽|分|派|借|调|选|叫|点))|陪(?:我|俺|着我|同)|陪(?=[,。;)]|$)|送(?:我|俺)|那里|对接)"
)
_FILLER = re.compile(
    r"(?:在|正|还|也|又|都|的|刚|要|就|得|会|已经|正在|这次|现在|休|请|歇|[今明后]天|[今明][早晚]|[上下这本]?个?(?:周|星期|礼拜|月)[一二三四五六日天末底初]?"
    r"|(?<!\d)\d{1,2}(?!\d)[号日月]?|起|到|从)*"  # one way to read a run of digits: no backtracking
)
_ILL = re.compile(
    f"(?:{_FILLER.pattern.removesuffix(')*').removeprefix('(?:')}|发烧|发热|感冒|咳嗽|生病|病了|病倒|不舒服|流感|甲流|水痘|住院|中招|因病|因故|因事|有事|突然|临时|集体|全|了|后|家|孩子|娃|学校让|老师让|让|叫|,)*"
)
# somebody of no roster: whose leave it is where they stand right before the word of it
_STRANGER = re.compile(
    "(?:同学|同桌|室友|师[兄弟姐妹]|学[长姐弟妹]|搭档|有个?人|别人|人家|旁人|某人|同事|朋友|邻居|哥们儿?|老乡|舍友|发小|亲戚|老师|(?:医生|大夫|护士)(?!(?:们|说|也|都|就|硬|非)?(?:让|叫|要|建议|嘱咐|给|劝|说))|房东|对门|网友|客户|家长|保姆|阿姨|[他她](?:爸|妈|对象|爱人|媳妇|老公|老婆))"
)
_TOLD = re.compile("[跟向找和同与]")
_TOLD_ME = re.compile(r"(?:请|说|报|讲|打|告|提|开口|递|发)")  # "跟我请了假": the speaker is only told
# "请假人：马腾", "休假的是韩冰", "请假的不是高强，是谢天"
_INTRODUCES = re.compile(r"[^。;,]{1,16}?(?:[人员]?:|的是|的不是[^。;,]{1,4},?\s?(?:而)?是)\s?")
_NOT_HE = re.compile(r"[^。;,]{1,16}?的(?:不是)?")
_LEAVE_OF = re.compile("假|休")
_WHOSE = re.compile("(?:同志)?的?(?:年|病|事|婚|产|陪产|探亲|补)?假(?:期|条)?|的(?:补|调|轮|倒)休")
# before one of the family: it is for them that somebody goes ("陪媳妇请假")
_TENDED = re.compile("(?:[生带接陪送看管哄养抱领教]|照[顾看料]|伺候|陪护|护理|探望|看望|安葬|送别|安顿|陪同)(?:着|好|下|一下)?(?:我|俺)?$")
_TENDING = 5  # characters that such words have at most
_ALONE = re.compile(r"[\s,:!]*$")


def is_of_others(message: Message, match: re.Match[str]) -> bool:
    """Whether a word of leave is said of the family or of somebody of no roster."""
    return _of_stranger(message, match) or is_theirs(message, match) or goer(message, match)[0].startswith("family:")


def goer(message: Message, match: re.Match[str]) -> tuple[str, Place | None]:
    """Whose leave it is and where that is said: the one named before the word in its sentence, or in the one before; else the sender."""
    sentence = message.speech.clauses[message.speech.at(match.start())].sentence
    return _possessed(message, sentence) or _nearest(message, match)


def _nearest(message: Message, match: re.Match[str]) -> tuple[str, Place | None]:
    """The person named before a word of leave, or behind it as in a form; else the one of the sentence before, or the sender."""
    if (introduced := _introduced(message, match)) is not None:
        return introduced
    speech = message.speech
    sentence = speech.clauses[speech.at(match.start())].sentence
    who, named, found = message.sender, None, False
    for token in message.tokens:
        if token.start >= match.end():
            break
        if speech.clauses[speech.at(token.start)].sentence != sentence:
            continue
        meant, by = None, "person.name"
        goes = token.kind == "family" and _FILLER.fullmatch(message.text, token.end, max(token.end, match.start()))
        if goes and not _is_tended(message, token):
            return "family:" + message.text[token.start : token.end], None
        if token.kind == "person":
            meant, by = _named(message, token)
        elif token.kind == "me":
            if _TOLD.search(message.text[max(0, token.start - 1) : token.start]) and _TOLD_ME.match(message.text, token.end):
                continue
            who, named, found = message.sender, None, True
        elif token.kind == "third" and message.text[token.start] in "他她":
            meant, by = _named_before(message, token.start), "family.third"
            if meant is None and not found and _FILLER.fullmatch(message.text, token.end, max(token.end, match.start())):
                return "family:" + message.text[token.start : token.end], None  # he is nobody we know
        if meant:
            who, named, found = meant, Place(token.start, token.end, by), True
    return (who, named) if found else _carried(message, sentence) or (who, named)


def _is_tended(message: Message, relative: Token) -> bool:
    """Whether somebody goes for the sake of one of the family (老婆生孩子请假, 陪我妈请假), and none of them sees to the other."""
    tended = _TENDED.search(message.text, max(0, relative.start - _TENDING), relative.start)
    if tended is None or tended.group().startswith("生"):
        return tended is not None
    before = message.tokens_by_clause.get(message.speech.at(relative.start), [])
    return not any(t.kind == "family" and t.end <= tended.start() and not message.text.startswith("的", t.end) for t in before)


def _introduced(message: Message, match: re.Match[str]) -> tuple[str, Place] | None:
    """The person named behind a word of leave, as in a form, or in the place of another."""
    for token in message.tokens[bisect_left(message.tokens, match.end(), key=lambda t: t.start) :]:
        meant = message.people.resolve(token.value, message.sender) if token.kind == "person" else None
        if meant and _INTRODUCES.fullmatch(message.text, match.start(), token.start):
            return meant, Place(token.start, token.end, "person.field")
        if _NOT_HE.fullmatch(message.text, match.start(), token.start) is None:
            return None
    return None


def _of_stranger(message: Message, match: re.Match[str]) -> bool:
    """Whether somebody of no roster stands right before the word of leave, or with nothing but a day between."""
    clause = message.speech.clauses[message.speech.at(match.start())]
    return any(
        _ILL.fullmatch(message.text, stranger.end(), match.start())
        for stranger in _STRANGER.finditer(message.text, clause.start, match.start())
    )


def _possessed(message: Message, sentence: int) -> tuple[str, Place] | None:
    """Whose the leave is called in a sentence: "老徐的假期我上回写少了两天"."""
    for token in message.tokens if _LEAVE_OF.search(message.text) is not None else ():
        if token.kind == "person" and message.speech.clauses[message.speech.at(token.start)].sentence == sentence:
            meant, by = _named(message, token)
            if meant and _WHOSE.match(message.text, token.end):
                return meant, Place(token.start, token.end, by)
    return None


def _named(message: Message, token: Token) -> tuple[str | None, str]:
    """The person a name means, where that person goes away: not one only addressed, asked, or taking over."""
    text = message.text
    before, clause = text[max(0, token.start - 4) : token.start], message.speech.clauses[message.speech.at(token.start)]
    meant = message.people.resolve(token.value, message.sender)
    by = "person.name" if meant == token.value else "person.alias"
    addressed = (
        meant in message.people.officers
        and meant != message.sender
        and not text[clause.start : token.start].strip()
        and _ALONE.match(text[token.end : clause.end]) is not None
        and clause.end < len(text.rstrip())
    )
    if addressed or _COMPANY.search(before) or _OTHERS_PART.match(text, token.end):
        return None, by
    return meant, by


def _named_before(message: Message, position: int) -> str | None:
    names = [message.people.resolve(t.value, message.sender) for t in message.tokens if t.kind == "person" and t.start < position]
    return names[-1] if names else None


def _carried(message: Message, sentence: int) -> tuple[str, Place] | None:
    """The person of whom the sentence before speaks ("天儿当爹了！从今天起陪产假15天")."""
    speech = message.speech
    before = [t for t in message.tokens if speech.clauses[speech.at(t.start)].sentence == sentence - 1]
    named = [t for t in before if t.kind in ("person", "me")]
    if not named or named[0].kind == "me" or named[0].start != speech.clauses[speech.at(named[0].start)].start:
        return None
    meant, by = _named(message, named[0])
    return (meant, Place(named[0].start, named[0].end, by)) if meant else None
