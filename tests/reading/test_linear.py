"""Time grows no faster than the text, whatever is repeated in it: times of this process are compared within one run, as machines differ."""

import random
import time
from collections import deque
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import REPOSITORY
from bot.content import load_lexicon
from handlers.reading.reader import read
from handlers.reading.text.patterns import Pattern
from models.roster import Roster
from tests.reading.conftest import MORNING
from tests.reading.test_search import PATTERNS, example, parsed

LEXICON = load_lexicon(REPOSITORY / "content" / "lexicon")
ROSTER = Roster.model_validate_json((REPOSITORY / "tests" / "corpus" / "roster.json").read_text(encoding="utf-8"))
MOMENT = datetime.fromisoformat(MORNING)
SHORT, LONG, HUGE = 1_000, 10_000, 100_000
SAMPLE = 30  # texts of a kind; every pattern by itself is tried below
WORDS = [random.Random(1).choice(words) for words in LEXICON.lists.values() if words]  # one of each list, the same in every run


def seconds(text: str) -> float:
    start = time.process_time()
    read(text, "张伟", MOMENT, ROSTER, LEXICON)
    return time.process_time() - start


def times_as_long(unit: str, short: int, long: int, rounds: int = 3) -> float:
    """How many times as long the long repetition takes; the best of some, taken in turns, so that a busy machine disturbs both."""
    few, many = (unit * (length // len(unit) + 1) for length in (short, long))
    pairs = [(seconds(few[:short]), seconds(many[:long])) for _ in range(rounds)]
    return min(m for _, m in pairs) / max(min(f for f, _ in pairs), 0.0005)


def beginnings() -> list[str]:
    """Beginnings of texts that patterns match: nearly there, again and again."""
    chance = random.Random(2)
    patterns = [pattern for several in PATTERNS.values() for pattern in chance.sample(several, min(1, len(several)))]
    made = (example(parsed(pattern), chance) for pattern in patterns)
    return [text[: chance.randint(1, len(text))] for text in made]


def mixtures() -> list[str]:
    """Words, digits and marks thrown together."""
    chance = random.Random(3)
    marks = list("0123456789.,:：，。；！？、()（）「」“”/|-~#@□☑\n\t 三十度℃")
    return ["".join(chance.choices(WORDS + marks * 6, k=chance.randint(2, 6))) for _ in range(20)]


SINGLES = list('0369三十两.:：，。；！？、()（）「」“”"[]【】/|-~#@□☑\n\t ℃a※')


@pytest.mark.parametrize("kind", ["words", "beginnings", "mixtures", "singles"])
def test_ten_times_the_text_takes_about_ten_times_as_long(kind: str) -> None:
    units = {"words": WORDS, "beginnings": beginnings(), "mixtures": mixtures(), "singles": SINGLES}[kind]
    few = random.Random(4).sample(units, min(SAMPLE, len(units)))
    slow = [unit for unit in few if times_as_long(unit, SHORT, LONG, 1) > 30]
    # a quadratic pass takes a hundred times as long; a second look, because the machine may have been busy
    assert [unit for unit in slow if times_as_long(unit, SHORT, LONG) > 30] == []


@pytest.mark.parametrize(
    "unit", ["36.5，", "没伤到", "没有发烧、咳嗽、", "我妈住院还差三万，谁能帮帮", "哈", "1. 张伟 36.5\n", "工作：训练\n"]
)
def test_a_hundred_kilobytes_take_less_than_fifty_times_two(unit: str) -> None:
    assert times_as_long(unit, 2 * SHORT, HUGE) < 50


def worst_cases() -> list[tuple[str, Pattern, str]]:
    """Every pattern of the lexicon with what is hardest for it: a text that it matches nearly, or only begins to, again and again."""
    chance = random.Random(4)
    cases = []
    for key, several in PATTERNS.items():
        for pattern in several:
            made = example(parsed(pattern), chance)
            cases += [(key, pattern, made[: max(1, share)]) for share in (1, len(made) * 2 // 3, len(made) - 1)]
    return cases


def looking(pattern: Pattern, text: str) -> float:
    """How long the expression itself looks for all that it matches, with nothing sifted before."""
    start = time.process_time()
    deque(pattern.expression.finditer(text), maxlen=0)
    return time.process_time() - start


def test_no_pattern_of_the_lexicon_backtracks() -> None:
    """Eight times the text takes about eight times as long; what is quadratic takes sixty-four times, what is worse never ends."""
    slow = []
    for key, pattern, unit in worst_cases():
        few, many = ((unit * (length // len(unit) + 1))[:length] for length in (SHORT, 8 * SHORT))
        if looking(pattern, many) > 0.004:  # what is quicker on eight thousand characters is no danger on twenty thousand
            pairs = [(looking(pattern, few), looking(pattern, many)) for _ in range(3)]
            if min(m for _, m in pairs) > 24 * min(f for f, _ in pairs):
                slow.append((key, unit, pattern.expression.pattern))
    assert slow == []


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(st.lists(st.sampled_from([*WORDS, *beginnings(), *SINGLES]), min_size=1, max_size=6).map("".join))
def test_whatever_is_repeated_a_hundred_kilobytes_take_less_than_fifty_times_two(unit: str) -> None:
    assert times_as_long(unit, 2 * SHORT, HUGE, 1) < 50 or times_as_long(unit, 2 * SHORT, HUGE) < 50
