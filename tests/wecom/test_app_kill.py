"""The power fails in the middle of callbacks: whatever the platform was told is stored is stored, and is answered once."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter

import pytest

from bot.cli_run import DEMO
from bot.config import REPOSITORY
from bot.settings import Settings
from bot.wiring import open_store
from models.tables.queue import MessageRow
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.callbacks import Answer
from tests.fakes.wecom_server.company import Rules
from tests.wecom.app_unit import COMPANY, USERIDS, app_environment, app_settings, move_in, with_app


async def started(settings: Settings, fake: FakeWeCom) -> tuple[Process, str]:
    """A real process of the bot that listens, and its address for the platform."""
    words = (sys.executable, "-m", "bot", "run", "--config", str(DEMO))
    process = await asyncio.create_subprocess_exec(
        *words,
        env=app_environment(settings, fake.base_url, settings.clock.start) | {"SANWEI__WEB__PORT": "0"},
        cwd=REPOSITORY,
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=PIPE,
    )
    assert process.stderr is not None
    async for line in process.stderr:
        if b'"listening"' in line:
            return process, json.loads(line)["url"] + "/wecom/app"
    pytest.fail("the bot ended before it listened")


async def killed(process: Process) -> None:
    process.kill()
    await process.communicate()


def stored(settings: Settings) -> Counter[str]:
    """How often each message is in the database, as it is on the disk."""
    store = open_store(settings)
    try:
        return store.read_now(lambda session: Counter(row.external_id for row in session.query(MessageRow)))
    finally:
        store.close()


async def test_what_was_answered_with_200_survives_a_kill_and_is_answered_once(settings: Settings) -> None:
    settings = with_app(settings, app_settings())
    move_in(settings)
    people = list(USERIDS.values())
    async with FakeWeCom(COMPANY, rules=Rules(app_deliveries=1), now=lambda: settings.clock.start) as fake:  # type: ignore[arg-type,return-value]
        process, url = await started(settings, fake)
        accepted: dict[str, bool] = {}
        enough = asyncio.Event()

        async def says(number: int, to: str) -> Answer:
            answer = await fake.app_says(to, people[number], f"36.{number % 10} 正常", msgid=7000 + number)
            accepted[str(7000 + number)] = accepted.get(str(7000 + number), False) or answer.accepted
            if sum(accepted.values()) >= 3:
                enough.set()
            return answer

        talking = asyncio.gather(*(says(number, url) for number in range(len(people))))
        await enough.wait()
        await killed(process)
        await talking
        assert {message for message, taken in accepted.items() if taken} <= stored(settings).keys()

        process, url = await started(settings, fake)
        repeated = await asyncio.gather(*(says(number, url) for number in range(len(people))))
        assert all(answer.accepted for answer in repeated)
        assert stored(settings) == Counter({str(7000 + number): 1 for number in range(len(people))})
        await fake.until(lambda: all(fake.seen_by(userid) for userid in people), 30)
        for number, userid in enumerate(people):
            assert [m.text for m in fake.seen_by(userid)].count(f"记下了：36.{number % 10}℃，正常") == 1
        await killed(process)
