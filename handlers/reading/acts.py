"""What a message does beside reporting: corrects, takes back, proposes."""

import re

from handlers.reading.facts import VALUES
from handlers.reading.message import Message
from handlers.reading.reasons import logistic
from models.reading import Evidence

_BARE = re.compile(r"(?:我|俺|本人|报告|体温|今天|今早|早上|[一-龥]{2,4}体温|\W)*")
_OOPS = re.compile(r"(?:度|\W|呃|额|噢|哦|啊|诶|哎|唉|等等|等下|不对?|不是|错了|我|眼花|老眼|昏花|手快|刚|是|又|嗨|咳)*")
_WROTE = re.compile("[写填报登发抄录输打](?:得|的)?(?:[错反岔串差颠]|劈叉)")  # what was written wrong had been sent
_TOLD = re.compile(
    "刚才|刚刚|刚[报发填写]|头先|前面|前头|上面|上头|上条|上一|之前|先前|原来|群里|接龙|[报发填写登记]的|登记|[报发填写]成|表[里上]|那[条行栏]|前一"
)
_REPORTED = re.compile(f"{_TOLD.pattern}|早上|今早|一早|昨|晨检|晚检|上午|中午|下午")
_CORRECTS, _RETRACTS = frozenset(("acts.correction", "acts.slip")), frozenset(("acts.retract", "acts.undo"))
# a number before the first temperature that is none itself: "3.65，哎手抖，36.5"
_BEGUN = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})?|三十[一二三四五六七八九]?)(?!\d)")
_NEVER_MIND, _JUST = re.compile("当我?没(?:说|问)"), 2
_SAME_SENTENCE, _NEXT_SENTENCE = 0, 1
_MOST_WORDS = 20  # words of a correction that are looked at: a long text takes no longer
_OPENING = 12  # characters of a message in which words of a correction need nothing else to speak of
_BY_ITSELF = re.compile("(?<!待)(?<!要)(?:更正|勘误|订正|勘正|补正|讹|谬|舛)|为准|应为|应该是|重[发报登填记新]|[再又]登")
# such words are said of work and life as well
_ORDINARY = re.compile("误报|口误|口滑|嘴|手滑|手.?抖|串行|误打|漏[填写打]|记[错岔混反]|看[错岔反]|打[错岔反串混]|[少多漏][打写按输敲填点]")
_LETTER = re.compile("错别?字")  # "体问36.4（体温打错字了）": the word, not the value
_LOOSE, _WRITTEN = re.compile("[假休走去回日时名体数人][^,]*,."), re.compile("[写报填登说请]")  # "假期守了七天机房，换下两块电池"
_VACATION = ("暑", "寒", "放")  # "暑假把会议室改成…"
_SPOKEN_OF = (("acts.earlier", 1), ("leave.words", 0))  # what a correction speaks of, and by how many sentences it may come before
_COUNTS = re.compile("[应实]到|在位|在岗|人数|请假|休假|出差|日期|日子|名单|日报|周报|小结|总结")
# "更正下午的日报：出动是6次，不是16次"
_OPENS = re.compile(r"(?:@?[^,。:;!?\n]{0,6}[,:\s])?[^,。:;!?\n]{0,10}?(?:更正|订正|勘误|补正|修正)")
_NUMERAL = r"(?:周|星期|礼拜)?[\d一二两三四五六七八九十百]{1,6}"
_OLD_NEW = re.compile(
    rf"(?:不是|并非|唔系|而非|非|应为|实为|实际是?|改为|改成|多[打写]了?个?|少[打写]了?个?|漏[打写]了?个?|[写报填][多少]了)\s?{_NUMERAL}"
    rf"|{_NUMERAL}[^,。;!?\n\d]{{0,3}}(?:,我?|我)[写填报登记打说]成了?{_NUMERAL}"
    r"|(?:[写填报登记打说]成)了?[^,。;!?\n]{1,10}[,，]\s?(?:实际|其实|应该?|是)"
)
_IDEA = (("acts.idea", -3.5), ("acts.idea_maybe", -0.8))  # the odds that words of a proposal need
_UNWORDED = -0.5  # the odds without such words
_PROPOSES = re.compile("建议|提议|倡议|点子")
_BEFORE_IT = " \n,。;!?、:"  # what a pattern that begins behind the sentence before takes of it


def correction(message: Message) -> Evidence | None:
    """Where it says that it replaces what was reported before ("更正：…", "刚才那个是看岔了，36.8")."""
    if _CORRECTS.isdisjoint(message.found):
        return None
    refuted = _refuted(message)
    said = [m for m in message.all("acts.correction")[:_MOST_WORDS] if _sentence(message, m) not in refuted]
    found = said[0] if said else message.first("acts.correction")
    if said and not _of_report(message, said[0]):
        message.leave_out("correction", said[0].span(), "correction.no_report")
        found = next((m for m in said[1:] if _of_report(message, m)), None)
    if found is not None and _same_breath(message, found):
        message.leave_out("correction", found.span(), "correction.same_breath")
        return None
    slip = _near(message, "acts.slip", _SAME_SENTENCE)
    if slip is not None and _never_reported(message, slip):
        message.leave_out("correction", slip.span(), "correction.same_breath")
        slip = None
    return _said(message, "correction", ("acts.correction", found), ("acts.slip", slip))


def amends(message: Message) -> bool:
    """Whether it opens by saying that it puts something right, and says what stood there and what is right in numbers or days."""
    earlier = message.first("acts.earlier")
    opens = _OPENS.match(message.head) is not None or (earlier is not None and earlier.start() < _OPENING)
    return opens and not message.speech.questions and restates(message)


def restates(message: Message) -> bool:
    """Whether it says what stood there and what is right, in numbers or days."""
    return _OLD_NEW.search(message.head) is not None


def _refuted(message: Message) -> frozenset[int]:
    """The sentences in which something says that it is no correction."""
    speech = message.speech
    return frozenset(speech.clauses[speech.at(m.start())].sentence for m in message.all("acts.correction_against"))


def _sentence(message: Message, found: re.Match[str]) -> int:
    return message.speech.clauses[message.speech.at(found.start())].sentence


def _of_report(message: Message, found: re.Match[str]) -> bool:
    """Whether words of a correction speak of a report: they open the message, or one, a value, a count or a leave stands in their sentence.

    Else they tell of work and life: a false alarm, a word said wrong, a lesson that is put right.
    """
    if _BY_ITSELF.search(found.group()) is not None:
        return True
    sentence = _sentence(message, found)
    if any(0 <= sentence - _sentence(message, m) <= before for key, before in _SPOKEN_OF for m in message.all(key)):
        return True
    proposed = any(m.start() <= found.start() and _sentence(message, m) == sentence for key, _ in _IDEA for m in message.all(key))
    if proposed or message.text[max(0, found.start() - 1) : found.start()] in _VACATION:
        return False
    loose = _LOOSE.match(found.group()) is not None and _WRITTEN.search(found.group()) is None
    number, clauses = message.speech.at(found.end() - 1 if loose else found.start()), message.speech.clauses
    values = [f.clause for f in message.facts if f.kind in VALUES and clauses[f.clause].sentence == sentence]
    if found.start() < _OPENING and not loose and not any(v < number for v in values) and _ORDINARY.search(found.group()) is None:
        return True
    if _LETTER.match(message.text, found.end() - 2) is not None:
        return False
    said = clauses[max(0, number - 1)].start if number and clauses[number - 1].sentence == sentence else clauses[number].start
    named = _COUNTS.search(message.text, said, found.end()) is not None
    since = number - (found.start() == clauses[number].start)  # "36.6，少按一下"
    return named or any(value >= since for value in values)


def _never_reported(message: Message, slip: re.Match[str]) -> bool:
    """Whether a value stands first, and what is put right behind it was only measured ("36.6，灶台边上量的那个37.9不算数")."""
    clause = message.speech.clauses[message.speech.at(slip.start())]
    first = min((f.end for f in message.facts if f.kind in VALUES), default=clause.end)
    told = _TOLD.search(message.text, 0, clause.start) or _REPORTED.search(message.text, clause.start, slip.end())
    return first <= clause.start and told is None


def _same_breath(message: Message, found: re.Match[str]) -> bool:
    """Whether a slip is put right before the message is sent ("三十八度……不对，我看反了，是36.8"): nothing was reported before."""
    values = sorted((f.start, f.end) for f in message.facts if f.kind in VALUES)
    if values and (begun := _BEGUN.match(message.text, 0, found.start())) is not None and begun.end() <= values[0][0]:
        values.insert(0, begun.span())
    if not values or values[0][1] > found.start() or values[-1][0] <= found.start() or message.finds("acts.earlier"):
        return False
    start, end = values[0]
    if _WROTE.search(message.text, end, found.end()) is not None:
        return False
    return _BARE.fullmatch(message.text, 0, start) is not None and _OOPS.fullmatch(message.text, end, found.start()) is not None


def retraction(message: Message) -> Evidence | None:
    """Where it takes a report back ("刚才那条作废")."""
    if _RETRACTS.isdisjoint(message.found):
        return None
    found = message.first("acts.retract")
    if found is not None and _asked(message, found.start()):
        message.leave_out("retract", found.span(), "frames.question")
        found = None
    undo = _near(message, "acts.undo", _NEXT_SENTENCE)
    for act in (found, undo):
        if act is not None and _never_reported(message, act):
            message.leave_out("retract", act.span(), "correction.same_breath")
            return None
    return _said(message, "retract", ("acts.retract", found), ("acts.undo", undo))


def _asked(message: Message, position: int) -> bool:
    """Whether it stands in a question, or takes back one that was just begun ("有没有人下楼……算了当我没说")."""
    speech = message.speech
    number = speech.at(position)
    begun = _NEVER_MIND.match(message.text, position) is not None and not any(f.kind in VALUES for f in message.facts)
    return number in speech.questions or (begun and any(number - _JUST <= q < number for q in speech.questions))


def _said(message: Message, act: str, *places: tuple[str, re.Match[str] | None]) -> Evidence | None:
    """Where the words of an act stand, unless other words speak against it."""
    for key, found in places:
        if found is None:
            continue
        if _sentence(message, found) in _refuted(message) if act == "correction" else message.finds(f"acts.{act}_against"):
            message.leave_out(act, found.span(), f"acts.{act}_against")
            return None
        return message.evidence(act, *found.span(), key)
    return None


def _near(message: Message, key: str, sentences: int) -> re.Match[str] | None:
    """Where a pattern of `key` stands in a statement at most so many sentences behind one that points to an earlier report."""
    speech = message.speech
    said = {speech.clauses[speech.at(m.start())].sentence for m in message.all("acts.earlier")}
    reached = {sentence + ahead for sentence in said for ahead in range(sentences + 1)}
    for found in message.all(key) if said else ():
        clause = speech.at(found.start())
        # "删掉我那行吧" asks nothing
        asked = clause in speech.questions and (key != "acts.undo" or speech.clauses[clause].asked)
        opens = sentences == _NEXT_SENTENCE and found.start() < _JUST and 1 in said  # "作废。刚才那份我填串行了"
        if not asked and (opens or speech.clauses[clause].sentence in reached):
            return found
    return None


def idea(message: Message, thought: Evidence | None = None) -> tuple[Evidence, ...]:
    """Where it proposes an improvement; () where it does not. Words of a proposal need less of the judge's odds than none.

    `thought`: the thoughts of a labelled report. A wish in them ("想法：希望多练实战") is a thought, unless it is called a proposal.
    """
    if thought is not None and any(_within(message, named, thought) for named in _PROPOSES.finditer(message.head)):
        thought = None
    for key, least in _IDEA:
        found = next((place for place in message.all(key) if thought is None or not _within(message, place, thought)), None)
        if found is not None and message.odds["idea"] >= least:
            if message.finds("acts.idea_against"):
                message.leave_out("idea", found.span(), "acts.idea_against")
                return ()
            start = found.end() - len(found.group().lstrip(_BEFORE_IT))
            return (message.evidence("idea", start, len(message.head), key, logistic(message.odds["idea"] - least)),)
    if message.odds["idea"] < _UNWORDED:
        return ()
    if (against := message.first("acts.idea_against")) is not None:
        message.leave_out("idea", against.span(), "acts.idea_against")
        return ()
    if thought is not None:
        message.overruled([thought.model_copy(update={"field": "idea"})], "idea.thought")
        return ()
    return (message.evidence("idea", 0, len(message.head), "judge.idea", logistic(message.odds["idea"] - _UNWORDED)),)


def _within(message: Message, found: re.Match[str], place: Evidence) -> bool:
    return place.start <= message.normal.span(*found.span())[0] < place.end
