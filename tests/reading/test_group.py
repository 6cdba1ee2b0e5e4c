"""A leader's report for a whole group."""

from datetime import date

import pytest

from models.reading import Intent
from tests.reading.conftest import Say, report, told


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("一班应到6人，实到6人，体温全部正常", (6, 6)),
        ("第一党小组应到六人、实到六人，均无发热咳嗽等症状", (6, 6)),
        ("一班6/6，全员正常，最高36.8最低36.2", (6, 6)),
        ("一班6人到齐，36.2～36.7，无异常", (6, 6)),
        ("我班6人全部在位，无发热无咳嗽", (6, 6)),
        ("一班6人今日体温全部正常。", (6, None)),
        ("一班在位5人，都正常", (None, 5)),
        ("组别|应到|实到|异常|备注\n一班|6|6|0|无", (6, 6)),
        ("一班6口子都在，剩下的都怪好", (6, 6)),
        ("咱班六个弟兄都在，都得劲", (6, 6)),
        ("一班6/5，小赵去支队开会，其余36.3-36.7", (6, 5)),
        ("班里六个就我一个在站，其余出警未归，都平安", (6, 1)),
        ("一班：\n1、应到6人\n2、实到6人\n3、王磊、张伟轮值\n4、高强在岗\n5、体温正常", (6, 6)),
        ("一班应到6、实到5写错了，实到6，都正常", (6, 6)),
        ("【一班日报】\n1、工作：水源普查\n2、健康：均正常\n3、计划：体能", (None, None)),
        ("一班今早6到6，大家体温36.2至36.7，陈一前几天没胃口，现在吃得比谁都多", (6, 6)),
    ],
)
def test_counts_are_read(say: Say, text: str, counts: tuple[int | None, int | None]) -> None:
    found = report(say, text)
    assert (found.expected, found.present) == counts
    assert found.all_normal


def test_absent_members_are_exceptions_and_leave_is_leave(say: Say) -> None:
    reading = say("三班：应到6，实到5（艾力出差），在位人员体温均正常", "吴静")
    assert reading.group_report is not None
    assert (reading.group_report.group, reading.group_report.exceptions, reading.group_report.all_normal) == ("g3", ("艾力·买买提",), True)
    assert [(leave.person, leave.first, leave.last) for leave in reading.leaves] == [("艾力·买买提", date(2026, 3, 4), None)]


def test_being_out_on_a_call_is_absence_and_no_leave(say: Say) -> None:
    reading = say("二班应到6人，实到5人，马腾出警未归，在位体温正常", "刘洋")
    assert reading.group_report is not None
    assert (reading.group_report.exceptions, reading.leaves) == (("马腾",), ())


def test_a_sick_member_is_an_exception_with_a_check_in(say: Say) -> None:
    reading = say("第一党小组应到六人，实到六人。高强体温三十七度五，其余五人正常。", "李明")
    assert reading.group_report is not None
    assert (reading.group_report.exceptions, reading.group_report.all_normal) == (("高强",), False)
    assert told(reading) == {"高强": (37.5, ("fever",), False)}


def test_a_sick_member_is_never_lost_behind_all_normal(say: Say) -> None:
    reading = say("一班6/6，全员正常，就是陈一有点拉肚子", "李明")
    assert told(reading) == {"陈一": (None, ("diarrhea",), False)}
    assert reading.group_report is not None
    assert not reading.group_report.all_normal


def test_a_report_that_is_put_right_counts_anew(say: Say) -> None:
    reading = say("更正：早上我报一班实到6人有误，应为应到6人、实到5人，王磊出差，体温均正常", "李明")
    assert reading.correction
    assert reading.group_report is not None
    found = reading.group_report
    assert (found.expected, found.present, found.exceptions) == (6, 5, ("王磊",))
    assert [leave.person for leave in reading.leaves] == ["王磊"]


def test_who_is_away_beside_those_who_are_counted_there_is_an_exception(say: Say) -> None:
    reading = say("一班：我、张伟、王磊三个都在，体温正常，小陈出差，到本周五结束", "李明")
    assert reading.group_report is not None
    assert (reading.group_report.expected, reading.group_report.present, reading.group_report.exceptions) == (None, 3, ("陈一",))


def test_who_is_said_to_be_there_after_all_is_no_exception(say: Say) -> None:
    found = report(say, "一班应到六人实到五人，张伟带小陈去送检空呼器在路上，哦不对小陈在，就张伟一个没到，都不烧")
    assert found.exceptions == ("张伟",)


@pytest.mark.parametrize(
    "text", ["这周跟五位同志谈了话，大家都在扛着家里的事上班", "我们班都在抢修水泵，忙到现在", "一班6人都在训练，明天考核"]
)
def test_what_all_are_doing_is_no_report_that_all_are_there(say: Say, text: str) -> None:
    assert say(text, "李明").group_report is None


def test_a_zero_report_counts_nobody(say: Say) -> None:
    found = report(say, "一班零报告：昨夜至今无伤病、无发热、无失联。")
    assert (found.expected, found.present, found.all_normal) == (None, None, True)


@pytest.mark.parametrize(
    "text",
    [
        "晚点名我要抽查，应到多少实到多少张口就得来",
        "三班今天还有两个没报的",
        "各组今晚九点前报两样：人数、伤病。",
        "3/3 36.4 3/4 36.6",
        "我们班6个人聚餐，谁去报名",
    ],
)
def test_other_counts_are_no_group_report(say: Say, text: str) -> None:
    assert say(text, "李明").group_report is None


def test_a_squads_daily_report_with_all_normal_is_both(say: Say) -> None:
    reading = say("一班：上午跑了5公里，下午水枪打靶。全员正常。明天检查安全绳。", "李明")
    assert {Intent.GROUP_REPORT, Intent.REPORT} <= set(reading.intents)


def test_the_evidence_of_a_count_is_its_number_and_of_the_group_its_name(say: Say) -> None:
    text = "本组应到6人，实到5人，韩冰请假，其余正常"
    found = [(e.field, text[e.start : e.end]) for e in report(say, text, "吴静").evidence]
    assert found == [
        ("group", "本组"), ("expected", "6"), ("present", "5"), ("all_normal", "其余正常"), ("exception:韩冰", "韩冰请假"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "counts", "exceptions"),
    [
        ("后勤六个，五个在，缺小杜（陪产假，昨天开始，放到18号），在的五个都健康", (6, 5), ("杜若飞",)),
        ("二班|6人|在5|缺：王小磊（昨夜跟车送修，现返程路上）|体温最高36.8 最低36.1|无异常", (6, 5), ("王小磊",)),
        ("机关组六个人我数了两遍，一个没少，都没事", (6, 6), ()),
        ("一班六员齐装满员，体温正常，就是嘴都碎", (6, 6), ()),
        ("通信班 应到陆人 实到陆人 均无异常", (6, 6), ()),
        ("机关组六人，到了五个，小杜在车管所换证，其他都没有不舒服。", (6, 5), ("杜若飞",)),
        ("我们班今早6人，缺高强（去支队拉器材），其余体温36.1到36.8", (6, 5), ("高强",)),
        ("二班：在岗4人，休假1人（谢天），病休1人（欧阳，37.9），其余正常", (None, 4), ("谢天", "欧阳朔")),
        ("机关组6人，沈冬请假，到岗5人，没有不舒服的", (6, 5), ("沈冬",)),
        ("咱班今天少一个，马腾休假到8号，别的都好好的", (None, None), ("马腾",)),
        ("三班昨晚到今早没有发热、受伤的，人都在", (None, None), ()),
        ("三班：6-1=5，艾力探亲，剩下的都中", (None, None), ("艾力·买买提",)),
        ("机关组考勤：应出勤6人，实际出勤4人，老徐外出办事，一鸣休年假至8号，其余健康", (6, 4), ("徐正常", "罗一鸣")),
        ("点名完毕，一班六人，无缺，无病号", (6, 6), ()),
        ("三班就差安安没回来，其他五个量过都是36度多", (None, None), ("何以安",)),
        ("二班，六缺一，小马去医院拆线，余下无恙", (6, 5), ("马腾",)),
        ("全组都量了，没有超过37的", (None, None), ()),
        ("一班健康日报：1.应到6人；2.实到5人；3.请假1人：陈一（3月2日-3月8日）；4.体温异常0人", (6, 5), ("陈一",)),
        ("更正二班：应到6，实到5不是4，谢天已归队，均正常", (6, 5), ()),
        ("一班六个 今天都没毛病 最高的36.9", (6, None), ()),
        ("李明去支队开会，我代他报：一班6人今早体温全部正常，没有一个喊不舒服的。", (6, None), ()),
        ("📌机关组 9/2\n👥应到 6｜✅实到 5\n🧳出差：宋佳（9/1—9/3，省厅）\n🌡体温 36.1–36.7\n🟢其余无异常", (6, 5), ("宋佳",)),
    ],
)
def test_counts_in_other_words(say: Say, text: str, counts: tuple[int | None, int | None], exceptions: tuple[str, ...]) -> None:
    found = report(say, text)
    assert ((found.expected, found.present), found.exceptions, found.all_normal) == (counts, exceptions, True)


def test_a_tally_gives_a_symptom_to_whom_it_names(say: Say) -> None:
    reading = say("一班晨检\n在位6人\n发热0人\n咳嗽1人（陈一，36.7）\n其余正常", "李明")
    assert told(reading) == {"陈一": (36.7, ("cough",), False)}


def test_who_is_ill_and_missing_by_the_count_leaves_those_present_normal(say: Say) -> None:
    found = report(say, "一班应到6人，实到5人。赵云飞早上还有37.9，在医务室挂水；剩下的活蹦乱跳，正常")
    assert (found.exceptions, found.all_normal) == (("赵云飞",), True)
    found = report(say, "二班应到6实到5，欧阳朔12月1日至5日休假，小马37.7嗓子疼已隔开，其余四人正常")
    assert (set(found.exceptions), found.all_normal) == ({"欧阳朔", "马腾"}, False)


@pytest.mark.parametrize(
    "text",
    [
        "婆婆36.5、儿子36.7、我36.6，三个人三个碗三个鸡蛋，齐活",
        "云飞36.4，小陈36.6，我36.5，三个人都在水源点，一块儿报了",
        "我们全家都正常，36.5",
        "我跟磊子两人都在门岗，36.5",
        "饭堂到了六箱苹果，一班的来领",
        "器材库应有水带12盘，实有11盘，缺一盘",
        "今天党课应到25人，实到23人",
        "一班还差两个没报体温",
        "二班三班都到了，就差你们一班",
        "我们班六个人分了四个西瓜",
        "一班张伟37.9咳嗽，其他正常",
        "昨晚车库漏水，人员都正常，设备泡了两台",
        "我老婆一个人在喀什带两个娃，屋里全是煤气味",
        "国庆高速堵了十二个钟头，到了三十个人",
    ],
)
def test_several_persons_and_counted_things_are_no_group(say: Say, text: str) -> None:
    assert say(text, "张伟").group_report is None


@pytest.mark.parametrize(
    "text",
    [
        "有人上号吗 三缺一",
        "打掼蛋三缺一，来个人",
        "他一个人在家，叫了120还没到",
        "三班那边今年新兵两个，咱一个没有。编制八个缺俩，弟兄们半年没连休过",
        "我们家四口人挤一间，老人都到了，实在转不开",
        "晚上吃火锅一共8个人，来了6个，正常开吃",
        "家长群应到42实到40，我就是那俩之一",
    ],
)
def test_players_guests_and_strengths_are_no_group_report(say: Say, text: str) -> None:
    assert say(text, "李明").group_report is None


@pytest.mark.parametrize(
    ("text", "expected", "present", "exceptions"),
    [
        ("二班应到6实到5 天儿去火车站送人还没回 其余36出头 都没毛病", 6, 5, ("谢天",)),
        ("机关组在岗3人，体温都在36.8以下，无不适。", None, 3, ()),
        ("更正：机关组今日实到应为5人，不是6人，罗一鸣在支队送文件未归，其余均正常。", None, 5, ("罗一鸣",)),
        ("咱组6人，老徐血压高在家躺着没来，剩下5个没啥毛病", 6, 5, ("徐正常",)),
        ("机关 6 到 6，全绿", 6, 6, ()),
    ],
)
def test_the_numbers_of_a_group_are_read_as_they_are_said(
    say: Say, text: str, expected: int | None, present: int | None, exceptions: tuple[str, ...]
) -> None:
    report = say(text, "黄敏").group_report
    assert report is not None
    assert (report.expected, report.present, report.exceptions) == (expected, present, exceptions)
