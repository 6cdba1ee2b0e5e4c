"""Lists of the injured: "三人轻微擦伤：马腾手背、谢天膝盖、我胳膊肘" is an injury of each who is named with a part of the body."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from handlers.reading.facts import Fact
from handlers.reading.lexicon import Lexicon
from handlers.reading.reasons import Place
from handlers.reading.scan import Scanner, Token
from handlers.reading.text.clauses import Clause, Speech

_SIDE = 1  # characters such as 左, 右, 的 between a name and the part of the body
_OF_LIMB = ("symptoms.compounds.other", "symptoms.terms.other", "symptoms.likened", "symptoms.complained")
_LONGEST = 6  # characters of the word for a limb
_FALL = re.compile(
    "(?<!差点)(?:滑倒|摔倒|跌倒|绊倒|栽倒|摔了|摔下|跌下|栽下|滑了一|跌了一|绊了一|踩空|蹬空|砸[到中了着]|撞[到上了着]|磕[到了着]|碰[到了着]|[磕摔碰撞砸](?:在)?(?:地上|墙上|门上|门框上?|桌上|桌角|台阶上?|石头上|铁架上?)|消肿|拆线|拆了?石膏|结痂)"
)
_MUSCLE = re.compile(
    "(?:两条|两只|俩|双)?(?:胳膊|膀子|大臂|小臂|手臂|手膀子|大腿|小腿肚?|腿肚子|腿|屁股|后背|肩背)子?[^,。;!?\\n]{0,4}[疼痛]"
)
_RASH = re.compile("痒|疹|疱|过敏|毒|一溜|一串|一片片|虫|手足口|口腔|嘴里|舌")
_HOT = re.compile("烫|开水|热水|热汤|热油|油锅|沸|汤锅|火|蒸汽|碱|酸")
_HAND_OR_FOOT = re.compile("(?:手|脚|虎口|指头?)(?:掌|板|底|心|背|跟|后跟|趾|丫|头|上|里|尖|指)*[^,。;!?\\n]{0,4}泡")
_STIFF = re.compile(
    "(?:左|右|两[条只边]|俩|双|整[条个])?(?:胳膊|膀子|大臂|手臂|肩膀?|大腿|小腿|腿|腰板?|后背|脖子?|脖颈子?|颈椎|颈子|肩颈)(?:都|也|现在|今天|有点|完全|一直|练得|酸得|累得)*[^,。;!?\\n]{0,3}"
    "(?:[抬举](?:都)?不(?:起|动)|僵|硬邦邦|紧绷|绷得|使不上劲)"
)
_PALSY = re.compile("半边|嘴歪|歪嘴|知觉|说不[出清]|口齿|突然|忽然|冻|中风|梗|晕|尿")
_SHORT = 6  # characters around a complaint that say more of it
_ELSEWHERE = re.compile("[牙头嗓肚胃眼耳胸喉鼻脸]")
_STRAIN, _PAINS, _STRAINED_WITHIN = re.compile("拉伤|[扭闪抻岔崴挫]"), re.compile("[疼痛酸]|弯腰|直不起"), 12
_WORKED = re.compile(
    "打[了完]?(?:一场|半天|两小时)?球|跑[了完步猛多]|[公里]跑|长跑|五公里|十公里|[练训]|体能|深蹲|蹲起|蛙跳|俯卧撑|引体|单杠|双杠|哑铃|杠铃|举重|拔河|翻轮胎|负重|拉练|登楼|爬楼|爬塔|爬山|搬[了完运]|扛[了完]|抬[了完]|挖[了完]|铲[了完]|卸[了完]|掰手腕"
)
_INSECT = re.compile("虫|蚊|蠓|跳蚤|臭虫")
_ACHES = re.compile("[疼痛酸麻胀]")
_SWOLLEN = re.compile("[肿鼓紫青]")
_PALE = re.compile("(?:脸色?|嘴唇).{1,2}$")
_FACE = re.compile("(?:嘴唇?|半?边?脸|腮帮?子?|下巴|眼皮)[^,。;!?\\n]{0,6}肿")
_BLUE = re.compile("(?:嘴唇?|唇|脸|小脸)[^,。;!?\\n]{0,6}[青紫乌]")
_BLOW = re.compile("[撞磕摔砸碰打伤咬蛰蜇夹刮划抽踢摁杵戳跌烫烧晒冻叮]")
_BENT = re.compile("[直弯][不]?[起下]|起不来|下不了")
_DRINKING = re.compile("[喝吃说讲]")
_MOUTH = re.compile("嘴|舌|口|牙|唇")
_SWELLS = re.compile("[腹胃]胀|肚子胀")
_SQUATTED = re.compile("[腿脚][都也]?蹲[得到]?[^,。;!?\\n]{0,2}[麻酸软]|蹲[得到][^,。;!?\\n]{0,3}[腿脚][^,。;!?\\n]{0,2}[麻酸软]")
_BONES = frozenset(("骨头", "腿骨头", "脚骨头"))
_FALLEN_WITHIN = 40  # characters before the pain
_NUMB = ("other", "fatigue", "muscle_pain")
_LEAST = 2  # named with a part of the body, else it is no list


def injured(facts: list[Fact], tokens: Sequence[Token], speech: Speech, scanner: Scanner, sender: str) -> list[Fact]:
    """The facts with the injury of a sentence said of each person its list names; of nobody else who was only taken for the sender."""
    hurt = {speech.clauses[f.clause].sentence: f for f in facts if f.kind == "symptom" and f.value == "injury"}
    if not hurt:
        return facts
    listed: dict[int, list[tuple[str, Token, Token]]] = {}
    for name, part in pairwise(tokens):
        sentence = speech.clauses[speech.at(name.start)].sentence
        close = part.kind == "part" and 0 <= part.start - name.end <= _SIDE
        if sentence not in hurt or not close or name.start < hurt[sentence].end or name.kind not in ("person", "me"):
            continue
        who = sender if name.kind == "me" else scanner.people.resolve(name.value, sender)
        if who is not None:
            listed.setdefault(sentence, []).append((who, name, part))
    for sentence, people in listed.items():
        if len(people) < _LEAST:
            continue
        told = hurt[sentence]
        facts = [f for f in facts if f is not told] if told.person == sender else list(facts)
        for who, name, part in people:
            said, named = Place(part.start, part.end, "health.list"), Place(name.start, name.end, "person.name")
            facts.append(told._replace(person=who, start=part.start, end=part.end, clause=speech.at(part.start), told=said, named=named))
    return facts


def hurt(facts: Sequence[Fact], text: str, speech: Speech, lexicon: Lexicon) -> tuple[list[Fact], list[Fact]]:
    """The facts with what a fall, a blow or hard work has done told from illness, and those that an injury only brings with it."""
    if not any(f.kind in ("symptom", "vague") for f in facts):
        return list(facts), []
    told = fallen(facts, text, speech, lexicon)
    pains = brought(told, text, speech, lexicon)
    gone = set(map(id, pains))
    return [f for f in told if id(f) not in gone] if gone else told, pains


def fallen(facts: Sequence[Fact], text: str, speech: Speech, lexicon: Lexicon) -> list[Fact]:
    """The facts with the pain of a limb called an injury where a fall or a blow is told before it ("滑倒了，胯骨疼得站不起来")."""
    if not any(fact.value in ("other", "injury", "rash") for fact in facts):
        return list(facts)
    limbs, clauses = _limbs(lexicon), speech.clauses

    def is_hurt(fact: Fact) -> bool:
        if (
            fact.kind != "symptom"
            or fact.value != "other"
            or fact.told.by not in _OF_LIMB
            or not _named(text[fact.start : fact.end], limbs)
        ):
            return False
        sentence = clauses[fact.clause].sentence
        start = max(0, fact.start - _FALLEN_WITHIN)
        return any(clauses[speech.at(m.start())].sentence == sentence for m in _FALL.finditer(text, start, fact.end))

    facts = [f._replace(value="other") if _is_swollen_face(f, text) or _is_blue(f, text) else f for f in facts]
    over = _injured(facts, clauses, past=True)
    facts = [
        f._replace(value="injury")
        if is_hurt(f)
        or (
            f.kind == "symptom"
            and f.value == "other"
            and (clauses[f.clause].sentence, f.person) in over
            and _ACHES.match(text, f.start, f.end)
        )
        else f
        for f in facts
    ]
    facts = _but_beside_injuries(facts, clauses, "injury", lambda f: _is_blistered(f, text))
    return _but_beside_injuries(facts, clauses, "muscle_pain", lambda f: _is_of_muscles(f, text, speech) or _is_strained(f, text))


def _injured(facts: Sequence[Fact], clauses: Sequence[Clause], *, past: bool = False) -> set[tuple[int, str]]:
    """The sentences in which an injury is told, each with whose it is; `past`: one of old times, on no day that is said."""
    told = (f for f in facts if f.kind == "symptom" and f.value == "injury" and (not past or (f.past and f.day is None)))
    return {(clauses[f.clause].sentence, f.person) for f in told}


def _but_beside_injuries(facts: Sequence[Fact], clauses: Sequence[Clause], value: str, meant: Callable[[Fact], bool]) -> list[Fact]:
    """The facts with those that are `meant` called `value`, but in a sentence in which the same person is injured."""
    hurt = _injured(facts, clauses)
    return [f._replace(value=value) if (clauses[f.clause].sentence, f.person) not in hurt and meant(f) else f for f in facts]


def _is_swollen_face(fact: Fact, text: str) -> bool:
    """Whether a face or lips are swollen without a blow: no injury."""
    if fact.kind != "symptom" or fact.value != "injury" or not _FACE.match(text, fact.start, fact.end):
        return False
    return _BLOW.search(text, max(0, fact.start - _FALLEN_WITHIN), fact.end) is None


def _is_blue(fact: Fact, text: str) -> bool:
    """Whether lips or a face are blue without a blow: no injury."""
    if fact.kind != "symptom" or fact.value != "injury" or _BLUE.search(text, max(0, fact.start - 1), fact.end) is None:
        return False
    return _BLOW.search(text, max(0, fact.start - _FALLEN_WITHIN), fact.end) is None


def _is_of_muscles(fact: Fact, text: str, speech: Speech) -> bool:
    """Whether what aches is a muscle that worked hard before it ("昨天打完球膀子痛惨了")."""
    if fact.kind != "symptom" or fact.value != "other" or fact.told.by not in _OF_LIMB or not _MUSCLE.match(text, fact.start, fact.end):
        return False
    sentence = speech.clauses[fact.clause].sentence
    worked = _WORKED.finditer(text, max(0, fact.start - _FALLEN_WITHIN), fact.end + _FALLEN_WITHIN)
    return any(speech.clauses[speech.at(m.start())].sentence == sentence for m in worked)


def _is_blistered(fact: Fact, text: str) -> bool:
    """Whether blisters are those of work or of something hot ("脚上水泡换了药"), and no rash."""
    if fact.kind != "symptom" or fact.value not in ("rash", "other") or "泡" not in text[fact.start : fact.end]:
        return False
    since, until = max(0, fact.start - _FALLEN_WITHIN), fact.end + _SHORT
    if _RASH.search(text, since, until) is not None:
        return False
    return _HOT.search(text, since, fact.start) is not None or _HAND_OR_FOOT.search(text, max(0, fact.start - _SHORT), fact.end) is not None


def _is_strained(fact: Fact, text: str) -> bool:
    """Whether a limb or the neck that is stiff or cannot be lifted is strained: not of the family, whose stroke that may be."""
    if fact.value != "other" or fact.person.startswith("family:") or fact.told.by not in _OF_LIMB:
        return False
    if _STIFF.match(text, fact.start, fact.end + _SHORT) is None:
        return False
    return _PALSY.search(text, max(0, fact.start - _FALLEN_WITHIN), fact.end + _FALLEN_WITHIN) is None


def _limbs(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.sets["symptoms.parts.limb"] | _BONES


def _named(said: str, limbs: frozenset[str]) -> bool:
    """Whether what is said begins with a word for a limb."""
    return any(said[:length] in limbs for length in range(1, _LONGEST))


def brought(facts: Sequence[Fact], text: str, speech: Speech, lexicon: Lexicon) -> list[Fact]:
    """What an injury of the same sentence brings with it: its blisters are no rash, the pain of the limb no complaint of its own."""
    same = _one_complaint(facts, text, speech)
    hurt = {(speech.clauses[f.clause].sentence, f.person): f for f in facts if f.kind == "symptom" and f.value == "injury"}
    hurt = {key: f for key, f in hurt.items() if not (f.past and f.day is None)}
    if not hurt:
        return same
    limbs = _limbs(lexicon)
    rashes = {(speech.clauses[f.clause].sentence, f.person) for f in facts if f.kind == "symptom" and f.value == "rash"}

    def is_brought(fact: Fact) -> bool:
        if fact.value == "injury":
            # "虫子咬了一片疙瘩": what an insect leaves is a rash
            return _INSECT.search(text, fact.start, fact.end) is not None and (speech.clauses[fact.clause].sentence, fact.person) in rashes
        injury = hurt.get((speech.clauses[fact.clause].sentence, fact.person))
        if (
            fact.kind not in ("symptom", "vague")
            or injury is None
            or _INSECT.search(text, injury.start, injury.end)
            or fact.value not in ("rash", "other", "muscle_pain")
        ):
            return False
        said = text[fact.start : fact.end]
        close = 0 <= fact.start - injury.end <= _STRAINED_WITHIN
        if (
            close
            and _STRAIN.search(text, injury.start, injury.end + 1)
            and _ELSEWHERE.search(said) is None
            and _PAINS.search(said) is not None
        ):
            return True  # "腰扭了，酸疼"
        if fact.value == "muscle_pain":
            return False
        if fact.value == "rash":
            return fact.start > injury.start and "泡" in said
        return fact.told.by in _OF_LIMB and (_named(said, limbs) or (_ACHES.match(said) or _SWOLLEN.match(said)) is not None)

    return same + [f for f in facts if is_brought(f)]


def _one_complaint(facts: Sequence[Fact], text: str, speech: Speech) -> list[Fact]:
    """What only says once more how bad the complaint before it is: a back that cannot be straightened, a belly that swells."""
    gone = []
    symptoms = [f for f in facts if f.kind == "symptom"]
    pale = [f for f in symptoms if f.value == "other" and _PALE.match(text, f.start, f.end)]
    gone += [f for f in pale if any(s.person == f.person and s not in pale for s in symptoms)]
    for before, fact in pairwise(symptoms):
        said, first = text[fact.start : fact.end], text[before.start : before.end]
        if before.person != fact.person or speech.clauses[before.clause].sentence != speech.clauses[fact.clause].sentence:
            continue
        bent = fact.value == "other" and before.value in ("muscle_pain", "injury") and _BENT.match(said)
        if bent or (fact.value == "sore_throat" and before.value == "other" and _DRINKING.match(said) and _MOUTH.match(first)):
            gone.append(fact)
        elif before.value == "diarrhea" and fact.value in _NUMB and _SQUATTED.search(text, before.start, fact.end + 1):
            gone.append(fact)  # "拉了三回，腿都蹲麻了"
        elif before.value == "other" and (
            (fact.value == "stomach_pain" and fact.start == before.end and _SWELLS.fullmatch(first))
            or (fact.value == "muscle_pain" and said.startswith("酸") and "不" in first)
        ):
            gone.append(before)
    return gone
