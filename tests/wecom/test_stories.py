"""A morning on WeCom from end to end: a check-in, its receipt, the digest as a card, a hardship that the secretary takes by a press.

The same while the connection is cut, while answers are lost, and while the platform is down for an hour: nothing lost, nothing twice.
"""

from collections import Counter

import pytest

from bot.settings import Settings
from models.outbox import NoticeKind, NoticeState
from models.tables.cases import CaseRow
from models.tables.queue import MessageRow, NoticeRow
from models.tables.records import CheckinRow
from tests.fakes.wecom_server.company import Rules
from tests.fakes.wecom_server.ledger import Message
from tests.fakes.wecom_server.said import Said
from tests.stage import only_jobs, rows
from tests.wecom.whole_unit import ROBOT_ROOM, ROOM, Unit, unit_on

DAY = "2026-03-02"
STAFF = ("张伟", "李明", "周建国", "孙丽", "于海")


async def get_known(unit: Unit) -> None:
    """Everybody who matters has opened the private chat with the AI bot once, and its room is bound."""
    await unit.mention("李明", "@小微 绑定")
    for who in STAFF:
        await unit.to_bot(who, "帮助")


async def say(unit: Unit, way: str, who: str, text: str) -> None:
    """In private, to whatever the unit uses."""
    await (unit.to_app(who, text) if way == "wecom_app" else unit.to_bot(who, text))


def digests(unit: Unit, who: str) -> list[Message]:
    """The digests that somebody sees."""
    return [m for m in unit.fake.seen_by(unit.userid(who)) if "汇总" in m.text and m.msgtype == "template_card"]


async def states(unit: Unit) -> Counter[tuple[str, str]]:
    """How many notices of each kind are in each state."""
    return Counter((row.kind, row.state) for row in await rows(unit.bot, NoticeRow))


def nothing_twice(unit: Unit, *readers: str) -> None:
    """Nobody reads the same words twice."""
    for who in readers:
        twice = [text for text, times in Counter(unit.read_by(who)).items() if times > 1]
        assert twice == [], who


@pytest.mark.parametrize("way", ["wecom_aibot", "wecom_app"])
async def test_a_hardship_is_told_in_private_shown_as_a_card_and_taken_by_a_press(settings: Settings, way: str) -> None:
    async with unit_on(settings, way) as unit:
        if way == "wecom_aibot":
            await get_known(unit)
        await say(unit, way, "张伟", "孩子没人带，这周值班实在安排不开，请组织帮帮忙")
        (case,) = await rows(unit.bot, CaseRow)
        assert any("事项 1" in text for text in unit.read_by("张伟")), "the one who raised it hears who was told"
        card = unit.card_of("周建国", "张伟")
        assert "孩子没人带" in card.text
        await unit.press("周建国", card, "收到 1")
        (case,) = await rows(unit.bot, CaseRow)
        assert (case.state, case.owner_id) == ("acknowledged", unit.bot.office.directory.named("周建国").id)  # type: ignore[union-attr]
        assert any("周建国" in text and "事项 1" in text for text in unit.read_by("张伟")), "and who has it now"
        await unit.fake.until(lambda: "处理中：周建国" in str(card.card_for(unit.userid("周建国"))), 5)
        keys = [button["key"] for button in (card.card_for(unit.userid("周建国")) or {})["button_list"]]
        assert keys == ["转交 1", "办结 1"], "收到 was done; handing over and closing are left"


@pytest.mark.parametrize("way", ["wecom_aibot", "wecom_app"])
async def test_who_is_given_a_case_by_a_press_gets_its_card(settings: Settings, way: str) -> None:
    async with unit_on(settings, way) as unit:
        if way == "wecom_aibot":
            await get_known(unit)
        await say(unit, way, "张伟", "孩子没人带，这周值班实在安排不开，请组织帮帮忙")
        card = unit.card_of("周建国", "张伟")
        await unit.press("周建国", card, "转交 1", choice=["转交 1 孙丽"])
        (case,) = await rows(unit.bot, CaseRow)
        assert case.owner_id == unit.bot.office.directory.named("孙丽").id  # type: ignore[union-attr]
        assert "孩子没人带" in unit.card_of("孙丽", "张伟").text


async def test_a_card_keeps_nothing_back_that_the_words_say(settings: Settings) -> None:
    async with unit_on(settings, "wecom_app") as unit:
        await unit.to_app("张伟", "孩子没人带，这周值班实在安排不开，只跟书记说")
        unit.card_of("周建国", "孩子没人带")
        assert "组长不知道" in " ".join(unit.read_by("周建国")), "whoever acts on it must know that the leader does not"
        assert not any("孩子没人带" in text for text in unit.read_by("李明"))
        await unit.later(hours=5)
        unit.card_of("孙丽", "孩子没人带")
        assert "没人接手" in " ".join(unit.read_by("孙丽"))


async def test_a_check_in_by_mention_is_noted_in_the_room_and_answered_in_private(settings: Settings) -> None:
    async with unit_on(settings) as unit:
        await unit.mention("李明", "@小微 绑定")
        await unit.mention("张伟", "@小微 36.5，有点咳")
        assert unit.read_in(ROOM) == ["好，这个群就是“第一党小组”的群了。", "张伟 记下了 ✓"], "the room reads nothing of anybody's health"
        (receipt,) = [text for text in unit.read_by("张伟") if "36.5" in text]
        assert "咳嗽" in receipt
        (checkin,) = await rows(unit.bot, CheckinRow)
        assert (checkin.temperature, checkin.symptoms) == (36.5, ["cough"])


async def test_a_whole_group_reports_by_quoting_its_chain(settings: Settings) -> None:
    async with unit_on(settings) as unit:
        await unit.mention("李明", "@小微 绑定")
        chain = "#接龙\n今日健康\n1. 李明 36.4\n2. 张伟 36.5\n3. 王磊 36.6 有点咳"
        await unit.mention("李明", "@小微", quote=Said(chain))
        assert len(await rows(unit.bot, CheckinRow)) == 3


@pytest.mark.parametrize("way", ["wecom_aibot", "wecom_app"])
async def test_the_morning_digest_is_a_card_whose_button_brings_the_whole(settings: Settings, way: str) -> None:
    async with unit_on(settings, way) as unit:
        if way == "wecom_aibot":
            await get_known(unit)
        await say(unit, way, "张伟", "36.5 正常")
        await unit.at(f"{DAY}T09:06")
        (card,) = digests(unit, "李明")
        assert "已报 1/6" in card.text
        before = len(unit.read_by("李明"))
        await unit.press("李明", card, "汇总")
        assert len(unit.read_by("李明")) == before + 1
        assert "已报 1/6" in unit.read_by("李明")[-1]


async def test_a_lesson_reaches_the_room_that_only_a_webhook_reaches_and_leaders_hear_by_the_app(settings: Settings) -> None:
    async with unit_on(settings, "wecom_app", "wecom_robot") as unit:
        await unit.at(f"{DAY}T12:41")
        lesson, *_picture = unit.read_in(ROBOT_ROOM)
        assert "微党课" in lesson
        assert len(digests(unit, "李明")) == 1


@pytest.mark.parametrize("way", ["wecom_aibot", "wecom_app"])
async def test_an_hour_without_the_platform_loses_nothing_and_tells_nobody_twice(settings: Settings, way: str) -> None:
    async with unit_on(settings, way) as unit:
        if way == "wecom_aibot":
            await get_known(unit)
        await unit.at(f"{DAY}T08:40")
        await say(unit, way, "张伟", "孩子没人带，这周值班实在安排不开，请组织帮帮忙")
        await unit.fake.stop()
        await unit.at(f"{DAY}T09:30")
        assert (await states(unit))[NoticeKind.DIGEST, NoticeState.WAITING] > 0, "the digests of 09:05 wait"
        await unit.fake.start()
        if way == "wecom_aibot":
            await unit.fake.until(lambda: unit.linked, 40)
        await unit.at(f"{DAY}T09:45")
        after = await states(unit)
        assert not any(state in (NoticeState.WAITING, NoticeState.LEASED) for _, state in after), after
        assert len(digests(unit, "李明")) == 1
        assert len(digests(unit, "周建国")) == 1
        nothing_twice(unit, "李明", "周建国")


async def test_where_the_app_takes_nothing_more_an_alert_comes_by_the_ai_bot_and_all_else_later(settings: Settings) -> None:
    async with unit_on(only_jobs(settings), "wecom_app", "wecom_aibot") as unit:
        await get_known(unit)
        await unit.to_app("张伟", "帮助")
        unit.fake.fail("message/send", errcode=45009, times=None)
        await unit.to_app("张伟", "孩子没人带，这周值班实在安排不开，请组织帮帮忙")
        (alert,) = [message for message in unit.fake.seen_by(unit.userid("周建国")) if message.card is not None]
        assert (alert.channel, "孩子没人带" in alert.text) == ("bot", True)
        unit.fake.works()
        await unit.later(minutes=3)
        assert [message.channel for message in unit.fake.seen_by(unit.userid("张伟"))] == ["bot", "app", "app"], (
            "help on both, and the receipt"
        )
        assert not any(state in (NoticeState.WAITING, NoticeState.FAILED) for _, state in await states(unit))
        nothing_twice(unit, "周建国", "李明")


async def test_the_connection_is_cut_while_a_card_is_on_its_way_and_it_arrives_once(settings: Settings) -> None:
    async with unit_on(settings, "wecom_aibot") as unit:
        await get_known(unit)
        unit.fake.fail("aibot_send_msg", times=1, close=1006)
        await unit.to_bot("张伟", "孩子没人带，这周值班实在安排不开，请组织帮帮忙")
        await unit.fake.until(lambda: unit.linked, 40)
        await unit.later(minutes=1)
        for who in ("李明", "周建国"):
            assert len([m for m in unit.fake.seen_by(unit.userid(who)) if m.card is not None]) == 1, who
        nothing_twice(unit, "李明", "周建国", "张伟")


async def test_an_answer_whose_acknowledgement_is_lost_is_not_said_twice(settings: Settings) -> None:
    async with unit_on(settings, "wecom_aibot") as unit:
        await get_known(unit)
        before = len(unit.read_by("张伟"))
        unit.fake.fail("aibot_respond_msg", times=1, close=1006, accepted=True)
        await unit.to_bot("张伟", "36.5 正常")
        await unit.fake.until(lambda: unit.linked, 40)
        await unit.later(minutes=1)
        assert len(unit.read_by("张伟")) == before + 1


async def test_what_the_platform_delivers_three_times_and_out_of_order_is_written_down_once(settings: Settings) -> None:
    async with unit_on(settings, "wecom_aibot") as unit:
        await get_known(unit)
        unit.fake.hold()
        await unit.fake.private(unit.userid("张伟"), "36.5 正常", msgid="m-1", copies=3)
        await unit.fake.private(unit.userid("李明"), "36.4 正常", msgid="m-2", copies=2)
        await unit.fake.release([4, 0, 3, 1, 2])
        await unit.fake.until(lambda: unit.handled >= len(STAFF) + 1 + 5)
        await unit.later(seconds=0)
        assert len(await rows(unit.bot, CheckinRow)) == 2
        assert sum("记下了" in text for text in unit.read_by("张伟")) == 1


async def test_whoever_is_in_the_app_and_in_the_bot_is_one_member(settings: Settings) -> None:
    async with unit_on(settings, "wecom_app", "wecom_aibot") as unit:
        await unit.mention("张伟", "@小微 36.5 正常")
        await unit.to_app("张伟", "更正：36.8")
        standing = [row for row in await rows(unit.bot, CheckinRow) if row.ended_at is None]
        assert [row.temperature for row in standing] == [36.8]
        assert len({row.member_id for row in await rows(unit.bot, MessageRow)}) == 1


async def test_who_writes_many_times_in_a_row_is_answered_each_time_so_that_the_platform_lets_the_next_through(settings: Settings) -> None:
    async with unit_on(settings, "wecom_aibot", rules=Rules(in_interaction=3)) as unit:
        for number in range(5):
            await unit.to_bot("张伟", f"更正：36.{number}")
        standing = [row for row in await rows(unit.bot, CheckinRow) if row.ended_at is None]
        assert [row.temperature for row in standing] == [36.4]
        assert len(unit.read_by("张伟")) == 5
