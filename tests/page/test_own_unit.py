"""The page of a unit of one's own, set up as README has it: other people than the demo's, and the machine's clock."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.settings import ClockSettings, Settings
from bot.wiring import open_store
from models.roster_rows import apply, difference
from models.roster_sheet import RosterLine
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.page.visit import DESKTOP, PHONE, Visit, serving
from tests.stage import changed

STATIONS = ("城东站党支部", "城西站党支部")
GROUP = "第一党小组"


def people() -> list[RosterLine]:
    """Two stations, each with a group of the same name and a trio 甲."""
    lines = []
    for station, names in zip(STATIONS, (("郭宇", "陈凯飞", "何浩飞", "董浩勇"), ("潘洋", "陈飞", "彭磊", "韩勇")), strict=True):
        secretary, leader, *members = names
        lines.append(RosterLine(row=0, branch=station, name=secretary, role="secretary"))
        lines.append(RosterLine(row=0, branch=station, group=GROUP, name=leader, role="leader", trio="甲"))
        lines += [RosterLine(row=0, branch=station, group=GROUP, name=name, role="member", trio="甲") for name in members]
    return lines


def move_in(settings: Settings, lines: list[RosterLine]) -> None:
    """Import a roster."""
    store = open_store(settings)
    store.write_now(lambda session: apply(session, difference(session, lines), datetime.now(UTC)))
    store.close()


@pytest.fixture
def own(settings: Settings) -> Settings:
    """The settings of a unit with people of its own, whose clock can be moved."""
    move_in(settings, people())
    return changed(settings, organization={"name": "临江支队"})


@pytest.fixture
def real(own: Settings) -> Iterator[str]:
    """The address of that unit as it is run: by the machine's clock."""
    with serving(own.model_copy(update={"clock": ClockSettings()})) as address:
        yield address


def test_by_the_machines_clock_the_page_offers_nothing_that_it_cannot_do(browser: Browser, real: str) -> None:
    for size in (DESKTOP, PHONE):
        visit = Visit(browser, real, size)
        visit.page.click("#about-close")
        expect(visit.page.locator("#play-start")).to_be_hidden()
        if size is PHONE:
            visit.page.click("#tabs [data-tab=clock]")
        expect(visit.page.locator("#clock-time")).to_be_visible()
        expect(visit.page.locator("#clock-buttons")).to_be_hidden()
        expect(visit.page.locator("#clock-note")).to_have_text("时间跟着这台电脑走，到点自己会做。")
        visit.leave()


def test_by_the_machines_clock_what_is_said_is_answered_too(browser: Browser, real: str) -> None:
    visit = Visit(browser, real, DESKTOP)
    visit.become("何浩飞")
    visit.enter("小微")
    visit.say("36度4，一切正常")
    expect(visit.page.locator("#log .bot .bubble").last).to_contain_text("36.4", timeout=10_000)
    visit.leave()


def test_the_scripted_day_is_offered_to_its_own_people_alone(browser: Browser, own: Settings, site_of_the_demo: str) -> None:
    with serving(own) as address:
        visit = Visit(browser, address, DESKTOP)
        expect(visit.page.locator("#clock-buttons")).to_be_visible()
        expect(visit.page.locator("#play-start")).to_be_hidden()
        visit.leave()
    visit = Visit(browser, site_of_the_demo, DESKTOP)
    expect(visit.page.locator("#play-start")).to_be_visible()
    expect(visit.page.locator("#clock-note")).to_be_hidden()
    visit.leave()


@pytest.fixture
def site_of_the_demo(tmp_path: Path) -> Iterator[str]:
    """The demo beside it, in a database of its own."""
    (tmp_path / "demo").mkdir()
    demo = story_settings(f"sqlite:///{tmp_path / 'demo' / 'demo.db'}", tmp_path / "demo")
    seed_demo(demo)
    with serving(demo) as address:
        yield address


def test_a_trio_is_of_one_group_and_two_groups_of_one_name_are_told_apart(browser: Browser, own: Settings) -> None:
    with serving(own) as address:
        visit = Visit(browser, address, DESKTOP)
        expect(visit.page.locator("#me")).to_contain_text("三人包保：和陈凯飞、董浩勇")
        expect(visit.page.locator("#me")).to_contain_text(f"成员 · 城东站党支部{GROUP}")
        assert "陈飞" not in visit.page.locator("#me").inner_text()
        visit.page.locator(".other-rooms summary").click()
        names = visit.page.locator("#rooms .room b")
        assert names.all_inner_texts() == ["小微", GROUP, "城东站党支部", "临江支队", f"城西站党支部{GROUP}", "城西站党支部"]
        for number in range(names.count()):  # to its last character
            assert names.nth(number).evaluate("name => name.scrollWidth <= name.clientWidth")
        visit.leave()


def test_what_the_clock_brought_is_told_once(visit: Visit) -> None:
    visit.page.click("#clock-quarter")
    expect(visit.page.locator(".news:visible")).to_have_count(1)


def test_a_page_that_stayed_open_while_another_unit_took_its_place_shows_that_one(
    browser: Browser, settings: Settings, tmp_path: Path
) -> None:
    seed_demo(settings)
    with serving(settings) as address:
        visit = Visit(browser, address, DESKTOP)
        visit.say("36.5 正常")
    expect(visit.page.locator("#trouble")).to_contain_text("连不上服务器", timeout=15_000)
    (tmp_path / "own").mkdir()
    own = changed(story_settings(f"sqlite:///{tmp_path / 'own' / 'own.db'}", tmp_path / "own"), organization={"name": "临江支队"})
    move_in(own, people())
    with serving(own, int(address.rsplit(":", 1)[1])):
        expect(visit.page.locator(".top-names p")).to_have_text("临江支队", timeout=15_000)
        visit.page.wait_for_selector("body.ready")
        expect(visit.page.locator("#me")).to_contain_text("何浩飞")
        expect(visit.page.locator("#trouble")).to_be_hidden()
        visit.complaints = [one for one in visit.complaints if "ERR_CONNECTION_REFUSED" not in one and "ERR_EMPTY_RESPONSE" not in one]
        visit.leave()


def test_who_was_imported_meanwhile_is_there_when_one_comes_back_to_the_page(browser: Browser, own: Settings) -> None:
    with serving(own) as address:
        visit = Visit(browser, address, DESKTOP)
        move_in(own, [*people(), RosterLine(row=0, branch=STATIONS[0], group=GROUP, name="新来", role="member")])
        visit.page.fill("#text", "写到一半")
        visit.page.evaluate("window.dispatchEvent(new Event('focus'))")
        visit.page.wait_for_timeout(500)
        expect(visit.page.locator("#text")).to_have_value("写到一半")
        visit.page.fill("#text", "")
        visit.page.evaluate("window.dispatchEvent(new Event('focus'))")
        visit.page.wait_for_selector("body.ready")
        visit.page.click("#me .me-card")
        expect(visit.page.get_by_text("新来", exact=True)).to_be_visible()
        visit.leave()
