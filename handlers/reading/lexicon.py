"""The words of reading, as one frozen value. The words themselves are data: content/lexicon/*.yaml, where every list is explained."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from handlers.reading.judge.fields import Fields
from handlers.reading.judge.judge import Judge, is_light
from handlers.reading.judge.telling import TELLS
from handlers.reading.text.normalise import width_table
from handlers.reading.text.patterns import Pattern, PatternError, compiled
from handlers.reading.text.search import Sieve

LIST, MAPPING, TEXT = "a list of texts", "a mapping to lists of texts", "a text"

# What every table must hold, by table and key. `words` become tokens of the scan, `patterns` are compiled one by one.
_WORDS: dict[str, dict[str, str]] = {
    "symptoms": {"terms": MAPPING, "parts": MAPPING, "signs": MAPPING, "faint": LIST, "vague": LIST, "traps": LIST, "compounds": MAPPING},
    "negations": {"words": LIST, "fillers": LIST, "lookalikes": LIST, "double": LIST, "over": LIST, "unfinished": LIST, "ongoing": LIST},
    "normal": {"strong": LIST, "weak": LIST, "bare": LIST},
    "numbers": {
        "labels": LIST,
        "units": LIST,
        "elsewhere": LIST,
        "measures": LIST,
        "weather": LIST,
        "things": LIST,
        "limits": LIST,
        "before_limits": LIST,
        "below": LIST,
        "under": LIST,
    },
    "days": {"words": MAPPING, "several": MAPPING, "past": LIST, "long_past": LIST},
    "family": {"relations": MAPPING, "me": LIST, "third": LIST, "animals": LIST, "outsiders": LIST, "roles": LIST, "traps": LIST},
    "names": {"words": LIST, "ambiguous": LIST, "surnames": LIST, "titles": LIST, "nobody": LIST, "ordinary": LIST},
    "people": {"proxy": LIST, "company": LIST, "joined": LIST, "both": LIST},
    "sections": {"labels": MAPPING, "none": LIST},
    "characters": {"traditional": TEXT},
    "classes": {"words": MAPPING},
    "fields": {"words": MAPPING},
}
_PATTERNS: dict[str, dict[str, str]] = {
    "symptoms": {"patterns": MAPPING}
    | dict.fromkeys(("likened", "likened_against", "struck", "struck_against", "complained", "complained_against"), LIST),
    "frames": dict.fromkeys(
        (
            "document",
            "record",
            "hint",
            "order",
            "question",
            "condition",
            "fiction",
            "fools",
            "joke",
            "others",
            "hearsay",
            "trifles",
            "told",
        ),
        LIST,
    ),
    "report": dict.fromkeys(("work", "done", "opener", "deed", "titles", "inner", "plan", "ahead", "thought", "against", "notice"), LIST),
    "leave": dict.fromkeys(
        (
            "words",
            "strong",
            "course",
            "away",
            "support",
            "rest",
            "denied",
            "chain",
            "absent",
            "against",
            "until",
            "rejoin",
            "back",
            "open_end",
        ),
        LIST,
    ),
    "acts": dict.fromkeys(
        (
            "idea",
            "idea_maybe",
            "idea_against",
            "correction",
            "correction_against",
            "slip",
            "earlier",
            "restated",
            "withdrawn_after",
            "restate",
            "retract",
            "undo",
            "retract_against",
        ),
        LIST,
    ),
    "unread": {"excuse": LIST, "hint": LIST},
    "confidence": {"asked": LIST, "against": LIST},
    "group": dict.fromkeys(
        ("expected", "present", "missing", "everybody", "normal", "all_normal", "squad", "own", "rest", "nobody", "against"), LIST
    ),
    "hardships": dict.fromkeys(("strong", "weak", "danger", "brink", "gear", "farewell"), MAPPING)
    | dict.fromkeys(("distress", "resolved", "urgent", "pressing", "certain", "plea", "cry", "near", "alone", "despair", "watch"), LIST)
    | dict.fromkeys(("handled", "exercise", "tame", "rescued", "settled", "tended", "untended", "unsaid", "nothing"), LIST)
    | dict.fromkeys(("answered", "moved", "persists", "once", "own", "wish", "earnest", "bereft"), LIST),
}
_ASIDE = (
    "hardships.brink.",
    "hardships.gear.",
    "hardships.farewell.",
    "hardships.wish",
    "hardships.earnest",
    "hardships.bereft",
)  # looked for where their first words stand, and nowhere else
_JUDGED = ("report.", "hardships.", "leave.", "acts.", "group.", "frames.")
QUESTIONS = ("report", "hardship", "danger", "idea", "leave", "anything", "urgent", "has.work", "has.plan", "has.thought")
"""What the statistical judge is asked of a message, beside ``category.…`` for each kind of hardship, and ``tells.…`` of its clauses."""


class LexiconError(ValueError):
    """The words given cannot be used. `where` is "table.key", the text says what is wrong."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All words and patterns that reading knows. Compared by identity: build one and keep it.

    `lists`: "table.key" or "table.key.subkey" -> words, written uniformly. `sieve`: the same keys -> the patterns that search.py looks for.
    `judged`: the patterns of which the statistical judge is told: all that say what a message is about, but those of single stages.
    """

    table: Mapping[int, str]
    lists: Mapping[str, tuple[str, ...]]
    sieve: Sieve
    subkeys: Mapping[str, tuple[str, ...]]
    sets: Mapping[str, frozenset[str]]
    fields: Fields
    judge: Judge
    judged: frozenset[str]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Lexicon":
        """Build a lexicon of the tables `data` (table -> key -> words). Raises `LexiconError` with the table and key that is wrong."""
        _check_names(data)
        table = width_table(_pairs(data["characters"]["traditional"]))
        lists: dict[str, tuple[str, ...]] = {}
        patterns: dict[str, list[Pattern]] = {}
        subkeys: dict[str, tuple[str, ...]] = {}
        for name, subkey, words in _entries(data, _WORDS):
            where = f"{name}.{subkey}" if subkey is not None else name
            lists[where] = tuple(dict.fromkeys(w.translate(table) for w in words))
            if subkey is not None:
                subkeys[name] = (*subkeys.get(name, ()), subkey)
        classes = {key: data["classes"]["words"][key] for key in subkeys.get("classes.words", ())}
        for name, subkey, words in _entries(data, _PATTERNS):
            where = f"{name}.{subkey}" if subkey is not None else name
            try:
                patterns[where] = compiled(words, table, classes)
            except PatternError as error:
                raise LexiconError(where, str(error)) from error
            if subkey is not None:
                subkeys[name] = (*subkeys.get(name, ()), subkey)
        _check_days(subkeys["days.words"])
        _check_several(subkeys.get("days.several", ()))
        _check_compounds(lists, subkeys)
        sets = {key: frozenset(words) for key, words in lists.items()}
        fields = Fields({field: lists[f"fields.words.{field}"] for field in subkeys["fields.words"]})
        judged = frozenset(key for key in patterns if key.startswith(_JUDGED) and not key.startswith(_ASIDE))
        return cls(table, lists, Sieve(patterns), subkeys, sets, fields, _judge(data["judge"]), judged)

    def finds(self, key: str, text: str) -> bool:
        """Whether a pattern of `key` occurs in a short text."""
        return any(pattern.expression.search(text) for pattern in self.sieve.patterns[key])


def _check_names(data: Mapping[str, Any]) -> None:
    wanted: dict[str, Mapping[str, str]] = {table: _WORDS.get(table, {}) | _PATTERNS.get(table, {}) for table in (*_WORDS, *_PATTERNS)}
    wanted["judge"] = {"bias": "", "weights": ""}
    for table in data:
        if table not in wanted:
            raise LexiconError(str(table), f"no such table{_nearest(str(table), wanted)}")
    for table, keys in wanted.items():
        if not isinstance(data.get(table), Mapping):
            raise LexiconError(table, "this table is missing" if table not in data else "must be a mapping of keys to words")
        for key in data[table]:
            if key not in keys:
                raise LexiconError(f"{table}.{key}", f"no such key{_nearest(str(key), keys)}")
        for key in keys:
            if key not in data[table]:
                raise LexiconError(f"{table}.{key}", "this key is missing")


def _nearest(name: str, known: Mapping[str, Any]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(sorted(known))}"


def _entries(data: Mapping[str, Any], schema: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str | None, list[str]]]:
    """Every list of words as (table.key, subkey or None, words), checked."""
    for table, keys in schema.items():
        for key, shape in keys.items():
            where, value = f"{table}.{key}", data[table][key]
            if shape == LIST:
                yield where, None, _texts(where, value)
            elif shape == MAPPING:
                if not isinstance(value, Mapping):
                    raise LexiconError(where, f"must be {MAPPING}, not {type(value).__name__}")
                for subkey, words in value.items():
                    if not isinstance(subkey, str):
                        raise LexiconError(where, f"the key {subkey!r} is not a text (put it in quotes)")
                    yield where, subkey, _texts(f"{where}.{subkey}", words)


def _texts(where: str, value: object) -> list[str]:
    if not isinstance(value, list):
        raise LexiconError(where, f"must be {LIST}, not {type(value).__name__}")
    for number, word in enumerate(value, start=1):
        if not isinstance(word, str) or not word:
            raise LexiconError(where, f"entry {number} is {word!r}, not a text (put it in quotes?)")
    return value


def _pairs(value: object) -> dict[str, str]:
    where = "characters.traditional"
    if not isinstance(value, str):
        raise LexiconError(where, f"must be {TEXT} of pairs of characters")
    letters = "".join(value.split())
    if len(letters) % 2:
        raise LexiconError(where, "has an odd number of characters: every traditional character is followed by its simplified form")
    return dict(zip(letters[::2], letters[1::2], strict=True))


def _check_days(offsets: tuple[str, ...]) -> None:
    for offset in offsets:
        if not offset.lstrip("-").isdigit():
            raise LexiconError(f"days.words.{offset}", "the key must be a whole number of days, such as -1 for yesterday")


def _check_several(spans: tuple[str, ...]) -> None:
    for days in spans:
        if len(days.split()) != 2 or not all(day.lstrip("-").isdigit() for day in days.split()):  # noqa: PLR2004
            raise LexiconError(
                f"days.several.{days}", "the key must be two whole numbers of days, such as 1 2 for tomorrow and the day after"
            )


def _check_compounds(lists: Mapping[str, tuple[str, ...]], subkeys: Mapping[str, tuple[str, ...]]) -> None:
    for symptom in subkeys["symptoms.compounds"]:
        where = f"symptoms.compounds.{symptom}"
        for pair in lists[where]:
            part, plus, sign = pair.partition("+")
            if not plus or part not in subkeys["symptoms.parts"] or sign not in subkeys["symptoms.signs"]:
                raise LexiconError(where, f"{pair!r} is not part+sign with a known part and a known sign")


def _judge(table: Mapping[str, Any]) -> Judge:
    """The statistical judge, as benchmarks/train_judge.py wrote it: "feature=weight feature=weight …" for each question."""
    bias, weights = table["bias"], table["weights"]
    if not isinstance(bias, Mapping) or not isinstance(weights, Mapping) or set(bias) != set(weights):
        raise LexiconError("judge", "bias and weights must be mappings with the same questions")
    made: dict[str, dict[str, float]] = {}
    for question, line in weights.items():
        try:
            made[question] = {feature: float(weight) for feature, _, weight in (pair.rpartition("=") for pair in str(line).split(" "))}
        except ValueError as error:
            raise LexiconError(f"judge.weights.{question}", f"is no list of feature=weight: {error}") from error
        if not is_light(made[question]):
            raise LexiconError(f"judge.weights.{question}", "these weights are too large")
    if missing := {*QUESTIONS, *TELLS.values()} - set(made):
        raise LexiconError("judge.weights", f"{', '.join(sorted(missing))} is missing")
    return Judge({q: float(b) for q, b in bias.items()}, made)
