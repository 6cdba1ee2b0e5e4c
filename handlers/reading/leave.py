"""Somebody is or will be away: whether a message says so, and of whom. Which days: spans.py."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from handlers.reading import holidays
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from handlers.reading.rests import is_rest, is_theirs
from handlers.reading.scan import Token
from handlers.reading.spans import Day, around, span
from models.reading import Evidence, Leave

# before a name: its bearer only has to do with the leave; behind it: he says, allows or takes over
_COMPANY = re.compile(r"(?:跟|和|与|给|找|向|让|带|交给|陪|由|请|@|报告|班长|领导|见|送|接|问|同|谢谢|感谢|通知|麻烦)\s?$")
_OTHERS_PART = re.compile(
    r"\s?(?:已经?|都|也|那边|那儿|刚|会|先|来)?(?:批|同意|准了|点头|知道|答应|签|替|代|顶|接|盯|帮|值|负责|说|讲|让|陪(?:我|俺|着我|同)|陪(?=[,。;)]|$)|送(?:我|俺)|那里|对接)"
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
    "(?:同学|同事|朋友|邻居|哥们儿?|老乡|舍友|发小|亲戚|老师|医生|大夫|护士|房东|对门|网友|客户|家长|保姆|阿姨|[他她](?:爸|妈|对象|爱人|媳妇|老公|老婆))"
)
_TOLD = re.compile("[跟向找和同与]")
_TOLD_ME = re.compile(r"(?:请|说|报|讲|打|告|提|开口|递|发)")  # "跟我请了假": the speaker is only told
_INTRODUCES = re.compile(r"[^。;,]{1,16}?(?:[人员]?:|的是)\s?")  # "请假人：马腾", "休假的是韩冰"
_ALONE = re.compile(r"[\s,:!]*$")
# "5日休假": a day and nothing else; not "5日起休假"
_THAT_DAY = re.compile(
    r"(?:[号日]|周[一二三四五六日天末]|明天|后天|今天|明儿|听日)(?:\(周[一二三四五六日]\))?\s?(?:我|本人)?(?:轮|补|调|倒)?休(?:一天|假|息)?(?=$|[,。;!\n])"
    r"|(?:\d[号日]|周[一二三四五六日天]|明天|后天|明儿|听日)\s?(?:我|本人)?(?:想|要|得|需)?请个?(?:事|病)?假(?=$|[,。;!\n去带陪送办看回])"
    r"|(?:今天|今日|今儿|今早|今晚|下午|上午|中午)\s?(?:我|本人)?(?:想|要|得|需)?请个?(?:事|病)?假"
    r"(?:去(?:一?趟)?(?:医院|门诊|卫生院|看病|看医生|复查|复诊|打针|拔牙|补牙|体检|输液|挂水|办|银行|派出所|学校|开家长会|车站|机场|接|送)|[带陪送][^,。;]{0,6}(?:看|去|到|打|做|复|检))"
)
_ONE_DAY = re.compile(r"(?:请|休)(?:个|了)?(?:病|事|年)?假|下午|上午|半天|家长会|打疫苗|(?:晚饭|中午|天黑|晚点名|下午|晚上)~?前?(?:就)?回")
_ONLY_THAT = re.compile("一天|半天|下午|上午|打疫苗|家长会|前回|个假|午回")
_INTENDED = re.compile("打算|想休|准备休|计划休|下个月|下月|过几天|年底|年后")
# The judge's odds that a going somewhere needs where no word of leave is said: with several days, and where the speaker names himself, with
# the day of coming back alone, with a single day; and those that words of leave need where no day is said, and in a message that asks.
_ODDS_SEVERAL, _ODDS_OWN, _ODDS_RETURN, _ODDS_DAY = -2.0, -3.0, 0.0, 1.5
_ODDS_NO_DAY, _ODDS_ASKED = -1.0, 0.0
_MOST_WORDS = 40  # words of leave or of going that are looked at: a long text takes no longer
_SHORT = 60  # characters in which the days of a going may stand in another sentence
_ONWARD = re.compile("起|开始|几天|待定")
_OPEN = re.compile(r"待定|回去$|马上请假")


def chain_leave(message: Message, person: str, start: int, end: int, base: date, named: Place | None = None) -> Leave | None:
    """A line such as "休假到10号" in a chain or a group's report. `named`: where the person is."""
    piece = message.text[start:end]
    match = message.search.first("leave.chain", piece)
    if match is None:
        return None
    word = Place(start + match.start(), start + match.end(), "leave.chain")
    if message.search.finds("leave.against", piece):
        message.leave_out("leave", (word.start, word.end), "leave.against")
        return None
    first, last = span(message, start, end, base, default=Day(base, word._replace(by="leave.sent")))
    return _leave(message, person, named, word, first or Day(base, word._replace(by="leave.sent")), last)


def _leave(message: Message, person: str, named: Place | None, word: Place, first: Day, last: Day | None) -> Leave:
    pieces = [("person", named), ("leave", word), ("from", first.place), ("to", last and last.place)]
    evidence: list[Evidence] = [message.evidence(field, *place) for field, place in pieces if place is not None]
    return Leave(person=person, first=first.day, last=last and last.day, evidence=tuple(evidence))


def leaves(message: Message, *, labelled: bool) -> tuple[Leave, ...]:
    """The leave that a message announces; () where it announces none. In a labelled report only words of leave themselves count."""
    for key in ("leave.words",) if labelled else ("leave.words", "leave.course", "leave.away"):
        if not message.finds(key) or (key == "leave.away" and message.trace is None and _is_never_away(message)):
            continue
        words = list(_words(message, key))
        for match in words:
            found = _announced(message, match, key)
            if found is not None:
                return (found,)
        if key == "leave.words" and any(_of_others(message, match) for match in words):
            break  # somebody else goes; what the words of going say beside it is of them
    return ()


def _words(message: Message, key: str) -> Iterator[re.Match[str]]:
    """The words of `key` that are looked at: some, and of those that are everywhere (去, 在) one for each sentence."""
    looked: set[int] = set()
    for match in islice(message.all(key), _MOST_WORDS):
        sentence = message.speech.clauses[message.speech.at(match.start())].sentence
        if key == "leave.words" or sentence not in looked:
            looked.add(sentence)
            yield match


def _of_others(message: Message, match: re.Match[str]) -> bool:
    """Whether a word of leave is said of the family or of somebody of no roster."""
    return _of_stranger(message, match) or is_theirs(message, match) or _person(message, match)[0].startswith("family:")


def _announced(message: Message, match: re.Match[str], key: str) -> Leave | None:
    """The leave that a word of it announces; None where it is none."""
    against = _against(message, match)
    if against:
        message.leave_out("leave", match.span(), against)
        return None
    text = message.head
    start, end = _sentence(message, match.start())
    if key == "leave.away" and not _may_be_away(message, text[start:end]):
        message.leave_out("leave", match.span(), "leave.no_day")
        return None
    first, last = around(message, match.start(), start, end)
    if first is None and last is None and (key == "leave.words" or (key == "leave.away" and len(text) <= _SHORT)):
        first, last = span(message, 0, len(text), message.today, default=None)
        if key != "leave.words" and last is None:
            first = None
    if not _has_days(message, key, text[start:end], first, last):
        message.leave_out("leave", match.span(), "leave.no_day")
        return None
    if is_rest(message, match, first):
        message.leave_out("leave", match.span(), "leave.rest")
        return None
    person, named = _person(message, match)
    if _of_others(message, match):
        message.leave_out("leave", match.span(), "leave.family")
        return None
    word = Place(*match.span(), key)
    first = first or Day(message.today, word._replace(by="leave.sent"))
    return _leave(message, person, named, word, first, last or _same_day(message, match, first))


def _is_never_away(message: Message) -> bool:
    """Whether no word of going in any of its sentences can be borne out by days (see `_may_be_away`)."""
    return "leave.support" not in message.search.possible and not _may_be_away(message, "")


def _may_be_away(message: Message, sentence: str) -> bool:
    """Whether any days could bear out a word of going, which is in every other message; nearly always the judge says that none could."""
    least = _ODDS_OWN if message.own else _ODDS_SEVERAL
    return message.odds["leave"] > least or message.search.finds("leave.support", sentence)


def _has_days(message: Message, key: str, sentence: str, first: Day | None, last: Day | None) -> bool:
    """Whether a word of being away is borne out: one that means leave by itself by any day, the others by days to come in its sentence."""
    if key == "leave.words":
        least = _ODDS_ASKED if message.speech.questions else _ODDS_NO_DAY
        if first is None and last is None and message.odds["leave"] < least:
            return False
        some_day = _INTENDED.search(message.head) is not None or holidays.named(message.head, message.today) is not None
        strong = message.finds("leave.strong") and not some_day
        return strong or first is not None or last is not None
    if first is None or first.day < message.today:
        return False
    named = message.text[first.place.start : first.place.end]
    one_week = named.endswith(("周", "星期", "礼拜")) and first.place.by != "leave.sent"  # "下周"; "去培训一周" counts its days
    several = last is not None and last.day > first.day and not one_week
    supported = message.search.finds("leave.support", sentence)
    if key == "leave.course":
        return several or (supported and first.day > message.today)
    odds = message.odds["leave"]
    if first.place.by == "leave.sent":
        return several and odds > (_ODDS_SEVERAL if supported else _ODDS_RETURN)
    least = _ODDS_OWN if message.own else _ODDS_SEVERAL
    return (several and (supported or odds > least)) or (odds > _ODDS_DAY and not message.finds("leave.words"))


def _same_day(message: Message, match: re.Match[str], first: Day) -> Day | None:
    """The last day of an absence that is a matter of one day; None where its end is open."""
    text = message.head
    that = _THAT_DAY.search(text)
    if that is not None and not message.finds("leave.open_end"):
        return Day(first.day, Place(*that.span(), "leave.one_day"))
    if message.search.finds("leave.rest", match.group()) and not _ONWARD.search(text):
        return Day(first.day, Place(*match.span(), "leave.one_day"))
    one = _ONE_DAY.search(text)
    if one is not None and not _OPEN.search(text) and _ONLY_THAT.search(text):
        return Day(first.day, Place(*one.span(), "leave.one_day"))
    return None


def _sentence(message: Message, position: int) -> tuple[int, int]:
    """Where the sentence around a position begins and ends."""
    clauses = message.speech.clauses
    number = message.speech.at(position)
    mine = [c for c in clauses if c.sentence == clauses[number].sentence]
    return mine[0].start, mine[-1].end


def _against(message: Message, match: re.Match[str]) -> str:
    """What says that nobody is away though a word of it stands there: it is asked, ordered, supposed, denied, or told of other things."""
    speech, search, text = message.speech, message.search, message.text
    number = speech.at(match.start())
    clause = speech.clauses[number]
    if number in speech.supposed:
        return "frames.condition"
    if clause.asked and number in speech.questions:
        return "frames.question"
    if number in speech.orders:
        # "请今明两天假" is no order, though it begins like one
        around = (
            search.first("frames.order", text, clause.start, match.start()),
            search.first("frames.order", text, match.end(), clause.end),
        )
        if any(around):
            return "frames.order"
    if search.first("leave.denied", text, clause.start, clause.end) is not None:
        return "leave.denied"
    start, end = _sentence(message, match.start())
    return "leave.against" if search.finds("leave.against", text[start : min(end, len(message.head))]) else ""


def _person(message: Message, match: re.Match[str]) -> tuple[str, Place | None]:
    """Whose leave it is and where that is said: the one named before the word in its sentence, or in the one before; else the sender."""
    speech = message.speech
    sentence = speech.clauses[speech.at(match.start())].sentence
    who, named, found = message.sender, None, False
    for token in message.tokens:
        if token.start >= match.end():
            meant = message.people.resolve(token.value, message.sender) if token.kind == "person" else None
            if meant and _INTRODUCES.fullmatch(message.text, match.start(), token.start):
                return meant, Place(token.start, token.end, "person.field")
            break
        if speech.clauses[speech.at(token.start)].sentence != sentence:
            continue
        meant, by = None, "person.name"
        if token.kind == "family" and _FILLER.fullmatch(message.text, token.end, max(token.end, match.start())):
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


def _of_stranger(message: Message, match: re.Match[str]) -> bool:
    """Whether somebody of no roster stands right before the word of leave, or with nothing but a day between."""
    clause = message.speech.clauses[message.speech.at(match.start())]
    return any(
        _ILL.fullmatch(message.text, stranger.end(), match.start())
        for stranger in _STRANGER.finditer(message.text, clause.start, match.start())
    )


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
