"""A secretary takes the unit's people from the contacts of WeCom: sees what changes, and nobody is lost by mistake."""

import asyncio
import os
import pty
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli_roster import roster_app
from bot.config import REPOSITORY
from models.roster import Role
from tests.fakes.wecom import FakeWeCom
from tests.fakes.wecom_server.company import Company, Department, User
from tests.roster_office import Office, Row

DEPARTMENTS = (
    Department(1, "江城支队", 0),
    Department(10, "江北站党支部"),
    Department(11, "第一党小组", 10),
    Department(12, "第二党小组", 10),
    Department(13, "水带小队", 11),
    Department(20, "机关党支部"),
    Department(21, "机关党小组", 20),
)
PEOPLE = (
    User("zjg", "周建国", (10,), leads=(10,)),
    User("sunli", "孙丽", (10,), leads=(10,)),
    User("liming", "李明", (11,), leads=(11,)),
    User("ZhangWei", "张伟", (11,)),
    User("wanglei", "王 磊", (13,)),
    User("liuyang", "刘洋", (12,), leads=(12,)),
    User("huangmin", "黄敏", (21,), leads=(21,)),
)
BY_HAND: list[Row] = [
    ("江北站党支部", "", "周建国", "secretary", "", "", "", "zjg", ""),
    ("江北站党支部", "", "孙丽", "deputy", "孙姐", "", "", "sunli", ""),
    ("江北站党支部", "第一党小组|一班", "李明", "leader", "老李", "战斗员", "1-1", "liming", "wx-liming"),
    ("江北站党支部", "第一党小组", "张伟", "duty_officer", "小张", "战斗员", "1-1", "zhangwei", ""),
    ("江北站党支部", "第一党小组", "王磊", "member", "磊子", "驾驶员", "1-1", "", ""),
    ("江北站党支部", "第二党小组", "刘洋", "leader", "", "战斗员", "", "liuyang", ""),
    ("机关党支部", "机关党小组", "黄敏", "leader", "黄姐", "机关", "", "huangmin", ""),
    ("", "", "于海", "duty_officer", "", "", "", "", ""),
]
"""The same people as a secretary keeps them; 王磊 and 于海 without an account."""


class Contacts(Office):
    """The secretary's PC beside the platform, whose contacts are `company`."""

    def __init__(self, folder: Path, fake: FakeWeCom) -> None:
        super().__init__(folder)
        self.fake = fake
        app = fake.company.apps[0]
        keys = f"corp_id: {fake.company.corp_id}, agent_id: {app.agent_id}, secret: {app.secret}, api_base: {fake.base_url}"
        with self.config.open("a", encoding="utf-8") as file:
            file.write(f"channels: {{wecom_app: {{enabled: true, {keys}}}}}\n")

    def now_are(self, *people: User, departments: tuple[Department, ...] = DEPARTMENTS) -> None:
        """The contacts change."""
        self.fake._platform.company = replace(self.fake.company, users=people, departments=departments)

    async def run_sync(self, *options: str) -> Result:
        """Run `roster sync`."""
        return await asyncio.to_thread(CliRunner().invoke, roster_app, ["sync", "--config", str(self.config), *options])

    async def sync(self, *options: str) -> str:
        """Run `roster sync`, which must succeed; what was said."""
        result = await self.run_sync(*options)
        assert result.exit_code == 0, result.output
        return result.stdout


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Contacts]:
    async with FakeWeCom(Company(departments=DEPARTMENTS, users=PEOPLE)) as fake:
        yield Contacts(tmp_path, fake)


def moved(userid: str, *departments: int, leads: tuple[int, ...] = ()) -> tuple[User, ...]:
    """The people, with one of them in other departments."""
    return tuple(replace(one, departments=departments, leads=leads) if one.userid == userid else one for one in PEOPLE)


def without(userid: str) -> tuple[User, ...]:
    """The people but for one."""
    return tuple(one for one in PEOPLE if one.userid != userid)


async def test_the_first_sync_makes_the_unit(office: Contacts) -> None:
    said = await office.sync()
    assert "新增 党支部 江北站党支部" in said
    assert "新增 党小组 第一党小组（江北站党支部）" in said
    assert "新增 人员 张伟（江北站党支部 第一党小组）" in said
    assert "名册共 7 人：新增 7 人" in said
    assert "请留意" not in said

    unit = office.unit()
    assert [(b.id, b.name, b.secretary, b.deputy) for b in unit.roster.branches] == [
        ("b1", "江北站党支部", "周建国", "孙丽"),
        ("b2", "机关党支部", None, None),
    ]
    assert [(g.id, g.branch, g.name, g.leader, [m.name for m in g.members]) for g in unit.roster.groups] == [
        ("g1", "b1", "第一党小组", "李明", ["李明", "张伟", "王磊"]),
        ("g2", "b1", "第二党小组", "刘洋", ["刘洋"]),
        ("g3", "b2", "机关党小组", "黄敏", ["黄敏"]),
    ]
    for channel in ("wecom_app", "wecom_aibot"):
        assert unit.speaker(channel, "ZhangWei") == unit.named("张伟")


async def test_the_second_sync_changes_nothing(office: Contacts) -> None:
    await office.sync()
    before = office.stored()
    assert "名册共 7 人，没有变化。" in await office.sync("--yes")
    assert office.stored() == before


async def test_what_the_contacts_do_not_know_stays_as_it_was_given_by_hand(office: Contacts) -> None:
    office.imports(BY_HAND)
    before = office.unit()
    said = await office.sync("--yes")
    assert [line for line in said.splitlines() if line.startswith(("新增", "修改", "离开", "回来"))] == [
        "修改 人员 王磊（江北站党支部 第一党小组）：企业微信账号 （空） → wanglei"
    ]
    assert "请留意：于海在名册里没有企业微信账号，通讯录里也没有，保持不变。" in said
    unit = office.unit()
    assert unit.roster == before.roster
    assert {name: person.role for person in unit.people.values() if (name := person.name) in {"孙丽", "张伟", "于海"}} == {
        "孙丽": Role.DEPUTY,
        "张伟": Role.DUTY_OFFICER,
        "于海": Role.DUTY_OFFICER,
    }
    assert unit.speaker("wechaty", "wx-liming") == unit.named("李明")
    assert "没有变化" in await office.sync("--yes")


async def test_who_moved_who_is_new_and_who_left_are_shown_before_anything_is_written(office: Contacts) -> None:
    office.imports(BY_HAND)
    await office.sync()
    zhang, before = office.unit().named("张伟"), office.stored()
    people = [one for one in moved("ZhangWei", 12) if one.userid != "liuyang"]
    office.now_are(*people, User("shendong", "沈冬", (21,)))

    said = await office.sync("--dry-run")
    assert "修改 人员 张伟（江北站党支部 第二党小组）：党小组 第一党小组 → 第二党小组\n" in said
    assert "新增 人员 沈冬（机关党支部 机关党小组）" in said
    assert "离开 人员 刘洋（江北站党支部 第二党小组），以前的记录保留" in said
    assert "这是预览，还没有改动" in said
    assert office.stored() == before

    assert said.split("名册共")[0] in await office.sync("--yes")
    unit = office.unit()
    assert zhang is not None
    assert zhang.id in unit.people
    assert (unit.people[zhang.id].group_id, unit.people[zhang.id].post, unit.people[zhang.id].trio) == ("g2", "战斗员", "1-1")
    assert unit.named("沈冬") is not None
    assert unit.named("刘洋") is None


async def test_nobody_leaves_unless_it_is_confirmed_and_all_else_is_done(office: Contacts) -> None:
    await office.sync()
    liu = office.unit().named("刘洋")
    office.now_are(*without("liuyang"), User("shendong", "沈冬", (12,), leads=(12,)))
    said = await office.sync()
    assert "离开 人员 刘洋" in said
    assert "1 人没有离开名册。加上 --yes 再运行一次，他们才会离开。" in said
    unit = office.unit()
    assert unit.named("刘洋") == replace(liu, role=Role.MEMBER) if liu is not None else None, "the contacts have another leader"
    assert unit.roster.groups[1].leader == "沈冬"
    assert "离开 1 人" in await office.sync("--yes")
    assert office.unit().named("刘洋") is None

    office.now_are(*PEOPLE)
    assert "回来 人员 刘洋" in await office.sync("--yes")
    back = office.unit().named("刘洋")
    assert liu is not None
    assert back is not None
    assert back.id == liu.id, "the same person as before"


async def test_a_scope_that_became_smaller_empties_no_unit(office: Contacts) -> None:
    await office.sync()
    before = office.stored()
    seen = [one for one in PEOPLE if 20 in one.departments or 21 in one.departments or one.userid in {"zjg", "liming", "liuyang"}]
    office.now_are(*seen)
    said = await office.sync("--yes")
    assert "请留意：一下子少了 3 人，多半是应用的可见范围变小了，请先到企业微信管理后台看一看。" in said
    assert "3 人没有离开名册。确实都走了，就在终端里运行 roster sync，问到时答 y。" in said
    assert {one.name for one in office.unit().people.values()} >= {one.name.replace(" ", "") for one in PEOPLE}
    office.now_are(*PEOPLE)
    await office.sync("--yes")
    assert office.stored() == before, "nothing was lost"


@pytest.mark.parametrize("status", [2, 5])
async def test_who_is_disabled_or_has_left_the_company_leaves(office: Contacts, status: int) -> None:
    await office.sync()
    office.now_are(*(replace(one, status=status) if one.userid == "wanglei" else one for one in PEOPLE))
    assert "离开 人员 王磊" in await office.sync("--yes")
    assert office.unit().named("王磊") is None


async def test_who_has_not_activated_the_account_yet_is_a_member_all_the_same(office: Contacts) -> None:
    office.now_are(*(replace(one, status=4) if one.userid == "wanglei" else one for one in PEOPLE))
    await office.sync()
    assert office.unit().named("王磊") is not None


@pytest.mark.parametrize(("answer", "stays"), [(b"y\n", False), (b"n\n", True)])
async def test_at_a_terminal_it_is_asked_who_may_leave(office: Contacts, answer: bytes, stays: bool) -> None:
    await office.sync()
    office.now_are(*without("liuyang"))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "roster", "sync", "--config", str(office.config)]
    process = await asyncio.create_subprocess_exec(*command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=REPOSITORY)
    os.close(theirs)
    said = b""
    while "吗".encode() not in said:
        said += await asyncio.to_thread(os.read, ours, 4096)
    os.write(ours, answer)
    assert await asyncio.wait_for(process.wait(), 60) == 0
    os.close(ours)
    assert "离开 人员 刘洋" in said.decode()
    assert "通讯录里已经没有这 1 人，让他们离开名册吗？" in said.decode()
    assert (office.unit().named("刘洋") is not None) is stays


async def test_an_address_that_is_not_trusted_is_told_in_one_line_with_what_to_do(office: Contacts) -> None:
    await office.sync()
    before = office.stored()
    office.fake.trust_only(["203.0.113.7"])
    result = await office.run_sync("--yes")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "企业可信IP" in line
    assert line.endswith("（address_not_trusted (60020)）")
    assert office.stored() == before


@pytest.mark.parametrize(
    ("endpoint", "errcode", "told"),
    [
        ("gettoken", 40001, "Secret 不对"),
        ("gettoken", 40013, "企业ID"),
        ("department/list", 60011, "可见范围"),
        ("department/list", 48002, "没有读通讯录的权限"),
        ("department/list", 48009, "通讯录同步助手"),
        ("user/list", 60011, "可见范围"),
        ("user/list", 60020, "企业可信IP"),
        ("user/list", 45009, "过一会儿"),
        ("user/list", 99999, "过一会儿"),
    ],
)
async def test_what_keeps_the_contacts_from_being_read_is_one_line_and_nothing_is_written(
    office: Contacts, endpoint: str, errcode: int, told: str
) -> None:
    await office.sync()
    before = office.stored()
    office.fake.fail(endpoint, errcode=errcode, times=None)
    result = await office.run_sync("--yes")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("通讯录：")
    assert told in line
    assert office.fake.company.apps[0].secret not in result.output
    assert office.stored() == before


async def test_a_platform_that_is_away_or_talks_nonsense_is_told_too(office: Contacts) -> None:
    office.fake.fail("department/list", malformed=True, times=None)
    assert "过一会儿" in (await office.run_sync()).stderr
    await office.fake.stop()
    result = await office.run_sync()
    assert result.exit_code == 1
    assert "连不上企业微信" in result.stderr


def test_settings_without_an_app_are_told_before_anything_is_asked(tmp_path: Path) -> None:
    result = CliRunner().invoke(roster_app, ["sync", "--config", str(Office(tmp_path).config)])
    assert result.exit_code == 1
    assert result.stderr == "channels.wecom_app: corp_id and secret are needed to read the contacts of WeCom; add them\n"


async def test_an_app_that_sees_only_some_departments_makes_a_unit_of_these(office: Contacts) -> None:
    company = office.fake.company
    office.fake._platform.company = replace(company, apps=(replace(company.apps[0], departments=(10,)),))
    await office.sync()
    assert [branch.name for branch in office.unit().roster.branches] == ["江北站党支部"]
    assert [group.name for group in office.unit().roster.groups] == ["第一党小组", "第二党小组"]


async def test_the_branches_may_be_below_another_department(office: Contacts) -> None:
    higher = tuple(replace(one, parent=5) if one.id in {10, 20} else one for one in DEPARTMENTS)
    departments = (*higher, Department(5, "党委"), Department(6, "食堂"), Department(7, "早班", 6))
    office.now_are(*PEOPLE, User("chushi", "老张师傅", (7,)), departments=departments)
    result = await office.run_sync("--under", "党 委")
    assert result.exit_code == 1
    assert result.stderr.startswith("--under：通讯录里没有叫“党 委”的部门，请换一个；应用看得到的部门有：")
    await office.sync("--under", "党委")
    assert [branch.name for branch in office.unit().roster.branches] == ["江北站党支部", "机关党支部"]
    assert office.unit().named("老张师傅") is None


async def test_a_department_that_is_called_as_a_squad_is_the_group_of_that_squad(office: Contacts) -> None:
    office.imports(BY_HAND)
    squads = tuple(replace(one, name="一班") if one.id == 11 else one for one in DEPARTMENTS)
    office.now_are(*PEOPLE, departments=squads)
    said = await office.sync("--yes")
    assert "党小组" not in said.replace("（江北站党支部 第一党小组）", "")
    assert office.unit().roster.groups[0].name == "第一党小组"


async def test_two_people_of_one_name_in_a_group_stop_the_sync_and_in_two_groups_they_are_two(office: Contacts) -> None:
    office.now_are(*PEOPLE, User("zhangwei2", "张伟", (13,)))
    result = await office.run_sync()
    assert result.exit_code == 1
    assert result.stderr == "“第一党小组”里有 2 位“张伟”（ZhangWei、zhangwei2），分不清，请在通讯录里把姓名改得能分清。\n"
    assert not any(line.startswith("members") for line in office.stored())

    office.now_are(*PEOPLE, User("zhangwei2", "张伟", (12,)))
    await office.sync()
    one, other = office.unit().speaker("wecom_app", "ZhangWei"), office.unit().speaker("wecom_app", "zhangwei2")
    assert one is not None
    assert other is not None
    assert (one.group_id, other.group_id) == ("g1", "g2")
