"""Time grows no faster than the text, whatever is repeated in it: times are compared within one run, because machines differ."""

import random
import time
from datetime import datetime

import pytest

from bot.config import REPOSITORY
from bot.content import load_lexicon
from handlers.reading.reader import read
from models.roster import Roster
from tests.reading.conftest import MORNING
from tests.reading.test_search import PATTERNS, example, parsed

LEXICON = load_lexicon(REPOSITORY / "content" / "lexicon")
ROSTER = Roster.model_validate_json((REPOSITORY / "tests" / "corpus" / "roster.json").read_text(encoding="utf-8"))
MOMENT = datetime.fromisoformat(MORNING)
SHORT, LONG, HUGE = 1_000, 10_000, 100_000
WORDS = [random.Random(1).choice(words) for words in LEXICON.lists.values() if words]  # one of each list, the same in every run


def seconds(text: str) -> float:
    start = time.perf_counter()
    read(text, "张伟", MOMENT, ROSTER, LEXICON)
    return time.perf_counter() - start


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
    slow = [unit for unit in units if times_as_long(unit, SHORT, LONG, 1) > 30]
    # a quadratic pass takes a hundred times as long; a second look, because the machine may have been busy
    assert [unit for unit in slow if times_as_long(unit, SHORT, LONG) > 30] == []


@pytest.mark.parametrize("unit", ["36.5，", "没有发烧、咳嗽、", "我妈住院还差三万，谁能帮帮", "哈", "1. 张伟 36.5\n", "工作：训练\n"])
def test_a_hundred_kilobytes_take_less_than_fifty_times_two(unit: str) -> None:
    assert times_as_long(unit, 2 * SHORT, HUGE) < 50
