"""The leader's review list (待核): what seems to report something and cannot be read, and the one reply that corrects it."""

from pathlib import Path

import pytest

from bot.bot import Bot
from models.checkins import Source
from models.reviews import Outcome
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from models.tables.reviews import ReviewRow
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.stage import rows
from tests.story import Story

FORGOT = "体温：忘带表了"
CHAIN = "#接龙\n3月2日体温\n1. 张伟 36.5\n2. 小王 36.8\n3. 王磊 36.6"
NONE = "现在没有待核的。"


async def outcomes(story: Story) -> list[str | None]:
    """How each item was closed; None: it is open."""
    return [row.outcome for row in await rows(story, ReviewRow)]


async def of(story: Story, who: str) -> list[tuple[float | None, list[str], str]]:
    """The check-ins of somebody that stand, with their source."""
    member = next(p.id for p in story.bot.office.directory.people.values() if p.name == who)
    found = [row for row in await rows(story, CheckinRow) if row.ended_at is None and row.member_id == member]
    return [(row.temperature, row.symptoms, row.source) for row in found]


async def test_a_form_that_cannot_be_read_waits_for_the_leader_whom_one_reply_satisfies(each_story: Story) -> None:
    story = each_story
    await story.say("张伟", FORGOT, "g1")
    assert await story.heard_in("g1") == []
    assert await story.last_to("张伟") == "这条我没看懂，先请组长看一下。你再报一次也行，比如“36.5 正常”。"
    await story.say("李明", "待核")
    assert await story.last_to("李明") == f"待核 1 条。一句话就能改，比如“待核 1 36.8 咳嗽”：\n1　张伟 3月2日 06:05：{FORGOT}"
    await story.say("李明", "待核 1")
    assert FORGOT in await story.last_to("李明")
    await story.say("李明", "待核 1 36.8 咳嗽")
    assert (await story.last_to("李明")).startswith("记下了：张伟 36.8℃，咳嗽")
    assert await of(story, "张伟") == [(36.8, ["cough"], Source.LEADER)]
    assert [case.kind for case in await rows(story, CaseRow)] == ["health"]
    assert await outcomes(story) == [Outcome.CORRECTED]
    await story.say("李明", "待核")
    assert await story.last_to("李明") == NONE
    await story.say("李明", "待核 1 正常")
    assert await story.last_to("李明") == "待核 1 已经处理过了。"


@pytest.mark.parametrize(
    ("words", "health"), [("正常", (None, [])), ("没事", (None, [])), ("36.9", (36.9, [])), ("肚子", (None, ["stomach_pain"]))]
)
async def test_one_word_is_enough_for_the_leader_too(story: Story, words: str, health: tuple[float | None, list[str]]) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.say("李明", f"待核 1 {words}")
    assert await of(story, "张伟") == [(*health, Source.LEADER)]
    assert await of(story, "李明") == []


@pytest.mark.parametrize("words", ["待核1咳嗽", "待核 第1条 咳嗽", "待核1号咳嗽", "待核第1条：咳嗽", "待核 1、咳嗽"])
async def test_however_the_number_is_written_the_words_are_of_the_item_and_not_of_the_leader(story: Story, words: str) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.say("李明", words)
    assert await of(story, "张伟") == [(None, ["cough"], Source.LEADER)]
    assert await of(story, "李明") == []


@pytest.mark.parametrize("words", ["待核 36.5", "待核一 36.5", "待核张伟 38.5", "待核：咳嗽"])
async def test_without_a_number_the_leader_hears_the_list_and_nothing_is_written(story: Story, words: str) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.say("李明", words)
    assert (await story.last_to("李明")).startswith("待核 1 条。一句话就能改，比如“待核 1 36.8 咳嗽”：")
    assert await rows(story, CheckinRow) == []


@pytest.mark.parametrize("words", ["待核的尽快处理", "待核 3 件装备", "待核：装备三件"])
async def test_in_a_room_words_that_only_begin_so_are_chatter(story: Story, words: str) -> None:
    await story.say("李明", words, "g1")
    assert await story.heard() == []
    assert await rows(story, MessageRow) == []


async def test_who_is_unwell_can_still_say_where_after_the_leader_took_it_for_nothing(story: Story) -> None:
    await story.say("高强", "不舒服")
    await story.at("09:05")
    await story.say("李明", "待核 1 正常")
    assert await story.last_to("李明") == "高强自己报过了，以本人报的为准。\n待核 1 核好了。"
    await story.say("高强", "肚子")
    assert await of(story, "高强") == [(None, ["stomach_pain"], Source.SELF)]
    await story.at("20:10")
    await story.say("李明", "待核")
    assert await story.last_to("李明") == NONE


async def test_a_strange_name_in_a_chain_waits_once_however_often_the_chain_is_posted(each_story: Story) -> None:
    story = each_story
    await story.say("张伟", CHAIN, "g1")
    assert (await story.last_to("张伟")).endswith("有 1 处对不上名册上的人，先请组长看一下。")
    await story.say("王磊", CHAIN + "\n4. 高强 36.4", "g1")
    assert "名册" not in await story.last_to("王磊")
    await story.say("李明", "待核")
    assert (await story.last_to("李明")).split("\n")[1:] == ["1　张伟 3月2日 06:05：小王 36.8"]


@pytest.mark.parametrize("words", ["陈一 36.8", "陈一", "小王是陈一"])
async def test_the_leader_names_who_is_meant(story: Story, words: str) -> None:
    await story.say("张伟", CHAIN, "g1")
    await story.say("李明", f"待核 1 {words}")
    assert await of(story, "陈一") == [(36.8, [], Source.LEADER)]
    assert await outcomes(story) == [Outcome.CORRECTED]
    await story.say("高强", CHAIN + "\n4. 高强 36.4", "g1")
    assert await outcomes(story) == [Outcome.CORRECTED], "what was settled does not come back with the next copy"


async def test_without_a_name_the_leader_is_asked_whom_it_is_about(story: Story) -> None:
    await story.say("张伟", CHAIN, "g1")
    await story.say("李明", "待核 1 36.8")
    assert await story.last_to("李明") == "说的是谁？写上名字再发一次：“待核 1 姓名 36.8”。"
    await story.say("李明", "待核 1 刘洋 36.8")
    assert await story.last_to("李明") == "待核 1 只能记你管的组里的人，名字再看一下？"
    await story.say("李明", "待核 1 看着办")
    assert (await story.last_to("李明")).startswith("还是没看懂。")
    assert await outcomes(story) == [None]
    assert await of(story, "李明") == []


async def test_where_nothing_was_reported_the_item_is_closed(story: Story) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.say("李明", "待核 1 无")
    assert await story.last_to("李明") == "好，待核 1 不用记。"
    assert await outcomes(story) == [Outcome.NOTHING]
    assert await of(story, "张伟") == []


async def test_what_a_member_says_to_the_bot_and_it_cannot_read_waits_for_the_leader(story: Story) -> None:
    await story.say("张伟", "我不太对劲")
    assert "先请组长看一下" in await story.last_to("张伟")
    await story.say("李明", "待核")
    assert "我不太对劲" in await story.last_to("李明")
    await story.say("张伟", f"@小微 {FORGOT}", "g1")
    assert await story.heard_in("g1") == ["张伟 已私信你"]


@pytest.mark.parametrize("words", ["你好", "谢谢小微", "在吗", "体温计放哪了？", "收到", "好的"])
async def test_a_polite_word_or_a_question_to_the_bot_is_nothing_to_review(story: Story, words: str) -> None:
    await story.say("张伟", words)
    assert await outcomes(story) == []


async def test_chatter_that_nearly_reports_something_leaves_no_trace(story: Story) -> None:
    await story.say("张伟", "我今天不太对劲", "g1")
    await story.say("张伟", "体温计是不是坏了", "g1")
    assert await rows(story, MessageRow) == []


async def test_a_question_nobody_answered_is_on_the_list_when_the_digest_is_made(each_story: Story) -> None:
    story = each_story
    await story.say("张伟", "咳嗽，体温56.4")
    await story.say("王磊", "365")
    await story.say("高强", "366")
    await story.say("高强", "是")
    await story.say("李明", "待核")
    assert await story.last_to("李明") == NONE
    await story.at("09:05")
    assert "\n待核 2 条（回“待核”查看）" in await story.last_to("李明")
    await story.say("李明", "待核 1 是")
    assert await of(story, "张伟") == [(36.4, ["cough"], Source.LEADER)], "the cough was stated and stays"
    await story.say("张伟", "是")
    assert (await story.last_to("张伟")).startswith("现在没有等你回答的问题。")
    await story.say("王磊", "是")
    assert await story.last_to("王磊") == "好，就按 36.5 记着。"
    assert await outcomes(story) == [Outcome.CORRECTED, Outcome.REPORTED]
    await story.at("20:10")
    assert "待核" not in await story.last_to("李明")


async def test_an_item_closes_by_itself_when_the_member_reports_after_all(story: Story) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.say("张伟", "36.6 正常", "g1")
    assert await outcomes(story) == [Outcome.REPORTED]
    await story.say("张伟", "撤销")
    assert await outcomes(story) == [None], "the report was taken back, so somebody should look again"


async def test_a_report_of_another_day_leaves_the_item_open(story: Story) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.at("08:00", "2026-03-03")
    await story.say("张伟", "36.6 正常", "g1")
    assert await outcomes(story) == [None]
    await story.say("李明", "待核 1 36.7")
    days = [str(row.day) for row in await rows(story, CheckinRow)]
    assert days == ["2026-03-03", "2026-03-02"], "what the leader says is of the day of the message"


async def test_taking_the_message_back_closes_its_item_and_taking_the_correction_back_opens_it(story: Story) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.say("李明", "待核 1 36.7")
    await story.say("李明", "撤销")
    assert await outcomes(story) == [None]
    assert await of(story, "张伟") == []
    await story.say("张伟", "撤销")
    assert await outcomes(story) == [Outcome.TAKEN_BACK]
    await story.say("张伟", FORGOT, "g1")
    assert await outcomes(story) == [Outcome.TAKEN_BACK, None]


async def test_members_and_other_leaders_do_not_see_it_and_the_secretary_does(story: Story) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.say("王磊", "待核")
    assert await story.last_to("王磊") == "“待核”要组长或书记才能用。想看自己的记录就发“我的”。"
    await story.say("刘洋", "待核")
    assert await story.last_to("刘洋") == NONE
    await story.say("刘洋", "待核 1 36.5")
    assert await story.last_to("刘洋") == "没有找到要你核对的待核 1。"
    await story.say("钱志远", "待核 1")
    assert await story.last_to("钱志远") == "没有找到要你核对的待核 1。"
    await story.say("周建国", "待核")
    assert FORGOT in await story.last_to("周建国")
    await story.say("周建国", "待核 1 36.5")
    assert await of(story, "张伟") == [(36.5, [], Source.LEADER)]


async def test_a_room_hears_how_many_and_never_the_words(story: Story) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.say("李明", "待核", "g1")
    await story.say("李明", "待核 1", "g1")
    assert await story.heard_in("g1") == ["待核 1 条，已私信。"]
    await story.say("王磊", "待核", "g1")
    await story.say("李明", "待核 3 件装备", "g1")
    assert len(await story.heard_in("g1")) == 1


async def test_what_was_said_for_the_secretary_alone_is_told_to_the_secretary_at_once_and_is_not_on_the_leaders_list(story: Story) -> None:
    await story.say("张伟", "我不太对劲，只跟书记说")
    assert "我不太对劲" in await story.last_to("周建国")
    await story.say("李明", "待核")
    assert await story.last_to("李明") == NONE
    await story.say("周建国", "待核")
    assert "我不太对劲" in await story.last_to("周建国")
    await story.at("09:20")
    await story.say("李明", "汇总")
    assert not any("不太对劲" in text or "待核 1" in text for text in await story.heard_by("李明"))


async def test_my_records_tell_of_ones_own_item_and_of_nobody_elses(story: Story) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.say("张伟", "我的")
    assert "3月2日 有一条没看懂，等组长核对" in await story.last_to("张伟")
    await story.say("王磊", "我的")
    assert "没看懂" not in await story.last_to("王磊")


async def test_an_open_item_leaves_the_list_after_a_week(story: Story) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.at("06:00", "2026-03-09")
    await story.say("李明", "待核")
    assert FORGOT in await story.last_to("李明")
    await story.at("06:10")
    await story.say("李明", "待核")
    assert await story.last_to("李明") == NONE


async def test_a_stranger_is_kept_until_the_account_is_known(story: Story) -> None:
    await story.say("新号", FORGOT, "g1")
    await story.say("新号", "我是 张伟")
    await story.say("李明", "是")
    await story.say("李明", "待核")
    assert FORGOT in await story.last_to("李明")


async def test_what_one_process_stored_the_other_one_lists_and_closes(each_database: str, tmp_path: Path) -> None:
    settings = story_settings(each_database, tmp_path)
    seed_demo(settings)
    one, other = Story(settings), Story(settings)
    await one.open()
    await other.open(Bot(settings))
    await one.say("张伟", CHAIN, "g1")
    await other.say("王磊", CHAIN + "\n4. 高强 36.4", "g1")
    await other.say("李明", "待核 1 陈一")
    await one.say("李明", "待核 1 无")
    assert "待核 1 已经处理过了。" in await one.heard_by("李明")
    assert await outcomes(other) == [Outcome.CORRECTED]
    await one.close()
    await other.close()


async def test_an_item_outlives_a_restart(story: Story) -> None:
    await story.say("张伟", FORGOT, "g1")
    await story.restart()
    await story.say("李明", "待核 1 36.5")
    assert await of(story, "张伟") == [(36.5, [], Source.LEADER)]


async def test_a_form_of_somebody_unknown_is_recorded_for_whom_the_leader_names(story: Story) -> None:
    await story.say("张伟", "姓名：小刘\n体温：37.8\n症状：咳嗽", "g1")
    assert await of(story, "张伟") == []
    await story.say("李明", "待核 1 高强")
    assert await of(story, "高强") == [(37.8, ["cough", "fever"], Source.LEADER)]
    assert [case.kind for case in await rows(story, CaseRow)] == ["health"]


async def test_a_count_of_the_whole_group_leaves_the_item_for_a_look(story: Story) -> None:
    await story.say("张伟", "体温：三十几来着", "g1")
    await story.say("李明", "一班应到6人，实到6人，体温全部正常", "g1")
    assert len(await of(story, "张伟")) == 1
    assert await outcomes(story) == [None]


async def test_the_page_says_that_a_message_waits_for_the_leader(story: Story) -> None:
    record = await story.record(await story.say("张伟", FORGOT, "g1"))
    assert record["records"] == ["没看懂，等组长核对（待核 1）"]


async def test_the_leaders_own_message_is_on_the_own_list(story: Story) -> None:
    await story.say("李明", FORGOT, "g1")
    assert await story.last_to("李明") == "有 1 处我没看懂，放进待核了，回“待核”就能改。"
    await story.say("李明", "待核 1 36.5")
    assert await of(story, "李明") == [(36.5, [], Source.SELF)]
