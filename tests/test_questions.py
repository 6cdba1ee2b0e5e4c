"""One short private question where a check-in was not quite understood, and the one word that answers it."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.bot import Bot
from models.checkins import Source
from models.tables.cases import CaseRow, QuestionRow
from models.tables.records import CheckinRow
from services.work import Work
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.stage import rows
from tests.story import Story

GUESSED = "是 36.5 吗？回“是”，或直接发正确的数。"
WHERE = "哪里不舒服？发烧、咳嗽、肚子……回一个词就行；没事就回“没事”。"
NOTHING_ASKED = "现在没有等你回答的问题。"


async def standing(story: Story) -> list[tuple[float | None, list[str], bool | None]]:
    """The check-ins that stand, in the order in which they were written."""
    return [(row.temperature, row.symptoms, row.healthy) for row in await rows(story, CheckinRow) if row.ended_at is None]


async def waiting(story: Story) -> int:
    """How many questions nobody has answered."""
    return sum(row.answered_at is None for row in await rows(story, QuestionRow))


async def test_a_guessed_temperature_is_asked_about_and_stands_until_it_is_answered(each_story: Story) -> None:
    story = each_story
    await story.say("张伟", "365")
    assert await story.heard_by("张伟") == [f"记下了：36.5℃，正常\n{GUESSED}"]
    assert await standing(story) == [(36.5, [], True)]
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == "好，就按 36.5 记着。"
    assert await standing(story) == [(36.5, [], True)]
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == NOTHING_ASKED


@pytest.mark.parametrize("words", ["38", "３８", "38。"])
async def test_a_whole_number_alone_may_be_a_fever_and_is_heard_and_asked_about(story: Story, words: str) -> None:
    await story.at("08:26")
    await story.say("张伟", words)
    assert (await story.last_to("张伟")).endswith("是 38.0 吗？回“是”，或直接发正确的数。")
    assert await standing(story) == [(38.0, ["fever"], False)]
    assert "38.0℃，发热" in await story.last_to("李明")
    await story.say("张伟", "36.8")
    assert await standing(story) == [(36.8, [], True)]


async def test_a_slip_alone_is_asked_about_as_beside_other_words(story: Story) -> None:
    await story.say("张伟", "56.4")
    assert (await story.last_to("张伟")).endswith("体温像是手误，是 36.4 吗？回“是”，或直接发正确的数。")
    await story.say("张伟", "是")
    assert await standing(story) == [(36.4, [], True)]


@pytest.mark.parametrize(("words", "room"), [("38", "g1"), ("12", None), ("45", None), ("12.5", None), ("138", None)])
async def test_a_number_that_is_none_or_not_said_to_the_bot_is_nobodys_temperature(story: Story, words: str, room: str | None) -> None:
    await story.say("张伟", words, room)
    assert await standing(story) == []


async def test_the_number_of_a_case_that_one_knows_is_no_temperature(story: Story) -> None:
    await story.say("高强", "我妈住院没人陪护，请组织帮帮忙")

    def go_on_from_38(work: Work) -> None:
        """The next case has the number 38."""
        [first] = work.session.scalars(select(CaseRow))
        columns = CaseRow.__mapper__.column_attrs.keys()
        work.session.add(CaseRow(**{name: getattr(first, name) for name in columns} | {"id": 37}))

    await story.bot.office.write(go_on_from_38)
    assert await story.case_of(await story.say("张伟", "孩子没人带，想请大家帮忙")) == 38
    for who in ("李明", "张伟"):
        await story.say(who, "38")
        assert "我在" in await story.last_to(who)
    assert await standing(story) == []
    await story.say("王磊", "38")
    assert await standing(story) == [(38.0, ["fever"], False)]


async def test_the_right_number_corrects_the_check_in_and_the_earlier_one_stays_as_history(each_story: Story) -> None:
    story = each_story
    await story.say("张伟", "365")
    await story.say("张伟", "36.8")
    assert await story.last_to("张伟") == "改好了：36.8℃，正常（原来的留作历史）"
    assert await standing(story) == [(36.8, [], True)]
    first, second = await rows(story, CheckinRow)
    assert first.ended_at is not None
    assert second.replaces_id == first.id
    assert await waiting(story) == 0


@pytest.mark.parametrize("words", ["不是", "不对"])
async def test_a_wrong_guess_no_longer_stands_and_the_number_is_asked_for(story: Story, words: str) -> None:
    await story.say("张伟", "咳嗽，368")
    await story.say("张伟", words)
    assert await story.last_to("张伟") == "那量的是多少？直接发数就行。"
    assert await standing(story) == [(None, ["cough"], False)]
    await story.say("张伟", "36.6")
    assert await standing(story) == [(36.6, ["cough"], False)], "what was stated beside the number is not denied by it"
    assert await waiting(story) == 0


async def test_the_value_that_one_slip_explains_is_proposed(story: Story) -> None:
    await story.say("张伟", "今日体温56.4")
    assert (await story.last_to("张伟")).endswith("体温像是手误，是 36.4 吗？回“是”，或直接发正确的数。")
    assert await standing(story) == [(None, [], None)]
    await story.say("张伟", "对的")
    assert await standing(story) == [(36.4, [], True)]


async def test_where_several_slips_explain_it_the_number_is_asked_for(story: Story) -> None:
    await story.say("张伟", "体温46.5")
    assert (await story.last_to("张伟")).endswith("体温 46.5 像是手误，量的是多少？直接发数就行。")
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == "那量的是多少？直接发数就行。"
    await story.say("张伟", "66.6")
    assert await story.last_to("张伟") == "体温像是手误，是 36.6 吗？回“是”，或直接发正确的数。"
    await story.say("张伟", "不是，是36.9")
    assert await standing(story) == [(36.9, [], True)]


async def test_an_answer_that_makes_it_abnormal_raises_the_case_as_always(story: Story) -> None:
    await story.say("张伟", "365")
    await story.say("张伟", "37.9")
    assert "身体要紧，先休息" in await story.last_to("张伟")
    assert "37.9℃，发热" in await story.last_to("李明")
    assert [case.kind for case in await rows(story, CaseRow)] == ["health"]


@pytest.mark.parametrize(
    ("words", "symptoms"), [("咳嗽", ["cough"]), ("肚子", ["stomach_pain"]), ("有点咳", ["cough"]), ("嗓子疼", ["sore_throat"])]
)
async def test_unwell_without_a_symptom_is_answered_in_one_word(story: Story, words: str, symptoms: list[str]) -> None:
    await story.say("张伟", "36.5，不舒服")
    assert WHERE in await story.last_to("张伟")
    await story.say("张伟", words)
    assert await standing(story) == [(36.5, symptoms, False)]
    assert len(await rows(story, CaseRow)) == 1, "it is the same illness"
    assert await waiting(story) == 0


@pytest.mark.parametrize("words", ["没事", "没有", "没事了"])
async def test_unwell_may_turn_out_to_be_nothing_and_the_case_is_asked_about(story: Story, words: str) -> None:
    number = await story.case_of(await story.say("张伟", "36.5，不舒服"))
    await story.say("张伟", words)
    assert await standing(story) == [(36.5, [], True)]
    assert f"事项 {number} 可以结束了吗？" in await story.last_to("张伟")


async def test_a_question_of_a_symptom_is_not_answered_by_yes(story: Story) -> None:
    await story.say("张伟", "36.5，不舒服")
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == WHERE
    assert await waiting(story) == 1


async def test_a_normal_message_is_read_normally_and_settles_the_question(story: Story) -> None:
    await story.say("张伟", "365")
    await story.say("张伟", "更正：36.9，今天一切正常")
    assert await standing(story) == [(36.9, [], True)]
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == NOTHING_ASKED


async def test_what_is_said_of_somebody_else_is_not_taken_for_the_answer(story: Story) -> None:
    await story.say("张伟", "365")
    await story.say("张伟", "王磊 37.0")
    assert await standing(story) == [(36.5, [], True), (37.0, [], True)]
    await story.say("张伟", "明天请假")
    assert await waiting(story) == 1
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == "好，就按 36.5 记着。"


async def test_a_question_about_another_is_answered_while_it_is_fresh(story: Story) -> None:
    await story.say("张伟", "王磊 365")
    assert (await story.last_to("张伟")).endswith("王磊 是 36.5 吗？回“是”，或直接发正确的数。")
    await story.later("PT14M")
    await story.say("张伟", "36.8")
    found = [(row.temperature, row.source) for row in await rows(story, CheckinRow) if row.ended_at is None]
    assert found == [(36.8, Source.PROXY)]


async def test_a_bare_number_half_an_hour_later_is_the_senders_own(story: Story) -> None:
    await story.say("张伟", "王磊 365")
    await story.later("PT30M")
    await story.say("张伟", "36.8")
    people = {row.member_id: row.temperature for row in await rows(story, CheckinRow)}
    assert sorted(people.values()) == [36.5, 36.8]
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == "好，就按 36.5 记着。"


async def test_a_question_expires_at_the_end_of_the_next_day_and_never_takes_the_number_of_another_day(story: Story) -> None:
    await story.say("张伟", "365")
    await story.at("08:00", "2026-03-03")
    await story.say("张伟", "36.9")
    days = [(str(row.day), row.temperature) for row in await rows(story, CheckinRow) if row.ended_at is None]
    assert days == [("2026-03-02", 36.5), ("2026-03-03", 36.9)]
    await story.at("23:59")
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == "好，就按 36.5 记着。"
    await story.say("王磊", "365")
    await story.at("00:01", "2026-03-05")
    await story.say("王磊", "是")
    assert await story.last_to("王磊") == NOTHING_ASKED


async def test_a_room_stays_quiet_and_the_question_comes_in_private(story: Story) -> None:
    await story.say("张伟", "365", "g1")
    assert await story.heard_in("g1") == []
    assert (await story.last_to("张伟")).endswith(GUESSED)
    await story.say("张伟", "是", "g1")
    assert await waiting(story) == 1, "said to the room, not to the bot"
    await story.say("张伟", "@小微 是", "g1")
    assert await story.heard_in("g1") == ["张伟 已私信你"]
    assert await waiting(story) == 0


async def test_a_number_in_the_room_answers_as_well(story: Story) -> None:
    await story.say("张伟", "咳嗽，365", "g1")
    await story.say("张伟", "36.6", "g1")
    assert await standing(story) == [(36.6, ["cough"], False)]
    assert await story.heard_in("g1") == []


async def test_yes_answers_what_was_asked_last_first_the_number_then_the_case(story: Story) -> None:
    case = await story.case_of(await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙"))
    await story.say("周建国", f"收到 {case}")
    await story.say("周建国", f"办结 {case} 已安排")
    await story.say("张伟", "365")
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == "好，就按 36.5 记着。"
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == f"好的，事项 {case} 结束了。往后有事随时说。"


async def test_yes_answers_what_was_asked_last_first_the_case_then_the_number(story: Story) -> None:
    case = await story.case_of(await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙"))
    await story.say("周建国", f"收到 {case}")
    await story.say("张伟", "365")
    await story.say("周建国", f"办结 {case} 已安排")
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == f"好的，事项 {case} 结束了。往后有事随时说。"
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == "好，就按 36.5 记着。"


async def test_the_word_of_a_case_and_its_number_pass_by_a_question_about_health(story: Story) -> None:
    case = await story.case_of(await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙"))
    await story.say("周建国", f"收到 {case}")
    await story.say("周建国", f"办结 {case} 已安排")
    await story.say("张伟", "365")
    await story.say("张伟", "还没")
    assert await story.last_to("张伟") == f"知道了，事项 {case} 接着办，已再次告诉他们。"
    await story.say("张伟", f"是 {case}")
    assert f"事项 {case}" in await story.last_to("张伟")
    assert await waiting(story) == 1


async def test_one_message_asks_one_question(story: Story) -> None:
    await story.say("张伟", "王磊 365，高强 366，我367")
    text = await story.last_to("张伟")
    assert text.count("吗？") == 1
    assert text.endswith("是 36.7 吗？回“是”，或直接发正确的数。")
    assert len(await rows(story, QuestionRow)) == 1


async def test_two_questions_in_a_row_are_answered_one_after_the_other(story: Story) -> None:
    await story.say("张伟", "365")
    await story.say("张伟", "王磊 366")
    for value in ("36.6", "36.5"):
        await story.say("张伟", "是")
        assert await story.last_to("张伟") == f"好，就按 {value} 记着。"


async def test_taking_the_message_back_takes_its_question_back(story: Story) -> None:
    await story.say("张伟", "365")
    await story.say("张伟", "撤销")
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == NOTHING_ASKED
    assert await standing(story) == []


async def test_taking_the_answer_back_lets_the_guess_stand_again(story: Story) -> None:
    await story.say("张伟", "365")
    await story.say("张伟", "36.8")
    await story.say("张伟", "撤销")
    assert await standing(story) == [(36.5, [], True)]


async def test_what_was_told_in_confidence_stays_so_when_it_is_answered(story: Story) -> None:
    await story.say("张伟", "我不舒服，只跟书记说")
    await story.say("张伟", "咳嗽")
    assert await story.heard_by("李明") == []
    assert any("咳嗽" in text for text in await story.heard_by("周建国"))


async def test_a_question_outlives_a_restart(each_story: Story) -> None:
    story = each_story
    await story.say("张伟", "365")
    await story.restart()
    await story.say("张伟", "是")
    assert await story.last_to("张伟") == "好，就按 36.5 记着。"


async def test_what_one_process_asked_another_one_hears(each_database: str, tmp_path: Path) -> None:
    settings = story_settings(each_database, tmp_path)
    seed_demo(settings)
    one, other = Story(settings), Story(settings)
    await one.open()
    await other.open(Bot(settings))
    await one.say("张伟", "365")
    await other.say("张伟", "36.8")
    await one.say("张伟", "是")
    assert NOTHING_ASKED in await one.heard_by("张伟")
    assert await standing(other) == [(36.8, [], True)]
    await one.close()
    await other.close()


async def test_a_number_of_the_family_is_asked_about_and_corrected(story: Story) -> None:
    await story.say("张伟", "孩子体温385")
    assert "张伟的孩子" in await story.last_to("张伟")
    await story.say("张伟", "36.5")
    found = [(row.relation, row.temperature, row.symptoms) for row in await rows(story, CheckinRow) if row.ended_at is None]
    assert found == [("孩子", 36.5, [])]


async def test_two_answers_at_once_leave_one_check_in_standing(each_database: str, tmp_path: Path) -> None:
    settings = story_settings(each_database, tmp_path)
    seed_demo(settings)
    one, other = Story(settings), Story(settings)
    await one.open()
    await other.open(Bot(settings))
    await one.say("张伟", "咳嗽，365")
    await asyncio.gather(
        one.post("/sandbox/messages", {"sender": "张伟", "text": "36.8", "room": None}, 202),
        other.post("/sandbox/messages", {"sender": "张伟", "text": "不是", "room": None}, 202),
    )
    assert len(await standing(one)) == 1
    assert (await standing(one))[0][1] == ["cough"]
    await one.close()
    await other.close()
