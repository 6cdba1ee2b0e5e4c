"""Somebody is or will be away: whether a message says so, and of whom. Which days: spans.py."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from handlers.reading.leave import holidays
from handlers.reading.leave.goers import goer, is_of_others
from handlers.reading.leave.moments import moments
from handlers.reading.leave.rests import is_rest
from handlers.reading.leave.spans import Day, around, span
from handlers.reading.message import Message
from handlers.reading.reasons import Place
from models.reading import Evidence, Leave

_EARLIER = re.compile(
    "(?:上|头|前|那)(?:一|几)?(?:次|回|趟)|上个?月|去年|前年|那年|当年|往年|年前|前阵子|前段时间|早些年|那阵子?|那时候?|那会儿"
)
# "5日休假": a day and nothing else; not "5日起休假"
_THAT_DAY = re.compile(
    r"(?:[号日]|周[一二三四五六日天末]|明天|后天|今天|明儿|听日)(?:\(周[一二三四五六日]\))?\s?(?:我|本人)?(?:轮|补|调|倒)?休(?:一天|假|息)?(?=$|[,。;!\n])"
    r"|(?:\d[号日]|周[一二三四五六日天]|明天|后天|明儿|听日)\s?(?:我|本人)?(?:想|要|得|需)?请个?(?:事|病)?假(?=$|[,。;!\n去带陪送办看回])"
    r"|(?:今天|今日|今儿|今早|今晚|下午|上午|中午)\s?(?:我|本人)?(?:想|要|得|需)?请个?(?:事|病)?假"
    r"(?:去(?:一?趟)?(?:医院|门诊|卫生院|看病|看医生|复查|复诊|打针|拔牙|补牙|体检|输液|挂水|办|银行|派出所|学校|开家长会|车站|机场|接|送)|[带陪送][^,。;]{0,6}(?:看|去|到|打|做|复|检))"
)
# "请两个钟头假", and a hour of coming back where no other day is said: "今天出差，晚上到家"
_HOURS = re.compile(r"请(?:了|个)?假?[\d一二两俩三四五半几]\s?个?半?(?:小时|钟头)")
_FOR_HOURS = re.compile(
    rf"{_HOURS.pattern}的?假|(?:今天|上午|中午|下午|晚上|今晚|傍晚)(?:我|俺|本人)?(?:想|要|得|需|需要)?请个?(?:事|病)?假"
)
_BACK_TODAY = re.compile(
    r"(?:午饭|晚饭|中午|天黑|晚点名|下午|下晌|晚上|傍晚|擦黑|半夜|夜里|当天|当晚|下班|开饭|熄灯|[\d一二两三四五六七八九十]{1,2}点半?)"
    r"(?:之?前|以前|左右|就|能|准时?|指定|肯定|一定|再|才|应该|估计|大概|还|可以?|会|得|我|,)*"
    r"(?:回(?:来|站|队|城|营|到|单位|,|。|$)|到家|到站|到队|归队|归营|返|赶回|销假)|请[^,。;!?\n]{0,6}假[^。!?\n]{0,12}(?:一会儿?|办完事?|很快|马上|立马)(?:就|了)*(?:回|归|返)"
)
# "19号到21号，22号头晌就回来了" is said of a day to come
_SOON_BACK = re.compile(
    "(?:[号日天儿走]|周[一二三四五六日末]).*(?:[号日]|周[一二三四五六日天末]|[明后]天|[明后]儿)[早晚上下中午晌头一]{0,3}(?:我|也|人)?(?:就|便)(?:能|可以)?回来了$"
)
_ONE_DAY = re.compile(r"(?:请|休)(?:个|了)?(?:病|事|年)?假|下午|上午|半天|家长会|打疫苗|(?:晚饭|中午|天黑|晚点名|下午|晚上)~?前?(?:就)?回")
_ONLY_THAT = re.compile("一天|半天|下午|上午|打疫苗|家长会|前回|个假|午回")
_RANGE = re.compile(
    r"(?<![不没])在(?=[站队班岗位营]|单位|宿舍|[,。;!\n]|$)|(?<=来)看(?=[我俺咱])|到(?=\s?(?:\d|周|星期|礼拜|[一二三四五六七八九十]{1,3}[号日]))"
)  # "8到10号", "我都在": nobody goes
_EVENT = re.compile(
    r"[有下刮起来][^,。;!?]{0,4}(?:雨|雪|风|潮|汛|雾|降温|检查|活动|会操)|停[水电气网]|送检|检修|施工|考核|演练|比武|检查|会操|大集|高考|中考|值班$|备勤$|战备$"
)
_AFAR = re.compile("支队|总队|大队|基地|[省市县]|外地|老家|回家|院|学校|高铁|飞机|火车")
_GOES = re.compile(r"(?:[号日天早晚]|周[一二三四五六日])(?:我|俺|就|先|得|要|一早)*(?:走|动身|出发|启程|回去|回家|回老家|赶回)")
_STAND_IN = re.compile("(?:班里?|岗|活儿?|台)[^,。;!?]{0,5}(?:先顶|顶着|盯着|替着|先盯|先替|代管|代着)")
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
        if key == "leave.words" and any(is_of_others(message, match) or _long_ago(message, match) for match in words):
            break  # somebody else goes, or it was long ago; what the words of going say beside it is of that
    return ()


def _words(message: Message, key: str) -> Iterator[re.Match[str]]:
    """The words of `key` that are looked at: some, and of those that are everywhere (去, 在) one for each sentence."""
    looked: set[int] = set()
    for match in islice(message.all(key), _MOST_WORDS):
        sentence = message.speech.clauses[message.speech.at(match.start())].sentence
        if key == "leave.away" and _RANGE.match(message.text, match.start()) is not None:
            continue
        if key == "leave.words" or sentence not in looked:
            looked.add(sentence)
            yield match


def _announced(message: Message, match: re.Match[str], key: str) -> Leave | None:
    """The leave that a word of it announces; None where it is none."""
    start, end = _sentence(message, match.start())
    against = _against(message, match)
    if not against and key == "leave.away" and not _may_be_away(message, message.head[start:end]):
        against = "leave.no_day"
    first, last = (None, None) if against else _days(message, match, key, start, end)
    against = against or _not_theirs(message, match, key, first, last)
    if against:
        message.leave_out("leave", match.span(), against)
        return None
    person, named = goer(message, match)
    word = Place(*match.span(), key)
    first = first or Day(message.today, word._replace(by="leave.sent"))
    return _leave(message, person, named, word, first, last or _same_day(message, match, first))


def _days(message: Message, match: re.Match[str], key: str, start: int, end: int) -> tuple[Day | None, Day | None]:
    """The days around a word in its sentence `start:end`, else those of a short message."""
    text = message.head
    first, last = around(message, match.start(), start, end)
    if first is None and last is None and (key == "leave.words" or (key == "leave.away" and len(text) <= _SHORT)):
        first, last = span(message, 0, len(text), message.today, default=None)
        if key != "leave.words" and last is None:
            first = None
    if first is not None and first.place.by == "leave.holiday" and len(text) <= _SHORT:
        # the days that are said beside it tell which of it: "五一排到我休了！5.1到5.3"
        said = span(message, 0, len(text), message.today, default=None)
        if said[0] is not None and said[1] is not None and said[0].place.by == "leave.range":
            return said
    return first, last


def _not_theirs(message: Message, match: re.Match[str], key: str, first: Day | None, last: Day | None) -> str:
    """What says of a word of leave with these days that nobody of the unit is or will be away; "" where nothing does."""
    start, end = _sentence(message, match.start())
    if not _has_days(message, key, message.head[start:end], first, last):
        return "leave.no_day"
    if (first is None or first.place.by == "leave.sent") and _long_ago(message, match):
        return "leave.against"
    if is_rest(message, match, first):
        return "leave.rest"
    if key == "leave.away" and first is not None and _of_event(message, match, first):
        return "leave.no_day"
    return "leave.family" if is_of_others(message, match) else ""


def _of_event(message: Message, match: re.Match[str], first: Day) -> bool:
    """Whether the days are those of something else in another clause: "8到10号有大风，我在库房加固门窗"."""
    speech = message.speech
    clause = speech.clauses[speech.at(first.place.start)]
    gone = speech.clauses[speech.at(match.start())]
    other = gone != clause and _EVENT.search(message.text, clause.start, clause.end) is not None
    return other and _AFAR.search(message.text, gone.start, gone.end) is None


def _is_never_away(message: Message) -> bool:
    """Whether no word of going in any of its sentences can be borne out by days (see `_may_be_away`)."""
    return "leave.support" not in message.search.possible and not message.finds("leave.open_end") and not _may_be_away(message, "")


def _may_be_away(message: Message, sentence: str) -> bool:
    """Whether any days could bear out a word of going, which is in every other message; nearly always the judge says that none could."""
    least = _ODDS_OWN if message.own else _ODDS_SEVERAL
    return message.odds["leave"] > least or message.search.finds("leave.support", sentence) or message.finds("leave.open_end")


def _leaves_open(message: Message, sentence: str) -> bool:
    """Whether somebody named goes on a day that is said, and when he is back nobody knows, or others stand in for him."""
    named = message.own or any(t.kind == "person" for t in message.tokens)
    return (
        bool(named) and _GOES.search(sentence) is not None and (message.finds("leave.open_end") or _STAND_IN.search(sentence) is not None)
    )


def _has_days(message: Message, key: str, sentence: str, first: Day | None, last: Day | None) -> bool:
    """Whether a word of being away is borne out: one that means leave by itself by any day, the others by days to come in its sentence."""
    if key == "leave.words":
        least = _ODDS_ASKED if message.speech.questions else _ODDS_NO_DAY
        if (
            first is None
            and last is None
            and message.odds["leave"] < least
            and (message.speech.questions or not _FOR_HOURS.search(sentence))
        ):
            return False
        some_day = _INTENDED.search(message.head) is not None or holidays.named(message.head, message.today) is not None
        strong = message.finds("leave.strong") and not some_day
        return strong or first is not None or last is not None
    running = key == "leave.course" and last is not None and last.day > message.today  # "从昨天开始集训，到30号"
    if first is None or (first.day < message.today and not running):
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
    alone = (odds > _ODDS_DAY and not message.finds("leave.words")) or _leaves_open(message, sentence)
    return alone or (several and (supported or odds > least))


def _same_day(message: Message, match: re.Match[str], first: Day) -> Day | None:
    """The last day of an absence that is a matter of one day; None where its end is open."""
    text = message.head
    that = _THAT_DAY.search(text)
    if that is not None and not message.finds("leave.open_end"):
        return Day(first.day, Place(*that.span(), "leave.one_day"))
    if message.search.finds("leave.rest", match.group()) and not _ONWARD.search(text):
        return Day(first.day, Place(*match.span(), "leave.one_day"))
    one_day = len({said.last for said in moments(text, first.day, message)}) <= 1
    hours = _HOURS.search(text) or (_BACK_TODAY.search(text) if one_day else None)
    if hours is not None and not message.finds("leave.open_end"):
        return Day(first.day, Place(*hours.span(), "leave.one_day"))
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
    told = _told_of(message, match)
    if told:
        return told
    sentence = text[start : min(end, len(message.head))]
    against = next((m for m in search.all("leave.against", sentence) if _SOON_BACK.search(sentence, 0, m.end()) is None), None)
    return "leave.against" if against is not None else ""


def _long_ago(message: Message, match: re.Match[str]) -> bool:
    """Whether the clause of a word of leave tells of an earlier one: 上回休假, 正月那回休假."""
    clause = message.speech.clauses[message.speech.at(match.start())]
    return _EARLIER.search(message.text, clause.start, match.end()) is not None


def _told_of(message: Message, match: re.Match[str]) -> str:
    """What makes it a leave that is only told of: a dream, a film, what one has heard, unless the speaker comes back to himself."""
    clauses, speech = message.speech.clauses, message.speech
    sentence = clauses[speech.at(match.start())].sentence
    dreamt = message.first("frames.fiction")
    if dreamt is not None and dreamt.start() < match.start() and clauses[speech.at(dreamt.start())].sentence == sentence:
        return "frames.fiction"
    for key, places in (("frames.hearsay", message.hearsay), ("frames.told", message.told)):
        since = [place for number, place in places if number == sentence and place < match.start()]
        if since and not any(since[-1] < own < match.start() for own in message.own):
            return key
    return ""
