"""The day of the demo unit is the same in WeChat groups as in the sandbox: what everybody hears, when, and what is remembered."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bot.settings import Settings
from models.tables.base import Base
from models.tables.cases import CaseMoveRow, CaseRow, QuestionRow
from models.tables.queue import MessageRow, NoticeRow, SlotRow, TimerRow
from models.tables.records import (
    CheckinRow,
    GroupDayRow,
    GroupReportRow,
    IdeaRow,
    LeaveRow,
    LessonPushRow,
    QuizAnswerRow,
    ReportRow,
)
from models.tables.reviews import ReviewRow
from tests.conftest import story_settings
from tests.day import play
from tests.gateway.unit import account_of, chat_of, told_in_wechat
from tests.stage import rows, starting, told
from tests.story import MONDAY, Heard, Story

TABLES: tuple[type[Base], ...] = (
    MessageRow,
    CheckinRow,
    ReportRow,
    IdeaRow,
    LeaveRow,
    GroupReportRow,
    GroupDayRow,
    CaseRow,
    CaseMoveRow,
    QuestionRow,
    ReviewRow,
    LessonPushRow,
    QuizAnswerRow,
    NoticeRow,
    TimerRow,
    SlotRow,
)
ADDRESSES = {"channel", "external_id", "platform_id", "room", "account", "address", "mention", "tried"}
"""What a channel calls people, rooms and messages. Whose a message or a notice is stands beside it, and is the same."""


class Told(NamedTuple):
    """What there is after the day: all that was heard, and all rows but for what a channel calls things."""

    heard: list[Heard]
    rows: dict[str, list[dict[str, Any]]]


async def told_day(story: Story) -> Told:
    """Play it."""
    assert await play(story) > 30
    kept = {}
    for table in TABLES:
        columns = [column.key for column in table.__mapper__.column_attrs if column.key not in ADDRESSES]
        kept[table.__tablename__] = [{key: getattr(row, key) for key in columns} for row in await rows(story, table)]
    return Told(await story.heard(), kept)


def on_a_phone(heard: Heard) -> Iterator[tuple[str, str, bool, tuple[str, ...]]]:
    """The same as it comes from the gateway, a picture as a message of its own: chat, words, whether it is a picture, whom it mentions.

    On this day the bot is called in no room, so it mentions nobody there.
    """
    chat = chat_of(heard.room) if heard.room is not None else account_of(heard.to or "")
    yield chat, heard.text, False, ()
    if heard.image is not None:
        yield chat, "", True, ()


async def test_the_day_is_the_same_in_wechat_groups(settings: Settings, tmp_path: Path) -> None:
    settings = starting(settings, f"{MONDAY}T05:50")
    async with told(settings) as sandbox:
        first = await told_day(sandbox)
        pictures = {}
        for heard in first.heard:
            if heard.image is not None and heard.room is not None:
                async with sandbox.http.get(heard.image) as response:
                    pictures[heard.room] = await response.read()
    (tmp_path / "wechat").mkdir()
    elsewhere = story_settings(f"sqlite:///{tmp_path}/wechat/sanwei.db", tmp_path / "wechat")
    async with told_in_wechat(starting(elsewhere, f"{MONDAY}T05:50")) as wechat:
        second = await told_day(wechat)
        seen = [(sent.conversation, sent.text, sent.name != "", sent.mentions) for sent in wechat.gateway.outbox()]
        files = {sent.conversation: sent.file for sent in wechat.gateway.outbox() if sent.file is not None}
    assert len(first.heard) > 100
    assert all(first.rows[table.__tablename__] for table in (CheckinRow, ReportRow, LeaveRow, CaseRow, QuizAnswerRow))
    assert [(one.at, one.room, one.to, one.text) for one in second.heard] == [
        (one.at, one.room, one.to, one.text) for one in first.heard
    ], "marks in a text would be a difference of the platform; nothing that is said on this day has any"
    assert seen == [message for heard in first.heard for message in on_a_phone(heard)]
    assert pictures.keys() == {"g1", "g2", "g3", "g4"}
    assert files == {chat_of(room): picture for room, picture in pictures.items()}
    assert second.rows == first.rows
