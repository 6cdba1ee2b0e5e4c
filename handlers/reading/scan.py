"""One pass over a text: every known word becomes a token. The words are prepared once for each roster and lexicon."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from handlers.reading.again import Again
from handlers.reading.lexicon import Lexicon
from handlers.reading.people import People, people_of
from handlers.reading.text.search import Search
from handlers.reading.text.words import LongestWords, Words, words_expression
from models.roster import Roster

_KEPT = 8


class Token(NamedTuple):
    """A known word at `start:end`; `value` depends on its kind.

    `kind`: person, group, me, third, family, other, role, animal, day, past, long_past, symptom, part, sign, not, notnot, well, fine, over,
    unfinished or trap (an ordinary word that hides one of them).
    """

    kind: str
    value: Any
    start: int
    end: int


# kinds of words by table, first come first served where lists share a word
_KINDS = (
    ("trap", "names.words"),
    ("trap", "symptoms.traps"),
    ("trap", "negations.lookalikes"),
    ("symptom", "symptoms.terms"),
    ("notnot", "negations.double"),
    ("well", "normal.strong"),
    ("unfinished", "negations.unfinished"),
    ("over", "negations.over"),
    ("fine", "normal.weak"),
    ("trap", "family.traps"),
    ("animal", "family.animals"),
    ("other", "family.outsiders"),
    ("role", "family.roles"),
    ("me", "family.me"),
    ("third", "family.third"),
    ("long_past", "days.long_past"),
    ("past", "days.past"),
    ("not", "negations.words"),
    ("family", "family.relations"),
    ("day", "days.words"),
    ("part", "symptoms.parts"),
    ("sign", "symptoms.signs"),
)


# the same denial in other dialects: 没事 is 木事 and 冇事, 不舒服 is 唔舒服
_OTHER_LE = ("哒", "咯", "啰", "咗", "佬", "嘎", "唻")  # 好了 is 好哒 in Changsha
_DENIABLE = ("well", "fine", "symptom", "sign", "over", "not", "unfinished")
_OTHER_NO = {"没": ("木", "冇", "没得", "莫得", "木有", "没有", "冇得", "冒得", "呒没", "未"), "不": ("唔", "弗")}


def _other_words(word: str, kind: str, terms: Mapping[str, object]) -> Iterator[str]:
    """The same word with 都 and 也, in other dialects, and with 我; `terms`: the words there are already."""
    if kind in ("well", "fine") and "没" in word[1:]:
        yield from (word.replace("没", other) for other in _OTHER_NO["没"])
    if kind == "over":
        yield from (also + word for also in ("也", "都"))  # 也好利索了 must not be torn by 也好
    if kind == "over" and "了" in word:
        forms = (word, *(other + word[1:] for other in _OTHER_NO["没"])) if word[0] == "没" else (word,)
        yield from (form.replace("了", other) for form in forms for other in _OTHER_LE)
    if kind == "family" and word[0] not in "我俺":
        yield from (me + word for me in ("我", "俺") if me + word[0] in terms)  # 我女 must not tear 我女儿
    if kind not in _DENIABLE or len(word) == 1:
        return
    others = [other + word[1:] for other in _OTHER_NO.get(word[0], ())]
    yield from others
    if word[0] in "没无不" and kind not in ("not", "unfinished"):
        # "都没事", "也没劲": otherwise the denial 都没 would be found first and tear the word apart
        yield from (also + form for form in (word, *others) for also in ("都", "也"))


class Scanner:
    """Finds the known words of one lexicon and one roster."""

    def __init__(self, roster: Roster, lexicon: Lexicon) -> None:
        self.roster = roster
        self.lexicon = lexicon
        self.people: People = people_of(roster, lexicon)
        self.terms = self._terms()
        self._words, self._parts = Words(self.terms), LongestWords(self.terms)
        shared: dict[tuple[str, Any], tuple[str, Any]] = {}
        self._meanings = tuple(shared.setdefault(meaning, meaning) for meaning in self.terms.values())
        self._illness = Words(word for word, (kind, _) in self.terms.items() if kind in ("symptom", "part") and len(word) > 1)
        self._described = {f"symptoms.patterns.{symptom}": symptom for symptom in lexicon.subkeys["symptoms.patterns"]}
        self._days = Words(word for word, (kind, _) in self.terms.items() if kind == "day")
        self._names = re.compile(words_expression(self.people.words))
        self._ambiguous = lexicon.sets["names.ambiguous"]
        self.again = Again(self.people, lexicon.table)

    def _terms(self) -> dict[str, tuple[str, Any]]:
        """Every word with its kind and value; a word of two lists belongs to the first."""
        terms: dict[str, tuple[str, Any]] = {word: ("person", word) for word in self.people.words}
        for word, group in self.people.groups.items():
            terms.setdefault(word, ("group", group))
        for kind, key in _KINDS:
            for value, words in self._lists(key):
                for word in words:
                    terms.setdefault(word, (kind, int(value) if kind == "day" else value))
        for word, meaning in list(terms.items()):
            for other in _other_words(word, meaning[0], terms):
                terms.setdefault(other, meaning)
        return terms

    def _lists(self, key: str) -> list[tuple[str, tuple[str, ...]]]:
        """The words of a list, or of every part of a mapping, with what they stand for."""
        lists = self.lexicon.lists
        if key in lists:
            return [("", lists[key])]
        return [(subkey, lists[f"{key}.{subkey}"]) for subkey in self.lexicon.subkeys[key]]

    def tokens(self, text: str, search: Search) -> list[Token]:
        """The known words of a uniform text, the message of `search` or a part of it: in order, the longest first, none overlapping."""
        described = [key for key in search.possible if key in self._described and search.finds(key, text)]
        if described:
            return self._step_by_step(text, described, search)
        found: list[Token] = []
        made, meanings = tuple.__new__, self._meanings  # there are many words, and this is the quickest way to a token
        for number, start, end in self._parts.parts(text):
            kind, value = meanings[number]
            if kind == "trap" and self._torn(text, start, end) is not None:
                return self._step_by_step(text, described, search)
            found.append(made(Token, (kind, value, start, end)))
        return found

    def _step_by_step(self, text: str, described: list[str], search: Search) -> list[Token]:
        """The known words of a text in which symptoms are described in words of no list, or words of illness torn from ordinary ones."""
        found: list[Token] = []
        words, position = self._words.longest(text), 0
        ahead = [(self._described[key], expression.search(text)) for key in described for expression in search.possible[key]]
        for start in range(len(text)):
            if start < position:
                continue
            symptom = _described_at(text, start, ahead) if ahead else None
            if symptom is not None:
                found.append(symptom)
                position = symptom.end
            elif start in words:
                number, position = words[start]
                kind, value = self._meanings[number]
                if kind == "trap" and (torn := self._torn(text, start, position)) is not None:
                    position = torn
                    if self.terms.get(text[start:torn], ("",))[0] == "not":
                        found.append(Token("not", "", start, torn))  # "不乏力" is torn from 不乏, and denies
                else:
                    found.append(Token(kind, value, start, position))
        return found

    def days(self, text: str, search: Search) -> list[Token]:
        """The words for days among the tokens of a text."""
        return [t for t in self.tokens(text, search) if t.kind == "day"] if self._days.there(text) else []

    def _torn(self, text: str, start: int, end: int) -> int | None:
        """Where a word of illness begins inside an ordinary word and goes on behind it: "有点头疼" is no 点头, "早上手腕疼" no 上手."""
        ahead = self._illness.longest(text[start + 1 : end + self._illness.most])
        torn = [start + 1 + place for place, (_, reached) in ahead.items() if start + 1 + place < end < start + 1 + reached]
        return min(torn, default=None)

    def hidden_in(self, word: str) -> str | None:
        """The symptom whose word stands inside an ordinary one."""
        inside = (word[start:end] for start in range(len(word)) for end in range(len(word), start, -1))
        return next((str(value) for part in inside for kind, value in (self.terms.get(part, ("", "")),) if kind == "symptom"), None)

    def nameless(self, text: str) -> str:
        """A uniform text with every name of the roster made one sign."""
        return self._names.sub("★", text)

    def is_ambiguous(self, word: str) -> bool:
        """Whether a name is an ordinary word as well."""
        return word in self._ambiguous


def _described_at(text: str, start: int, ahead: list[tuple[str, re.Match[str] | None]]) -> Token | None:
    """The symptom that is described in words of no list just at `start`.

    `ahead`: the symptom of each pattern and its next place, in order; what lies behind is looked for anew, so that each is looked for once.
    """
    for number, (symptom, match) in enumerate(ahead):
        if match is not None and match.start() < start:
            match = match.re.search(text, start)  # noqa: PLW2901
            ahead[number] = symptom, match
        if match is not None and match.start() == start:
            return Token("symptom", symptom, start, match.end())
    return None


_scanners: dict[tuple[int, int], tuple[Roster, Scanner]] = {}


def scanner(roster: Roster, lexicon: Lexicon) -> Scanner:
    """The scanner of a roster snapshot and a lexicon; the last few are kept, because compiling takes a while.

    A snapshot that says the same as an earlier one has the same scanner: accounts and rooms change more often than names.
    """
    key = (id(roster), id(lexicon))
    known = _scanners.get(key)
    if known is not None and known[0] is roster and known[1].lexicon is lexicon:
        return known[1]
    same = (made for _, made in _scanners.values() if made.lexicon is lexicon and made.roster == roster)
    made = next(same, None) or Scanner(roster, lexicon)
    if len(_scanners) >= _KEPT:
        _scanners.clear()
    _scanners[key] = roster, made
    return made
