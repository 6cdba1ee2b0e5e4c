"""Uniform writing, and the way back to the original."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.text.normalise import normalise, width_table
from tests.reading.conftest import Say, only

TABLE = width_table({"發": "发", "燒": "烧"})


def test_full_width_digits_and_stops_become_narrow() -> None:
    assert normalise("３６．５，正常", TABLE).text == "36.5,正常"


def test_traditional_characters_become_simplified_as_the_lexicon_says() -> None:
    assert normalise("發燒", TABLE).text == "发烧"


def test_invisible_characters_vanish_and_offsets_lead_back() -> None:
    normal = normalise("3️⃣6️⃣.5️⃣正常", TABLE)
    assert normal.text == "36.5正常"
    start, end = normal.span(0, 4)
    assert "3️⃣6️⃣.5️⃣正常"[start:end].startswith("3")
    assert "3️⃣6️⃣.5️⃣正常"[slice(*normal.span(4, 6))] == "正常"


def test_half_a_surrogate_pair_is_no_character() -> None:
    normal = normalise("36\ud83d.5", TABLE)
    assert normal.text == "36.5"
    assert normal.span(2, 4) == (3, 5)


@given(st.text(max_size=200))
def test_every_span_lies_inside_the_original(text: str) -> None:
    normal = normalise(text, TABLE)
    for start in range(len(normal.text)):
        first, last = normal.span(start, start + 1)
        assert 0 <= first < last <= len(text)


def test_evidence_points_at_the_original_words(say: Say) -> None:
    text = "体温\u200b３６．５，有點咳嗽"
    pieces = {e.field: text[e.start : e.end] for e in only(say(text)).evidence}
    assert pieces == {"temperature": "３６．５", "symptom:cough": "咳嗽", "healthy": "咳嗽"}


def test_who_writes_word_by_word_is_read_without_the_blanks(say: Say) -> None:
    text = "孩子 肚子 疼，拉 了 四 次，我 和 他 妈妈 看 着"
    reading = say(text)
    assert reading.hardship is None
    assert only(reading).symptoms == ("diarrhea", "stomach_pain")
    evidence = {e.field: text[e.start : e.end] for e in only(reading).evidence}
    assert evidence["symptom:stomach_pain"] == "肚子 疼"


def test_the_blanks_of_forms_and_lists_stay() -> None:
    for text in (
        "姓名 张伟 体温 36.5 咳嗽 否 发热 否 乏力 否",
        "体温 三 十 六 度 四",
        "张伟 在 36.4 王磊 休 36.5",
        "肚子疼 拉了三次 没去医院",
    ):
        assert normalise(text, TABLE).text == text
