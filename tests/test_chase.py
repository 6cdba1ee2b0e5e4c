"""A morning on which somebody is silent: self, then one buddy, then the leader, then the secretary, each at its hour and once."""

from datetime import date

import pytest

from models.tables.cases import CaseRow, QuestionRow
from models.tables.queue import NoticeRow
from models.tables.records import CheckinRow, LeaveRow, WhereaboutsRow
from tests.chasing import ASKED, GROUP, WHEN_KNOWN, all_but, asked, leader_reads
from tests.stage import rows
from tests.story import Story


async def test_a_silent_morning_from_the_reminder_to_the_secretary(each_story: Story) -> None:
    story = each_story
    await all_but(story, "马腾")
    group = ("马腾", *GROUP)

    async def heard() -> list[tuple[str | None, str, str]]:
        found = [(m.to, f"{m.at:%H:%M}", m.text.split("\n")[-1]) for m in await story.heard() if m.to in (*group, "周建国")]
        await story.forget()
        return found

    await story.at("08:24")
    assert await heard() == []
    await story.at("08:44")
    assert await heard() == [("马腾", "08:25", "马腾，今天的健康还没报，方便时回一句“36.5 正常”就行。")]
    await story.at("09:04")
    assert await heard() == [("王小磊", "08:45", ASKED)], "one of the trio, and nobody else"
    await story.at("09:05")
    assert "未报：马腾（无消息，已请王小磊联系）" in await story.last_to("刘洋")
    assert [(to, at) for to, at, _ in await heard()] == [("刘洋", "09:05")]
    await story.at("09:20")
    assert "马腾（无消息，已请王小磊联系）" in await story.last_to("周建国")
    assert [(to, at) for to, at, _ in await heard()] == [("周建国", "09:20")]
    (question,) = await rows(story, QuestionRow)
    assert (question.kind, question.day, question.answered_at) == ("silent", date(2026, 3, 2), None)


@pytest.mark.parametrize("word", ["在", "在的", "在呢。", "能", "在岗", "能联系上", "联系上了", "马腾在", "小马 在", "马腾，联系上了"])
async def test_a_buddy_who_knows_where_somebody_is_says_so_and_that_is_no_check_in(story: Story, word: str) -> None:
    await asked(story)
    await story.say("王小磊", word)
    assert (await story.last_to("王小磊")).startswith("记下了，马腾在。")
    assert await leader_reads(story) == "已报 5/6，未报：马腾（王小磊说在）", "second-hand, and he still owes his check-in"
    await story.at("09:20")
    assert "马腾（王小磊说在）" in await story.last_to("周建国")
    assert await rows(story, CaseRow) == []
    assert len(await rows(story, CheckinRow)) == len(GROUP)
    assert await story.heard_by("马腾") == []


@pytest.mark.parametrize(
    ("word", "reason"), [("休假", "休假"), ("今天轮休", "轮休"), ("他请假了", "请假"), ("马腾出差了", "出差"), ("小马补休中", "补休")]
)
async def test_a_buddy_who_says_that_somebody_is_on_leave_means_today(story: Story, word: str, reason: str) -> None:
    await asked(story)
    await story.say("王小磊", word)
    assert await story.last_to("王小磊") == f"记下了，马腾今天{reason}，不再找了。"
    assert await leader_reads(story) == f"已报 5/5，齐了，不在的：马腾（王小磊说{reason}）"
    (leave,) = await rows(story, LeaveRow)
    names = {person.id: person.name for person in story.bot.office.directory.people.values()}
    assert (names[leave.member_id], leave.first, leave.last, names[leave.reported_by]) == (
        "马腾",
        date(2026, 3, 2),
        date(2026, 3, 2),
        "王小磊",
    )
    await story.at("17:50")
    assert await story.heard_by("马腾") == [], "neither of the word nor of a report is he told anything"
    await story.forget()
    await story.at("08:25", "2026-03-03")
    assert len(await story.heard_by("马腾")) == 1, "tomorrow he is expected again"


@pytest.mark.parametrize("word", ["休假", "在"])
async def test_a_word_can_be_taken_back_and_said_anew(story: Story, word: str) -> None:
    await asked(story)
    await story.say("王小磊", word)
    await story.say("王小磊", "撤销")
    assert await leader_reads(story) == "已报 5/6，未报：马腾（无消息）"
    await story.say("王小磊", "马腾在")
    await story.say("刘洋", "未报")
    assert "马腾（王小磊说在）" in await story.last_to("刘洋")


async def test_what_was_corrected_stands_again_when_the_correction_is_taken_back(story: Story) -> None:
    await asked(story)
    for words in ("在", "联系不上", "撤销"):
        await story.say("王小磊", words)
    assert await leader_reads(story) == "已报 5/6，未报：马腾（王小磊说在）"


@pytest.mark.parametrize("word", ["联系不上", "打不通", "没接", "电话没人接", "找不到人", "马腾联系不上", "马腾电话打不通", "他关机了"])
async def test_somebody_who_cannot_be_reached_is_a_case_from_that_moment_on(story: Story, word: str) -> None:
    await asked(story)
    await story.say("王小磊", word)
    (case,) = await rows(story, CaseRow)
    assert (case.kind, case.urgency, case.state) == ("silence", "ordinary", "open")
    assert await story.last_to("王小磊") == (f"知道了，已告诉刘洋、周建国（事项 {case.id}）。联系上马腾了，回一句“马腾在”。")
    alert = (
        f"【失联 {case.id}】马腾（第二党小组） 08:45（王小磊报的）\n"
        "没有消息，王小磊也联系不上。请先打本人电话，再问家里人、同班的人。\n"
        f"回“收到 {case.id}”我来处理，或“转交 {case.id} 姓名”"
    )
    assert await story.heard_by("刘洋") == await story.heard_by("周建国") == [alert]
    assert await leader_reads(story) == "已报 5/6，未报：马腾（王小磊说联系不上）"
    await story.at("12:44")
    assert [m for m in await story.heard() if m.to == "于海"] == []
    await story.at("12:45")
    assert (await story.last_to("于海")).startswith("已经4 小时没人接手：\n【失联")
    assert [text for text in await story.heard_by("马腾") if "失联" in text or "事项" in text] == []


async def test_a_case_of_silence_ends_when_whoever_raised_it_says_so(story: Story) -> None:
    await asked(story)
    await story.say("王小磊", "联系不上")
    await story.forget()
    await story.at("10:00")
    await story.say("王小磊", "联系上了")
    (case,) = await rows(story, CaseRow)
    assert await story.last_to("王小磊") == (
        "记下了，马腾在。健康等本人报，你替报一句“马腾 36.5 正常”也行。\n"
        f"事项 {case.id} 可以结束了吗？回“是 {case.id}”就结束，“还没 {case.id}”就接着找。"
    )
    assert await story.last_to("刘洋") == await story.last_to("周建国") == f"事项 {case.id} 有新情况：马腾有消息了：王小磊说在。"
    await story.at("14:00")
    assert await story.heard_by("于海") == [], "who was found is looked for no longer"
    await story.say("王小磊", "是")
    (case,) = await rows(story, CaseRow)
    assert case.state == "closed"


@pytest.mark.parametrize("taken", [False, True])
async def test_who_was_looked_for_speaks_after_all_and_those_who_look_hear_it(story: Story, *, taken: bool) -> None:
    await asked(story)
    await story.say("王小磊", "联系不上")
    (case,) = await rows(story, CaseRow)
    if taken:
        await story.say("刘洋", f"收到 {case.id}")
    await story.forget()
    await story.say("马腾", "36.5 正常，手机没电了")
    news = "马腾自己来消息了。"
    assert await story.heard_by("刘洋") == await story.heard_by("周建国") == [f"事项 {case.id} 有新情况：{news}"]
    assert await story.heard_by("王小磊") == [f"{news}\n事项 {case.id} 可以结束了吗？回“是 {case.id}”就结束，“还没 {case.id}”就接着找。"]
    assert all("事项" not in text for text in await story.heard_by("马腾"))
    await story.say("马腾", "工作：保养了水带\n打算：明天体能训练\n想法：一切都好")
    assert len(await story.heard_by("王小磊")) == 1, "he hears it once"
    await story.say("王小磊", "还没")
    (case,) = await rows(story, CaseRow)
    assert case.state == "open"


@pytest.mark.parametrize("words", ["我的", "在", "36.5", "我明天请假一天", "今天训练了五公里"])
async def test_any_word_of_the_silent_one_is_a_sign_of_life(story: Story, words: str) -> None:
    await asked(story)
    await story.say("王小磊", "联系不上")
    await story.say("马腾", words)
    (case,) = await rows(story, CaseRow)
    assert case.state == "proposed"


async def test_a_word_of_others_on_the_silent_one_counts_where_it_says_how_he_is(story: Story) -> None:
    await asked(story)
    await story.say("王小磊", "联系不上")
    await story.say("刘洋", "马腾昨天 36.5 正常")
    (case,) = await rows(story, CaseRow)
    assert case.state == "open", "yesterday is not today"
    await story.forget()
    await story.say("刘洋", "马腾 36.5 正常")
    (case,) = await rows(story, CaseRow)
    assert case.state == "proposed"
    assert (await story.last_to("王小磊")).startswith("马腾有消息了，刘洋代报的。\n")


@pytest.mark.parametrize(("words", "line"), [("36.5 正常", "已报 6/6，齐了"), ("今天训练了五公里", "已报 5/6，未报：马腾（无消息）")])
async def test_who_speaks_just_before_the_buddy_answers_needs_no_case(story: Story, words: str, line: str) -> None:
    await asked(story)
    await story.say("马腾", words)
    await story.say("王小磊", "联系不上")
    assert await story.last_to("王小磊") == "马腾已经有消息了，不用再找，谢谢。"
    assert await rows(story, CaseRow) == []
    assert await leader_reads(story) == line


async def test_a_buddy_who_repeats_it_after_the_silent_one_spoke_raises_no_alarm(story: Story) -> None:
    await asked(story)
    await story.say("王小磊", "联系不上")
    await story.say("马腾", "今天训练了五公里")
    await story.say("王小磊", "还是联系不上")
    assert (await story.last_to("王小磊")).startswith("马腾已经有消息了")
    (case,) = await rows(story, CaseRow)
    assert case.state == "proposed"


async def test_a_second_silent_day_adds_to_the_case_that_is_open(story: Story) -> None:
    await asked(story)
    await story.say("王小磊", "联系不上")
    await story.at("06:10", "2026-03-03")
    await all_but(story, "马腾")
    await story.at("08:45")
    assert await story.heard_by("欧阳朔") == [ASKED], "the other one of the trio, who was not asked yesterday"
    await story.say("欧阳朔", "联系不上")
    (case,) = await rows(story, CaseRow)
    assert await story.last_to("欧阳朔") == f"知道了，马腾还是联系不上，已告诉管这件事的人（事项 {case.id}）。联系上了，回一句“马腾在”。"
    assert (await story.last_to("刘洋")).startswith(f"事项 {case.id} 有新情况：没有消息，欧阳朔也联系不上。")


async def test_who_is_silent_again_before_the_case_was_closed_is_looked_for_anew(story: Story) -> None:
    await asked(story)
    await story.say("王小磊", "联系不上")
    await story.say("马腾", "36.5 正常")
    await story.at("06:10", "2026-03-03")
    await all_but(story, "马腾")
    await story.at("08:45")
    await story.say("欧阳朔", "联系不上")
    (case,) = await rows(story, CaseRow)
    assert case.state == "open"
    assert f"【失联 {case.id}】马腾" in await story.last_to("刘洋")
    await story.at("12:45")
    assert (await story.last_to("于海")).startswith("已经4 小时没人接手：")


@pytest.mark.parametrize("word", ["联系不上", "在", "休假"])
async def test_the_same_answer_twice_is_told_once(story: Story, word: str) -> None:
    await asked(story)
    await story.say("王小磊", word)
    told = {name: await story.heard_by(name) for name in ("刘洋", "周建国", "马腾")}
    await story.say("王小磊", word)
    await story.say("王小磊", f"马腾{word}")
    assert {name: await story.heard_by(name) for name in told} == told
    assert len(await rows(story, CaseRow)) == (word == "联系不上")


async def test_who_was_found_is_told_of_once(story: Story) -> None:
    await asked(story)
    for word in ("联系不上", "在", "在"):
        await story.say("王小磊", word)
    assert len(await rows(story, CaseRow)) == 1
    assert len(await story.heard_by("刘洋")) == 2


async def test_a_buddy_may_correct_the_word(story: Story) -> None:
    await asked(story)
    await story.say("王小磊", "休假")
    await story.say("王小磊", "马腾联系不上")
    assert await leader_reads(story) == "已报 5/6，未报：马腾（王小磊说联系不上）"
    assert len(await rows(story, CaseRow)) == 1


async def test_an_answer_that_comes_too_late_is_no_answer(story: Story) -> None:
    await asked(story)
    await story.at("00:01", "2026-03-04")
    await story.say("王小磊", "联系不上")
    assert await rows(story, CaseRow) == []
    assert "我在" in await story.last_to("王小磊")


async def test_the_next_day_the_word_still_counts_but_a_bare_leave_is_ones_own(story: Story) -> None:
    await asked(story)
    await story.at("08:00", "2026-03-03")
    await story.say("王小磊", "休假")
    (leave,) = await rows(story, LeaveRow)
    assert story.bot.office.directory.people[leave.member_id].name == "王小磊"
    await story.say("王小磊", "联系不上")
    assert len(await rows(story, CaseRow)) == 1


@pytest.mark.parametrize("word", ["在", "联系不上", "马腾在", "马腾联系不上"])
async def test_a_word_in_a_room_that_is_not_said_to_the_bot_is_chatter(story: Story, word: str) -> None:
    await asked(story)
    before = len(await rows(story, NoticeRow))
    await story.say("王小磊", word, "g2")
    assert len(await rows(story, NoticeRow)) == before
    assert await rows(story, WhereaboutsRow) == []
    await story.say("王小磊", f"@小微 {word}", "g2")
    assert len(await rows(story, WhereaboutsRow)) == 1
    told = await story.heard_in("g2")
    assert len(told) > 0
    assert all("马腾" not in text for text in told), "the room does not hear about whom"


@pytest.mark.parametrize("who", ["欧阳朔", "刘洋", "张伟"])
async def test_a_word_of_somebody_who_was_not_asked_means_nothing(story: Story, who: str) -> None:
    await asked(story)
    for word in ("在", "联系不上", "马腾联系不上"):
        await story.say(who, word)
    assert await rows(story, CaseRow) == []
    assert await rows(story, WhereaboutsRow) == []


async def test_yes_and_no_are_for_other_questions(story: Story) -> None:
    await asked(story)
    await story.say("王小磊", "是")
    assert await story.last_to("王小磊") == WHEN_KNOWN
    assert [row.answered_at for row in await rows(story, QuestionRow)] == [None]
