"""学习: a micro-lesson now; and the answer to its quiz."""

import re

from handlers.incoming import Answer, Incoming
from services import teach

PATTERN = re.compile(r"学习|微党课")
QUIZ_ANSWER = re.compile(r"(?:我的?|小测的?|正确|答案|觉得|猜|应该|就?选择?|答|是)*[：: ]*(?P<letter>[A-Ca-c])(?:选?项)?[吧呀啊呢]?")
"""A letter, with the few words that people put around one: 我选B, 答案是B, B吧."""


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """The lesson, in private."""
    lesson = teach.study(incoming.work, incoming.sender)
    if lesson is None:
        return Answer(private=incoming.work.say("lesson.none"))
    return Answer(private=teach.lesson_text(incoming.work, lesson, in_room=False), image=lesson.image_path)


def answer(incoming: Incoming, match: re.Match[str]) -> Answer:
    """A bare A, B or C said to the bot."""
    work = incoming.work
    return Answer(private=teach.answer(work, incoming.sender, match["letter"].upper()) or work.say("lesson.no_quiz"))
