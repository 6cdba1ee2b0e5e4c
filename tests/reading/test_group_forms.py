"""Group reports in the forms that leaders use: tables, one number for both, ranges of temperatures; and what only counts people."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say, report


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("班组|应到|实到|异常\n一班|6|6|0", (6, 6)),
        ("班组 应到 实到 异常\n一班 6 5 无", (6, 5)),
        ("|班组|应到|实到|\n|---|---|---|\n|一班|6|6|", (6, 6)),
        ("序号|班组|应到人数|实到人数|体温异常\n1|一班|6|6|无", (6, 6)),
        ("一班应到实到都是六，人人健康", (6, 6)),
        ("一班应到、实到均为6人，体温正常", (6, 6)),
        ("一班实到更正为5人，应到6人，高强送修车未回，其余正常", (6, 5)),
        ("一班应到6，除高强外5人都到了，正常", (6, 5)),
        ("一班六个都在车库里擦车，都没事", (6, 6)),
        ("今早一班6人，最高37.0，最低36.1，没人有症状", (6, None)),
        ("一班6人，体温36.2到36.8", (6, None)),
        ("【一班】到位6/6 ✅ 体温≤36.8 ✅ 症状0 ✅", (6, 6)),
        ("一班应到6实到6，全部正常。明天的考核几点开始？", (6, 6)),
    ],
)
def test_forms_are_read(say: Say, text: str, counts: tuple[int | None, int | None]) -> None:
    found = report(say, text)
    assert (found.expected, found.present, found.all_normal) == (*counts, True)
    assert say(text, "李明").intents[-1] in (Intent.GROUP_REPORT, Intent.CORRECTION)
    assert say(text, "李明").checkins == ()


@pytest.mark.parametrize("text", ["一班应到6实到6，异常1人", "班组|应到|实到|发热\n一班|6|6|1"])
def test_who_is_not_well_and_not_named_still_counts(say: Say, text: str) -> None:
    assert not report(say, text).all_normal


def test_who_has_it_reported_is_no_exception_unless_he_is_excepted(say: Say) -> None:
    assert report(say, "黄姐在路上，让我发：后勤组应到6人实到6人，都正常", "宋佳").exceptions == ()
    found = report(say, "班长在开会，二班我来报：应到6，除班长外5个都在位，正常", "常平")
    assert (found.present, found.exceptions) == (5, ("刘洋",))


@pytest.mark.parametrize(
    ("absence", "last"),
    [("休到10号", "2026-03-10"), ("参加驾驶员复训，训到15号", "2026-03-15"), ("去总队培训了", None), ("休三天", "2026-03-06")],
)
def test_the_leave_of_somebody_named_as_missing(say: Say, absence: str, last: str | None) -> None:
    reading = say(f"一班应到6实到5，陈一{absence}，其余正常", "李明")
    assert reading.group_report is not None
    assert reading.group_report.exceptions == ("陈一",)
    assert [(leave.person, leave.last and leave.last.isoformat()) for leave in reading.leaves] == [("陈一", last)]


@pytest.mark.parametrize("text", ["二班六个都在，一个咳嗽的都没有", "二班6人，发烧的一个没有，都好"])
def test_a_denial_behind_the_symptom(say: Say, text: str) -> None:
    assert report(say, text, "刘洋").all_normal


@pytest.mark.parametrize(
    "text",
    [
        "火锅局应到八人实到五人，没来那仨罚洗碗",
        "今晚烧烤摊，八个人都到齐了，就差你",
        "粽子都在一楼，一人俩，别学小陈去年一口气五个",
        "我家六口人都在，都好",
        "器材|应到|实到|备注\n水带|20|18|缺2",
        "现在一响铃我就往回缩",
        "一班应到6实到6吗？",
        "三班应到6实到6，都正常吧？",
        "一班应到几人，实到5人？",
    ],
)
def test_not_every_count_is_a_report(say: Say, text: str) -> None:
    assert say(text, "李明").group_report is None


def test_a_symptom_beside_the_denied_one_stays(say: Say) -> None:
    found = report(say, "三班发烧的有一个，咳嗽的没有，应到6实到6", "吴静")
    assert not found.all_normal
