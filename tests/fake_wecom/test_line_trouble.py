"""The fake platform's long connection: files that are uploaded in pieces, and everything that can go wrong or comes unexpected."""

import base64
import hashlib
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.fakes.line_bot import CARD, CHAT, Bot, call, mentioned
from tests.fakes.office import MovedClock
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server import crypto
from tests.fakes.wecom_server.company import BotAccount, Company, Rules


async def upload(bot: Bot, data: bytes, size: int = 512 * 1024, first: int = 0, **change: Any) -> dict[str, Any]:
    parts = [data[start : start + size] for start in range(0, len(data), size)]
    about = {"type": "file", "filename": "r.csv", "total_size": len(data), "total_chunks": len(parts), "md5": hashlib.md5(data).hexdigest()}
    opened = await bot.ask("aibot_upload_media_init", about | change)
    if opened["errcode"]:
        return opened
    upload_id = opened["body"]["upload_id"]
    for index, part in reversed([*enumerate(parts, first), (first, parts[0])]):
        chunk = {"upload_id": upload_id, "chunk_index": index, "base64_data": base64.b64encode(part).decode()}
        ack = await bot.ask("aibot_upload_media_chunk", chunk)
        if ack["errcode"]:
            return ack
    return await bot.ask("aibot_upload_media_finish", {"upload_id": upload_id})


@pytest.mark.parametrize("first", [0, 1])
async def test_a_file_is_uploaded_in_pieces_and_sent(fake: FakeWeCom, bot: Bot, clock: MovedClock, first: int) -> None:
    fake.meet(CHAT)
    done = (await upload(bot, b"0123456789" * 120_000, first=first))["body"]
    assert (done["type"], done["created_at"]) == ("file", str(int(clock().timestamp())))
    assert await bot.push(msgtype="file", file={"media_id": done["media_id"]}) == 0
    assert fake.seen_in(CHAT)[0].content == {"media_id": done["media_id"]}
    clock.later(days=3)
    assert await bot.push(msgtype="file", file={"media_id": done["media_id"]}) == 40007


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"md5": "0" * 32}, 301019),
        ({"total_size": 7}, 40058),
        ({"total_chunks": 2}, 40058),
        ({"total_chunks": 101}, 40058),
        ({"type": "shout"}, 40004),
        ({"type": "image", "total_size": 11 * 1024 * 1024, "total_chunks": 30}, 40009),
    ],
)
async def test_a_file_that_is_not_as_it_was_announced_is_refused(bot: Bot, change: Any, code: int) -> None:
    assert (await upload(bot, b"name,temp\n", **change))["errcode"] == code


async def test_an_upload_outlives_a_connection_for_half_an_hour(fake: FakeWeCom, http: ClientSession, bot: Bot, clock: MovedClock) -> None:
    about = {"type": "file", "filename": "r.csv", "total_size": 10, "total_chunks": 1}
    first, second = [(await bot.ask("aibot_upload_media_init", about))["body"]["upload_id"] for _ in range(2)]
    chunk = {"chunk_index": 0, "base64_data": base64.b64encode(b"0123456789").decode()}
    too_long = {**chunk, "upload_id": first, "base64_data": base64.b64encode(b"0" * 524_289).decode()}
    assert await bot.code("aibot_upload_media_chunk", too_long) == 40058
    fake.drop_connection()
    again = await call(fake, http)
    await again.subscribe()
    assert await again.code("aibot_upload_media_chunk", {**chunk, "upload_id": first}) == 0
    assert await again.code("aibot_upload_media_finish", {"upload_id": first}) == 0
    clock.later(minutes=30)
    assert await again.code("aibot_upload_media_chunk", {**chunk, "upload_id": second}) == 40058


async def test_pictures_and_files_are_fetched_for_five_minutes_each_with_its_own_key(
    fake: FakeWeCom, http: ClientSession, bot: Bot, clock: MovedClock
) -> None:
    await fake.mention("lisi", CHAT, mixed=("@小微 看图", b"first picture"))
    await fake.private("lisi", file=("日报.xlsx", b"sheet"))
    await fake.private("lisi", voice="三十六度五")
    mixed, file, voice = [(await bot.read())["body"] for _ in range(3)]
    assert [item["msgtype"] for item in mixed["mixed"]["msg_item"]] == ["text", "image"]
    assert voice["voice"] == {"content": "三十六度五"}
    image = mixed["mixed"]["msg_item"][1]["image"]
    assert image["aeskey"] != file["file"]["aeskey"]
    async with http.get(file["file"]["url"]) as response:
        assert response.content_disposition is not None
        assert response.content_disposition.filename == "日报.xlsx"
        assert crypto.decrypt_bytes(base64.b64decode(file["file"]["aeskey"] + "="), await response.read()) == b"sheet"
    clock.later(minutes=5)
    async with http.get(image["url"]) as response:
        assert response.status == 403
    with pytest.raises(ValueError, match="no bot"):
        await fake.mention("lisi", CHAT, file=("a.csv", b"x"))


async def test_what_is_said_while_nobody_listens_is_lost(fake: FakeWeCom, http: ClientSession) -> None:
    assert not (await fake.mention("lisi", CHAT, "@小微 在吗")).delivered
    assert [one.reason for one in fake.dropped()] == ["not connected"]
    bot = await call(fake, http)
    await bot.subscribe()
    await mentioned(fake, bot, "@小微 现在呢")


async def test_callbacks_come_twice_late_in_another_order_or_not_at_all(fake: FakeWeCom, bot: Bot) -> None:
    await fake.mention("lisi", CHAT, "@小微 36.5", msgid="m-1", copies=2)
    assert [(await bot.read())["body"]["msgid"] for _ in range(2)] == ["m-1", "m-1"]
    fake.hold()
    for word in ("一", "二", "三"):
        await fake.mention("lisi", CHAT, word)
    await fake.release([2, 0, 1])
    assert [(await bot.read())["body"]["text"]["content"] for _ in range(3)] == ["三", "一", "二"]
    fake.fail("aibot_msg_callback", silent=True)
    assert not (await fake.mention("lisi", CHAT, "丢了")).delivered
    fake.fail("aibot_msg_callback", delay=0.02)
    await fake.mention("lisi", CHAT, "慢")
    await fake.mention("lisi", CHAT, "快")
    assert [(await bot.read())["body"]["text"]["content"] for _ in range(2)] == ["快", "慢"]


async def test_acknowledgements_are_withheld_wrong_or_broken(fake: FakeWeCom, bot: Bot) -> None:
    fake.meet(CHAT)
    fake.fail("aibot_send_msg", silent=True, accepted=True)
    await bot.send("aibot_send_msg", {"chatid": CHAT, "msgtype": "markdown", "markdown": {"content": "没有回执"}})
    fake.fail("aibot_send_msg", errcode=-1)
    assert await bot.push("没发出去") == -1
    fake.fail("aibot_send_msg", errcode=846607, times=2)
    assert [await bot.push("x") for _ in range(3)] == [846607, 846607, 0]
    fake.fail("aibot_send_msg", malformed=True, accepted=True)
    await bot.send("aibot_send_msg", {"chatid": CHAT, "msgtype": "markdown", "markdown": {"content": "y"}})
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        await bot.read()
    assert [one.text for one in fake.seen_in(CHAT)] == ["没有回执", "x", "y"]
    fake.lose_subscription()
    assert await bot.push("z") == 846609


@pytest.mark.parametrize("code", [1000, 1001, 1006, 1011])
async def test_the_connection_ends_with_any_code(fake: FakeWeCom, bot: Bot, code: int) -> None:
    fake.drop_connection(code)
    assert await bot.closed() == code
    assert not fake.connected


async def test_a_command_ends_the_connection_before_its_acknowledgement(fake: FakeWeCom, bot: Bot) -> None:
    fake.meet(CHAT)
    fake.fail("aibot_send_msg", close=1011, accepted=True)
    await bot.send("aibot_send_msg", {"chatid": CHAT, "msgtype": "markdown", "markdown": {"content": "发出去了"}})
    assert await bot.closed() == 1011
    assert [one.text for one in fake.seen_in(CHAT)] == ["发出去了"]


async def test_the_bot_is_sent_what_it_does_not_know(fake: FakeWeCom, bot: Bot) -> None:
    await fake.mention("lisi", CHAT, fields={"msgtype": "hologram", "hologram": {"depth": 3}, "mood": "good"})
    body = (await bot.read())["body"]
    assert (body["msgtype"], body["hologram"], body["mood"], body["chatid"]) == ("hologram", {"depth": 3}, "good", CHAT)
    await fake.send_frame({"cmd": "aibot_dance", "headers": {"req_id": "r-1"}, "body": {}})
    assert (await bot.read())["cmd"] == "aibot_dance"


async def test_a_bot_that_a_member_made_knows_people_by_their_open_ids_only(http: ClientSession, clock: MovedClock) -> None:
    account = BotAccount("aib-demo", "bot-SECRET", encrypted_ids=True)
    async with FakeWeCom(Company(bot=account), now=clock) as fake:
        bot = await call(fake, http)
        await bot.subscribe()
        await fake.private("lisi", "36.5")
        assert (await bot.read())["body"]["from"] == {"userid": "woAJ2GCAAAlisi"}
        assert await bot.push("好", "woAJ2GCAAAlisi", chat_type=1) == 0
        assert await bot.push("好", "woAJ2GCAAAwangwu", chat_type=1) == 93006
        assert [one.text for one in fake.seen_by("lisi")] == ["好"]
        assert await bot.push(chatid="woAJ2GCAAAlisi", msgtype="template_card", template_card=CARD) == 0
        [card] = fake.cards()
        pressed = await fake.press("lisi", card, "vote:1", selected={"who": ["a"]})
        assert (await bot.read())["body"]["from"] == {"userid": "woAJ2GCAAAlisi"}
        thanks = {"card_type": "text_notice", "main_title": {"title": "已投"}, "card_action": {"type": 0}, "task_id": "vote-1"}
        change = {"response_type": "update_template_card", "userids": ["woAJ2GCAAAlisi"], "template_card": thanks}
        assert await bot.code("aibot_respond_update_msg", change, pressed.req_id) == 0
        assert card.card_for("lisi") == thanks


async def test_what_is_no_frame_is_noted_and_nothing_comes_of_it(fake: FakeWeCom, bot: Bot) -> None:
    await bot.socket.send_str("no json")
    await bot.socket.send_str("[]")
    assert await bot.code("ping", None) == 0
    assert len(fake.dropped("not a frame")) == 2


async def test_only_so_many_messages_wait_for_an_answer_where_that_is_a_rule(http: ClientSession, clock: MovedClock) -> None:
    async with FakeWeCom(now=clock, rules=Rules(in_interaction=3)) as fake:
        bot = await call(fake, http)
        await bot.subscribe()
        deliveries = [await mentioned(fake, bot) for _ in range(3)]
        assert not (await fake.mention("lisi", CHAT, "第四条")).delivered
        assert (await fake.mention("wangwu", CHAT, "别人的")).delivered
        await bot.read()
        await bot.stream(deliveries[0], "好", finish=True)
        assert (await fake.mention("lisi", CHAT, "第五条")).delivered


async def test_an_answer_that_asks_for_it_is_rated(fake: FakeWeCom, bot: Bot) -> None:
    delivery = await mentioned(fake, bot)
    body = {"msgtype": "markdown", "markdown": {"content": "36.5 已登记", "feedback": {"id": "fb-1"}}}
    assert await bot.code("aibot_respond_msg", body, delivery.req_id) == 0
    await fake.rate("lisi", fake.seen_in(CHAT)[0], 2, "不对", [3])
    event = (await bot.read())["body"]["event"]
    assert event["feedback_event"] == {"id": "fb-1", "type": 2, "content": "不对", "inaccurate_reason_list": [3]}
