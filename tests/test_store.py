"""The store: what is written is on the disk, readable with the key alone, and many may write at once."""

import sqlite3
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from models import migrate, promises, questions
from models.sealing import Cipher, SealError, load_key
from models.store import Store, StoreError, make_engine
from models.tables.base import Base
from models.tables.queue import NoticeRow, StateRow
from tests.conftest import story_settings
from tests.stage import changed, rows, told
from tests.story import Story

SECRET = "我妈住院没人陪护，请组织帮帮忙"
THOUGHT = "这阵子夜里总惦记老人"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NO_KEY = Cipher(None)


def pragma(engine: Engine, name: str) -> Any:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("sanwei.db*")))


def test_sqlite_keeps_a_log_flushes_every_commit_and_minds_references(database: str) -> None:
    engine = make_engine(database, NO_KEY)
    assert [pragma(engine, name) for name in ("journal_mode", "synchronous", "foreign_keys")] == ["wal", 2, 1]
    assert pragma(engine, "busy_timeout") >= 5000
    engine.dispose()


def test_forty_who_read_and_then_write_at_once_all_succeed(each_database: str) -> None:
    engines = [make_engine(each_database, NO_KEY) for _ in range(2)]
    migrate.upgrade(engines[0])
    stores = [Store(engine) for engine in engines]
    together = threading.Barrier(40)

    def read_then_write(number: int) -> None:
        together.wait()

        def work(session: Any) -> None:
            promises.get_moment(session, "anything")
            promises.set_moment(session, f"writer {number}", NOW)
            promises.set_moment(session, "the last one", NOW)

        stores[number % 2].write_now(work)

    with ThreadPoolExecutor(40) as threads:
        for done in [threads.submit(read_then_write, number) for number in range(40)]:
            done.result()
    found = stores[0].read_now(lambda session: {row.key for row in session.query(StateRow)})
    assert len([key for key in found if key.startswith("writer")]) == 40
    for store in stores:
        store.close()


def test_a_writer_takes_the_lock_before_it_reads_and_a_reader_takes_none(database: str) -> None:
    engine = make_engine(database, NO_KEY)
    migrate.upgrade(engine)
    store = Store(engine)
    other = sqlite3.connect(database.removeprefix("sqlite:///"), timeout=0, isolation_level=None)

    def locked(session: Any) -> bool:
        promises.get_moment(session, "anything")
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        other.execute("ROLLBACK")
        return False

    assert store.write_now(locked)
    assert not store.read_now(locked)
    other.close()
    store.close()


async def test_what_was_changed_while_reading_is_not_kept_and_a_failed_write_leaves_nothing(database: str) -> None:
    engine = make_engine(database, NO_KEY)
    migrate.upgrade(engine)
    store = Store(engine)
    await store.read(lambda session: promises.set_moment(session, "read", NOW))

    def half(session: Any) -> None:
        promises.set_moment(session, "half", NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(half)
    assert await store.read(lambda session: session.query(StateRow).count()) == 0
    store.close()


async def test_no_word_of_a_hardship_or_a_thought_can_be_read_in_the_files(story: Story, tmp_path: Path) -> None:
    await story.say("马腾", SECRET, "g2")
    await story.say("张伟", f"工作：保养了水带\n打算：休息\n想法：{THOUGHT}")
    assert any(SECRET in heard for heard in await story.heard_by("周建国"))
    while_running = all_bytes(tmp_path)
    await story.close()
    for data in (while_running, all_bytes(tmp_path)):
        assert "第一党小组".encode() in data, "this is where to look"
        for words in (SECRET, THOUGHT, "陪护", "惦记老人"):
            assert words.encode() not in data
    await story.open()


async def test_a_unit_may_turn_sealing_on_later_and_old_rows_stay_readable(database: str, tmp_path: Path) -> None:
    settings = changed(story_settings(database, tmp_path), privacy={"encrypt": False})
    async with told(settings) as story:
        await story.say("马腾", SECRET, "g2")
        assert SECRET.encode() in all_bytes(tmp_path)
        await story.restart(privacy=settings.privacy.model_copy(update={"encrypt": True}))
        await story.say("高强", "我爸也住院了没人陪护，请组织帮帮忙", "g1")
        texts = [row.text for row in await rows(story, NoticeRow)]
        assert any(SECRET in text for text in texts)
        assert any("我爸也住院" in text for text in texts)
        assert "我爸也住院".encode() not in all_bytes(tmp_path)


def test_the_same_text_is_never_sealed_to_the_same_bytes() -> None:
    cipher = Cipher(b"k" * 32)
    assert cipher.seal(SECRET) != cipher.seal(SECRET)
    assert cipher.open(cipher.seal(SECRET)) == SECRET


def test_a_wrong_key_no_key_and_changed_bytes_are_named(tmp_path: Path) -> None:
    sealed = Cipher(b"k" * 32).seal(SECRET)
    with pytest.raises(SealError, match="does not open with this key"):
        Cipher(b"x" * 32).open(sealed)
    with pytest.raises(SealError, match="does not open"):
        Cipher(b"k" * 32).open(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(SealError, match="no key is configured"):
        NO_KEY.open(sealed)
    with pytest.raises(SealError, match="5 bytes, it needs 32"):
        Cipher(b"short")
    path = tmp_path / "some.key"
    path.write_bytes(b"\xff\xfe not a key")
    with pytest.raises(SealError, match="do not delete it"):
        load_key(path)


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "sanwei.key"
    key = load_key(path)
    assert load_key(path) == key
    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key(tmp_path / "other.key") != key


def test_a_moment_without_a_zone_is_refused_and_comes_back_aware(each_database: str) -> None:
    engine = make_engine(each_database, NO_KEY)
    migrate.upgrade(engine)
    store = Store(engine)

    def promise(at: datetime) -> None:
        store.write_now(lambda session: promises.set_timer(session, promises.TimerKind.CASE_CLIMB, 1, at))

    with pytest.raises(ValueError, match="a moment needs a time zone"):
        promise(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001
    china = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
    promise(china)
    found = store.read_now(promises.next_timer)
    assert found == china
    assert found.tzinfo is UTC
    store.close()


def test_the_migrations_build_exactly_the_tables_of_the_code(each_database: str) -> None:
    engine = make_engine(each_database, NO_KEY)
    before, after = migrate.upgrade(engine)
    assert before is None
    assert after is not None
    assert migrate.is_current(engine)
    assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_upgrading_again_and_from_many_processes_at_once_is_harmless(each_database: str) -> None:
    engines = [make_engine(each_database, NO_KEY) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        found = [before for before, _ in threads.map(migrate.upgrade, engines)]
    assert found.count(None) == 1, "one of them built it, the others found it built"
    with engines[0].begin() as connection:
        connection.execute(text("INSERT INTO state (key, value) VALUES ('kept', 'yes')"))
    before, after = migrate.upgrade(engines[0])
    assert before == after
    with engines[0].connect() as connection:
        assert connection.execute(text("SELECT value FROM state WHERE key = 'kept'")).scalar() == "yes"
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "no address"])
def test_an_address_that_keeps_nothing_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match=r"database\.url"):
        make_engine(url, NO_KEY)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_a_new_database_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/new/sanwei.db", Cipher(None))
    migrate.upgrade(engine)
    rights = {file.name: oct(file.stat().st_mode & 0o777) for file in (tmp_path / "new").iterdir()}
    engine.dispose()
    assert "sanwei.db" in rights
    assert set(rights.values()) == {"0o600"}


def test_a_question_of_the_first_release_outlives_the_upgrade(each_database: str) -> None:
    engine = make_engine(each_database, NO_KEY)
    with engine.begin() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO members (id, name, role, aliases, post, trio, active) VALUES (1, 'x', 'member', '[]', '', '', true)")
        )
        connection.execute(
            text("INSERT INTO questions (id, member_id, kind, ref, asked_at) VALUES (1, 1, 'case_over', 7, '2026-03-02 00:00:00')")
        )
    assert migrate.upgrade(engine)[0] == "0001"
    store = Store(engine)
    (question,) = store.read_now(lambda session: questions.open_questions(session, 1, NOW))
    assert (question.kind, question.ref, question.relation, question.confidential) == ("case_over", 7, "", False)
    store.close()
