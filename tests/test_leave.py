"""Leave takes a member off the expected list for its days, and back on it after them."""

from sqlalchemy import select

from models.tables.records import LeaveRow
from tests.story import Story


async def missing(story: Story) -> str:
    """What the leader of the first group hears when asking who is open."""
    await story.say("李明", "未报")
    return await story.last_to("李明")


async def leaves(story: Story) -> list[tuple[str, str, bool]]:
    """Every leave ever written: first and last day, and whether it stands."""
    rows = await story.bot.store.read(lambda session: session.scalars(select(LeaveRow).order_by(LeaveRow.id)).all())
    return [(str(row.first), str(row.last), row.ended_at is None) for row in rows]


async def test_leave_counts_from_its_first_day_to_its_last_and_then_the_member_is_expected_again(story: Story) -> None:
    await story.say("张伟", "3月4日到3月5日出差")
    assert await story.last_to("张伟") == "记下了：3月4日至3月5日出差，这几天不用打卡。"
    for day, expected, entry in (
        ("2026-03-03", 6, "张伟（无消息）"),
        ("2026-03-04", 5, "张伟（出差至3月5日）"),
        ("2026-03-05", 5, "张伟（出差至3月5日）"),
        ("2026-03-06", 6, "张伟（无消息）"),
    ):
        await story.at("07:00", day)
        said = await missing(story)
        assert f"已报 0/{expected}" in said, day
        assert entry in said, day


async def test_who_is_on_leave_is_not_reminded(story: Story) -> None:
    await story.say("张伟", "3月3日到3月4日休假")
    await story.at("06:01", "2026-03-03")
    await story.forget()
    await story.at("20:00")
    nudged = {m.to for m in await story.heard() if "还没报" in m.text or "收工了吗" in m.text}
    assert "张伟" not in nudged
    assert "王磊" in nudged


async def test_who_reports_during_leave_is_thanked_and_does_not_count_twice(story: Story) -> None:
    await story.say("张伟", "今天到3月4日休假")
    await story.say("王磊", "36.5 正常")
    await story.say("张伟", "36.6 正常")
    assert await story.last_to("张伟") == "记下了：36.6℃，正常"
    assert (await missing(story)).startswith("第一党小组：已报 1/5，未报：李明（无消息）、高强（无消息）、赵云飞（无消息）、陈一（无消息）")


async def test_a_new_leave_takes_the_place_of_one_that_shares_a_day_with_it_and_of_no_other(story: Story) -> None:
    await story.say("张伟", "3月4日到3月6日出差")
    await story.say("张伟", "3月16日到3月18日出差")
    await story.say("张伟", "3月6日到3月9日休假")
    assert await leaves(story) == [
        ("2026-03-04", "2026-03-06", False),
        ("2026-03-16", "2026-03-18", True),
        ("2026-03-06", "2026-03-09", True),
    ]
    await story.say("张伟", "我的")
    assert (await story.last_to("张伟")).splitlines()[1:] == ["3月6日起休假至3月9日", "3月16日起出差至3月18日"]


async def test_leave_without_an_end_lasts_until_the_next_word(story: Story) -> None:
    await story.say("张伟", "今天起休假")
    assert await story.last_to("张伟") == "记下了：从3月2日起休假，回来说一声就行，这期间不用打卡。"
    await story.at("07:00", "2026-03-03")
    assert "张伟（休假）" in await missing(story)
    await story.at("07:00", "2026-03-04")
    assert "张伟（休假第3天，没说哪天回）" in await missing(story)
    await story.at("07:00", "2026-03-10")
    assert "张伟（休假第9天，没说哪天回）" in await missing(story)
    await story.say("张伟", "销假")
    assert "张伟（无消息）" in await missing(story)
    assert await leaves(story) == [("2026-03-02", "None", False), ("2026-03-02", "2026-03-09", True)]


async def test_a_digest_states_coverage_with_the_reasons(story: Story) -> None:
    await story.say("李明", "今日体温接龙\n1. 李明 36.5\n2. 王磊 36.4\n3. 高强 36.3\n4. 赵云飞 36.2")
    await story.say("张伟", "出差到3月8日")
    await story.at("09:06")
    digest = await story.last_to("李明")
    assert "已报 4/5，未报：张伟（出差至3月8日）、陈一（无消息，已请高强联系）" in digest
    assert "应报 5 人，已报 4 人，4 人里没有发热的，也没有不舒服的" in digest
