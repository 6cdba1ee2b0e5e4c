"""The odds of the statistical judge are the sums of its weights, however they are packed."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.config import REPOSITORY
from bot.content import load_lexicon
from handlers.reading.judge.judge import grams, share, uniform

JUDGE = load_lexicon(REPOSITORY / "content" / "lexicon").judge
QUESTIONS = list(JUDGE.together)
CORPUS = [json.loads(line)["text"] for line in (REPOSITORY / "tests/corpus/dev.jsonl").read_text(encoding="utf-8").splitlines()]
WRITTEN = yaml.safe_load((REPOSITORY / "content/lexicon/judge.yaml").read_text(encoding="utf-8"))
WEIGHTS = {
    q: {sign: float(w) for sign, _, w in (pair.rpartition("=") for pair in line.split(" "))} for q, line in WRITTEN["weights"].items()
}
MARKS = {"of:kin", "built:clauses1"}


@given(st.sampled_from(CORPUS) | st.text(max_size=30) | st.text("咳嗽😀a ", max_size=8), st.sampled_from(QUESTIONS))
def test_the_odds_are_the_sum_of_the_weights(text: str, question: str) -> None:
    written = uniform(text)
    found = grams(written)
    weights = WEIGHTS[question]
    of_grams = share(len(found)) * sum(weights.get(gram, 0.0) for gram in found)
    expected = WRITTEN["bias"][question] + of_grams + sum(weights.get(mark, 0.0) for mark in MARKS)
    assert JUDGE.odds(written, MARKS)[question] == pytest.approx(expected)
