"""学习 and the quiz: who was given which lesson, and in which words people answer."""

import pytest

from bot.channels.channel import Outgoing, SendError
from bot.settings import Settings
from models.lesson import EVERYBODY, Lesson
from tests.stage import Courier, only_jobs, starting, told
from tests.story import Story

NO_QUIZ = "这几天没有等你回答的小测，发“学习”来一课。"


def lesson_in(story: Story, text: str) -> Lesson:
    return next(lesson for lesson in story.bot.office.unit.lessons if text.startswith(f"【微党课】{lesson.title}（"))


@pytest.mark.parametrize("who", ["周建国", "孙丽", "于海"])
async def test_whoever_belongs_to_no_group_was_not_given_what_another_asked_for_in_private(each_story: Story, who: str) -> None:
    await each_story.say("王磊", "学习")
    await each_story.say(who, "A")
    assert await each_story.last_to(who) == NO_QUIZ


async def test_the_secretary_who_studies_now_and_then_reads_every_lesson_before_any_comes_again(story: Story) -> None:
    for_all = [lesson.title for lesson in story.bot.office.unit.lessons if EVERYBODY in lesson.audience]
    read = []
    for _ in range(len(for_all) + 1):
        await story.say("周建国", "学习")
        read.append(lesson_in(story, await story.last_to("周建国")).title)
        await story.say("周建国", "学习")
        assert lesson_in(story, await story.last_to("周建国")).title == read[-1], "on these days, to read it again"
        await story.later("P3DT1M")
    assert read == [*for_all, for_all[0]]


async def test_in_a_long_holiday_a_member_reads_what_the_room_has_not_had_yet(settings: Settings) -> None:
    async with told(starting(only_jobs(settings, lesson={}), "2026-02-12T06:00")) as story:
        await story.at("18:00", "2026-02-18")  # the fourth day of the spring festival
        had = [lesson_in(story, text).title for text in await story.heard_in("g1")]
        assert len(had) == 3
        await story.say("张伟", "学习")
        assert lesson_in(story, await story.last_to("张伟")).title not in had


@pytest.mark.parametrize(
    "words", ["我选{}", "选 {}", "我选 {}。", "答案是{}", "答案：{}", "{}吧", "应该是{}", "小测选{}", "我觉得是{}！", "选{}项"]
)
async def test_the_quiz_is_answered_in_the_words_people_use(story: Story, words: str) -> None:
    await story.say("张伟", "学习")
    quiz = lesson_in(story, await story.last_to("张伟")).quiz
    await story.say("张伟", words.format(quiz.answer.lower()))
    assert await story.last_to("张伟") == f"答对了！{quiz.because}"


@pytest.mark.parametrize("words", ["我选B", "答案是B", "B吧"])
async def test_in_a_room_they_are_talk_unless_they_are_said_to_the_bot(story: Story, words: str) -> None:
    await story.say("张伟", "学习")
    quiz = lesson_in(story, await story.last_to("张伟")).quiz
    await story.forget()
    await story.say("张伟", words, "g1")
    assert await story.heard() == []
    await story.say("张伟", f"@小微 {words}", "g1")
    assert quiz.because in await story.last_to("张伟")


@pytest.mark.parametrize("trouble", [SendError("room_gone", retry=False), SendError("no_answer", retry=True)], ids=["refused", "too late"])
async def test_a_lesson_that_did_not_arrive_is_given_the_next_day(settings: Settings, couriers: list[Courier], trouble: SendError) -> None:
    async with told(only_jobs(settings, lesson={})) as story:
        (courier,) = couriers

        async def fails_in_g1(outgoing: Outgoing) -> None:
            if outgoing.room == "g1":
                raise trouble

        courier.trouble = fails_in_g1
        await story.at("18:00")
        had = lesson_in(story, next(outgoing.text for _, outgoing in courier.sent if outgoing.room == "g2"))
        await story.say("张伟", f"我选{had.quiz.answer}")
        assert courier.received("张伟")[-1][1] == NO_QUIZ, "nobody has read it"
        courier.works()
        await story.at("18:00", "2026-03-03")
        assert [lesson_in(story, outgoing.text) for _, outgoing in courier.sent if outgoing.room == "g1"] == [had]
        assert len({outgoing.text for _, outgoing in courier.sent if outgoing.room == "g2"}) == 2, "elsewhere the next one"
        await story.say("张伟", f"我选{had.quiz.answer}")
        assert courier.received("张伟")[-1][1] == f"答对了！{had.quiz.because}"
