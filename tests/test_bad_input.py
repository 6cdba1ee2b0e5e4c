"""Bad input gets one clear line that says what and where; nothing that is stored is lost or half done."""

import io
import json
from typing import Any

import pytest
from sqlalchemy import func, select

from models.tables.queue import MessageRow
from tests.story import Story

GOOD = {"sender": "张伟", "text": "36.5 正常", "room": "g1"}


async def stored(story: Story) -> int:
    return await story.bot.store.read(lambda session: session.scalar(select(func.count()).select_from(MessageRow)) or 0)


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"text": "好" * 40_000}, 413, ["text", "40000", "20000"]),
        ({"text": "36.5\0正常"}, 400, ["text", "character 5", "NUL"]),
        ({"sender": "张\0伟"}, 400, ["sender", "NUL"]),
        ({"text": ""}, 400, ["text"]),
        ({"sender": ""}, 400, ["sender"]),
        ({"sender": 7}, 400, ["sender"]),
        ({"text": None}, 400, ["text"]),
        ({"room": "g9"}, 400, ["room", "g1, g2, g3, g4"]),
        ({"sent_at": "yesterday"}, 400, ["sent_at"]),
        ({"sent_at": "2026-03-02T08:00:00"}, 400, ["sent_at", "timezone"]),
        ({"sent_at": "9999-12-31T23:59:59+08:00"}, 400, ["sent_at", "calendar"]),
        ({"sent_at": "0001-01-01T00:00:00+08:00"}, 400, ["sent_at", "calendar"]),
        ({"id": "x" * 500}, 400, ["id", "200"]),
        ({"texte": "36.5"}, 400, ["texte"]),
    ],
)
async def test_a_bad_message_is_refused_with_one_line(story: Story, change: dict[str, Any], status: int, says: list[str]) -> None:
    answer = await story.post("/sandbox/messages", GOOD | change, status)
    assert "\n" not in answer["error"]
    for word in says:
        assert word in answer["error"]
    assert "正常" not in answer["error"], "an error must not repeat what somebody said"
    assert await stored(story) == 0


async def test_what_is_no_json_is_refused_with_one_line(story: Story) -> None:
    for body in (b"", b"{", b"\xff\xfe", b"[]", b'"36.5"', b"null"):
        async with story.http.post("/sandbox/messages", data=body) as response:
            assert response.status == 400
            assert "\n" not in (await response.json())["error"]


async def test_a_message_of_one_megabyte_is_refused_with_its_length(story: Story) -> None:
    body = json.dumps(GOOD | {"text": "36.5 正常" + "好" * 350_000}, ensure_ascii=False).encode()
    async with story.http.post("/sandbox/messages", data=io.BytesIO(body)) as response:
        assert response.status == 413
        assert "350007 characters" in (await response.json())["error"]
    assert await stored(story) == 0


async def test_a_request_of_five_megabytes_is_refused_before_it_is_read(story: Story) -> None:
    async with story.http.post("/sandbox/messages", data=io.BytesIO(b" " * 5_000_000)) as response:
        assert response.status == 413
        assert "larger than" in (await response.json())["error"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("😀" * 10_000, False),
        ("36.5 正常 " + "😀" * 10_000, True),
        ("\u202e\u200b\ufeff36.5 正常\u200d", True),
        ("<script>alert(1)</script>", False),
        ("'; DROP TABLE members; --", False),
        ("=cmd|' /C calc'!A0", False),
        ("\ud7ff\U0010ffff\x01\x02", False),
    ],
)
async def test_strange_but_lawful_messages_go_through(story: Story, text: str, kept: bool) -> None:
    await story.say("张伟", text, "g1")
    assert await stored(story) == int(kept)
    await story.say("李明", "36.5 正常", "g1")
    assert await stored(story) == int(kept) + 1


async def test_a_lone_surrogate_is_refused_and_harms_nothing(story: Story) -> None:
    async with story.http.post("/sandbox/messages", data=b'{"sender":"\xe5\xbc\xa0\xe4\xbc\x9f","text":"36.5 \\ud800"}') as response:
        assert response.status == 400
    assert await stored(story) == 0


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"to": "tomorrow"}, "to"),
        ({"to": "2026-03-02T08:00:00"}, "timezone"),
        ({"advance": "soon"}, "advance"),
        ({"advance": "-PT15M"}, "advance"),
        ({"advance": "P400000000D"}, "advance"),
        ({"advance": "P3000000D"}, "advance"),
        ({}, "advance"),
        ({"advance": "PT1M", "to": "2026-03-02T08:00:00+08:00"}, "either"),
        ({"forward": "PT1M"}, "forward"),
        ([], "body"),
    ],
)
async def test_a_bad_clock_value_moves_nothing(story: Story, body: object, says: str) -> None:
    before = await story.get("/sandbox/clock")
    answer = await story.post("/sandbox/clock", body, 400)
    assert says in answer["error"]
    assert "\n" not in answer["error"]
    assert await story.get("/sandbox/clock") == before


async def test_an_explanation_of_a_day_beyond_the_calendar_is_refused_with_one_line(story: Story) -> None:
    answer = await story.post("/demo/explain", GOOD | {"text": "明天请假", "sent_at": "9999-12-31T12:00:00+08:00"}, 400)
    assert answer["error"].startswith("sent_at:")


async def test_an_unknown_page_and_a_wrong_cursor_get_one_line(story: Story) -> None:
    wrong = ("x", "-1", str(2**63), "9" * 400)
    for path, status in (("/nothing", 404), *((f"/sandbox/messages?after={cursor}", 400) for cursor in wrong)):
        async with story.http.get(path) as response:
            assert response.status == status
            assert "\n" not in (await response.json())["error"]


@pytest.mark.parametrize(
    "header",
    [
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Host": "evil.example.com:8080"},
        {"Host": "localhost.example.com"},
        {"Host": "192.168.1.7:8080"},
        {"Host": "["},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
    ],
)
async def test_another_site_in_the_browser_may_not_speak_here(story: Story, header: dict[str, str]) -> None:
    async with story.http.post("/sandbox/messages", json=GOOD, headers=header) as response:
        assert response.status == 403
        assert "allow_remote" in (await response.json())["error"]
    async with story.http.get("/sandbox/messages", headers=header) as response:
        assert response.status == 403
    assert await stored(story) == 0


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:8080"])
async def test_by_each_name_of_this_machine_it_answers(story: Story, host: str) -> None:
    async with story.http.get("/sandbox/messages", headers={"Host": host}) as response:
        assert response.status == 200


async def test_the_log_of_a_refusal_holds_nothing_that_was_said(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    await story.post("/sandbox/messages", {"sender": "张伟", "text": "我妈住院了\0", "room": "g1"}, 400)
    await story.say("张伟", "我妈住院没人陪护，请组织帮帮忙", "g1")
    printed = capsys.readouterr()
    assert "住院" not in printed.out + printed.err
    assert json.dumps("住院") not in printed.out + printed.err
