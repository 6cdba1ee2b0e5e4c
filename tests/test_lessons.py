"""A unit writes its own lessons: what is shipped loads, and a mistake is told in one line with its file and field."""

from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from bot.lessons import MAX_IMAGE, LessonError, load_lessons
from models.lesson import MAX_BODY, Lesson, Topic

SHIPPED = Path(__file__).parent.parent / "content" / "lessons"

GOOD: dict[str, Any] = {
    "title": "水带怎么收",
    "topic": "training",
    "audience": ["战斗员"],
    "minutes": 2,
    "quiz": {"question": "先做哪步？", "options": ["排水", "打结", "晒干"], "answer": "A", "because": "有水就卷不紧。"},
}


def write(folder: Path, name: str = "01-hose.md", body: str = "先排水，再卷紧。", **changed: Any) -> Path:
    """Write the good lesson with some keys changed (None: left out); ``quiz__answer`` means the key in the quiz."""
    header = deepcopy(GOOD)
    for key, value in changed.items():
        first, _, second = key.partition("__")
        place = header[first] if second else header
        place[second or first] = value
        if value is None:
            del place[second or first]
    path = folder / name
    path.write_text(f"---\n{yaml.safe_dump(header, allow_unicode=True, sort_keys=False)}---\n{body}\n", encoding="utf-8")
    return path


def mistake(folder: Path) -> str:
    with pytest.raises(LessonError) as caught:
        load_lessons(folder)
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_the_shipped_lessons_load_and_cover_all_topics() -> None:
    lessons = load_lessons(SHIPPED)
    assert len(lessons) >= 8
    assert {lesson.topic for lesson in lessons} == set(Topic)
    assert [lesson.slug for lesson in lessons] == sorted(path.stem for path in SHIPPED.glob("*.md"))


@pytest.mark.parametrize("lesson", load_lessons(SHIPPED), ids=lambda lesson: lesson.slug)
def test_a_shipped_lesson_is_short_chinese_plain_text(lesson: Lesson) -> None:
    characters = sum("\u4e00" <= character <= "\u9fff" for character in lesson.body)
    assert 200 <= characters <= 400
    assert 1 <= lesson.minutes <= 3
    assert len(lesson.body) <= MAX_BODY
    # A chat shows these marks as they are.
    assert not any(mark in lesson.body for mark in ("**", "# ", "](", "```", "|"))
    assert lesson.quiz.because.count("。") == 1


def test_always_choosing_the_same_letter_does_not_pass_the_shipped_quizzes() -> None:
    answers = Counter(lesson.quiz.answer for lesson in load_lessons(SHIPPED))
    assert set(answers) == {"A", "B", "C"}
    assert max(answers.values()) <= sum(answers.values()) / 2


def test_a_lesson_has_all_that_its_file_says(tmp_path: Path) -> None:
    write(tmp_path, body="\n先排水。\n\n再卷紧。\n")
    (lesson,) = load_lessons(tmp_path)
    assert lesson.model_dump(mode="json", exclude={"slug", "body", "image"}) == GOOD
    assert (lesson.slug, lesson.body, lesson.image_path) == ("01-hose", "先排水。\n\n再卷紧。", None)


def test_the_example_of_the_handbook_loads_and_its_mistakes_are_told_as_printed(tmp_path: Path) -> None:
    handbook = (SHIPPED.parent.parent / "docs" / "lessons.md").read_text(encoding="utf-8")
    example = handbook.split("```markdown\n")[1].split("```")[0]
    path = tmp_path / "13-gas-leak.md"
    path.write_text(example, encoding="utf-8")
    assert load_lessons(tmp_path)[0].topic is Topic.FIRE
    for right, wrong in (("answer: B", "anser: B"), ("minutes: 1", "minutes: 20"), ("minutes: 1", "minutes: 1\nimage: 13-gas-leak.png")):
        path.write_text(example.replace(right, wrong), encoding="utf-8")
        assert f"    {mistake(tmp_path)}\n" in handbook


def test_lessons_come_in_the_order_of_their_file_names(tmp_path: Path) -> None:
    for name in ("10-c", "02-b", "01-a"):
        write(tmp_path, f"{name}.md", title=name)
    assert [lesson.slug for lesson in load_lessons(tmp_path)] == ["01-a", "02-b", "10-c"]


def test_a_file_saved_by_the_windows_editor_loads(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_lessons(tmp_path)[0].body == "先排水，再卷紧。"


def test_hidden_copies_and_other_files_are_no_lessons(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "._01-hose.md").write_bytes(b"\x00\x05")
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert len(load_lessons(tmp_path)) == 1


def test_a_line_of_dashes_in_the_body_stays_in_the_body(tmp_path: Path) -> None:
    write(tmp_path, body="先排水。\n---\n再卷紧。")
    assert load_lessons(tmp_path)[0].body == "先排水。\n---\n再卷紧。"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": "  "}, "title: must not be empty"),
        ({"title": "一\n二"}, "title: must be one line"),
        ({"title": None}, "title: is missing"),
        ({"title": 119}, "title: must be text; put it in quotes"),
        ({"topic": "cooking"}, "topic: Input should be 'epidemic', 'fire', 'first_aid', 'training' or 'mind'"),
        ({"audience": []}, "audience: must name at least one post, or all"),
        ({"audience": "战斗员"}, "audience: must be a list"),
        ({"audience": ["all", "机关"]}, "audience: must be either all or posts, not both"),
        ({"audience": ["机关", ""]}, "audience item 2: must not be empty"),
        ({"minutes": 0}, "minutes: must be from 1 to 10, not 0"),
        ({"minutes": 11}, "minutes: must be from 1 to 10, not 11"),
        ({"minutes": "两"}, "minutes: Input should be a valid integer"),
        ({"body": " \n "}, "body: must not be empty"),
        ({"body": "水" * (MAX_BODY + 1)}, f"body: must be at most {MAX_BODY} characters, not {MAX_BODY + 1}"),
        ({"quiz": None}, "quiz: is missing"),
        ({"quiz": "先做哪步？"}, "quiz: must have keys"),
        ({"quiz__question": ""}, "quiz.question: must not be empty"),
        ({"quiz__because": None}, "quiz.because: is missing"),
        ({"quiz__answer": "D"}, "quiz.answer: must be one of A, B, C, not 'D'"),
        ({"quiz__answer": "a"}, "quiz.answer: must be one of A, B, C, not 'a'"),
        ({"quiz__options": ["排水", "打结"]}, "quiz.options: must be 3 options, not 2"),
        ({"quiz__options": ["排水", "排水", "晒干"]}, "quiz.options: two options are the same"),
        ({"quiz__options": ["A. 排水", "B. 打结", "C. 晒干"]}, "quiz.options: write the options without their letters"),
        ({"quiz__options": ["36.5", 37.3, "38"]}, "quiz.options item 2: must be text; put it in quotes"),
        ({"tittle": "收水带"}, "tittle: unknown key; the nearest known one is title"),
        ({"slug": "hose"}, "slug: unknown key; the nearest known one is "),
        ({"quiz__anser": "A"}, "quiz.anser: unknown key; the nearest known one is quiz.answer"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, str) else "",
)
def test_a_mistake_is_one_line_naming_file_and_field(tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    write(tmp_path, **changed)
    assert mistake(tmp_path).startswith(f"01-hose.md: {told}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("先排水，再卷紧。", "front matter: missing"),
        ("", "front matter: missing"),
        ("---\ntitle: 水带\n没有结束线", "front matter: missing"),
        ("---\n---\n先排水。", "front matter: must be lines"),
        ("---\n- 水带\n---\n先排水。", "front matter: must be lines"),
        ("---\ntitle: 水带\naudience: [all\n---\n先排水。", "front matter: not YAML in line 4"),
        ("---\ntitle: \x00\n---\n先排水。", "front matter: not YAML"),
        ("---\ntitle: 2026-02-30\n---\n先排水。", "front matter: not YAML"),
    ],
)
def test_a_broken_header_is_told_with_its_file(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "01-hose.md").write_text(text, encoding="utf-8")
    assert mistake(tmp_path).startswith(f"01-hose.md: {told}")


def test_two_lessons_with_one_title_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "01-hose.md")
    write(tmp_path, "02-hose-again.md")
    assert mistake(tmp_path) == "02-hose-again.md: title: the same as in 01-hose.md"


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert mistake(tmp_path) == "01-hose.md: not UTF-8; save it with the encoding UTF-8"


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "01-folder.md").mkdir()
    assert mistake(tmp_path).startswith("01-folder.md: cannot be read: ")


def test_an_empty_or_missing_folder_is_told(tmp_path: Path) -> None:
    assert mistake(tmp_path).startswith(f"{tmp_path}: no lesson in it")
    assert mistake(tmp_path / "nowhere") == f"{tmp_path / 'nowhere'}: no such folder"


def test_a_lesson_does_not_change_once_it_is_read() -> None:
    lesson = load_lessons(SHIPPED)[0]
    with pytest.raises(ValidationError, match="frozen"):
        lesson.title = "别的"  # type: ignore[misc]


PNG, JPEG = b"\x89PNG\r\n\x1a\n" + bytes(100), b"\xff\xd8\xff\xe0" + bytes(100)


@pytest.mark.parametrize(("name", "data"), [("hose.png", PNG), ("hose.jpg", JPEG), ("水带.JPEG", JPEG)])
def test_a_lesson_may_have_a_picture_beside_it(tmp_path: Path, name: str, data: bytes) -> None:
    write(tmp_path, image=name)
    (tmp_path / name).write_bytes(data)
    (lesson,) = load_lessons(tmp_path)
    assert lesson.image_path == f"lessons/{name}"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("hose.png", None, "there is no hose.png in the same folder"),
        ("hose.png", b"GIF89a" + bytes(100), "hose.png is neither PNG nor JPEG; save it as one of them"),
        ("hose.png", b"", "hose.png is neither PNG nor JPEG; save it as one of them"),
        (
            "hose.png",
            PNG + bytes(MAX_IMAGE),
            f"hose.png has {MAX_IMAGE + 108:,} bytes, and at most 2,097,152 (2 MB) can be sent; make it smaller",
        ),
        ("hose.gif", PNG, "must be the name of a .png or .jpg file in the same folder"),
        ("../hose.png", None, "must be the name of a .png or .jpg file in the same folder"),
        ("..\\hose.png", None, "must be the name of a .png or .jpg file in the same folder"),
        ("", None, "must not be empty"),
        (119, None, "must be text; put it in quotes"),
    ],
)
def test_a_picture_that_could_not_be_sent_is_told_at_the_start(tmp_path: Path, name: Any, data: bytes | None, told: str) -> None:
    write(tmp_path, image=name)
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert mistake(tmp_path) == f"01-hose.md: image: {told}"


def test_a_shipped_picture_is_small() -> None:
    pictures = [SHIPPED.parent / lesson.image_path for lesson in load_lessons(SHIPPED) if lesson.image_path]
    assert pictures != []
    assert max(path.stat().st_size for path in pictures) < 60_000
