"""What people write to the app arrives: opened, stored once, answered in time; and nobody else gets in."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.settings import Settings
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from tests.stage import changed, only_jobs, rows
from tests.wecom.app_unit import USERIDS, AppStory, told_to_the_app
from tests.wecom.vectors import V1, V2


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[AppStory]:
    async with told_to_the_app(only_jobs(settings)) as story:
        yield story


async def test_the_address_is_taken_by_the_platform(story: AppStory) -> None:
    assert (await story.fake.app_verify(story.url)).accepted
    assert (await story.fake.app_verify(story.url, forgery="signature")).statuses == (403,)


async def test_a_check_in_is_written_down_and_answered_in_private(story: AppStory) -> None:
    await story.say("张伟", "36.5 <正常> & 一切都好 ]]>")
    (message,) = await rows(story.bot, MessageRow)
    assert (message.channel, message.room, message.account, message.addressed) == ("wecom_app", None, "ZhangWei", True)
    assert message.sent_at == story.bot.office.clock.now()
    assert len(await rows(story.bot, CheckinRow)) == 1
    assert story.read_by("张伟") == ["记下了：36.5℃，正常"]


async def test_the_platforms_own_examples_are_opened_over_http(settings: Settings) -> None:
    example = {"corp_id": "wx5823bf96d3bd56c7", "token": SecretStr("QDG6eK")}
    key = SecretStr("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")
    at = datetime.fromtimestamp(int(V2.timestamp), UTC)
    settings = changed(only_jobs(settings), clock={"start": at})
    async with told_to_the_app(settings, **example, encoding_aes_key=key) as story, ClientSession() as http:
        async with http.get(story.url, params={**V1.query, "echostr": V1.encrypt}) as response:
            assert (response.status, await response.read()) == (200, b"1616140317555161061")
        body = f"<xml><ToUserName>wx5823bf96d3bd56c7</ToUserName><Encrypt><![CDATA[{V2.encrypt}]]></Encrypt><AgentID>218</AgentID></xml>"
        async with http.post(story.url, params=V2.query, data=body) as response:
            assert (response.status, await response.read()) == (200, b"")
        (message,) = await rows(story.bot, MessageRow)
        assert (message.external_id, message.account, message.text) == ("4561255354251345929", "mycreate", "hello")
        assert message.sent_at == at


@pytest.mark.parametrize("days", [-20_000, -3, 400])
async def test_a_time_that_is_none_is_the_present(story: AppStory, days: int) -> None:
    answer = await story.fake.app_says(story.url, USERIDS["张伟"], "36.5 正常", at=story.now() + timedelta(days=days))
    assert answer.accepted
    await story.later(seconds=0)
    assert story.read_by("张伟") == ["记下了：36.5℃，正常"], "of today"


@pytest.mark.parametrize(
    ("kind", "fields", "what"),
    [
        ("image", {"PicUrl": "https://example.com/p", "MediaId": "m"}, "图片我还看不懂"),
        ("voice", {"MediaId": "m", "Format": "amr"}, "语音我还听不懂"),
        ("location", {"Location_X": "23.1", "Location_Y": "113.3", "Scale": 15, "Label": "营区"}, "图片、语音和文件我看不懂"),
        ("file", {}, "文件我还看不懂"),
    ],
)
async def test_who_sends_a_picture_or_speaks_reads_kindly_that_only_words_are_read(
    story: AppStory, kind: str, fields: dict[str, object], what: str
) -> None:
    assert (await story.fake.app_sends(story.url, "ZhangWei", kind, fields)).accepted
    await story.later(seconds=0)
    assert story.read_by("张伟") == [f"张伟 {what}，打几个字就行，比如“36.5，正常”。"]
