"""One row that is damaged, or of a later version, holds up nothing else."""

from sqlalchemy import text
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from bot.channels.channel import SendError
from bot.cli import app
from bot.cli_run import DEMO
from bot.settings import Settings
from models.outbox import NoticeKind, NoticeState
from models.tables.queue import NoticeRow
from tests.stage import Courier, notices, only_jobs, rows, told
from tests.story import Story
from tests.test_sending import environment

DOWN = SendError("no_internet", retry=True)
DAMAGED = "UPDATE {table} SET {column} = :bytes WHERE id = :number"


async def damage(story: Story, table: str, column: str, number: int) -> None:
    """The bytes of a sealed text get damaged."""

    def accident(session: Session) -> None:
        session.execute(text(DAMAGED.format(table=table, column=column)), {"bytes": b"s" + bytes(40), "number": number})

    await story.bot.store.write(accident)


async def test_a_notice_whose_text_is_damaged_is_given_up_and_the_cry_behind_it_is_sent(
    each_settings: Settings, couriers: list[Courier]
) -> None:
    async with told(only_jobs(each_settings)) as story:
        (courier,) = couriers
        courier.fails(DOWN)
        await story.say("王磊", "36.5 正常")
        (receipt,) = await rows(story, NoticeRow)
        await damage(story, "notices", "text", receipt.id)
        courier.works()
        await story.later("PT5S")
        await story.say("张伟", "我不想活了")
        assert courier.received("周建国")
        kept = {row.id: (row.state, row.reason) for row in await rows(story, NoticeRow)}
        assert kept.pop(receipt.id) == (NoticeState.FAILED, "unreadable")
        assert {state for state, _ in kept.values()} == {NoticeState.SENT}
        listed = CliRunner().invoke(app, ["outbox", "list", "--config", str(DEMO)], env=environment(each_settings))
        assert "unreadable" in listed.output


async def test_an_alert_that_cannot_be_read_counts_as_given_up_so_that_its_case_climbs_at_once(
    each_settings: Settings, couriers: list[Courier]
) -> None:
    async with told(only_jobs(each_settings)) as story:
        (courier,) = couriers
        courier.fails(DOWN)
        number = await story.case_of(await story.say("郑凯", "媳妇羊水破了，我在站里值班，120还没到，家里没人"))
        for row in await notices(story, NoticeKind.ALERT):
            await damage(story, "notices", "text", row.id)
        courier.works()
        await story.later("PT2M")
        assert "郑凯" in courier.received("于海")[-1][1], "eight minutes early"
        await story.say("周建国", f"事项 {number}")
        assert "要说的话存坏了，打不开" in courier.received("周建国")[-1][1]


async def test_an_alert_whose_case_is_damaged_is_sent_in_its_own_words(each_settings: Settings, couriers: list[Courier]) -> None:
    async with told(only_jobs(each_settings)) as story:
        (courier,) = couriers
        courier.capabilities = courier.capabilities.__class__(**{**courier.capabilities.__dict__, "buttons": True})
        courier.fails(DOWN)
        number = await story.case_of(await story.say("郑凯", "我妈住院没人陪护，请组织帮帮忙"))
        await damage(story, "cases", "text", number)
        courier.works()
        await story.later("PT5S")
        assert "没人陪护" in courier.received("周建国")[-1][1]


async def test_a_nudge_that_cannot_be_looked_at_once_more_is_given_up_and_the_others_go(
    each_settings: Settings, couriers: list[Courier]
) -> None:
    async with told(only_jobs(each_settings, nudge_report={})) as story:
        (courier,) = couriers
        courier.fails(DOWN)
        await story.at("17:50")
        await story.say("张伟", "今天保养了两台车，明天打算练绳索")
        await damage(story, "reports", "work", 1)
        courier.works()
        await story.at("17:52")
        assert courier.received("高强"), "somebody who owes a report is nudged"
        nudges = await notices(story, NoticeKind.NUDGE_REPORT)
        (lost,) = [row for row in nudges if row.state == NoticeState.FAILED]
        assert (lost.address, lost.reason) == ("张伟", "unreadable")


async def test_a_kind_that_only_a_later_version_knows_is_sent_as_it_stands(each_settings: Settings, couriers: list[Courier]) -> None:
    async with told(only_jobs(each_settings)) as story:
        (courier,) = couriers
        courier.fails(DOWN)
        await story.say("王磊", "36.5 正常")
        await story.bot.store.write(lambda session: session.execute(text("UPDATE notices SET kind = 'of_tomorrow'")) and None)
        courier.works()
        await story.later("PT5S")
        assert courier.received("王磊")[-1][1].startswith("记下了")
        await story.say("李明", "负担")
        assert courier.received("李明")
