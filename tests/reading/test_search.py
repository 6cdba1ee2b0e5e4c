"""Patterns are sifted before they are looked for: what is found is the same as without the sieve, and as with one long expression."""

import json
import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import REPOSITORY
from bot.content import load_lexicon
from handlers.reading.text.normalise import normalise
from handlers.reading.text.patterns import Pattern, parse
from handlers.reading.text.search import OF_PIECES, Search

LEXICON = load_lexicon(REPOSITORY / "content" / "lexicon")
PATTERNS = LEXICON.sieve.patterns
SIFTED = [key for key in PATTERNS if key not in OF_PIECES]
CORPUS = [json.loads(line)["text"] for line in (REPOSITORY / "tests/corpus/dev.jsonl").read_text(encoding="utf-8").splitlines()]
FILLING = "我今天的了一是在不和有大这36，。!?\n a"


def found(key: str, text: str) -> list[tuple[int, int]]:
    """Where the patterns of `key` occur in `text`, by the search of a message that is just this text."""
    search = Search(LEXICON.sieve, text)
    places = [match.span() for match in search.all(key, text)]
    assert search.finds(key, text) == bool(places)
    first = search.first(key, text)
    assert (None if first is None else first.span()) == (places[0] if places else None)
    return places


def whole(key: str) -> re.Pattern[str]:
    """All patterns of a key as one expression, looked for everywhere."""
    return re.compile("|".join(pattern.expression.pattern for pattern in PATTERNS[key]) or "(?!)")


def parsed(pattern: Pattern) -> Any:
    """The parts of a pattern's expression, from which `example` makes texts."""
    return re._parser.parse(pattern.expression.pattern)  # type: ignore[attr-defined]


def example(nodes: Any, chance: random.Random) -> str:
    """A text that a parsed expression of the lexicon matches: choices taken, gaps filled and numbers made by chance."""
    made = ""
    for operation, value in nodes:
        match str(operation):
            case "LITERAL":
                made += chr(value)
            case "BRANCH":
                made += example(chance.choice(value[1]), chance)
            case "SUBPATTERN":
                made += example(value[3], chance)
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, inner = value
                made += "".join(example(inner, chance) for _ in range(chance.randint(least, min(most, least + 5))))
            case "IN" if str(value[0][0]) == "NEGATE":
                made += chance.choice(FILLING[:16])
            case "IN":
                made += "7" if str(value[0][0]) == "CATEGORY" else chr(chance.choice(value)[1])
    return made


@pytest.mark.parametrize("key", SIFTED)
def test_every_pattern_is_found_in_texts_made_from_it(key: str) -> None:
    chance = random.Random(key)
    expression = whole(key)
    for pattern in PATTERNS[key]:
        for _ in range(4):
            made = example(parsed(pattern), chance)
            assert pattern.expression.search(made), (pattern.expression.pattern, made)
            opened = pattern.expression.pattern.startswith(r"\A")
            closed = pattern.expression.pattern.endswith(r"\Z")
            before, after = ("".join(chance.choices(FILLING, k=chance.randint(0, 12))) for _ in range(2))
            text = ("" if opened else before) + made + ("" if closed else after)
            assert found(key, text) == [match.span() for match in expression.finditer(text)], text


def test_the_corpus_is_searched_as_without_the_sieve() -> None:
    expressions = {key: whole(key) for key in SIFTED}
    for original in CORPUS:
        text = normalise(original, LEXICON.table).text
        search = Search(LEXICON.sieve, text)
        for key, expression in expressions.items():
            assert [m.span() for m in search.all(key, text)] == [m.span() for m in expression.finditer(text)], (key, text)


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(CORPUS), st.sampled_from(CORPUS))
def test_blanking_parts_of_a_message_brings_nothing_new(chance: random.Random, first: str, second: str) -> None:
    """The sieve looks at the whole message, the search at what is left of it after blanking, and at pieces of that."""
    message = normalise(first + second, LEXICON.table).text
    start, end = sorted(chance.choices(range(len(message) + 1), k=2))
    left = message[:start] + chance.choice(" ※") * (end - start) + message[end:]
    piece = left[chance.randint(0, start) : chance.randint(end, len(left))]
    search = Search(LEXICON.sieve, message)
    for key in chance.sample(SIFTED, 15):
        assert [m.span() for m in search.all(key, piece)] == [m.span() for m in whole(key).finditer(piece)]


@pytest.mark.parametrize(
    ("pattern", "anchors"),
    [
        ("还差…(万|千)", {"还差"}),
        ("睡(不)?着", {"睡着", "睡不着"}),
        ("(去|做)手术", {"去手术", "做手术"}),
        ("[一二]楼", {"一楼", "二楼"}),
        ("#天", {"天"}),
        ("今天完成", {"今天完成"}),
        ("(咳|喘)?#", None),
        ("烧 了", {"烧"}),
        ("{kin}…住院", {"住院"}),
    ],
)
def test_anchors_are_as_long_and_as_rare_as_possible(pattern: str, anchors: set[str] | None) -> None:
    assert parse(pattern, {}, {"kin": ["妈", "爸", "他"]}).anchors == anchors
