"""What is allowed and cannot be meant: hours, names, audiences and cells that would do nothing, said before anybody waits for them."""

from pathlib import Path

import pytest

from bot.config import ConfigError, load_settings
from bot.lessons import doubts, load_lessons
from bot.settings import warnings
from models.lesson import Lesson
from tests.roster_office import UNIT, Office, changed

SANDBOX = {"SANWEI__CHANNELS__SANDBOX__ENABLED": "true"}
LESSONS = Path(__file__).parent.parent / "content" / "lessons"


@pytest.mark.parametrize(
    ("env", "warning"),
    [
        ({"SANWEI__SCHEDULE__CHASE__AT": "08:20"}, "schedule.chase.at: 08:20 is not after schedule.nudge_checkin.at (08:25)"),
        ({"SANWEI__SCHEDULE__LESSON__AT": "23:10"}, "schedule.lesson.at: 23:10 lies in the quiet hours (22:30 to 06:00)"),
        ({"SANWEI__SCHEDULE__DIGEST_GROUP__AT": "05:50"}, "schedule.digest_group.at: 05:50 lies in the quiet hours"),
    ],
)
def test_an_hour_at_which_a_job_is_for_nothing_is_a_warning(env: dict[str, str], warning: str) -> None:
    (line,) = warnings(load_settings(None, SANDBOX | env))
    assert line.startswith(warning)
    off = {"SANWEI__SCHEDULE__CHASE__ENABLED": "false", "SANWEI__POLICIES__QUIET__ENABLED": "false"}
    assert warnings(load_settings(None, SANDBOX | env | off)) == []


@pytest.mark.parametrize("key", ["BOT_NAME", "NAME"])
def test_a_blank_name_is_a_mistake(key: str) -> None:
    with pytest.raises(ConfigError, match="is blank; write a name"):
        load_settings(None, {f"SANWEI__ORGANIZATION__{key}": "　 "})


def for_posts(*audience: str) -> list[Lesson]:
    return [load_lessons(LESSONS)[0].model_copy(update={"slug": "13-gas-leak", "audience": audience})]


def test_a_lesson_for_posts_that_nobody_has_is_named() -> None:
    posts = {"战斗员", "驾驶员"}
    assert list(doubts(for_posts("all"), posts)) == []
    assert list(doubts(for_posts("战斗员"), posts)) == []
    assert list(doubts(for_posts("战斗园"), set())) == [], "there is no roster yet"
    assert list(doubts(for_posts("战斗园"), posts)) == [
        "13-gas-leak.md: audience: nobody in the roster has the post “战斗园”; known are 战斗员、驾驶员"
    ]
    assert list(doubts(for_posts("战斗员，驾驶员"), posts)) == [
        "13-gas-leak.md: audience: “战斗员，驾驶员” holds “，” and is one post so; write [战斗员, 驾驶员]"
    ]


@pytest.mark.parametrize("column", ["wecom_userid", "wechat_id"])
@pytest.mark.parametrize("cell", ["1.38E+10", "1.3812345678E+10", "2e+10"])
def test_a_number_that_a_spreadsheet_has_spoilt_is_refused(tmp_path: Path, column: str, cell: str) -> None:
    office = Office(tmp_path)
    result = office.run("import", office.sheet(changed(UNIT, "王磊", **{column: cell})))
    assert result.exit_code == 1
    assert result.stderr == f"名册.csv：第 6 行：{column}“{cell}”是 Excel 改坏的数字，请把这一列设成文本格式，再填完整的账号。\n"


def test_aliases_that_are_not_split_are_named_and_taken_as_they_are(tmp_path: Path) -> None:
    said = Office(tmp_path).imports(changed(UNIT, "王磊", aliases="磊子、小王"), "--dry-run")
    assert said.startswith("请留意：第 6 行：王磊的别名“磊子、小王”里有“、”，这样算一个别名；几个别名用 | 分开，写成 磊子|小王。\n")
    assert "请留意" not in Office(tmp_path).imports(UNIT, "--dry-run")
