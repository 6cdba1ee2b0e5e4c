"""Symptoms in one clause: stated, denied, over – negation with its scope, and signs that belong to a part of the body."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from handlers.reading.health.complained import complaint
from handlers.reading.health.over import is_gone, is_work
from handlers.reading.health.pain import is_pain, is_topic, stands_at_head
from handlers.reading.lexicon import Lexicon
from handlers.reading.reasons import Place

Found = tuple[str, Any, int, int, Place]  # kind, value, start, end, the piece that says it and what decided

# A stated degree or duration after a symptom: then a denial further left does not reach it ("没发烧咳嗽得厉害").
_DEGREE = re.compile(r"\s?(?:得|的?厉害|的?很|明显|严重|加重|不止|了?[一两三四五六七八九十几好\d]+天|一直|比较|重|不轻|疼|多)")
_LIST = re.compile(r"\s?(?:(?:、[一-鿿]{1,8}){0,3}(?:、|和|或者?|及|与|以及)|那个?|/|跟|&|\+)?\s?(?:等(?:其他|其它|任何)?)?")
_COMMON = "(?:发烧|发热|咳嗽|乏力|腹泻|鼻塞|流涕|流鼻涕|头疼|头痛|头晕|胸闷|呕吐|恶心|嗓子疼|咽痛|拉肚子)"
# "发热:无", "咳嗽没有", "头痛(无)", "有无发热:否"
_ANSWERED_NO = re.compile(
    rf"(?:[、和及或/](?!胃口|力气|精神|劲|食欲|心思)[一-鿿]{{2,4}}|{_COMMON}){{0,6}}(?:等|什么的|之类的?|这些|啥的|的(?:人|娃|兵|战士|队员|同志)?)?(?:症状|不适|情况|现象|异常)?"
    r"\s*(?:[:=]\s*|\(\s*)?(?:倒是|倒|可是|就|也|都|真|真的|确实|的话|嘛|呢|是|统统|通通|压根|完全|一概|全部|根本|一个|一样){0,2}(?:均无|皆无|都无|无|没有|都没有|都没|否|没|×|✗|❌|x|均没有|全无|全没有|木有|莫得|没得|冇|未见|未出现|不存在|归零|清零|为零|0\s?[例人个名次]?|零|none|no|nil)"
    r"(?=\s*(?:$|[\s,。;、)!|/（]))"
    rf"|(?:[、和及或/]?{_COMMON}){{0,6}}\s*:?\s*(?:[✗✘✖✕❌]|×(?!\s?\d))"
)
# "咳也不咳", "烧倒没烧": the last character of the word again behind the denial
_NOT_AGAIN = re.compile(r"(?:倒|倒是)?[也都倒](?:不|没|没有|冇|未)(?:再|怎么)?(.)")
_LIST_END = re.compile(r"等(?:症状|不适|情况|现象|异常|表现)?")
_NEGATED_SIGN = re.compile(r"(?:不|没|没有|没那么|不怎么|不太|不再|并不|一点不|也不|都不|不会|未)(?:再|怎么|太|觉得|感到|那么)?$")
# "连个喷嚏都没打": even that was not
_NOT_EVEN = re.compile(r"连(?:一?[个声点下]|半[个声点])?$")
_EVEN_SO = re.compile(r"[也都](?:不|没|冇|未|无)")
_LIKENED = re.compile("像|似|跟|如同|仿佛")
_BURNS = {"belly": "stomach_pain", "throat": "sore_throat", "chest": "stomach_pain"}  # "胃里烧得慌" is no fever
_FAR = 8
_BROKEN = 2  # characters before 断了 in a clause that can still speak of the limb named before
_LONG = 3  # characters of a word of burning that says no more than that it burns
_SAYS_MORE = ("symptom", "over", "well", "fine", "trap")  # kinds of words that say how a part of the body is
_WELL = {"well": "normal.strong", "fine": "normal.weak", "over": "negations.over"}  # kinds of words and their lists
_NOTHING = ("啥", "什么", "感觉", "啥子")  # ends of words such as 没啥, which deny what follows them
_STOPS = ("", ",", "。", ";", "!", "?", "\n", " ", "~", "(", ")")
_CARRIED = (("face", "numb"),)  # "耳朵里头像钻了只知了，嗡嗡响"
_NEVER = re.compile("没有?((?:哪|一|过)?(?:一天|天|一刻|刻|时刻|晚|宿|回|次|)(?:是)?)$")
_WITHOUT = re.compile("的(?:时候|一天|那天|日子|晚上)")
_NOWHERE = re.compile("哪|地方")
_WOOD = 6  # characters before a symptom in which 木 may deny it


@lru_cache(maxsize=8)
def _tables(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[tuple[str, str], str], re.Pattern[str], re.Pattern[str]]:
    fillers = "|".join(sorted(map(re.escape, lexicon.lists["negations.fillers"]), key=len, reverse=True))
    pairs = {}
    for symptom in lexicon.subkeys["symptoms.compounds"]:
        for pair in lexicon.lists[f"symptoms.compounds.{symptom}"]:
            part, _, sign = pair.partition("+")
            pairs[part, sign] = symptom
    bare = "|".join(sorted(map(re.escape, lexicon.lists["normal.bare"]), key=len, reverse=True))
    ongoing = "|".join(sorted(map(re.escape, lexicon.lists["negations.ongoing"]), key=len, reverse=True))
    return re.compile(rf"(?:{fillers}|\s){{0,6}}"), pairs, re.compile(rf"\s*(?:{bare})[\s。!]*"), re.compile(ongoing)


class Body:
    """The walk over one clause. `step` takes the tokens in order and yields what each adds."""

    def __init__(self, text: str, lexicon: Lexicon, carried: str | None = None, topic: bool = False) -> None:
        self._text = text
        self._of_topic = topic  # the clause before was nothing but that part
        self._fillers, self._pairs, _, self._ongoing = _tables(lexicon)
        self._denial: int | None = None  # where the last word of denial ended
        self._denies_from = 0  # and where it began
        self._denied: int | None = None  # where the last denied symptom ended
        self._double: int | None = None
        self.topic = False  # a part of the body is all that this clause names
        self.carried = carried  # the part of the body named in the clause before ("伤了手腕，肿了")
        self._part: tuple[str, int, int] | None = None
        self._lexicon = lexicon
        self._clause = 0  # where the clause begins
        self._said: int | None = None  # where the last word of illness ended
        self._named: int | None = None  # the part of the body of which a symptom has been said
        self._unsaid: list[tuple[str, int, int]] = []  # the parts of the body of which nothing is said yet
        self._bare: Place | None = None  # the first pain of no part of the body that is known

    def step(self, token: Any, start: int, end: int) -> Iterator[Found]:
        """What one token of the clause `start:end` adds: symptom, denied, well, fine, unwell or over."""
        kind, self._clause = token.kind, start
        if kind in ("symptom", "sign"):
            self._said = token.end
        if kind in _SAYS_MORE and not (kind == "trap" and self._is_like(token)):
            self._unsaid = []
        if kind == "not":
            self._denial, self._denies_from = token.end, token.start
        elif kind == "notnot":
            self._double, self._denial = token.end, None
        elif kind == "part":
            self._part, self.carried = (token.value, token.end, token.start), token.value
            self._unsaid.append(self._part)
        elif kind == "sign":
            yield from self._sign(token, end)
        elif kind == "symptom":
            symptom, by = self._meant(token)
            yield from self._symptom(symptom, token.start, token.end, end, by)
        elif kind in _WELL:
            yield from self._wellness(token, start, end)

    def _sign(self, token: Any, end: int) -> Iterator[Found]:
        """What a sign adds: the symptom of the part of the body before it. A pain of no part that is known is kept for the clause's end."""
        symptom = None if self._is_likened(token) else self._compound(token, token.value)
        head = self._part[2] if self._part is not None else token.start
        if symptom == "other" and self._named == head:
            symptom = None  # "腰酸得直不起来" is one complaint
        if symptom is not None:
            self._unsaid, self._named = [], head
            for found, value, _, last, told in self._symptom(symptom, token.start, token.end, end, f"symptoms.compounds.{symptom}", head):
                yield (found, value, head, last, told._replace(start=min(head, told.start)))
        elif self._bare is None and self._double is None and is_pain(self._text, token, end):
            denied = self._denial_of(token.start, token.end, end)
            self._denied = token.end if denied else None
            self._bare = None if denied else Place(token.start, token.end, "symptoms.signs")
            if denied and _NOWHERE.search(self._text, denied.start, token.start):
                yield ("denied", "other", token.start, token.end, denied)  # "没觉出哪疼"

    def _wellness(self, token: Any, start: int, end: int) -> Iterator[Found]:
        """What a word of being well adds."""
        kind, text = token.kind, self._text
        if kind == "over":
            self._bare = None
        if kind == "over" and (is_work(text, token, start) or not is_gone(text, token, start if self._said is None else self._said)):
            return  # "换好了", "味道没了"
        if kind in ("fine", "well") and text.endswith(_NOTHING, token.start, token.end) and text[token.end : token.end + 1] not in _STOPS:
            self._denial, self._denies_from = token.end, token.start  # "没啥不得劲"
        elif kind != "fine" or self._is_fine(token, start, end):
            yield (kind, text[token.start : token.end], token.start, token.end, Place(token.start, token.end, _WELL[kind]))

    def _meant(self, token: Any) -> tuple[str, str]:
        """The symptom that a word of illness means beside the part of the body before it, and what decided that."""
        named = None
        if token.value == "injury" and self._text.startswith("肿", token.start):
            named = self._compound(token, "swollen")  # "牙花子肿老高"
        elif token.value == "unwell":
            named = self._compound(token, "bad")  # "嗓子不舒服"
        elif token.value == "fever":
            named = self._burns(token)
        if named is None or (named == "other" and token.value != "injury"):
            return token.value, self._list_of(token)
        return named, f"symptoms.compounds.{named}"

    def _is_likened(self, token: Any) -> bool:
        """Whether a sign of an injury is only what a part of the body feels like ("脑袋像被门夹了")."""
        if token.value != "swollen" or self._part is None:
            return False
        return _LIKENED.search(self._text, self._part[1], token.start) is not None

    def _is_like(self, token: Any) -> bool:
        """Whether a word is only what a part of the body is likened to ("后背跟压了块石头")."""
        return bool(self._unsaid) and _LIKENED.search(self._text, self._unsaid[0][1], token.start) is not None

    def _burns(self, token: Any) -> str | None:
        """The symptom where a part of the body burns that burns without a fever."""
        if (
            self._part is None
            or self._text[token.start] != "烧"
            or self._text.startswith("到", token.end)
            or token.end - token.start > _LONG
        ):
            return None
        return (
            _BURNS.get(self._part[0])
            if token.start - self._part[1] <= _FAR and not self._text[token.start : token.end].endswith("到")
            else None
        )

    def _list_of(self, token: Any) -> str:
        """The list of the lexicon that names a symptom: a word, else a pattern."""
        words = self._lexicon.sets.get(f"symptoms.terms.{token.value}", frozenset())
        said = self._text[token.start : token.end]
        return f"symptoms.{'terms' if said in words or said[1:] in words else 'patterns'}.{token.value}"

    def complaint(self, end: int) -> Found | None:
        """What is complained of at the end of the clause without a word of illness (complained.py).

        A pain without a part of the body that is known (嘴里疼) is a complaint of whoever checks in.
        """
        self.topic = self._part is not None and self._said is None and is_topic(self._text, self._clause, self._part, end)
        bare = self._bare and ("vague", "other", self._bare.start, self._bare.end, self._bare)
        told = complaint(self._text, self._unsaid, end, self._lexicon)
        return (told[0], told[1], told[2].start, end, told[2]) if told else bare

    def _compound(self, token: Any, sign: str) -> str | None:
        """The symptom of a part of the body and the sign that follows it within a few characters, or at the head of the next clause."""
        if self._part is None:
            if self.carried is None or not (
                self._of_topic
                or (self.carried, sign) in _CARRIED
                or sign in ("swollen", "blocked")
                or stands_at_head(self._text, self._clause, token)
            ):
                return None
            if self._text[token.start] == "断" and token.start - self._clause > _BROKEN:
                return None  # "119就断了"
            return self._pairs.get((self.carried, sign))
        part, end, _ = self._part
        if not 0 <= token.start - end <= _FAR:
            return None
        return self._pairs.get((part, sign))

    def _symptom(self, symptom: str, start: int, end: int, limit: int, by: str, head: int | None = None) -> Iterator[Found]:
        if self._double is not None and self._fillers.fullmatch(self._text, self._double, start):
            self._double = None
            return
        denial = self._denial_of(start, end, limit)
        if denial is None and head is not None and self._follows_denial(head):
            denial = Place(self._denies_from, end, "negations.words")
        self._denied = end if denial is not None else None
        kind = "symptom" if denial is None else "denied"
        told = denial or Place(start, end, by)
        if symptom == "unwell":
            yield ("unwell" if denial is None else "well", "unwell", start, end, told)
        else:
            yield (kind, "other" if symptom == "senseless" else symptom, start, end, told)

    def _denial_of(self, start: int, end: int, limit: int) -> Place | None:
        """The piece of text that denies a symptom; None where nothing does."""
        text = self._text
        answer = _ANSWERED_NO.match(text, end, max(limit, end)) or _ANSWERED_NO.match(text, end)
        if answer is not None:
            return Place(start, answer.end(), "denial.answer")
        again = _NOT_AGAIN.match(text, end)
        if again is not None and again.group(1) == text[end - 1]:
            return Place(start, again.end(), "denial.answer")
        if self._follows_denial(start):
            return None if self._is_always(end) else Place(self._denies_from, end, "negations.words")
        if _EVEN_SO.match(text, end) is not None and _NOT_EVEN.search(text, max(0, start - 3), start) is not None:
            return Place(start, end, "denial.answer")
        if self._part is not None and self._part[1] <= start:
            sign = _NEGATED_SIGN.search(text, self._part[1], start)
            if sign is not None:
                return Place(sign.start(), end, "negations.words")
        joined = self._denied is not None and _LIST.fullmatch(text, self._denied, start) is not None
        return Place(start, end, "denial.joined") if joined and _DEGREE.match(text, end) is None else None

    def _is_always(self, end: int) -> bool:
        """Whether the denial is denied in its turn: "没有一天不头疼", "没有不咳的时候"."""
        before = _NEVER.search(self._text, max(self._clause, self._denies_from - _FAR), self._denies_from)
        return before is not None and (before.group(1) != "" or _WITHOUT.match(self._text, end) is not None)

    def _is_no(self, wood: int, start: int) -> bool:
        """Whether 木 at `wood` is the 没 of Shandong ("木发烧", "木一个不得劲的"): not what a part of the body feels like ("腿木疼")."""
        numb = self._part is not None and self._part[1] == wood
        return not numb and self._fillers.fullmatch(self._text, wood + 1, start) is not None

    def _follows_denial(self, start: int) -> bool:
        """Whether a word of denial stands before `start` with nothing but fillers between."""
        wood = self._text.rfind("木", max(0, start - _WOOD), start)
        if wood >= 0 and self._is_no(wood, start):
            self._denies_from = wood
            return True
        return self._denial is not None and self._denial <= start and self._fillers.fullmatch(self._text, self._denial, start) is not None

    def _is_fine(self, token: Any, start: int, end: int) -> bool:
        """A weak word ("好", "正常") speaks of a person only where nothing else in the clause can be meant."""
        if self._denial is not None and self._denial == token.start:
            return False
        return token.end - token.start > 1 or (
            not self._text[start : token.start].strip() and not self._text[token.end : end].strip(" 的着啊呢哈呀啦了")
        )


def is_ongoing(clause: str, lexicon: Lexicon) -> bool:
    """Whether a clause says that what began earlier is still there ("到现在还没停")."""
    return _tables(lexicon)[3].search(clause) is not None


def bare_value(text: str, lexicon: Lexicon) -> bool:
    """Whether a whole field or chain entry says no more than "nothing" (无, 没有, /)."""
    return _tables(lexicon)[2].fullmatch(text) is not None
