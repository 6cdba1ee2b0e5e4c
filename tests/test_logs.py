"""The log: where nobody can write it any more, the bot goes on without it."""

import io
import os
import sys
from collections.abc import Callable
from typing import TextIO

import pytest

from bot import logs
from bot.settings import Settings
from tests.stage import told


def closed() -> TextIO:
    stream = io.StringIO()
    stream.close()
    return stream


def whose_reader_left() -> TextIO:
    reader, writer = os.pipe()
    os.close(reader)
    return io.TextIOWrapper(io.FileIO(writer, "w"), write_through=True)


def on_a_full_disk() -> TextIO:
    return io.TextIOWrapper(io.FileIO("/dev/full", "w"), write_through=True)


@pytest.mark.parametrize("gone", [closed, whose_reader_left, on_a_full_disk])
@pytest.mark.parametrize("json", [True, False])
async def test_a_check_in_is_thanked_for_though_standard_error_is_gone(
    gone: Callable[[], TextIO], json: bool, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", gone())
    logs.set_up(json=json)
    async with told(settings) as story:
        await story.say("张伟", "36.5 正常")
        assert await story.heard_by("张伟") != []
        sys.stderr.close()
