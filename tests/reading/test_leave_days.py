"""The days of an absence as people say them in passing, and absences that are only told of."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say


def away(say: Say, text: str, sender: str = "张伟") -> tuple[str, str, str | None] | None:
    leaves = say(text, sender).leaves
    return (
        None
        if not leaves
        else (leaves[0].person, leaves[0].first.isoformat()[5:], leaves[0].last.isoformat()[5:] if leaves[0].last else None)
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        # a matter of hours, or of one day
        ("今天去市局出差，晚上能到家", "03-04", "03-04"),
        ("今天请假陪我妈看牙，午饭前回来", "03-04", "03-04"),
        ("后天去总队送材料，当天返回，请假一天", "03-06", "03-06"),
        ("请三个钟头假，送孩子去车站", "03-04", "03-04"),
        ("今天请假，办完事就归队", "03-04", "03-04"),
        # back at an hour, or at work as always
        ("请假回家修房，10号走，13号天黑前回来", "03-10", "03-13"),
        ("明天起休年假，下周三照常上班", "03-05", "03-10"),
        ("今天开始轮休，周日早上回岗", "03-04", "03-07"),
        ("3月30号走，休到5号", "03-30", "04-05"),
        # bare numbers, where they are counted
        ("我 14 15 两天 休", "03-14", "03-15"),
        ("班长给我补了三天，9、10、11，回趟老家", "03-09", "03-11"),
        ("请假回家，19到21三天", "03-19", "03-21"),
        ("八一请一天假，陪爸去看战友", "08-01", "08-01"),
        ("15号请假一日返乡", "03-15", "03-15"),
        # the weekdays of a week that is named, and what is put off
        ("下周我去学车，请两天假，周二周三", "03-10", "03-11"),
        ("下周出差，周一走周五回", "03-09", "03-13"),
        ("下周休假", "03-09", "03-15"),
        ("出差延期了，改到12号回", "03-04", "03-12"),
        ("大夫建议歇三天，班长已批", "03-04", "03-06"),
        # sent away, and courses
        ("支队那边缺人，把我借过去了，明天过去", "03-05", None),
        ("我报的驾驶员培训班批了，9号去报到，13号结业", "03-09", "03-13"),
        ("从昨天开始就住到基地了，骨干集训，一直到20号", "03-03", "03-20"),
        # "停水" is no end of all leave
        ("明天停水，我请假一天", "03-05", "03-05"),
    ],
)
def test_days_said_in_passing(say: Say, text: str, first: str, last: str | None) -> None:
    assert away(say, text) == ("张伟", first, last)


def test_whose_leave_it_is_called(say: Say) -> None:
    assert away(say, "老徐的年假我写错了，改为10号到15号", "黄敏") == ("徐正常", "03-10", "03-15")


@pytest.mark.parametrize(
    "text",
    [
        "昨晚梦见自己请假去了海边",
        "听说二中队有人请了半年病假",
        "我高中同桌今天休陪产假",
        "我室友请了一周婚假",
        "追的剧里那个队长请婚假没请下来",
        "上回休假在家造了三天饭",
        "前年探亲坐了两天火车",
        "等我休假了请大家吃饭",
        "2月考勤：请假11人次，出差4人次",
        "请假3人，在位9人",
        "我和爱人轮着请假也不是办法",
        "体温36.5，9、10、11三天的都补上了",
        "28 29 两天降温 大家多穿",
        "请两个小时给大家培训",
        "下午五点回站，车洗完了",
        "六一想带孩子出去玩",
    ],
)
def test_an_absence_only_told_of_is_none(say: Say, text: str) -> None:
    assert away(say, text) is None


@pytest.mark.parametrize("text", ["听说年假批下来了，我8号到12号休", "上次请假写错了，是10号到12号", "室友的假批了，我明天也请假一天"])
def test_the_speaker_comes_back_to_himself(say: Say, text: str) -> None:
    assert away(say, text) is not None


def test_who_only_goes_away_reports_no_plan(say: Say) -> None:
    assert say("跟班长磨了半天终于批了：明天下午走，下周一早操准时出现").intents == (Intent.LEAVE,)
    assert Intent.REPORT in say("今天把三号车的泵修好了，试水正常。明天请假一天").intents


@pytest.mark.parametrize(
    ("text", "person", "first", "last"),
    [
        ("请两个小时假去开家长会", "张伟", "03-04", "03-04"),
        ("下午请俩钟头假补个牙", "张伟", "03-04", "03-04"),
        # who is back before duty begins is not away that day
        ("周五请假陪我爸看眼睛，周六早操前回来", "张伟", "03-06", "03-06"),
        ("韩冰明天起借调支队宣传科，什么时候回来不好说", "韩冰", "03-05", None),
    ],
)
def test_leave_in_plain_words(say: Say, text: str, person: str, first: str, last: str | None) -> None:
    assert away(say, text) == (person, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "昨天请假的补一下体温",
        "请假的那几个把心得交上来",
        "请假次数用完了",
        "年假都用完了，今年回不去了",
        "时间定在周六，家属们也好请假来看看",
        "会议放到周四，地点不变",
        "今天起抽调各班骨干编突击队，为期一周",
        "请两个小时工打扫卫生",
        "能请两小时假吗",
        "小王出去办事，5号就回来了",
    ],
)
def test_words_of_leave_and_nobody_away(say: Say, text: str) -> None:
    assert away(say, text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("五一到7号休年假，回趟老家", "05-01", "05-07"),
        ("从五一休到7号", "05-01", "05-07"),
        ("五一轮到我休假！5.1到5.3，4号一早归队", "05-01", "05-03"),
        ("五一假我在家过，1号到4号，5号头晌就回来了", "05-01", "05-04"),
        ("五一值班，6号到8号补休", "05-06", "05-08"),
    ],
)
def test_from_a_holiday_on_or_days_of_it(say: Say, text: str, first: str, last: str) -> None:
    leave = say(text, at="2026-04-20T08:00:00+08:00").leaves[0]
    assert (leave.first.isoformat()[5:], leave.last and leave.last.isoformat()[5:]) == (first, last)


@pytest.mark.parametrize(
    ("text", "person", "first", "last"),
    [
        ("我3月9、10、11三天去支队培训", "张伟", "03-09", "03-11"),
        ("3月9、10两天补休，11号回来", "张伟", "03-09", "03-10"),
        ("19-21我请假，22号的演练照常参加", "张伟", "03-19", "03-21"),
        ("我一号到三号补休", "张伟", "04-01", "04-03"),
        ("明天5号我请一天假", "张伟", "03-05", "03-05"),
        ("下周一周二我去市里开会不在单位，周三回来接着弄", "张伟", "03-09", "03-10"),
        ("明天起休六天，11号回来", "张伟", "03-05", "03-10"),
        ("我这周先在医院陪护，请假到3月20号", "张伟", "03-04", "03-20"),
        ("谢天下周去总队集训两周", "谢天", "03-09", "03-22"),
        ("下周我请两天假", "张伟", "03-09", "03-10"),
        ("国庆我排5号到7号值班，8号到10号回家看我爸", "张伟", "03-08", "03-10"),
        ("今天起云飞去院校学习了", "赵云飞", "03-04", None),
        ("高强让抽到新兵连带训，3月12号走，啥时候回没定", "高强", "03-12", None),
        ("爸没了。后天我回去守灵，班里请王磊先顶着", "张伟", "03-06", None),
        ("请假的不是高强，是谢天，明天到后天", "谢天", "03-05", "03-06"),
        ("休假的不是我，是王磊，3月6号到9号", "王磊", "03-06", "03-09"),
        ("3月8、9两天考核，我去支队", "张伟", "03-08", "03-09"),
        ("8号到10号我不在站里", "张伟", "03-08", "03-10"),
        ("请假两小时去银行", "张伟", "03-04", "03-04"),
        ("领导批了我三天假，从后天起", "张伟", "03-06", "03-08"),
        ("我值班到8号，9号开始轮休两天", "张伟", "03-09", "03-10"),
        ("请假到8号改到9号", "张伟", "03-04", "03-09"),
        ("假期写错了，应为3月6日至9日", "张伟", "03-06", "03-09"),
        ("疗养轮到我了，6号上山9号下山", "张伟", "03-06", "03-09"),
    ],
)
def test_days_and_people_of_leave_as_they_are_said(say: Say, text: str, person: str, first: str, last: str | None) -> None:
    assert away(say, text) == (person, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "我调休没批下来，继续上班",
        "轮休没休成，又出警了",
        "调休攒了四天，一直没休",
        "年假能不能休得成还不知道",
        "休假条例又改了",
        "建议把请假条做成电子的",
        "请假要提前一天走流程，口头说的不算",
        "请假的这周五前把条子交上来",
        "8到10号有大风，我在库房加固门窗",
        "8号到10号停水，我去拉水",
        "演练6号到8号，我都在",
        "检查组8号到10号在站里，都精神点",
        "我爸8号到10号来看我",
        "班里借调走俩，三周没歇过一天",
        "我妈在老家透析，我一年才回一趟",
        "两个借调走了，班里就剩仨",
        "离站二十公里，月底搬过去",
        "明天走队列，我盯着，几点结束说不准",
        "这次轮休没轮上，下次吧",
        "这个月的假都攒着过年休",
    ],
)
def test_papers_rules_and_days_off_that_were_not_used(say: Say, text: str) -> None:
    assert away(say, text) is None
