"""Who is who, while it changes: nobody acts on an older list than the one that stands in the database."""

import asyncio
import threading

import pytest
from sqlalchemy.orm import Session

from models.directory import Directory
from models.roster import Role
from models.tables.unit import MemberRow
from services.work import Work
from tests.story import Story


def comes_onto_the_roster(work: Work) -> None:
    more = {"role": Role.MEMBER, "branch_id": "b1", "group_id": "g1", "aliases": [], "post": "", "trio": "", "active": True}
    work.session.add(MemberRow(name="新来的", **more))
    work.session.flush()
    work.directory_changed = True


def is_known(directory: Directory) -> bool:
    return any(person.name == "新来的" for person in directory.people.values())


async def test_what_was_read_before_a_change_does_not_take_the_place_of_it(each_story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    office = each_story.bot.office
    read, go_on = threading.Event(), threading.Event()
    load = office._load

    def slowly(session: Session) -> Directory:
        found = load(session)
        if not read.is_set():
            read.set()
            assert go_on.wait(20)
        return found

    monkeypatch.setattr(office, "_load", slowly)
    reading = asyncio.create_task(office.reload())
    await asyncio.get_running_loop().run_in_executor(None, read.wait, 20)
    writing = asyncio.create_task(office.write(comes_onto_the_roster))
    for _ in range(100):  # time enough for a change that does not wait for whoever reads
        if writing.done():
            break
        await asyncio.sleep(0.01)
    go_on.set()
    await asyncio.gather(reading, writing)
    assert is_known(office.directory)


async def test_a_change_that_is_taken_back_leaves_nobody(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    office, load, made = story.bot.office, story.bot.office._load, []

    def dies(session: Session) -> Directory:
        found = load(session)
        if not made:
            made.append(is_known(found))
            raise RuntimeError("the power fails")
        return found

    monkeypatch.setattr(office, "_load", dies)
    with pytest.raises(RuntimeError, match="the power fails"):
        await office.write(comes_onto_the_roster)
    assert made == [True]
    await office.reload()
    assert not is_known(office.directory)
