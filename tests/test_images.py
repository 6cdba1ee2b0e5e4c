"""A lesson's picture comes with its text: in the sandbox as one message, elsewhere after it, and never at the price of the text."""

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.channels.channel import Limit, Outgoing, SendError
from bot.settings import Settings
from models.capabilities import Capabilities, Hears, Push
from models.outbox import NoticeKind, NoticeState
from models.tables.queue import NoticeRow
from services.notify import tell
from services.work import Work
from tests.stage import Courier, Ways, changed, notices, only_jobs, told
from tests.story import Story

PICTURE = "01-mask-and-decon.png"
SEES = Capabilities(hears=Hears.MENTIONS, private=True, rooms=Push.ALWAYS, people=Push.ALWAYS, images=True)
READS = SEES.model_copy(update={"images": False})
BUSY = SendError("busy", retry=True)


@pytest.fixture
def content(settings: Settings, tmp_path: Path) -> Path:
    """The content of a unit that keeps it elsewhere, with one lesson."""
    folder = tmp_path / "content"
    shutil.copytree(settings.organization.content, folder)
    for path in (folder / "lessons").glob("*.md"):
        if path.stem != "01-mask-and-decon":
            path.unlink()
    return folder


@pytest.fixture
async def noon(settings: Settings, content: Path) -> AsyncIterator[Story]:
    """12:41 in a unit in which nothing was sent but the lesson."""
    async with told(changed(only_jobs(settings, lesson={}), organization={"content": content})) as story:
        await story.at("12:41")
        yield story


def parts(courier: Courier) -> list[tuple[int, str, str | None]]:
    """What was handed to a platform: number, first words, name of the picture."""
    return [(one.part, one.text[:5], one.image and one.image.name) for _, one in courier.sent]


async def test_the_room_gets_the_lesson_with_its_picture(noon: Story, content: Path) -> None:
    (lesson,) = [heard for heard in await noon.heard() if heard.room == "g1"]
    assert lesson.text.startswith("【微党课】口罩戴严")
    assert lesson.image is not None
    async with noon.http.get(lesson.image) as response:
        assert (response.status, response.headers["Content-Type"]) == (200, "image/png")
        assert await response.read() == (content / "lessons" / PICTURE).read_bytes()


async def test_who_asks_for_a_lesson_gets_the_picture_too_and_a_receipt_has_none(noon: Story) -> None:
    await noon.forget()
    await noon.say("张伟", "学习")
    await noon.say("张伟", "36.5 正常")
    lesson, receipt = [heard for heard in await noon.heard() if heard.to == "张伟"]
    assert lesson.image is not None
    assert lesson.room is None
    answer = await noon.get("/sandbox/messages?after=0")
    assert [message.keys() - {"seq", "at", "room", "to", "text"} for message in answer["messages"]][-2:] == [{"image"}, set()]
    assert receipt.text.startswith("记下了")


async def test_nothing_can_be_fetched_but_pictures_that_were_sent(noon: Story, content: Path) -> None:
    await noon.say("张伟", "36.5 正常")
    receipt = (await noon.heard())[-1]
    for path in (str(receipt.seq), "0", "99999", "9" * 18, PICTURE, "../../config.yaml", "..%2f..%2fconfig.yaml", "9" * 30):
        async with noon.http.get(f"/sandbox/images/{path}") as response:
            assert response.status == 404, path
            assert "error" in await response.json()
    (content / "lessons" / PICTURE).unlink()
    (lesson,) = [heard for heard in await noon.heard() if heard.room == "g1"]
    assert lesson.image is not None
    async with noon.http.get(lesson.image) as response:
        assert response.status == 404


async def give_lesson(story: Story, name: str, text: str = "【微党课】先冲后摘") -> None:
    """The bot gives one member a lesson in private, with its picture, and sends it."""

    def act(work: Work) -> None:
        person = work.directory.named(name)
        assert person is not None
        tell(work, person, text, NoticeKind.LESSON, image=f"lessons/{PICTURE}")

    await story.bot.office.write(act)
    await story.later("PT0S")


async def the_notice(story: Story) -> NoticeRow:
    (row,) = await notices(story, NoticeKind.LESSON)
    return row


async def test_a_platform_without_captions_gets_the_picture_after_the_text(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, app=SEES)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        await give_lesson(story, "张伟")
        assert parts(ways.couriers["app"]) == [(0, "【微党课】", None), (1, "", PICTURE)]
        assert (await the_notice(story)).state == NoticeState.SENT


async def test_a_picture_that_fails_is_tried_again_without_its_text(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, app=SEES)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        app = ways.couriers["app"]

        async def no_pictures(outgoing: Outgoing) -> None:
            if outgoing.image is not None:
                raise BUSY

        app.trouble = no_pictures
        await give_lesson(story, "张伟")
        await story.later("PT10S")
        assert parts(app) == [(0, "【微党课】", None)]
        row = await the_notice(story)
        assert (row.state, row.parts_sent) == (NoticeState.WAITING, 1)
        app.works()
        await story.later("PT10M")
        assert parts(app) == [(0, "【微党课】", None), (1, "", PICTURE)]
        assert await story.heard_by("张伟") == [], "what has begun to arrive does not come again on another channel"


async def test_a_platform_that_shows_no_pictures_gets_the_text_alone(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, app=READS)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        await give_lesson(story, "张伟")
        assert parts(ways.couriers["app"]) == [(0, "【微党课】", None)]


async def test_a_notice_that_moves_to_a_channel_with_pictures_brings_its_picture_along(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, first=READS, second=SEES)
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        ways.couriers["first"].fails(SendError("not_in_scope", retry=False))
        await give_lesson(story, "张伟")
        assert parts(ways.couriers["second"]) == [(0, "【微党课】", None), (1, "", PICTURE)]


async def test_after_a_long_text_in_parts_the_picture_is_the_last(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(monkeypatch, app=SEES)
    ways.max_bytes = 200
    async with told(only_jobs(settings)) as story:
        await ways.give_accounts(story)
        await give_lesson(story, "张伟", "先冲后摘，脏的单独装袋。" * 10)
        assert parts(ways.couriers["app"]) == [(0, "先冲后摘，", None), (1, "先冲后摘，", None), (2, "", PICTURE)]


async def test_a_picture_is_not_lost_where_a_full_window_has_others_said_together(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(monkeypatch, app=SEES)
    ways.limits = (Limit(1, timedelta(minutes=1)),)
    async with told(changed(only_jobs(settings), policies={"budget": None})) as story:
        await ways.give_accounts(story)

        def act(work: Work) -> None:
            person = work.directory.named("张伟")
            assert person is not None
            for text in ("甲", "乙", "丙"):
                tell(work, person, text, NoticeKind.OPERATION)
                tell(work, person, f"课{text}", NoticeKind.LESSON, image=f"lessons/{PICTURE}")

        await story.bot.office.write(act)
        await story.later("PT10M")
        app = ways.couriers["app"]
        assert sorted(text for _, text, _ in parts(app) if text) == ["甲\n\n乙\n", "课丙", "课乙", "课甲"]
        assert [name for _, _, name in parts(app)].count(PICTURE) == 3


async def test_a_picture_that_was_taken_away_since_the_start_keeps_no_text_back(noon: Story, content: Path) -> None:
    await noon.forget()
    (content / "lessons" / PICTURE).unlink()
    with capture_logs() as logs:
        await noon.say("张伟", "学习")
    (lesson,) = [heard for heard in await noon.heard() if heard.to == "张伟"]
    assert lesson.text.startswith("【微党课】")
    assert lesson.image is None
    assert [(entry["event"], entry["file"]) for entry in logs if entry["log_level"] == "warning"] == [
        ("picture is gone", f"lessons/{PICTURE}")
    ]
