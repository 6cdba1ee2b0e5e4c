"""A micro-lesson (微党课) and its quiz question (小测), as values. Where lessons come from is not known here."""

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, field_validator

from models.values import Value

FOLDER: Final = "lessons"
"""Where the lessons lie in the folder of a unit's content."""
LETTERS: Final = ("A", "B", "C")
EVERYBODY: Final = "all"
MAX_MINUTES: Final = 10
MAX_BODY: Final = 1200
"""In code points: what a person still reads on a phone in one go, and at most two chat messages of 2,048 bytes, as WeCom counts."""

PICTURES: Final = (".png", ".jpg", ".jpeg")

_LETTERED = re.compile(r"\s*[A-Ca-cＡ-Ｃ]\s*[.．、:：)）]")


def _not_empty(text: str) -> str:
    if not (said := text.strip()):
        raise ValueError("must not be empty")
    return said


Text = Annotated[str, AfterValidator(_not_empty)]


class Topic(StrEnum):
    """What a lesson is about."""

    EPIDEMIC = "epidemic"
    FIRE = "fire"
    FIRST_AID = "first_aid"
    TRAINING = "training"
    MIND = "mind"


class Quiz(Value):
    """One question with three answers to choose from. `answer` is the letter of the right one, `because` one sentence that says why."""

    question: Text
    options: tuple[Text, ...]
    answer: str
    because: Text

    @field_validator("options")
    @classmethod
    def _three_different(cls, options: tuple[str, ...]) -> tuple[str, ...]:
        if len(options) != len(LETTERS):
            raise ValueError(f"must be {len(LETTERS)} options, not {len(options)}")
        if len(set(options)) != len(options):
            raise ValueError("two options are the same")
        if any(_LETTERED.match(option) for option in options):
            raise ValueError("write the options without their letters; A, B and C are put before them when the lesson is sent")
        return options

    @field_validator("answer")
    @classmethod
    def _one_of_the_letters(cls, answer: str) -> str:
        if answer not in LETTERS:
            raise ValueError(f"must be one of {', '.join(LETTERS)}, not {answer!r}")
        return answer


class Lesson(Value):
    """A small lesson that is read on a phone in a few minutes.

    `slug` names it for good (a quiz answer is remembered under it); `audience` are posts (岗位) as in the roster, or only ``"all"``;
    `minutes` is the time that reading takes; `body` is plain text, at most `MAX_BODY` characters. `image` is the name of a picture
    beside the lesson's file, which is sent along where a channel shows pictures.
    """

    slug: Text
    title: Text
    topic: Topic
    audience: tuple[Text, ...]
    minutes: int
    quiz: Quiz
    body: Text
    image: Text | None = None

    @property
    def image_path(self) -> str | None:
        """Where the picture is in the folder of the unit's content."""
        return None if self.image is None else f"{FOLDER}/{self.image}"

    @field_validator("title")
    @classmethod
    def _one_line(cls, title: str) -> str:
        if len(title.splitlines()) > 1:
            raise ValueError("must be one line")
        return title

    @field_validator("audience")
    @classmethod
    def _somebody(cls, audience: tuple[str, ...]) -> tuple[str, ...]:
        if not audience:
            raise ValueError(f"must name at least one post, or {EVERYBODY}")
        if EVERYBODY in audience and len(audience) > 1:
            raise ValueError(f"must be either {EVERYBODY} or posts, not both")
        return audience

    @field_validator("minutes")
    @classmethod
    def _short(cls, minutes: int) -> int:
        if not 1 <= minutes <= MAX_MINUTES:
            raise ValueError(f"must be from 1 to {MAX_MINUTES}, not {minutes}")
        return minutes

    @field_validator("body")
    @classmethod
    def _fits_a_message(cls, body: str) -> str:
        if len(body) > MAX_BODY:
            raise ValueError(f"must be at most {MAX_BODY} characters, not {len(body)}")
        return body

    @field_validator("image")
    @classmethod
    def _beside_the_lesson(cls, image: str | None) -> str | None:
        if image is not None and (any(mark in image for mark in "/\\:\0") or not image.lower().endswith(PICTURES)):
            raise ValueError("must be the name of a .png or .jpg file in the same folder")
        return image
