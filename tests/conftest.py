"""What all tests share: settings over a fresh database, and a story that is ready to be told."""

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
import structlog
from aiohttp import web_app

from bot.config import REPOSITORY, load_settings
from bot.settings import Settings
from tests.moving_in import seed_demo
from tests.stage import Courier, hire
from tests.story import MONDAY, Story

LONGEST = ("test_corpus_run.py", "test_fuzz.py", "test_burst.py", "test_stories.py", "test_case_model.py")
"""Files that take a minute and more. They come first: the last file that a process is given shall not be a long one."""

os.environ.pop("COLUMNS", None)  # set for the workers of a parallel run: rich would keep it, whatever width a test asks for
POSTGRESQL = os.environ.get("SANWEI_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    """What would outlive a test: the log as a command of it set it up, and bots that aiohttp keeps with its last thousand applications."""
    yield
    structlog.reset_defaults()
    web_app._cached_build_middleware.cache_clear()


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database of each kind that is there."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/sanwei.db"
        return
    try:
        server = psycopg.connect(POSTGRESQL, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432; start one, or name it with SANWEI_TEST_POSTGRESQL")
    name = f"sanwei_test_{uuid.uuid4().hex}"
    with server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield POSTGRESQL.replace("postgresql://", "postgresql+psycopg://", 1).rsplit("/", 1)[0] + f"/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    return f"sqlite:///{tmp_path}/sanwei.db"


def story_settings(database: str, folder: Path) -> Settings:
    """The demo unit at 06:05 on a Monday, with its own database and key."""
    env = {
        "SANWEI__DATABASE__URL": database,
        "SANWEI__PRIVACY__KEY_FILE": str(folder / "sanwei.key"),
        "SANWEI__CLOCK__START": f"{MONDAY}T06:05:00+08:00",
    }
    return load_settings(REPOSITORY / "deploy" / "demo.yaml", env)


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """The settings of a story."""
    return story_settings(database, tmp_path)


@pytest.fixture
def each_settings(each_database: str, tmp_path: Path) -> Settings:
    """The settings of a story, for every kind of database that is there."""
    return story_settings(each_database, tmp_path)


@pytest.fixture
def couriers(monkeypatch: pytest.MonkeyPatch) -> list[Courier]:
    """Every bot sends through a courier."""
    return hire(monkeypatch)


@pytest.fixture
async def story(settings: Settings) -> AsyncIterator[Story]:
    """The demo unit on SQLite, running."""
    seed_demo(settings)
    story = Story(settings)
    await story.open()
    yield story
    await story.close()


@pytest.fixture
async def each_story(each_settings: Settings) -> AsyncIterator[Story]:
    """The demo unit on every kind of database that is there, running."""
    seed_demo(each_settings)
    story = Story(each_settings)
    await story.open()
    yield story
    await story.close()
