"""我的, 撤销, 销假 and 学习: what a member does with what is kept of them."""

from datetime import timedelta

from sqlalchemy import select

from models.tables.records import CheckinRow, QuizAnswerRow, ReportRow
from tests.story import Story

TITLE = "你最近 7 天的记录（只有你看得到这一条）："


async def checkins(story: Story) -> list[tuple[float | None, bool]]:
    """Every check-in ever written, and whether it stands."""
    rows = await story.bot.store.read(lambda session: session.scalars(select(CheckinRow).order_by(CheckinRow.id)).all())
    return [(row.temperature, row.ended_at is None) for row in rows]


async def test_mine_shows_all_that_is_kept_of_me_this_week_and_nothing_of_others(story: Story) -> None:
    await story.say("李明", "张伟 36.4 正常")
    await story.say("王磊", "38.2，咳嗽")
    await story.at("07:00", "2026-03-03")
    await story.say("张伟", "36.6 正常")
    await story.say("张伟", "孩子 36.8 正常")
    await story.say("张伟", "今日工作：器材保养。明日计划：体能训练。想法：希望多练实战。")
    await story.say("张伟", "3月4日到3月6日出差")
    number = await story.case_of(await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙"))
    await story.forget()
    await story.say("张伟", "我的")
    assert (await story.last_to("张伟")).splitlines() == [
        TITLE,
        "3月3日 36.6℃，正常",
        "3月3日 孩子36.8℃，正常",
        "3月2日 36.4℃，正常（组长代报）",
        "3月3日 日报：工作、打算、想法",
        "3月4日起出差至3月6日",
        f"事项 {number}：困难，待响应",
    ]
    await story.at("07:00", "2026-03-09")
    await story.say("张伟", "我的记录")
    assert (await story.last_to("张伟")).splitlines()[1:] == [
        "3月3日 36.6℃，正常",
        "3月3日 孩子36.8℃，正常",
        "3月3日 日报：工作、打算、想法",
        f"事项 {number}：困难，待响应",
    ]


async def test_taking_back_restores_the_value_that_stood_before(story: Story) -> None:
    await story.say("张伟", "36.5 正常")
    await story.say("张伟", "36.9 正常")
    await story.say("张伟", "撤销")
    assert await story.last_to("张伟") == "06:05 那条已撤回，记录也一起撤了。\n今天记的是 36.5℃，正常。"
    assert await checkins(story) == [(36.5, True), (36.9, False)]
    await story.say("张伟", "撤销")
    assert await story.last_to("张伟") == "06:05 那条已撤回，记录也一起撤了。\n今天的健康现在没有记录，再报一次就行。"
    assert await checkins(story) == [(36.5, False), (36.9, False)]
    await story.say("张伟", "撤销")
    assert await story.last_to("张伟") == "没找到可以撤回的记录。"


async def test_what_was_taken_back_does_not_come_back_when_a_later_value_is_taken_back(story: Story) -> None:
    await story.say("张伟", "36.5 正常")
    await story.say("李明", "张伟 36.8 正常")
    await story.say("张伟", "36.9 正常")
    await story.say("李明", "撤销")  # nothing of it stands, so there is nothing to take back
    await story.say("张伟", "撤销")
    assert await checkins(story) == [(36.5, False), (36.8, True), (36.9, False)]


async def test_a_value_whose_own_message_was_taken_back_never_stands_again(story: Story) -> None:
    await story.say("张伟", "36.5 正常。金点子：在食堂门口装个洗手池")
    await story.say("李明", "张伟 36.8 正常")
    await story.say("张伟", "撤销")  # of that message the idea still stood
    await story.say("李明", "撤销")
    assert await checkins(story) == [(36.5, False), (36.8, False)]


async def test_taking_back_a_leave_restores_the_one_that_it_had_replaced(story: Story) -> None:
    await story.say("张伟", "3月4日到3月6日出差")
    await story.later("PT1M")
    await story.say("张伟", "3月5日到3月8日休假")
    await story.later("PT1M")
    await story.say("张伟", "我的")
    assert (await story.last_to("张伟")).splitlines()[1:] == ["3月5日起休假至3月8日"]
    await story.say("张伟", "撤销")
    await story.say("张伟", "我的")
    assert (await story.last_to("张伟")).splitlines()[1:] == ["3月4日起出差至3月6日"]


async def test_taking_back_a_corrected_report_restores_the_first_one(story: Story) -> None:
    await story.say("张伟", "今日工作：器材保养。明日计划：体能训练。")
    await story.later("PT1M")
    await story.say("张伟", "更正：今日工作：车辆保养。明日计划：体能训练。")
    standing = select(ReportRow.work).where(ReportRow.ended_at.is_(None))
    [corrected] = await story.bot.store.read(lambda session: session.scalars(standing).all())
    assert "车辆保养" in str(corrected)
    await story.say("张伟", "撤销")
    assert await story.bot.store.read(lambda session: session.scalars(standing).all()) == ["器材保养"]


async def test_a_chain_that_was_taken_back_counts_when_it_is_posted_again(story: Story) -> None:
    chain = "今日体温接龙\n1. 李明 36.5\n2. 张伟 36.6"
    await story.say("李明", chain, "g1")
    await story.say("李明", "@小微 撤销", "g1")
    assert [standing for _, standing in await checkins(story)] == [False, False]
    await story.say("李明", chain, "g1")
    assert await checkins(story) == [(36.5, False), (36.6, False), (36.5, True), (36.6, True)]


async def test_whoever_is_back_says_so_and_is_expected_again_from_today(story: Story) -> None:
    await story.say("张伟", "今天起休假")
    assert "回来说一声就行" in await story.last_to("张伟")
    await story.at("07:00", "2026-03-04")
    await story.say("李明", "未报")
    assert "张伟（休假第3天，没说哪天回）" in await story.last_to("李明")
    await story.say("张伟", "我回来了")
    assert await story.last_to("张伟") == "欢迎回来！休假到此结束，从今天起照常报健康就行。"
    await story.say("李明", "未报")
    assert "张伟（无消息）" in await story.last_to("李明")
    await story.forget()
    await story.at("08:30")
    assert any("今天的健康还没报" in text for text in await story.heard_by("张伟"))
    await story.say("张伟", "撤销")  # a slip: still away
    await story.say("李明", "未报")
    assert "张伟（休假第3天，没说哪天回）" in await story.last_to("李明")


async def test_study_gives_a_lesson_in_private_and_its_quiz_is_answered_there(story: Story) -> None:
    await story.say("张伟", "学习", "g1")
    assert await story.heard_in("g1") == []
    text = await story.last_to("张伟")
    lesson = next(lesson for lesson in story.bot.office.unit.lessons if lesson.title in text)
    assert text.startswith(f"【微党课】{lesson.title}（{lesson.minutes} 分钟）")
    assert lesson.quiz.question in text
    wrong = next(letter for letter in "ABC" if letter != lesson.quiz.answer)
    await story.say("张伟", f"选{wrong.lower()}")
    assert await story.last_to("张伟") == f"正确答案是 {lesson.quiz.answer}。{lesson.quiz.because}"
    await story.say("张伟", lesson.quiz.answer)
    assert await story.last_to("张伟") == f"答对了！{lesson.quiz.because}（成绩按第一次算）"
    answers = await story.bot.store.read(lambda session: session.scalars(select(QuizAnswerRow)).all())
    assert [(a.answer, a.correct) for a in answers] == [(wrong, False)]


async def test_the_quiz_of_the_rooms_lesson_is_answered_in_private_for_three_days(story: Story) -> None:
    await story.at("12:41")
    posted = (await story.heard_in("g1"))[0]
    lesson = next(found for found in story.bot.office.unit.lessons if found.title in posted)
    await story.say("张伟", lesson.quiz.answer)
    assert await story.last_to("张伟") == f"答对了！{lesson.quiz.because}"
    await story.say("张伟", "学习")
    assert lesson.title in await story.last_to("张伟")  # the newest lesson of the group, to read again
    pushed = story.bot.office.clock.now()
    await story.say("沈冬", "学习")
    await story.bot.move_clock(pushed + timedelta(days=3, minutes=1))
    await story.forget()
    await story.say("周建国", "A")
    assert await story.last_to("周建国") == "这几天没有等你回答的小测，发“学习”来一课。"
