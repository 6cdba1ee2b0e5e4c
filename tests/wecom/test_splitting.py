"""Long texts: every part fits, nothing is lost, and what belongs together is read together."""

import re
import time
from itertools import accumulate

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.channels.splitting import plain, split

NUMBER = re.compile(r"\n\n\((\d+)/(\d+)\)\Z")

letters = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("\n \t。！？；!?;,|-#>*`[]()中文报告36.8"),
    st.sampled_from(
        ["\n\n", "👨‍👩‍👧‍👦", "🇨🇳", "👍🏽", "e\u0301", "️", "\u200d", "。”", "| 张伟 | 36.8 |\n", "https://example.org/a?b=1;c=2 "]
    ),
)
WHOLE = ["中", "。", "！", "?", " ", "\n", "a", "36.8", "👨‍👩‍👧‍👦", "🇨🇳", "🇫🇷", "👍🏽", "e\u0301", "。\ufe00", "❤️", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"]
texts = st.lists(letters, max_size=120).map("".join)


def bare(part: str) -> str:
    """A part without its number."""
    return NUMBER.sub("", part)


def solid(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


@settings(deadline=None)
@given(texts, st.integers(min_value=20, max_value=200), st.booleans())
def test_every_part_fits_and_nothing_but_white_space_is_lost(text: str, limit: int, counted: bool) -> None:
    parts = split(text, limit, counted=counted)
    assert all(len(part.encode()) <= limit for part in parts)
    assert solid("".join(bare(part) if counted and len(parts) > 1 else part for part in parts)) == solid(text)
    if len(text.encode()) <= limit:
        assert parts == [text]
    elif counted and len(parts) > 1:
        numbers = [NUMBER.search(part) for part in parts]
        assert [number and number.groups() for number in numbers] == [(str(i), str(len(parts))) for i in range(1, len(parts) + 1)]
    if len(parts) > 1:
        assert all(bare(part).strip() for part in parts)


@settings(deadline=None)
@given(texts, st.integers(min_value=20, max_value=200))
def test_the_parts_are_pieces_of_the_text_in_their_order(text: str, limit: int) -> None:
    place = 0
    for part in split(text, limit, counted=False):
        found = text.find(part, place)
        assert found >= 0
        assert not text[place:found].strip()
        place = found + len(part)
    assert not text[place:].strip()


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("报告|36.8 。abc-"), max_size=20), max_size=60), st.integers(min_value=80, max_value=300))
def test_a_line_that_fits_into_a_part_is_never_cut(lines: list[str], limit: int) -> None:
    parts = split("\n".join(lines), limit, counted=False)
    read = [line.strip() for part in parts for line in part.split("\n")]
    assert [line for line in read if line] == [line.strip() for line in lines if line.strip()]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=80), st.integers(min_value=60, max_value=200))
def test_what_is_seen_as_one_letter_stays_whole(whole: list[str], limit: int) -> None:
    text = "".join(whole)
    ends = {0, *accumulate(map(len, whole))}
    place = 0
    for part in split(text, limit, counted=False):
        place = text.index(part, place) + len(part)
        assert place in ends, "between two letters"


def test_a_digest_is_cut_between_its_branches() -> None:
    branch = "## 一支部\n张伟 36.5 正常\n李强 36.6 正常"
    text = "\n\n".join([branch] * 3)
    first, second = split(text, len(branch.encode()) * 2 + 30)
    assert first == f"{branch}\n\n{branch}\n\n(1/2)"
    assert second == f"{branch}\n\n(2/2)"


def test_a_table_is_cut_between_its_rows() -> None:
    rows = [f"| 队员{number:02} | 36.{number % 10} | 正常 |" for number in range(40)]
    parts = split("\n".join(rows), 400)
    assert len(parts) > 3
    assert [row for part in parts for row in bare(part).split("\n")] == rows


def test_a_long_line_is_cut_where_a_sentence_ends() -> None:
    sentence = "今天训练正常，没有人受伤。"
    parts = split(sentence * 20, 200)
    assert len(parts) > 3
    assert all(bare(part).endswith("。") for part in parts)
    quoted = "他说：“好！”" * 30
    assert all(bare(part).endswith("！”") for part in split(quoted, 150))


def test_the_heading_of_a_long_line_stays_with_it() -> None:
    first, *_rest = split("## 难处\n" + "母亲住院，没有人陪。" * 30, 200)
    assert "母亲" in first


def test_numbers_words_and_addresses_are_not_torn() -> None:
    text = "体温" + " ".join(f"36.{number}" for number in range(100, 200))
    assert all(re.fullmatch(r"(体温)?(36\.\d{3} ?)+", bare(part)) for part in split(text, 90))
    address = "见 https://example.org/a;b?c=1;d=2 "
    assert all(bare(part).count("https") == bare(part).count("d=2") for part in split(address * 20, 120))


def test_the_indentation_of_a_list_stays() -> None:
    text = "\n".join("- 一班\n  - 张伟正常\n  - 李强正常" for _ in range(10))
    assert [line for part in split(text, 100) for line in bare(part).split("\n")] == text.split("\n")


def test_flags_and_families_stay_whole() -> None:
    for letter in ("🇨🇳", "👨‍👩‍👧‍👦", "👍🏽", "é"):
        for limit in range(60, 70):
            parts = split(letter * 60, limit)
            assert all(bare(part).replace(letter, "") == "" for part in parts), (letter, limit)


def test_ten_parts_and_more_are_numbered_within_the_limit() -> None:
    parts = split("字" * 400, 60)
    assert len(parts) > 20
    assert parts[0].endswith(f"(1/{len(parts)})")
    assert max(len(part.encode()) for part in parts) <= 60


def test_letters_that_came_in_halves_are_put_together_and_lone_halves_are_replaced() -> None:
    assert split("好\ud83d\ude00", 100) == ["好😀"]
    assert split("好\ud83d", 100) == ["好\ufffd"]


def test_a_limit_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match=r"max_bytes: 9 bytes"):
        split("一二三四五六", 9)
    assert split("一二", 6) == ["一二"]
    assert split("一二三", 4, counted=False) == ["一", "二", "三"]


@pytest.mark.parametrize(
    "heap", ["!", "!a", "。", "。”", "”", "\n", " ", "a", "🇨", "\u0301", "\u200d", "|", "**", "[", "[a](", "`", "```\n", "-", "|-|\n", "# "]
)
def test_a_text_that_is_made_to_take_long_does_not(heap: str) -> None:
    text = (heap * 100_000)[:100_000] + "x"
    began = time.process_time()
    split(text, 2048)
    plain(text)
    assert time.process_time() - began < 1.5


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("没有标记", "没有标记"),
        ("## 18:00 日报", "18:00 日报"),
        ("**张伟** 请回复 **收到 12**", "张伟 请回复 收到 12"),
        ("- 已交 7\n- 未交 2\n  - 李强", "· 已交 7\n· 未交 2\n  · 李强"),
        ("> 母亲住院", "母亲住院"),
        ("> **急**：`收到 12`", "急：收到 12"),
        ("[记录](https://example.org/r)", "记录（https://example.org/r）"),
        ("[https://example.org](https://example.org) ![](https://example.org/p.png)", "https://example.org https://example.org/p.png"),
        ("| 人 | 体温 |\n|:--|--:|\n| 张伟 | 36.5 |\n| 李强 | |", "人，体温\n张伟，36.5\n李强"),
        ("```\nmake run\n```", "make run"),
        ("3 * 4 * 5，#3 号，-5 度，a_b，[待定]，| 或 |", "3 * 4 * 5，#3 号，-5 度，a_b，[待定]，| 或 |"),
        ("| - | - |", "-，-"),
        ("", ""),
    ],
)
def test_light_markdown_is_read_well_without_its_marks(markdown: str, text: str) -> None:
    assert plain(markdown) == text


@settings(deadline=None)
@given(texts)
def test_what_has_no_marks_stays_as_it_is(text: str) -> None:
    unmarked = re.sub(r"[*#>`|\[\]+-]", "", text)
    assert plain(unmarked) == unmarked


@settings(deadline=None)
@given(texts)
def test_no_word_is_lost_with_the_marks(text: str) -> None:
    assume("```" not in text)
    kept = plain(text)
    words = re.findall(r"[0-9A-Za-z\u4e00-\u9fff]+", text)
    assert all(word in kept for word in words)
