"""How many are away, ill, and the others; a correction that names who is away and who is not; groups listed together."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say, report, told

TWO = ("张伟", "王磊")


@pytest.mark.parametrize(
    ("text", "counts", "exceptions"),
    [
        ("1班2人请假：张伟、王磊，其余4人正常", (6, 4), TWO),
        ("一班2人请假（张伟、王磊），其余4人正常", (6, 4), TWO),
        ("一班请假2人：张伟、王磊，其余4人正常", (6, 4), TWO),
        ("一班两人休假，张伟、王磊，剩下四人都正常", (6, 4), TWO),
        ("一班2人休假，分别是张伟、王磊，其余4人正常", (6, 4), TWO),
        ("一班今天2人出差：张伟、王磊，剩余4人在位，体温正常", (6, 4), TWO),
        ("一班缺2人，张伟、王磊，其余4人正常", (6, 4), TWO),
        ("一班张伟、王磊2人请假，其余4人正常", (6, 4), TWO),
        ("除张伟、王磊2人休假外，其余4人正常", (6, 4), TWO),
        ("一班6人，2人请假：张伟、王磊，4人在位", (6, 4), TWO),
        ("一班1人出差：高强，其余5人正常", (6, 5), ("高强",)),
        ("一班3人外出培训（张伟、王磊、高强），其余3人正常", (6, 3), ("张伟", "王磊", "高强")),
    ],
)
def test_who_is_away_and_the_others_are_all(say: Say, text: str, counts: tuple[int, int], exceptions: tuple[str, ...]) -> None:
    found = report(say, text)
    assert ((found.expected, found.present), found.exceptions, found.all_normal) == (counts, exceptions, True)


@pytest.mark.parametrize(
    "text",
    [
        "一班2人一组练水带，其余4人打扫卫生",
        "一班2人请假单要补签",
        "一班2人值班，其余4人训练",
        "今天2人请假，会议改期",
        "谁请假？其余4人正常吗",
        "一班请假要提前报",
    ],
)
def test_other_counts_of_people_are_no_report(say: Say, text: str) -> None:
    assert say(text, "李明").group_report is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("一班2人发烧：王磊38.1，高强37.8，其余4人正常", ["王磊", "高强"]),
        ("一班2人咳嗽（王磊、高强），其余4人正常", ["王磊", "高强"]),
        ("一班1人咳嗽（陈一），其余正常", ["陈一"]),
        ("一班咳嗽2人（王磊、高强），其余正常", ["王磊", "高强"]),
        ("一班发热1人：高强37.8，其余5人正常", ["高强"]),
        ("一班有1人发烧，其余正常", []),
        ("一班发热1人，其余正常", []),
        ("一班应到6实到6，发热0人，咳嗽1人，其余正常", []),
        ("一班5人正常，1人发烧", []),
    ],
)
def test_who_is_counted_as_ill_is_who_is_named_and_never_the_leader(say: Say, text: str, people: list[str]) -> None:
    reading = say(text, "李明")
    assert reading.group_report is not None
    assert not reading.group_report.all_normal
    assert list(told(reading)) == people


@pytest.mark.parametrize("text", ["一班0人发热，全部正常", "一班应到6实到6，发热0人，全部正常", "一班6人全部正常，无人发热"])
def test_nobody_counted_as_ill_is_nobody(say: Say, text: str) -> None:
    reading = say(text, "李明")
    assert reading.group_report is not None
    assert (reading.group_report.all_normal, reading.checkins) == (True, ())


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("更正：只有张伟请假，王磊在位正常", ("张伟",)),
        ("更正：张伟请假，王磊在位", ("张伟",)),
        ("刚才报错了，只有张伟请假，王磊在岗", ("张伟",)),
        ("更正：请假的是张伟，不是王磊", ("张伟",)),
        ("更正：就张伟一个人请假，王磊在岗正常", ("张伟",)),
        ("更正：张伟、高强请假，王磊没请假", ("张伟", "高强")),
        ("更正一下，只有高强没来，王磊到了", ("高强",)),
        ("更正，今天就张伟休假，别的都在", ("张伟",)),
        ("订正：仅张伟出差，王磊正常", ("张伟",)),
    ],
)
def test_a_correction_says_who_of_the_squad_is_away_and_who_is_not(say: Say, text: str, away: tuple[str, ...]) -> None:
    reading = say(text, "李明")
    assert {Intent.CORRECTION, Intent.GROUP_REPORT} <= set(reading.intents)
    assert report(say, text).exceptions == away


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("李明", "更正：王磊明天请假，不是后天"),
        ("李明", "更正：王磊36.8，张伟36.5"),
        ("李明", "更正：王磊在位，体温正常"),
        ("张伟", "更正：只有王磊请假，高强在位"),
        ("李明", "更正：张伟今天值班，王磊在位备勤"),
        ("李明", "更正：张伟请假到8号"),
        ("李明", "更正：我请假，王磊带班"),
        ("李明", "更正下刚才的通知，张伟、王磊去培训"),
        ("李明", "只有张伟请假"),
    ],
)
def test_a_correction_of_something_else_is_none_of_the_group(say: Say, sender: str, text: str) -> None:
    assert say(text, sender).group_report is None


@pytest.mark.parametrize("text", ["就高强没来，其他都在", "高强没来，其余都在位。", "高强没来，其他人都到了"])
def test_the_others_are_there(say: Say, text: str) -> None:
    assert report(say, text).exceptions == ("高强",)


@pytest.mark.parametrize("text", ["其他都在忙，就高强没来帮忙", "高强没来，其他人都在训练"])
def test_what_the_others_do_is_no_report(say: Say, text: str) -> None:
    assert say(text, "李明").group_report is None


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("一班、二班全部正常", {"g1", "g2"}),
        ("一班和二班都正常", {"g1", "g2"}),
        ("一班二班三班均正常", {"g1", "g2", "g3"}),
        ("一、二班全部正常", {"g1", "g2"}),
        ("一二三班都正常", {"g1", "g2", "g3"}),
        ("1、2班全部正常", {"g1", "g2"}),
        ("第一党小组、第二党小组全部正常", {"g1", "g2"}),
        ("一班，二班全部正常", {"g1", "g2"}),
        ("一班全部正常，二班有人咳嗽", {"g1"}),
        ("一班6人全部正常，二班借了水带", {"g1"}),
    ],
)
def test_groups_that_are_listed_together_are_all_meant(say: Say, text: str, groups: set[str]) -> None:
    found = report(say, text, "周建国")
    assert {found.group, *found.also} == groups


@pytest.mark.parametrize("text", ["一班二班训练正常", "一班、二班报一下", "一班正常，二班还没报", "一班二班几点集合"])
def test_what_is_said_of_several_groups_otherwise_is_no_report(say: Say, text: str) -> None:
    assert say(text, "周建国").group_report is None
