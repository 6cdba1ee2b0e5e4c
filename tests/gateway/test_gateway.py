"""The gateway that tests play is a gateway to a client that others wrote."""

import asyncio
import base64
import json
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from grpclib.const import Status
from grpclib.exceptions import GRPCError, StreamTerminatedError

from tests.gateway.client import Client, client_of
from tests.gateway.gateway import Gateway, running_gateway

ROOM = "19012345678@chatroom"
ZHANG, LI = "wxid_zhangwei", "wxid_lina"
UNANSWERED = (TimeoutError, GRPCError)  # whichever end looks at the clock first
AT = datetime(2026, 3, 2, 6, 10, tzinfo=UTC)


@pytest.fixture
async def squad(gateway: Gateway) -> Gateway:
    """Two people in a room, one of them a friend of the bot."""
    await gateway.contact(ZHANG, "大张", alias="张伟")
    await gateway.contact(LI, "娜娜", friend=False)
    await gateway.room(ROOM, "三班", {ZHANG: "三班张伟", LI: ""})
    return gateway


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """The files of a certificate for localhost and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    files = tmp_path / "cert.pem", tmp_path / "key.pem"
    files[0].write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


@pytest.fixture
async def client(squad: Gateway) -> AsyncIterator[Client]:
    """Somebody who listens to the gateway of the squad."""
    async with client_of(squad) as client:
        yield client


async def test_whoever_connects_hears_who_is_logged_in(client: Client) -> None:
    await client.ask.start()
    assert await client.hears("login") == {"contactId": "bot"}
    assert (await client.ask.contact_payload(id="bot")).name == "小微"


async def test_a_message_has_its_room_sender_mentions_and_time(squad: Gateway, client: Client) -> None:
    said = await squad.say(ZHANG, "@小微\u2005张伟 36.5 正常", ROOM, mentions=["bot"], at=AT)
    message = await client.reads()
    assert (message.id, message.room_id, message.from_id, message.to_id) == (said, ROOM, ZHANG, "")
    assert (message.text, message.mention_ids, message.type) == ("@小微\u2005张伟 36.5 正常", ["bot"], 7)
    assert message.timestamp == AT.timestamp() * 1000
    member = await client.ask.room_member_payload(id=ROOM, member_id=ZHANG)
    assert (member.room_alias, member.name) == ("三班张伟", "大张")
    assert (await client.ask.contact_payload(id=ZHANG)).alias == "张伟"
    room = await client.ask.room_payload(id=ROOM)
    assert (room.topic, room.member_ids) == ("三班", ["bot", ZHANG, LI])


async def test_a_private_message_is_to_the_account_and_one_from_the_phone_is_to_somebody(squad: Gateway, client: Client) -> None:
    await squad.say(ZHANG, "在吗")
    message = await client.reads()
    assert (message.room_id, message.from_id, message.to_id) == ("", ZHANG, "bot")
    await squad.say("bot", "我在手机上回", to=ZHANG, at=1_772_431_800)
    message = await client.reads()
    assert (message.from_id, message.to_id, message.timestamp) == ("bot", ZHANG, 1_772_431_800)


async def test_what_the_bot_sends_is_in_the_outbox_and_comes_back_to_it(squad: Gateway, client: Client) -> None:
    sent = await client.ask.message_send_text(conversation_id=ROOM, text="收到", mentonal_ids=[ZHANG])
    echo = await client.reads()
    assert (echo.id, echo.from_id, echo.room_id, echo.text, echo.mention_ids) == (sent.id, "bot", ROOM, "收到", [ZHANG])
    await client.ask.message_send_text(conversation_id=ZHANG, text="谢谢")
    first, second = await squad.until(lambda outbox: len(outbox) == 2)
    assert (first.seq, first.conversation, first.text, first.mentions, first.file, first.id) == (1, ROOM, "收到", (ZHANG,), None, sent.id)
    assert (second.seq, second.conversation, second.text) == (2, ZHANG, "谢谢")
    squad.forget()
    assert squad.outbox() == []
    with pytest.raises(AssertionError, match="outbox"):
        await squad.until(bool, seconds=0.1)


async def test_a_picture_that_the_bot_sends_arrives_whole(squad: Gateway, client: Client) -> None:
    box = json.dumps({"type": 1, "name": "卡片.png", "base64": base64.b64encode(b"\x89PNG" * 999).decode()})
    sent = await client.ask.message_send_file(conversation_id=ROOM, filebox=box)
    (one,) = squad.outbox()
    assert (one.file, one.name, one.id) == (b"\x89PNG" * 999, "卡片.png", sent.id)
    assert (await client.reads()).type == 6


async def test_a_large_file_that_the_bot_sends_arrives_whole_in_pieces(squad: Gateway, client: Client) -> None:
    large = bytes(range(256)) * 4096 * 8
    box = json.dumps({"type": 1, "name": "周报.xlsx", "base64": base64.b64encode(large).decode()})
    with pytest.raises(GRPCError) as refused:
        await client.ask.message_send_file(conversation_id=ROOM, filebox=box)
    assert refused.value.status is Status.RESOURCE_EXHAUSTED
    box = json.dumps({"type": 7, "name": "周报.xlsx", "uuid": await client.uploads(large)})
    await client.ask.message_send_file(conversation_id=ROOM, filebox=box)
    assert [(one.name, one.file) for one in squad.outbox()] == [("周报.xlsx", large)]


async def test_a_message_that_is_taken_back_is_a_message_too(squad: Gateway, client: Client) -> None:
    said = await squad.say(ZHANG, "39.2", ROOM)
    await client.reads()
    recall = await squad.recall(ZHANG, said)
    message = await client.reads()
    assert (message.id, message.type, message.text, message.room_id, message.from_id) == (recall, 13, said, ROOM, ZHANG)


async def test_the_bot_can_take_back_what_it_said_and_nothing_else(squad: Gateway, client: Client) -> None:
    sent = await client.ask.message_send_text(conversation_id=ROOM, text="发错了")
    assert (await client.ask.message_recall(id=sent.id)).success
    assert squad.recalled() == [sent.id]
    assert not (await client.ask.message_recall(id=await squad.say(ZHANG, "我的", ROOM))).success


async def test_a_large_file_is_fetched_in_pieces_and_a_small_one_comes_at_once(squad: Gateway, client: Client) -> None:
    large = bytes(range(256)) * 4096 * 8
    box = json.loads((await client.ask.message_file(id=await squad.say_file(ZHANG, "花名册.xlsx", large, ROOM, type=1))).filebox)
    assert box["type"] == 7
    assert await client.downloads(box["uuid"]) == large
    photo = await squad.say_file(ZHANG, "体温计.jpg", b"\xff\xd8small", ROOM)
    box = json.loads((await client.ask.message_image(id=photo, type=3)).filebox)
    assert (box["type"], box["name"], base64.b64decode(box["base64"])) == (1, "体温计.jpg", b"\xff\xd8small")
    linked = await squad.say_file(ZHANG, "a.jpg", b"", ROOM, url="http://127.0.0.1:9/a.jpg")
    box = json.loads((await client.ask.message_file(id=linked)).filebox)
    assert (box["type"], box["url"]) == (2, "http://127.0.0.1:9/a.jpg")
    assert (await client.ask.message_payload(id=linked)).filename == "a.jpg"


async def test_a_room_changes_its_people_and_names(squad: Gateway, client: Client) -> None:
    await squad.contact("wxid_wang", "小王")
    await squad.join(ROOM, "wxid_wang", "三班王强", inviter=ZHANG)
    joined = await client.hears("room_join")
    assert (joined["roomId"], joined["inviteeIdList"], joined["inviterId"]) == (ROOM, ["wxid_wang"], ZHANG)
    await squad.rename(ROOM, "wxid_wang", "王强")
    assert [(await client.hears("dirty"))["payloadType"] for _ in range(2)] == [4, 3]
    assert (await client.ask.room_member_payload(id=ROOM, member_id="wxid_wang")).room_alias == "王强"
    await squad.topic(ROOM, "一排三班")
    assert (await client.hears("room_topic"))["newTopic"] == "一排三班"
    assert (await client.ask.room_payload(id=ROOM)).topic == "一排三班"
    await squad.leave(ROOM, "wxid_wang")
    assert (await client.hears("room_leave"))["removeeIdList"] == ["wxid_wang"]
    with pytest.raises(GRPCError, match="is not in the Room"):
        await client.ask.room_member_payload(id=ROOM, member_id="wxid_wang")
    await squad.leave(ROOM, "bot", remover=ZHANG)
    with pytest.raises(GRPCError, match="not a member of room"):
        await client.ask.message_send_text(conversation_id=ROOM, text="在吗")


async def test_a_stranger_is_written_to_once_the_bot_accepts_the_friendship(squad: Gateway, client: Client) -> None:
    with pytest.raises(GRPCError, match="朋友验证"):
        await client.ask.message_send_text(conversation_id=LI, text="你好")
    asked = await squad.request_friendship(LI, "我是李娜")
    assert await client.hears("friendship") == {"friendshipId": asked}
    payload = await client.ask.friendship_payload(id=asked)
    assert (payload.type, payload.contact_id, payload.hello) == (2, LI, "我是李娜")
    await client.ask.friendship_accept(id=asked)
    confirmed = await client.ask.friendship_payload(id=(await client.hears("friendship"))["friendshipId"])
    assert (confirmed.type, confirmed.contact_id) == (1, LI)
    assert squad.accepted() == [asked]
    await client.ask.message_send_text(conversation_id=LI, text="你好")
    assert [one.conversation for one in squad.outbox()] == [LI]


async def test_somebody_logs_out_and_must_scan_to_log_in_again(squad: Gateway, client: Client) -> None:
    await squad.logout()
    assert (await client.hears("logout"))["contactId"] == "bot"
    with pytest.raises(GRPCError, match="not logged in"):
        await client.ask.message_send_text(conversation_id=ROOM, text="在吗")
    await squad.scan("https://example.org/scan")
    assert await client.hears("scan") == {"qrcode": "https://example.org/scan", "status": 2}
    await client.close()
    async with client_of(squad) as again:
        assert (await again.hears("scan"))["qrcode"] == "https://example.org/scan"
        await squad.login("bot2", "小卫")
        assert await again.hears("login") == {"contactId": "bot2"}
        assert (await again.ask.contact_payload(id="bot2")).name == "小卫"
    async with client_of(squad) as again:
        assert await again.hears("login") == {"contactId": "bot2"}
        assert again.unheard() == []


async def test_an_error_is_told_of_and_ends_nothing(squad: Gateway, client: Client) -> None:
    await squad.error("the platform was slow")
    assert "the platform was slow" in (await client.hears("error"))["gerror"]
    said = await squad.say(ZHANG, "还在", ROOM)
    assert (await client.reads()).id == said


async def test_the_heart_beats_and_stops(squad: Gateway, client: Client) -> None:
    await squad.beats(20)
    for _ in range(3):
        await client.hears("heartbeat")
    await squad.beats(False)
    await squad.say(ZHANG, "还在", ROOM)
    await client.hears("message")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.hears("heartbeat"), 0.2)


async def test_a_wrong_token_is_refused(squad: Gateway) -> None:
    async with client_of(squad, token="wrong", listen=False) as client:
        with pytest.raises(GRPCError) as refused:
            await client.ask.start()
        assert refused.value.status is Status.UNAUTHENTICATED
        client.listen()
        ended = await client.ended()
        assert isinstance(ended, GRPCError)
        assert ended.status is Status.UNAUTHENTICATED


async def test_a_second_client_is_turned_away_until_it_evicts_the_first(squad: Gateway, client: Client) -> None:
    async with client_of(squad, listen=False) as second:
        second.listen()
        ended = await second.ended()
        assert isinstance(ended, GRPCError)
        assert ended.status is Status.ALREADY_EXISTS
        await second.ask.stop()
        assert await client.ended() is None
        await second.ask.start()
        second.listen()
        assert await second.hears("login") == {"contactId": "bot"}
        await squad.say(ZHANG, "现在呢", ROOM)
        assert (await second.reads()).text == "现在呢"


async def test_the_world_is_there_again_after_the_power_failed(squad: Gateway, client: Client) -> None:
    before = squad.endpoint
    said = await squad.say(ZHANG, "36.5", ROOM)
    sent = (await client.ask.message_send_text(conversation_id=ROOM, text="收到")).id
    await client.ask.friendship_accept(id=await squad.request_friendship(LI, "我是李娜"))
    await squad.kill()
    assert isinstance(await client.ended(), StreamTerminatedError)
    with pytest.raises(OSError, match="Connect call failed"):
        async with client_of(squad, listen=False) as nobody:
            await nobody.ask.start()
    lost = await squad.say(ZHANG, "没人听见", ROOM)
    await squad.start()
    assert squad.endpoint == before
    async with client_of(squad) as again:
        assert await again.hears("login") == {"contactId": "bot"}
        assert (await again.ask.room_member_payload(id=ROOM, member_id=ZHANG)).room_alias == "三班张伟"
        assert (await again.ask.contact_payload(id=LI)).friend
        assert [(await again.ask.message_payload(id=one)).text for one in (said, sent, lost)] == ["36.5", "收到", "没人听见"]
        await squad.repeat(said)
        assert (await again.reads()).id == said
        assert (await again.ask.message_send_text(conversation_id=ROOM, text="又来了")).id != sent
        assert [one.text for one in squad.outbox()] == ["收到", "又来了"]


async def test_a_frozen_gateway_answers_nobody(squad: Gateway, client: Client) -> None:
    await squad.freeze()
    async with client_of(squad, seconds=0.3, listen=False) as impatient:
        with pytest.raises(UNANSWERED):
            await impatient.ask.room_payload(id=ROOM)
    await squad.thaw()
    assert (await client.ask.room_payload(id=ROOM)).topic == "三班"
    await squad.freeze()  # and it can be ended so


async def test_sends_fail_get_lost_or_go_unanswered(squad: Gateway) -> None:
    async with client_of(squad, seconds=0.3) as client:
        await squad.fail_sends(1, "sent too often")
        with pytest.raises(GRPCError, match="sent too often"):
            await client.ask.message_send_text(conversation_id=ROOM, text="一")
        await squad.lose_sends(1)
        with pytest.raises(UNANSWERED):
            await client.ask.message_send_text(conversation_id=ROOM, text="二")
        assert squad.outbox() == []
        await squad.swallow_sends(1)
        with pytest.raises(UNANSWERED):
            await client.ask.message_send_text(conversation_id=ROOM, text="三")
        assert (await client.reads()).text == "三"
        await squad.no_ids()
        assert (await client.ask.message_send_text(conversation_id=ROOM, text="四")).id is None
        assert (await client.reads()).text == "四"
        await squad.no_ids(False)
        assert (await client.ask.message_send_text(conversation_id=ROOM, text="五")).id
        assert [one.text for one in squad.outbox()] == ["三", "四", "五"]


async def test_a_message_can_fail_to_load_and_load_later(squad: Gateway, client: Client) -> None:
    await squad.payload_fails(2)
    said = await squad.say(ZHANG, "36.5", ROOM)
    for _ in range(2):
        with pytest.raises(GRPCError, match="cannot load"):
            await client.ask.message_payload(id=said)
    assert (await client.ask.message_payload(id=said)).text == "36.5"


async def test_twenty_thousand_messages_come_in_order(squad: Gateway, client: Client) -> None:
    ids = await squad.burst(20_000, ROOM, [ZHANG, LI], ["第{n}条 36.{d} 正常", "第{n}条 早上好"])
    assert [(await client.hears("message"))["messageId"] for _ in range(20_000)] == ids
    first, last = [await client.ask.message_payload(id=one) for one in (ids[0], ids[-1])]
    assert (first.text, first.from_id) == ("第1条 36.1 正常", ZHANG)
    assert (last.text, last.from_id) == ("第20000条 早上好", LI)


async def test_the_connection_can_be_encrypted(gateway_packages: None, certificate: tuple[Path, Path]) -> None:
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    trust.set_alpn_protocols(["h2"])
    async with running_gateway(tls=certificate) as gateway:
        async with client_of(gateway, tls=trust) as client:
            assert await client.hears("login") == {"contactId": "bot"}
        async with client_of(gateway, seconds=1, listen=False) as plain:
            with pytest.raises((OSError, StreamTerminatedError, *UNANSWERED)):
                await plain.ask.start()


async def test_nobody_is_logged_in_where_a_test_wants_it_so(gateway_packages: None) -> None:
    async with running_gateway(logged_in=False, beats=0) as gateway, client_of(gateway) as client:
        await gateway.login()
        assert await client.hears("login") == {"contactId": "bot"}
        assert client.unheard() == []


async def test_the_next_test_finds_nothing_of_the_one_before(gateway_packages: None) -> None:
    async with running_gateway() as before:
        await before.contact(ZHANG, "大张")
        await before.fail_sends(1)
        client = Client(before, None, 20, None)
        client.listen()
        await client.hears("heartbeat")
    await client.ended()
    await client.close()
    async with running_gateway() as gateway, client_of(gateway) as other:
        assert gateway.endpoint != before.endpoint
        with pytest.raises(GRPCError, match="no payload found"):
            await other.ask.contact_payload(id=ZHANG)
        await gateway.contact(ZHANG, "大张")
        await other.ask.message_send_text(conversation_id=ZHANG, text="在吗")
        assert [(one.seq, one.id) for one in gateway.outbox()] == [(1, "sent-1")]


async def test_a_test_says_what_it_forgot_to_set_up(squad: Gateway) -> None:
    with pytest.raises(AssertionError, match="wxid_nobody"):
        await squad.say("wxid_nobody", "在吗")
    with pytest.raises(AssertionError, match="no room"):
        await squad.say(ZHANG, "在吗", "1@chatroom")
    await squad.contact("wxid_wang", "小王")
    with pytest.raises(AssertionError, match="is not in"):
        await squad.say("wxid_wang", "在吗", ROOM)
