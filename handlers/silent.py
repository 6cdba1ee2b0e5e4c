"""What a buddy answers of somebody silent, in one word: 在, 休假, 联系不上; and whoever speaks, or is spoken of, is silent no more."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache

from handlers import reread
from handlers.incoming import Incoming
from models import questions
from models.people import Person
from models.reading import Intent
from models.tables.cases import QuestionRow
from models.whereabouts import Word
from services import silence, wording
from services.record import FAMILY

LONGEST = 40
"""How many characters such an answer has at most."""
SHORT = 20
"""The same of words that name nobody."""

JUST = timedelta(hours=1)
"""For so long after the question what a buddy says without a name speaks of the one who is silent."""

_HERE = (
    "在(?:的|呢|啊|岗|位|岗位|队|队里|队上|站里|单位|班里|家|家里|忙|宿舍|寝室|睡觉?|休息|食堂|外面|训练|值班)?"
    "|能的?|(?:能|可以)?(?:刚刚?|已经?)?联系(?:得)?[上到](?:他|她)?了?"
    "|(?:刚刚?|刚才|早上)?[看见](?:[到见着]过?|过)(?:他|她|人)了?|刚?找[到着](?:他|她|人)?了|有消息了?|回(?:消息|电话|信息)了"
)
_UNREACHABLE = (
    "(?:还是|一直|都|也)?(?:电话|手机)?(?:都|也|还)?(?:"
    "不能|联系不[上到着]|联系不了|没联系[上到]|打不通(?:电话)?|没打通|不通|不接(?:电话)?|找不[到着]人?|失联|关机"
    "|没有?人?(?:接(?:电话)?|回(?:应|音|电话|消息)?|消息)"
    ")(?:了|啊|呢|他|她|我)*"
)
_NOTHING_YET = re.compile(
    "(?:他|她|人|现在|这会儿|好像|应该)*(?:[不没]在(?:这儿?|这里|岗|队里|队上|站里|单位|班里|宿舍|寝室)?|没[看见][到见着]过?)(?:了|啊|呢|他|她|人)*"
    "|一个.{1,8}一个.{1,8}"
)
"""Not where he is, nor that he cannot be reached, nor who of two. By itself 不在 would speak of a death."""
_CLAUSE = re.compile(r"[\s，,；;]+")
_EVERY = re.compile("(?:他们|她们|他俩|她俩|俩|两个|两人|人)*(?:都|全都?)(?=.)")
_AND = re.compile("[、和跟与及]")
_ALSO = re.compile("(?:他们|她们|俩|两个|两人|人)?[也都全]+$")
_HURT = frozenset({Intent.HEALTH, Intent.HARDSHIP})
_OWN = re.compile(r"我|俺|咱|本人")
_NUMBER = re.compile(r"[\d.点度℃\s]+")
_LEAVE = "(?:今天|这两天|正在|在)*(?P<reason>{reasons})(?:了|中|呢|着|的)*"


@cache
def _pattern(reasons: str) -> re.Pattern[str]:
    """Somebody's name, or none, and the word on them."""
    leave = _LEAVE.format(reasons=reasons)
    return re.compile(rf"(?P<name>.*?)[\s,，:：]*(?:他|她)?(?:(?P<here>{_HERE})|(?P<unreachable>{_UNREACHABLE})|{leave})[\s。.!！~～]*")


def answered(incoming: Incoming) -> list[str] | None:
    """The receipt of a message that is nothing but the answer of a buddy who was asked; None where it is anything else."""
    work = incoming.work
    if not incoming.message.addressed or len(incoming.text) > LONGEST:
        return None
    if _NOTHING_YET.fullmatch(incoming.text.strip("。.!！~～ ")):
        return still_asked(incoming) or None
    pattern = _pattern(work.say("leave.reasons"))
    said = pattern.fullmatch(incoming.text.strip())
    if said is None:
        return None
    asked = questions.asked_about_silent(work.session, incoming.sender.id, work.now)
    word = _word(said)
    if said["name"] or _EVERY.match(incoming.text.strip()):
        meant = [question for question in asked if said["name"] in _names(incoming, question)]
        if not meant:
            return _of_each(incoming, pattern, asked)
    else:
        meant = _meant(incoming, asked, word)
    if len({question.about_id for question in meant}) > 1:
        names = [_names(incoming, question)[0] for question in meant]
        return [work.say("silence.which", names=wording.listed(work.unit.texts, names), name=names[0], word=incoming.text.strip())]
    return [silence.answer(work, incoming.row, incoming.sender, meant[-1], word, said["reason"] or "")] if meant else None


def _word(said: re.Match[str]) -> Word:
    return Word.HERE if said["here"] else Word.UNREACHABLE if said["unreachable"] else Word.LEAVE


def _of_each(incoming: Incoming, pattern: re.Pattern[str], asked: list[QuestionRow]) -> list[str] | None:
    """马腾在，王小磊联系不上; 都休假: a word on each of those who were asked about. None where it speaks of anybody else, or says more."""
    found: list[tuple[QuestionRow, re.Match[str]]] = []
    names = ""
    for clause in _CLAUSE.split(incoming.text.strip("。.!！~～ ")):
        every = None if names else _EVERY.match(clause)
        said = pattern.fullmatch(clause[every.end() :] if every else names + clause)
        if said is None:
            names += clause + "、"  # 马腾 王小磊 都在
            continue
        for_all = every and not said["name"]
        meant = _waiting(incoming, asked, _word(said)) if for_all else _called(incoming, asked, said["name"])
        if not meant:
            return None
        found += [(question, said) for question in meant]
        names = ""
    if names:
        return None
    return [
        silence.answer(incoming.work, incoming.row, incoming.sender, question, _word(said), said["reason"] or "")
        for question, said in found
    ]


def _called(incoming: Incoming, asked: list[QuestionRow], names: str) -> list[QuestionRow]:
    """The newest question about each of those who are named; none where one of them was not asked about."""
    newest = {name: question for question in asked for name in _names(incoming, question)}
    names = _ALSO.sub("", names)
    called = [names] if names in newest else [name for name in _AND.split(names) if name]
    return [newest[name] for name in called] if all(name in newest for name in called) else []


def still_asked(incoming: Incoming) -> list[str]:
    """To a buddy whose words were no answer: in which words it is given, once there is one; nothing, where nobody was just asked about."""
    names = [_names(incoming, question)[0] for question in _just_asked(incoming)]
    if not names:
        return []
    return [incoming.work.say("silence.when_known", names=wording.listed(incoming.work.unit.texts, dict.fromkeys(names)), name=names[0])]


def of_whom_was_asked(incoming: Incoming) -> Incoming:
    """晕倒了, 发烧了: a buddy who was just asked about one, and names nobody, speaks of that one; any other message as it is."""
    work, reading, words = incoming.work, incoming.reading, incoming.text.strip()
    if not incoming.message.addressed or not reading.intents or set(reading.intents) - _HURT or len(words) > SHORT:
        return incoming
    ill = any(checkin.symptoms for checkin in reading.checkins)
    named = any(checkin.person != incoming.sender.name for checkin in reading.checkins)
    if named or not (ill or reading.in_need) or _OWN.search(words) or _NUMBER.fullmatch(words):
        return incoming
    asked = {question.about_id for question in _just_asked(incoming)}
    person = work.directory.people.get(asked.pop() or 0) if len(asked) == 1 else None
    if person is None:
        return incoming
    said = reread.of_somebody(incoming.read, words, person.name, incoming.sender.name, work.today)
    if set(said.intents) - _HURT or [checkin.person for checkin in said.checkins] != [person.name]:
        return incoming
    return replace(incoming.meaning(said), about=person)


def _just_asked(incoming: Incoming) -> list[QuestionRow]:
    """The questions about somebody silent that wait for the sender's answer, where nothing else was asked since."""
    asked = questions.open_questions(incoming.work.session, incoming.sender.id, incoming.work.now)
    if not asked or asked[-1].kind != questions.SILENT:
        return []
    return [q for q in asked if q.kind == questions.SILENT and incoming.work.now - q.asked_at <= JUST]


def _meant(incoming: Incoming, asked: list[QuestionRow], word: Word) -> list[QuestionRow]:
    """Without a name it is what is not answered; where all is, what was asked last, of which the word is news.

    A word of leave is the buddy's own, unless it answers today's question.
    """
    waiting = _waiting(incoming, asked, word)
    return waiting if word is Word.LEAVE else waiting or asked[-1:]


def _waiting(incoming: Incoming, asked: list[QuestionRow], word: Word) -> list[QuestionRow]:
    waiting = [question for question in asked if question.answered_at is None]
    return [question for question in waiting if question.day == incoming.work.today] if word is Word.LEAVE else waiting


def _names(incoming: Incoming, question: QuestionRow) -> tuple[str, ...]:
    """How the one is called about whom a question is."""
    directory = incoming.work.directory
    person = directory.people.get(question.about_id or 0)
    return (incoming.work.say("word.somebody"),) if person is None else directory.names_of(person)


def heard_of(incoming: Incoming) -> list[str]:
    """Whoever speaks is heard of, and whoever is reported; the lines for the sender."""
    reading, sender, directory = incoming.reading, incoming.sender, incoming.work.directory
    names = [checkin.person for checkin in reading.checkins if not checkin.person.startswith(FAMILY)]
    names += [leave.person for leave in reading.leaves]
    found: list[Person | None] = [sender, *(directory.named(name, near=sender) for name in names if name != sender.name)]
    return silence.heard_of(incoming.work, sender, list({person.id: person for person in found if person is not None}.values()))
