"""From contacts to the lines of a sheet: who has which seat, what is left to the unit, and what is remarked."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.contacts import Contact, ContactsError, Department, Tree
from models.roster import Role
from models.roster_check import check
from models.roster_contacts import Draft, draft
from models.roster_match import Known
from models.roster_sheet import Place, RosterLine

DEPARTMENTS = (
    Department(id=1, name="支队"),
    Department(id=10, name="江北站", parent=1),
    Department(id=11, name="一班", parent=10),
    Department(id=12, name="二班", parent=10),
    Department(id=20, name="机关", parent=1),
    Department(id=21, name="机关组", parent=20),
)
TREE = Tree(DEPARTMENTS, "", {})


def contact(userid: str, name: str, *departments: int, leads: Sequence[int] = (), main: int | None = None) -> Contact:
    return Contact(userid=userid, name=name, departments=departments, leads=frozenset(leads), main=main)


def known(name: str, place: Place, role: Role = Role.MEMBER, userid: str = "", *, active: bool = True) -> Known:
    wecom = (userid,) if userid else ()
    return Known(
        len(name) * 1000 + ord(name[0]) + ord(name[-1]), name, active, place, role.value, ("别名" + name,), "战斗员", "1-1", wecom, ()
    )


def seats(made: Draft) -> dict[str, tuple[str, str, str]]:
    return {line.name: (line.role, *line.place) for line in made.lines}


def sync(contacts: Sequence[Contact], unit: Sequence[Known] = (), *, tree: Tree = TREE, keep_missing: bool = False) -> Draft:
    """The draft, which has no problem."""
    made = draft(tree, contacts, unit, keep_missing=keep_missing)
    assert check(made.lines) == []
    return made


OTHERS = (contact("lm", "李明", 11), contact("hm", "黄敏", 21))


def test_the_leader_of_a_branch_is_its_secretary_and_a_second_one_deputy_and_whom_the_unit_has_comes_first() -> None:
    contacts = [contact("sl", "孙丽", 10, leads=[10]), contact("zjg", "周建国", 10, leads=[10]), *OTHERS]
    assert seats(sync(contacts))["孙丽"] == ("secretary", "江北站", "")
    unit = [known("周建国", ("江北站", ""), Role.SECRETARY, "zjg"), known("孙丽", ("江北站", ""), Role.DEPUTY, "sl")]
    made = seats(sync(contacts, unit))
    assert (made["周建国"][0], made["孙丽"][0]) == ("secretary", "deputy")


def test_where_the_contacts_name_nobody_secretary_deputy_and_leader_stay_as_they_were_given_by_hand() -> None:
    contacts = [contact("zjg", "周建国", 10), contact("sl", "孙丽", 11), *OTHERS]
    unit = [
        known("周建国", ("江北站", ""), Role.SECRETARY, "zjg"),
        known("孙丽", ("江北站", ""), Role.DEPUTY, "sl"),
        known("李明", ("江北站", "一班"), Role.LEADER, "lm"),
    ]
    made = seats(sync(contacts, unit))
    assert made["周建国"] == ("secretary", "江北站", "")
    assert made["孙丽"] == ("deputy", "江北站", "")
    assert made["李明"] == ("leader", "江北站", "一班")


def test_whom_the_contacts_name_takes_the_seat_of_whom_the_unit_had() -> None:
    contacts = [contact("zjg", "周建国", 10, leads=[10]), contact("old", "王强", 11), contact("lm", "李明", 11, leads=[11])]
    unit = [known("王强", ("江北站", ""), Role.SECRETARY, "old"), known("李明", ("江北站", "一班"), Role.MEMBER, "lm")]
    made = seats(sync(contacts, unit))
    assert made == {"周建国": ("secretary", "江北站", ""), "李明": ("leader", "江北站", "一班"), "王强": ("member", "江北站", "一班")}


def test_a_deputy_whom_the_contacts_name_beside_an_unnamed_secretary_does_not_take_the_seat() -> None:
    contacts = [contact("zjg", "周建国", 10), contact("sl", "孙丽", 10, leads=[10]), *OTHERS]
    unit = [known("周建国", ("江北站", ""), Role.SECRETARY, "zjg"), known("孙丽", ("江北站", ""), Role.DEPUTY, "sl")]
    made = seats(sync(contacts, unit))
    assert (made["周建国"][0], made["孙丽"][0]) == ("secretary", "deputy")


def test_who_moved_to_another_branch_leaves_the_seat_behind_and_a_renamed_branch_keeps_its_seats() -> None:
    unit = [
        known("周建国", ("江北站", ""), Role.SECRETARY, "zjg"),
        known("孙丽", ("江北站", ""), Role.DEPUTY, "sl"),
        known("李明", ("江北站", "一班"), Role.LEADER, "lm"),
    ]
    made = seats(sync([contact("zjg", "周建国", 21), contact("sl", "孙丽", 10), *OTHERS], unit))
    assert made["周建国"] == ("member", "机关", "机关组")
    renamed = Tree([replace_name(one, "特勤站") if one.id == 10 else one for one in DEPARTMENTS], "", {})
    made = seats(sync([contact("zjg", "周建国", 10), contact("sl", "孙丽", 10), *OTHERS], unit, tree=renamed))
    assert made["周建国"] == ("secretary", "特勤站", "")
    assert made["孙丽"] == ("deputy", "特勤站", "")
    assert made["李明"] == ("leader", "特勤站", "一班")


def replace_name(department: Department, name: str) -> Department:
    return department.model_copy(update={"name": name})


def test_a_duty_officer_stays_one_and_is_said_to_lead_nobody() -> None:
    contacts = [contact("yh", "于海", 1), contact("zw", "张伟", 11, leads=[11]), contact("gq", "高强", 12), *OTHERS]
    unit = [
        known("于海", ("", ""), Role.DUTY_OFFICER, "yh"),
        known("张伟", ("江北站", "一班"), Role.DUTY_OFFICER, "zw"),
        known("高强", ("江北站", ""), Role.DUTY_OFFICER, "gq"),
    ]
    made = sync(contacts, unit)
    assert seats(made)["于海"] == ("duty_officer", "", "")
    assert seats(made)["张伟"] == ("duty_officer", "江北站", "一班")
    assert seats(made)["高强"] == ("duty_officer", "江北站", "")
    assert [one for one in made.remarks if "值班员" in one] == ["张伟（zw）在通讯录里是“一班”的负责人，在名册里是值班员，仍是值班员。"]


def test_aliases_post_and_trio_are_never_lost_and_a_userid_is_written_as_before() -> None:
    unit = [known("李明", ("江北站", "一班"), Role.MEMBER, "LM"), known("黄敏", ("机关", "机关组"))]
    made = {line.name: line for line in sync(OTHERS, unit).lines}
    assert (made["李明"].aliases, made["李明"].post, made["李明"].trio, made["李明"].wecom_userid) == (("别名李明",), "战斗员", "1-1", "LM")
    assert (made["黄敏"].aliases, made["黄敏"].wecom_userid) == (("别名黄敏",), "hm")


def test_those_directly_in_a_branch_form_a_group_which_may_have_a_leader_by_hand_and_is_remarked_once() -> None:
    contacts = [contact("zw", "张伟", 10), contact("gq", "高强", 10), *OTHERS]
    made = sync(contacts)
    assert seats(made)["张伟"] == ("member", "江北站", "江北站直属组")
    assert any(one.startswith("张伟、高强直接在“江北站”的部门里，归入“江北站直属组”") for one in made.remarks)
    unit = [known("张伟", ("江北站", "江北站直属组"), Role.LEADER, "zw"), known("高强", ("江北站", "江北站直属组"), Role.MEMBER, "gq")]
    again = sync(contacts, unit)
    assert seats(again)["张伟"] == ("leader", "江北站", "江北站直属组")
    assert not any("直属组" in one for one in again.remarks)


def test_of_two_leaders_of_a_group_the_one_whom_the_unit_has_stays() -> None:
    contacts = [contact("gq", "高强", 11, leads=[11]), contact("lm", "李明", 11, leads=[11])]
    made = sync(contacts, [known("李明", ("江北站", "一班"), Role.LEADER, "lm")])
    assert (seats(made)["李明"][0], seats(made)["高强"][0]) == ("leader", "member")
    assert "“一班”在通讯录里有 2 位负责人（李明、高强），组长只能一位，按李明。" in made.remarks


def test_of_several_departments_the_main_one_counts_and_that_is_remarked_once() -> None:
    contacts = [contact("zw", "张伟", 11, 12, 1, main=12), contact("lm", "李明", 11), contact("hm", "黄敏", 99, 21, main=99)]
    made = sync(contacts)
    assert seats(made)["张伟"] == ("member", "江北站", "二班")
    assert seats(made)["黄敏"] == ("member", "机关", "机关组"), "a main department that cannot be seen counts for nothing"
    assert "张伟（zw）也在“一班”，按主部门归入“二班”。" in made.remarks
    again = sync(contacts, [known("张伟", ("江北站", "二班"), Role.MEMBER, "zw")])
    assert not any("也在" in one for one in again.remarks)


def test_whose_name_is_not_told_is_known_by_the_roster_or_left_out() -> None:
    contacts = [contact("zw", "", 11), contact("x9", "", 11), *OTHERS]
    made = sync(contacts, [known("张伟", ("江北站", "一班"), Role.MEMBER, "ZW")])
    assert seats(made)["张伟"] == ("member", "江北站", "一班")
    assert len(made.lines) == 3
    assert next(one for one in made.remarks if "姓名" in one).startswith("x9：读不到姓名，没有收进名册。")


def test_who_is_in_no_branch_is_remarked_and_leaves_only_as_one_who_is_missing() -> None:
    contacts = [contact("admin", "管理员", 1), contact("zw", "张伟", 1), *OTHERS]
    unit = [known("张伟", ("江北站", "一班"), Role.MEMBER, "zw")]
    made = sync(contacts, unit)
    assert [one.name for one in made.missing] == ["张伟"]
    assert [one.split("（")[0] for one in made.remarks if "不在任何党支部" in one] == ["管理员", "张伟"]
    assert seats(sync(contacts, unit, keep_missing=True))["张伟"] == ("member", "江北站", "一班")


def test_who_stays_gives_up_a_seat_that_another_has_by_now() -> None:
    unit = [known("周建国", ("江北站", ""), Role.SECRETARY, "zjg"), known("高强", ("江北站", "一班"), Role.LEADER)]
    contacts = [contact("sl", "孙丽", 10, leads=[10]), contact("lm", "李明", 11, leads=[11])]
    made = seats(sync(contacts, unit, keep_missing=True))
    assert made["周建国"] == ("deputy", "江北站", "")
    assert made["高强"] == ("member", "江北站", "一班")


def test_what_only_the_check_finds_names_people_and_no_rows() -> None:
    unit = [replace(known("李明", ("江北站", "一班"), Role.MEMBER, "lm"), aliases=("小高",))]
    made = draft(TREE, [*OTHERS, contact("xg", "小高", 11)], unit, keep_missing=False)
    assert check(made.lines) == ["李明（lm）：李明的别名“小高”是小高（xg）的姓名，同组里分不清，请换一个。"]


def test_groups_without_people_are_remarked_and_not_made() -> None:
    made = sync(OTHERS)
    assert {line.group for line in made.lines} == {"一班", "机关组"}
    assert made.remarks == ("“二班”的部门里没有人。",)


@pytest.mark.parametrize(
    ("departments", "told"),
    [
        ([Department(id=1, name="支队"), Department(id=2, name="", parent=1)], "部门 2 读不到名称"),
        ([Department(id=2, name="一站", parent=7), Department(id=3, name="一站", parent=8)], "有 2 个党支部的部门都叫“一站”"),
    ],
)
def test_departments_that_make_no_unit_are_told(departments: list[Department], told: str) -> None:
    with pytest.raises(ContactsError, match=told):
        Tree(departments, "", {})


def test_contacts_in_which_nobody_can_be_seen_make_no_unit() -> None:
    with pytest.raises(ContactsError, match="可见范围"):
        draft(TREE, [], [], keep_missing=True)
    with pytest.raises(ContactsError, match="可见范围"):
        draft(Tree([], "", {}), OTHERS, [], keep_missing=True)


@st.composite
def companies(choose: st.DrawFn) -> tuple[Tree, list[Contact]]:
    """A tree of departments, in which parents may also be missing or in a circle, and people anywhere in it."""
    count = choose(st.integers(1, 9))
    departments = [Department(id=1, name="支队")]
    departments += [Department(id=number, name=f"部{number}", parent=choose(st.integers(1, count + 1))) for number in range(2, count + 1)]
    tree = Tree(departments, "", {})
    contacts = []
    for number in range(choose(st.integers(1, 12))):
        inside = choose(st.lists(st.integers(1, count + 1), min_size=1, max_size=3, unique=True))
        leads = frozenset(one for one in inside if choose(st.booleans()))
        own = f"人{'甲乙丙丁戊己庚辛壬癸子丑'[number]}"  # two of one name are refused, so that few may have it
        name = choose(st.sampled_from(["", "张伟", "李明", *[own] * 9]))
        contacts.append(
            Contact(userid=f"U{number}", name=name, departments=tuple(inside), leads=leads, main=choose(st.sampled_from([None, *inside])))
        )
    return tree, contacts


def as_known(lines: Sequence[RosterLine], roles: Sequence[Role]) -> list[Known]:
    """The unit after the lines were applied; then somebody gives roles by hand, where the sheet takes them."""
    given = []
    for line, role in zip(lines, roles, strict=False):
        other = line.model_copy(update={"role": role.value} | ({"group": ""} if role in {Role.SECRETARY, Role.DEPUTY} else {}))
        trial = [*given, other, *lines[len(given) + 1 :]]
        given.append(line if check(trial) else other)
    given += lines[len(given) :]
    return [
        Known(row, one.name, True, one.place, one.role, one.aliases, one.post, one.trio, (one.wecom_userid,), ())
        for row, one in enumerate(given)
    ]


@settings(deadline=None, max_examples=200)
@given(companies(), st.lists(st.sampled_from(list(Role)), max_size=12))
def test_whatever_the_contacts_are_a_second_sync_changes_nothing_and_loses_nobody(
    company: tuple[Tree, list[Contact]], by_hand: list[Role]
) -> None:
    tree, contacts = company
    try:
        first = draft(tree, contacts, [], keep_missing=False)
    except ContactsError:
        assume(False)
    assume(check(first.lines) == [])
    unit = as_known(first.lines, by_hand)
    second = draft(tree, contacts, unit, keep_missing=False)
    assert check(second.lines) == []
    assert {line.wecom_userid for line in second.lines} == {line.wecom_userid for line in first.lines}
    assert second.missing == ()
    third = draft(tree, contacts, as_known(second.lines, []), keep_missing=False)
    assert third.lines == second.lines
    assert {line.name: line.role for line in second.lines if line.role == Role.DUTY_OFFICER} == {
        one.name: one.role for one in unit if one.role == Role.DUTY_OFFICER
    }
