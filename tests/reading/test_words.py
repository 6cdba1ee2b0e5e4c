"""All words of a list are found in one pass, at places counted in code points."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.text.words import Words

LETTERS = "发热咳a😀𠮷"
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=4), unique=True, max_size=12)


@given(WORDS, st.text(LETTERS, max_size=20))
def test_the_longest_word_at_each_place_is_found(words: list[str], text: str) -> None:
    found = {start: (words[number], end) for start, (number, end) in Words(words).longest(text).items()}
    begin = {start: [word for word in words if text.startswith(word, start)] for start in range(len(text))}
    assert found == {start: (longest := max(known, key=len), start + len(longest)) for start, known in begin.items() if known}


@given(WORDS, st.text(LETTERS, max_size=20))
def test_words_inside_others_are_there_as_well(words: list[str], text: str) -> None:
    assert {words[number] for number in Words(words).there(text)} == {word for word in words if word in text}
