"""Who is asked about somebody silent, and about whom nobody is asked: one buddy who is there, has a hand free, and costs least."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from bot.channels.channel import SendError
from bot.settings import Settings
from models.outbox import NoticeKind, NoticeState
from models.tables.unit import AccountRow, MemberRow
from tests.chasing import GROUP, all_but, leader_reads
from tests.stage import Courier, hire, notices, only_jobs, told
from tests.story import Story


async def test_who_has_said_something_this_morning_is_not_looked_for(story: Story) -> None:
    await story.say("马腾", "今天训练了五公里")
    await all_but(story, "马腾")
    await story.at("09:05")
    assert [m for m in await story.heard() if "能联系上" in m.text] == []


async def test_who_reports_between_the_question_and_its_sending_is_not_asked_about(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    couriers: list[Courier] = hire(monkeypatch)
    async with told(only_jobs(settings, nudge_checkin={}, chase={})) as story:
        for name in GROUP:
            await story.say(name, "36.5 正常")
        couriers[0].fails(SendError("down", retry=True, after=timedelta(minutes=5)), to="王小磊")
        await story.at("08:46")
        await story.say("马腾", "今天训练了五公里")
        couriers[0].works()
        await story.at("09:10")
        (notice,) = await notices(story, NoticeKind.NUDGE_BUDDY)
        assert (notice.state, notice.reason) == (NoticeState.DROPPED, "heard")


async def test_a_buddy_who_is_asked_about_two_says_whom(story: Story) -> None:
    await all_but(story, "马腾", "欧阳朔")
    await story.at("08:45")
    assert await story.heard_by("王小磊") == [
        f"能联系上{name}吗？回“{name}在”“{name}休假”或“{name}联系不上”。" for name in ("马腾", "欧阳朔")
    ]
    await story.say("王小磊", "在")
    assert await story.last_to("王小磊") == "说的是谁？你要联系的有马腾、欧阳朔，带上名字再发一次，比如“马腾在”。"
    await story.say("王小磊", "欧阳在")
    await story.say("王小磊", "联系不上")
    assert await leader_reads(story) == "已报 4/6，未报：马腾（王小磊说联系不上）、欧阳朔（王小磊说在）"


async def test_nobody_is_asked_about_more_than_two_and_the_leader_reads_about_whom_nobody_can_be_asked(story: Story) -> None:
    await all_but(story, "常平", "谢天", "马腾", "欧阳朔", "刘洋")
    await story.at("09:05")
    about = [re.findall("能联系上(.+?)吗", text)[0] for text in await story.heard_by("王小磊")]
    assert about == ["刘洋", "常平"]
    assert (await story.last_to("刘洋")).split("\n")[2] == "没有人能帮着联系：谢天、马腾、欧阳朔，请直接打个电话。"


@pytest.mark.parametrize(
    ("away", "asked_instead"),
    [
        (("王小磊",), "欧阳朔"),
        (("王小磊", "欧阳朔"), "常平"),
        (("王小磊", "欧阳朔", "常平"), "谢天"),
        (("王小磊", "欧阳朔", "常平", "谢天"), "刘洋"),
    ],
)
async def test_a_buddy_who_is_away_is_replaced_by_whom_it_costs_least(story: Story, away: tuple[str, ...], asked_instead: str) -> None:
    for name in away:
        await story.say(name, "2日到3日休假")
    await all_but(story, "马腾", *away)
    await story.at("08:46")
    assert [m.to for m in await story.heard() if "能联系上" in m.text] == [asked_instead]


async def test_a_buddy_who_is_silent_is_not_asked(story: Story) -> None:
    await all_but(story, "马腾", "王小磊")
    await story.at("08:46")
    found = [(m.to, m.text.partition("吗")[0]) for m in await story.heard() if "能联系上" in m.text]
    assert found == [("欧阳朔", "能联系上马腾"), ("欧阳朔", "能联系上王小磊")]


async def test_a_buddy_who_is_ill_is_left_in_peace(story: Story) -> None:
    await all_but(story, "马腾", "王小磊")
    await story.say("王小磊", "37.8，咳嗽")
    await story.at("08:46")
    assert [m.to for m in await story.heard() if "能联系上" in m.text] == ["欧阳朔"]


async def test_a_buddy_whom_nothing_reaches_is_not_asked(story: Story) -> None:
    whose = select(MemberRow.id).where(MemberRow.name == "王小磊")
    await all_but(story, "马腾")
    await story.bot.store.write(lambda session: session.execute(delete(AccountRow).where(AccountRow.member_id.in_(whose))))
    await story.bot.office.reload()
    await story.at("08:46")
    assert [m.to for m in await story.heard() if "能联系上" in m.text] == ["欧阳朔"]


async def test_who_was_not_reminded_is_not_chased(settings: Settings) -> None:
    async with told(only_jobs(settings, chase={})) as story:
        await all_but(story, "马腾")
        await story.at("08:46")
        assert await story.heard() == [], "the buddy comes after the member"
