"""接龙 as WeChat sends it, through the whole bot: whose a line is, who reported it, and what a copy of the list must not undo."""

from sqlalchemy import select

from models.tables.queue import MessageRow
from models.tables.records import CheckinRow, LeaveRow
from models.tables.unit import MemberRow
from tests.reading.wechat import Said, solitaire
from tests.story import Story
from tests.test_records import all_of, checkins, standing

TITLE = "#接龙\n今日体温"


def at(time: str) -> str:
    """A time of the story's first day."""
    return f"2026-03-02T{time}:00+08:00"


def line(who: str, time: str, words: str) -> Said:
    """A line of the list; in the sandbox the names are the accounts."""
    return (who, at(time), words)


async def post(story: Story, who: str, *lines: Said) -> str:
    """Somebody joins the list, which posts all of it again."""
    return await story.say(who, solitaire(TITLE, lines), "g1", chain=True)


async def reporters(story: Story) -> dict[str, str]:
    """By whom the standing check-ins were reported."""
    names = {row.id: row.name for row in await all_of(story, MemberRow)}
    return {names[row.member_id]: names[row.reported_by] for row in await all_of(story, CheckinRow) if row.ended_at is None}


async def test_every_line_is_its_authors_and_reported_by_them(each_story: Story) -> None:
    story = each_story
    await post(
        story,
        "王磊",
        line("李明", "06:10", "李明 36.5"),
        line("张伟", "06:15", "螃蟹🦀 36.6"),
        line("李明", "06:20", "替小陈：36.4"),
        line("王磊", "06:22", "36.7"),
    )
    assert await standing(story) == {"李明": (36.5, "chain"), "张伟": (36.6, "chain"), "陈一": (36.4, "chain"), "王磊": (36.7, "chain")}
    assert await reporters(story) == {"李明": "李明", "张伟": "张伟", "陈一": "李明", "王磊": "王磊"}
    assert await story.last_to("王磊") == "接龙记下了 4 人，都正常。"


async def test_a_fever_in_a_line_without_a_name_is_a_case_of_its_author(story: Story) -> None:
    await post(story, "李明", line("李明", "06:10", "36.5"), line("张伟", "06:15", "38.6 咳嗽"))
    assert "张伟" in await story.last_to("李明")
    assert (await standing(story))["张伟"] == (38.6, "chain")


async def test_the_page_shows_the_piece_of_the_message_that_a_value_came_from(story: Story) -> None:
    message = await post(story, "李明", line("李明", "06:10", "🦀 36.5"), line("张伟", "06:15", "螃蟹 36.6"))
    seen = await story.record(message)
    assert "健康打卡：张伟 3月2日 36.6℃，正常（接龙）" in seen["records"]
    text = (await all_of(story, MessageRow))[-1].text
    assert "<solitaire_info>" in text


async def test_a_repost_changes_only_the_line_that_changed(story: Story) -> None:
    first = [line("李明", "06:10", "李明 36.5"), line("张伟", "06:15", "张伟 36.6")]
    await post(story, "张伟", *first)
    await post(story, "王磊", *first, line("王磊", "06:20", "王磊 36.4"))
    assert len(await checkins(story)) == 3
    await story.forget()
    await post(
        story, "张伟", first[0], line("张伟", "06:15", "张伟 36.9"), line("王磊", "06:20", "王磊 36.4")
    )  # the time of a line may stay
    assert await checkins(story, "张伟") == [("张伟", 36.6, "chain", False), ("张伟", 36.9, "chain", True)]
    assert await story.last_to("张伟") == "改好了：36.9℃，正常（原来的留作历史）"
    await post(story, "高强", first[0], line("张伟", "06:15", "张伟 36.9"), line("王磊", "06:20", "王磊 36.4"))
    assert await story.last_to("高强") == "这份接龙和上次一样，没有新的内容。"


async def test_a_repost_does_not_bring_back_what_its_author_corrected_in_plain_words(story: Story) -> None:
    first = [line("李明", "06:05", "李明 36.5"), line("张伟", "06:06", "张伟 36.6")]
    await post(story, "张伟", *first)
    await story.at("06:30")
    await story.say("张伟", "更正：37.8，咳嗽")
    await story.at("06:40")
    await post(story, "王磊", *first, line("王磊", "06:40", "王磊 36.4"))
    assert (await standing(story))["张伟"] == (37.8, "self")
    # the bot did not see this edit of the line; it was made before the plain message all the same
    await post(story, "高强", first[0], line("张伟", "06:10", "张伟 36.8"), line("高强", "06:41", "高强 36.3"))
    assert (await standing(story))["张伟"] == (37.8, "self")


async def test_a_line_written_after_a_plain_message_is_news_again(story: Story) -> None:
    first = [line("李明", "06:05", "李明 36.5"), line("张伟", "06:06", "张伟 36.6")]
    await post(story, "张伟", *first)
    await story.at("06:30")
    await story.say("张伟", "37.8，咳嗽")
    await story.at("07:00")
    await post(story, "王磊", first[0], line("张伟", "06:50", "张伟 36.6"), line("王磊", "06:59", "王磊 36.4"))
    assert (await standing(story))["张伟"] == (36.6, "chain")


async def test_a_copy_of_an_older_state_of_the_list_changes_nothing(story: Story) -> None:
    """Two join at once: the second copy does not know yet that a line was changed."""
    first = [line("李明", "06:05", "李明 36.5"), line("张伟", "06:06", "张伟 36.6")]
    await post(story, "李明", *first)
    await story.at("06:20")
    await post(story, "张伟", first[0], line("张伟", "06:20", "张伟 38.2"))
    await story.at("06:21")
    await post(story, "王磊", *first, line("王磊", "06:20", "王磊 36.4"))
    assert (await standing(story))["张伟"] == (38.2, "chain")
    pasted = "今日体温接龙\n1. 李明 36.5\n2. 张伟 36.6\n3. 王磊 36.4\n4. 高强 36.3"
    await story.say("高强", pasted, "g1")
    assert (await standing(story))["张伟"] == (38.2, "chain")
    assert (await standing(story))["高强"] == (36.3, "chain")
    await story.say("张伟", pasted, "g1")  # who it is about may say it again
    assert (await standing(story))["张伟"] == (36.6, "chain")


async def test_a_line_of_last_night_is_last_nights(story: Story) -> None:
    lines = [("李明", "2026-03-01T23:50:00+08:00", "36.5"), line("张伟", "00:10", "36.6")]
    message = await story.say("张伟", solitaire("#接龙\n体温", lines), "g1", chain=True)
    assert (await story.record(message))["records"] == [
        "健康打卡：李明 3月1日 36.5℃，正常（接龙）",
        "健康打卡：张伟 3月2日 36.6℃，正常（接龙）",
    ]


async def test_a_child_of_the_author_is_no_child_of_whoever_posts(story: Story) -> None:
    await story.say("李明", "今日体温接龙\n1. 李明 36.5\n2. 张伟 36.6 孩子38.2", "g1")
    rows = [row for row in await all_of(story, CheckinRow) if row.relation]
    names = {row.id: row.name for row in await all_of(story, MemberRow)}
    assert [(names[row.member_id], row.relation, row.temperature) for row in rows] == [("张伟", "孩子", 38.2)]


async def test_a_repost_does_not_send_anybody_away_again(story: Story) -> None:
    pasted = "今日体温接龙\n1. 李明 36.5\n2. 王磊 休假到10号"
    await story.say("李明", pasted, "g1")
    await story.say("王磊", "销假")
    await story.say("张伟", pasted + "\n3. 张伟 36.6", "g1")
    leaves = await story.bot.store.read(lambda session: list(session.scalars(select(LeaveRow).where(LeaveRow.ended_at.is_(None)))))
    assert leaves == []


async def test_a_line_of_nobody_known_leaves_no_record(story: Story) -> None:
    await post(story, "李明", line("李明", "06:10", "36.5"), line("wxid_x", "06:11", "路人 38.5"), line("wxid_y", "06:12", "高强 36.4"))
    assert await standing(story) == {"李明": (36.5, "chain"), "高强": (36.4, "chain")}
    assert await reporters(story) == {"李明": "李明", "高强": "李明"}


async def test_a_line_left_out_of_a_later_copy_stands(story: Story) -> None:
    first = [line("李明", "06:05", "李明 36.5"), line("张伟", "06:06", "张伟 36.6")]
    await post(story, "张伟", *first)
    await post(story, "王磊", first[0], line("王磊", "06:10", "王磊 36.4"))
    assert await standing(story) == {"李明": (36.5, "chain"), "张伟": (36.6, "chain"), "王磊": (36.4, "chain")}


async def test_a_chain_that_somebody_typed_names_no_authors(story: Story) -> None:
    await story.say("陈一", "37.8 咳嗽")
    lines = [line("赵云飞", "07:01", "赵云飞 36.4"), line("陈一", "07:30", "陈一 36.5")]
    await story.say("赵云飞", solitaire(TITLE, lines), "g1")
    assert (await standing(story))["陈一"] == (37.8, "self")
    lines = [line("赵云飞", "07:01", "赵云飞 36.4"), line("高强", "07:30", "高强 36.5")]
    await story.say("赵云飞", solitaire(TITLE, lines), "g1")
    assert (await reporters(story))["高强"] == "赵云飞"
