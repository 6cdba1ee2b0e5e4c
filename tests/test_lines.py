"""The lines from which the judge may learn: each says what it does, and where the parts of a report stand."""

from pathlib import Path

import pytest

from benchmarks.corpus import messages
from benchmarks.lines import TALK, kept_back, lines

COUNTED = ("fresh.jsonl", "unseen.jsonl", "danger.jsonl")
"""Whose messages nothing may be learned from."""


def test_all_lines_can_be_read_and_none_stands_there_twice() -> None:
    assert all(line.text.strip() for line in lines("judge.txt"))
    texts = [line.text for line in lines(TALK)]
    assert len(set(texts)) == len(texts) > 10_000


def test_the_parts_of_a_report_are_marked_as_its_letters_say() -> None:
    for line in lines(TALK):
        assert {name for _, name in line.parts} - {""} == line.sections, line.text
        assert "§" not in line.text
        assert all(0 <= place <= len(line.text) for place, _ in line.parts)


def test_a_place_tells_of_the_part_that_it_stands_in() -> None:
    line = next(line for line in lines(TALK) if {"work", "plan"} == line.sections and line.parts[0][0] > 0)
    first, second = line.parts[0], line.parts[1]
    assert line.told_at(first[0] - 1) == ""
    assert line.told_at(first[0]) == first[1]
    assert line.told_at(second[0]) == second[1]


def test_a_fifth_is_kept_back() -> None:
    kept = [kept_back(line) for line in lines(TALK)]
    assert 0.18 < sum(kept) / len(kept) < 0.22


def test_no_line_is_a_message_that_is_only_counted() -> None:
    counted = {message["text"].strip() for name in COUNTED for message in messages(name)}
    assert [line.text for line in lines(TALK) if line.text.strip() in counted] == []


def test_letters_that_are_none_are_named_with_their_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "talk.txt").write_text("# head\nr(work)\t§w今天擦了车\n1\t什么\n", encoding="utf-8")
    monkeypatch.setattr("benchmarks.lines.CORPUS", tmp_path)
    with pytest.raises(SystemExit, match=r"talk\.txt, line 3"):
        list(lines(TALK))
