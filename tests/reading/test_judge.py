"""The odds of the statistical judge, and what they cannot exceed."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.config import REPOSITORY
from bot.content import load_lexicon
from handlers.reading.judge import uniform

JUDGE = load_lexicon(REPOSITORY / "content" / "lexicon").judge
QUESTIONS = list(JUDGE.together)
CORPUS = [json.loads(line)["text"] for line in (REPOSITORY / "tests/corpus/dev.jsonl").read_text(encoding="utf-8").splitlines()]


@given(st.sampled_from(CORPUS) | st.text(max_size=30) | st.text("咳嗽😀a ", max_size=8), st.sampled_from(QUESTIONS))
def test_odds_never_exceed_their_bound(text: str, question: str) -> None:
    odds = JUDGE.odds(uniform(text), {"of:kin", "built:clauses1"})
    assert odds.most(question) >= odds[question]
    assert odds.below(question, odds[question] + 0.1)
    assert not odds.below(question, odds[question])


@given(st.text("咳嗽😀a, 一", max_size=12))
def test_every_repetition_of_a_text_keeps_the_bound(text: str) -> None:
    odds = JUDGE.odds(uniform(text * 3), set())
    assert all(odds.most(question) >= odds[question] for question in QUESTIONS)
