"""Health, readiness and figures for whoever runs the bot: numbers, never who or what."""

import asyncio
import math
import re

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.settings import Settings
from tests.stage import hire, told
from tests.story import Story


async def figures(story: Story) -> dict[str, float]:
    """Every figure with its labels."""
    async with story.http.get("/metrics") as response:
        assert response.status == 200
        assert response.content_type == "text/plain"
        text = await response.text()
    found = re.findall(r"^(sanwei_\w+(?:\{[^}]*\})?) (\S+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in found}


async def test_messages_and_notices_are_counted_by_what_became_of_them(story: Story) -> None:
    await story.say("张伟", "36.5 正常", "g1", id="once")
    await story.say("张伟", "36.5 正常", "g1", id="once")
    await story.say("张伟", "哈哈哈", "g1")
    await story.say("马腾", "我妈住院没人陪护，请组织帮帮忙", "g2")
    found = await figures(story)
    counted = {
        outcome: found[f'sanwei_messages_total{{channel="sandbox",outcome="{outcome}"}}'] for outcome in ("stored", "repeated", "dropped")
    }
    assert counted == {"stored": 2, "repeated": 1, "dropped": 1}
    heard = len(await story.heard())
    assert found['sanwei_notices_total{channel="sandbox",outcome="sent"}'] == heard == 4
    assert found["sanwei_open_cases"] == 1
    assert found["sanwei_desk_batch_size_sum"] == 3
    case = await story.case_of(await story.say("高强", "37.9，咳嗽"))
    assert (await figures(story))["sanwei_open_cases"] == 2
    await story.say("李明", f"收到 {case}")
    await story.say("李明", f"办结 {case} 退烧了")
    await story.say("高强", "是")
    assert (await figures(story))["sanwei_open_cases"] == 1


async def test_a_figure_of_the_outbox_goes_down_again_when_nothing_waits(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    couriers = hire(monkeypatch)
    async with told(settings) as story:
        couriers[0].fails(KeyError("x"))
        await story.say("张伟", "36.5 正常")
        assert (await figures(story))['sanwei_outbox{state="waiting"}'] == 1
        couriers[0].works()
        await story.later("PT5S")
        found = await figures(story)
        assert found['sanwei_outbox{state="waiting"}'] == 0
        assert found['sanwei_notices_total{channel="sandbox",outcome="sent"}'] == 1


async def test_a_look_at_the_bot_takes_no_longer_with_every_notice_that_was_sent(each_story: Story) -> None:
    story = each_story
    await story.say("张伟", "36.5 正常")
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(story.bot.store.engine, "before_cursor_execute", note)
    await story.get("/readyz")
    assert [statement for statement in statements if "FROM" in statement] == []
    found = await figures(story)
    event.remove(story.bot.store.engine, "before_cursor_execute", note)
    of_notices = [statement for statement in statements if "FROM notices" in statement]
    assert all("WHERE" in statement for statement in of_notices), of_notices
    assert {name for name in found if "outbox" in name} == {
        f'sanwei_outbox{{state="{state}"}}' for state in ("waiting", "leased", "failed")
    }


async def test_no_name_no_room_and_no_word_is_among_the_figures(story: Story) -> None:
    await story.say("马腾", "我妈住院没人陪护，请组织帮帮忙", "g2")
    await story.at("09:30")
    async with story.http.get("/metrics") as response:
        text = await response.text()
    members = (await story.get("/demo/unit"))["members"]
    assert members
    assert not [member["name"] for member in members if member["name"] in text]
    assert '"g2"' not in text
    assert "住院" not in text
    assert re.findall(r"[\u4e00-\u9fff]", text) == []


async def test_a_bot_that_lives_says_so_and_one_whose_store_is_gone_is_not_ready(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await story.get("/healthz") == {"status": "ok"}
    assert await story.get("/readyz") == {"status": "ready", "channels": {"sandbox": "online"}}

    async def gone(_work: object) -> None:
        await asyncio.sleep(0)
        raise OSError("the disk is gone: 张伟 36.5")

    with monkeypatch.context() as broken:
        broken.setattr(story.bot.store, "read", gone)
        async with story.http.get("/readyz") as response:
            assert response.status == 503
            assert await response.json() == {"status": "not ready", "store": "OSError"}
        assert await story.get("/healthz") == {"status": "ok"}, "it lives, and need not be started again"
    assert (await story.get("/readyz"))["status"] == "ready"


async def test_while_the_database_is_gone_the_age_of_the_last_clean_audit_is_still_told(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    await story.say("马腾", "我妈住院没人陪护，请组织帮帮忙", "g2")
    before = await figures(story)
    assert before["sanwei_open_cases"] == 1

    async def gone(_work: object) -> None:
        await asyncio.sleep(0)
        raise OperationalError("SELECT", {"text": "我妈住院"}, Exception("connection refused"))

    with monkeypatch.context() as broken:
        broken.setattr(story.bot.store, "read", gone)
        found = await figures(story)
    assert found["sanwei_audit_last_clean_timestamp"] == before["sanwei_audit_last_clean_timestamp"] > 0
    assert math.isnan(found["sanwei_open_cases"]), "nobody knows, and yesterday's figure would be believed"
    assert not [name for name in found if name.startswith("sanwei_outbox")]
    assert (await figures(story))["sanwei_open_cases"] == 1


async def test_what_fails_inside_is_one_line_for_whoever_asks_and_in_the_log_without_a_word_that_was_said(
    story: Story, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    async def gone(_work: object) -> None:
        await asyncio.sleep(0)
        raise OperationalError("SELECT", {"text": "我妈住院"}, Exception("connection refused"))

    monkeypatch.setattr(story.bot.store, "read", gone)
    async with story.http.get("/sandbox/messages") as response:
        assert response.status == 500
        assert await response.json() == {"error": "GET /sandbox/messages: failed inside; the log says more"}
    said = "".join(capfd.readouterr())
    assert "request failed" in said
    assert "住院" not in said
    assert "Traceback" not in said
