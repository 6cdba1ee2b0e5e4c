"""Two hundred thousand messages that nobody would write: none raises, and what is read of them is sound."""

import pytest
import yaml

from bot.config import REPOSITORY
from tests.reading.fuzz import failures, read_soundly

MESSAGES, PARTS = 200_000, 40


@pytest.mark.parametrize("seed", range(PARTS))
def test_disturbed_messages_are_read_soundly(seed: int) -> None:
    found = failures(seed, MESSAGES // PARTS)
    assert not found, "\n".join(found)


def words() -> set[str]:
    """Every word and pattern of the lexicon, as it is written there."""
    found: set[str] = set()

    def gather(part: object) -> None:
        if isinstance(part, str):
            found.add(part)
        elif isinstance(part, list):
            for each in part:
                gather(each)
        elif isinstance(part, dict):
            for each in part.values():
                gather(each)

    for file in (REPOSITORY / "content" / "lexicon").glob("*.yaml"):
        if file.name != "judge.yaml":
            gather(yaml.safe_load(file.read_text(encoding="utf-8")))
    return found


def test_each_word_that_is_known_is_read_soundly_where_it_is_all_that_somebody_says() -> None:
    said = [text for word in sorted(words()) for text in (word, f"{word}。")]
    assert len(said) > 20_000
    assert [text for text in said if not read_soundly(text, "张伟")] == []
