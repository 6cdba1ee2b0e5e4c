"""Micro-lessons: which one next, how it is said, and the answer to its quiz."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from models import teaching
from models.lesson import EVERYBODY, LETTERS, Lesson
from models.people import Person
from services.work import Work

QUIZ_OPEN = timedelta(days=3)
"""How long after a lesson a bare A, B or C counts as an answer to its quiz."""


def next_for_group(work: Work, group_id: str) -> Lesson | None:
    """The lesson that fits somebody in the group and was given there least often; of several the first in order."""
    posts = {p.post for p in work.directory.group_members(group_id)}
    return _least_given(work.unit.lessons, posts, teaching.times_given(work.session, group_id))


def _least_given(lessons: Sequence[Lesson], posts: set[str], given: Mapping[str, int]) -> Lesson | None:
    fitting = (lesson for lesson in lessons if EVERYBODY in lesson.audience or posts & set(lesson.audience))
    return min(fitting, key=lambda lesson: given.get(lesson.slug, 0), default=None)


def lesson_text(work: Work, lesson: Lesson, late: str = "", *, in_room: bool) -> str:
    """A lesson with its quiz, as one message. In a room it says where to answer: in private, and not to whoever speaks there."""
    quiz = lesson.quiz
    options = "\n".join(f"{letter}. {option}" for letter, option in zip(LETTERS, quiz.options, strict=True))
    text = work.say(
        "lesson.text", title=lesson.title, minutes=lesson.minutes, body=lesson.body, question=quiz.question, options=options, late=late
    )
    return f"{text}\n{work.say('lesson.answer_in_private', bot=work.unit.bot_name) if in_room else work.say('lesson.answer_here')}"


def study(work: Work, person: Person) -> Lesson | None:
    """学习: the newest lesson again, or else the one that fits and that the member had least often; None where none fits."""
    lesson = _last(work, person)
    if lesson is None:
        lesson = _least_given(work.unit.lessons, {person.post}, teaching.times_had(work.session, person.group_id, person.id))
    if lesson is not None:
        teaching.note_push(work.session, lesson.slug, work.now, member_id=person.id)
    return lesson


def answer(work: Work, person: Person, letter: str) -> str | None:
    """Judge an answer to the last lesson's quiz; None where no lesson was given lately."""
    lesson = _last(work, person)
    if lesson is None:
        return None
    right = letter == lesson.quiz.answer
    first = teaching.note_answer(work.session, person.id, lesson.slug, letter, work.now, correct=right)
    key = "lesson.right" if right else "lesson.wrong"
    text = work.say(key, answer=lesson.quiz.answer, because=lesson.quiz.because)
    return text if first else work.say("lesson.answered_before", text=text)


def _last(work: Work, person: Person) -> Lesson | None:
    slug = teaching.last_given(work.session, person.group_id, person.id, work.now - QUIZ_OPEN)
    return next((lesson for lesson in work.unit.lessons if lesson.slug == slug), None)
