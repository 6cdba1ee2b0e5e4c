"""An ordinary account hears every word in its rooms: what is no report leaves no trace, not in the database and not in the logs."""

import json

import pytest
from structlog.testing import capture_logs

from bot.settings import Settings
from models.tables.base import Base
from models.tables.queue import MessageRow, NoticeRow
from models.tables.unit import AccountRow
from tests.gateway.gateway import IMAGE
from tests.gateway.unit import GatewayStory, account_of, chat_of, told_in_wechat
from tests.stage import only_jobs, rows
from tests.test_corpus_run import BOT, CORPUS, HAN, is_chatter, pieces
from tests.traces import stored, traces, unsealed

G1, STRANGE = chat_of("g1"), "49000000001@chatroom"
STRANGER = "wxid_new"
MEMBERS = [account_of(name) for name in ("张伟", "王磊", "高强", "赵云飞", "陈一")]


def said_somewhere() -> tuple[list[str], list[str]]:
    """What people chat, and all that they say: from the corpus."""
    messages = [json.loads(line) for line in (CORPUS / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    return [m["text"] for m in messages if is_chatter(m)], [m["text"] for m in messages if BOT not in m["text"]]


async def test_a_day_of_chatter_in_rooms_that_are_bound_and_in_others_leaves_no_trace(
    settings: Settings, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    chatter, everything = said_somewhere()
    assert len(chatter) > 180
    async with told_in_wechat(unsealed(only_jobs(settings))) as story:
        gateway = story.gateway
        await gateway.contact(STRANGER, "二舅家的表弟", friend=False)
        await gateway.join(G1, STRANGER)
        await gateway.contact("wxid_aunt", "隔壁王大妈")
        await gateway.room(STRANGE, "小区团购接龙群", {"wxid_aunt": "三单元王大妈", STRANGER: "", **dict.fromkeys(MEMBERS, "")})
        await story.taken(await gateway.say(MEMBERS[0], "36.5 正常", G1, at=story.now()))
        before, stored_before = await counts(story), stored(story.settings)
        with capture_logs() as lines:
            heard = await gateway.burst(len(chatter), G1, [*MEMBERS, STRANGER], chatter, at=story.now())
            await story.taken(heard[-1])
        heard = await gateway.burst(len(everything), STRANGE, [*MEMBERS, STRANGER, "wxid_aunt"], everything, first=1001, at=story.now())
        await story.taken(heard[-1])
        await story.taken(await gateway.say_file(STRANGER, "二舅的体检报告.jpg", b"\xff\xd8", G1, type=IMAGE, at=story.now()))
        await story.taken(await gateway.recall(MEMBERS[1], "burst-2", at=story.now()))
        await gateway.topic(STRANGE, "小区团购二群")
        await gateway.leave(STRANGE, "wxid_aunt")
        await gateway.join(STRANGE, "wxid_aunt", "三单元王大妈")
        await story.settled()

        assert await counts(story) == before
        assert [row.external_id for row in await rows(story, MessageRow)] == ["message-1"]
        assert await rows(story, NoticeRow) != []
        assert {row.address for row in await rows(story, AccountRow)}.isdisjoint({STRANGER, "wxid_aunt"})
        assert [sent.text for sent in gateway.outbox()] == ["记下了：36.5℃，正常"]
        files = stored(story.settings)
        written = repr(lines) + caplog.text + "".join(capfd.readouterr())
        known = set(pieces(stored_before.decode("utf-8", errors="ignore")))
        sought = {piece for text in everything for piece in pieces(text) if HAN.search(piece) and piece not in known}
        assert len(sought) > 10_000
        assert traces(("二舅", "王大妈", "小区团购"), files, written) == []
        assert not sought.intersection(pieces(files.decode("utf-8", errors="ignore")))
        assert not sought.intersection(pieces(written))
        assert "connected" in written, "the search looks at what the bot really writes"


async def counts(story: GatewayStory) -> dict[str, int]:
    """How many rows each table has."""
    return {mapper.class_.__tablename__: len(await rows(story, mapper.class_)) for mapper in Base.registry.mappers}


async def test_errors_that_repeat_what_was_said_and_sendings_that_fail_say_nothing_of_it(
    settings: Settings, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    secret, health = "三班老周借了我两千块", "37.9 拉肚子"
    async with told_in_wechat(unsealed(only_jobs(settings))) as story:
        gateway = story.gateway
        with capture_logs() as lines:
            await gateway.error(f"cannot parse message: {secret}")
            await gateway.payload_fails(1)
            await story.say("王磊", secret, "g1")
            await gateway.fail_sends(2, f"cannot send: {secret} {health}")
            await story.say("张伟", f"{health}，昨晚吃坏了", "g1")
            await story.later("PT10M")
        await gateway.payload_fails(3)
        await story.say("王磊", secret, "g1")
        await gateway.error(f'{{"name": "Error", "message": "{secret}"}}')
        await gateway.swallow_sends(1)
        await story.say("张伟", "更正：36.9，昨晚吃坏了", "g1")
        written = repr(lines) + caplog.text + "".join(capfd.readouterr())
        assert {"the gateway had an error", "sending failed"} <= {line["event"] for line in lines}
        assert "a message was lost" in written
        assert traces((secret, "两千块", health, "拉肚子", "吃坏", gateway.token), b"", written) == []
        assert traces((secret, "两千块"), stored(story.settings), "") == []
        assert [text.splitlines()[0] for text in await story.heard_by("张伟")] != []
