"""Plain things that are said every day: a chain of the well, a form with a value, a slip of a cold hand, a relative who is well."""

import pytest

from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    "text",
    [
        "接龙报平安\n1.王磊 平安\n2.高强 平安",
        "#接龙 每日报平安\n1. 王磊 都好\n2. 高强 没事",
        "#接龙\n1. 王磊 正常\n2. 高强 一切正常",
        "#接龙 3月2日人员情况\n1. 王磊 正常\n2. 高强 平安",
    ],
)
def test_a_chain_of_the_well_is_one_of_health(say: Say, text: str) -> None:
    assert told(say(text)) == {"王磊": (None, (), True), "高强": (None, (), True)}


@pytest.mark.parametrize(
    "text",
    [
        "接龙 到家报平安\n1.王磊 已到\n2.高强 平安到家",
        "#接龙 车辆检查\n1. 王磊 正常\n2. 高强 正常",
        "#接龙\n周末加班有事的说\n1. 王磊 没事\n2. 高强 没事",
        "#接龙 平安夜聚会\n1. 王磊 没问题\n2. 高强 没问题",
    ],
)
def test_a_chain_of_arrivals_things_and_evenings_is_not(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("☑无发热 ☑无咳嗽 □其他____ 体温36.8", 36.8),
        ("□发热 □咳嗽 □其他 36.5", 36.5),
        ("☑无症状 □其他：__，额温：36.4℃", 36.4),
        ("□发热 □乏力 □腹泻 今日体温38.1", 38.1),
    ],
)
def test_a_value_behind_the_last_box_is_a_field(say: Say, text: str, value: float) -> None:
    assert only(say(text)).temperature == value


@pytest.mark.parametrize("text", ["☑正常 □体温37.3以上", "☑正常 □体温 37.5及以上", "☑36.5 □体温37.3-38.0"])
def test_a_bound_behind_a_box_is_its_option(say: Say, text: str) -> None:
    assert only(say(text)).symptoms == ()


@pytest.mark.parametrize(
    "text",
    [
        "打错了，是36.5，手冻麻了",
        "手冻得僵了写成38.5，是36.5",
        "36.5，不是56.3，刚才手抖",
        "测温枪冻着了，人没事，36.5",
        "还喘着气呢，36.5",
    ],
)
def test_a_slip_of_the_hand_a_cold_instrument_and_a_wink_are_no_illness(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (36.5, (), True)}


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("手抖，心慌，36.5", ("other",)),
        ("最近手抖，打错了，是36.5", ("other",)),
        ("站岗冻着了，36.5", ("other",)),
        ("还喘气呢，就是费劲，36.5", ("breathless",)),
        ("耳朵里头一跳一跳地疼，36.5", ("other",)),
        ("嗓子里头疼，36.5", ("sore_throat",)),
        ("脑袋里头疼，36.5", ("headache",)),
        ("拉肚子，腿都蹲麻了，36.5", ("diarrhea",)),
        ("下楼崴了下脚脖子有点肿36.5", ("injury",)),
        ("削苹果削了手，缠好了，36.5", ("injury",)),
        ("从昨晚打冷震，36.5", ("chills",)),
    ],
)
def test_what_ails_is_named_once_and_rightly(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    assert told(say(text)) == {"张伟": (36.5, symptoms, False)}


@pytest.mark.parametrize("text", ["没顾上量，人好好的", "忘量了，能吃能喝能睡", "还没测，吃得香睡得着", "吃得香睡得好，体温没过三十七"])
def test_who_is_well_and_has_not_measured_checks_in(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (None, (), True)}


@pytest.mark.parametrize("text", ["我今年不到三十七，身体好着呢", "没测试，人没事", "发热门诊几楼", "科长感冒了", "咱班感冒的太多了"])
def test_an_age_a_place_and_others_are_no_check_in(say: Say, text: str) -> None:
    assert say(text).checkins == ()


def test_two_of_those_named_are_nobody_more(say: Say) -> None:
    assert set(told(say("我36.5，闺女36.6，爷俩都好"))) == {"张伟", "family:闺女"}
    assert told(say("我36.5，家里娘俩都发烧了"))["family:娘俩"] == (None, ("fever",), False)


def test_a_relative_who_was_called_is_well_by_the_way(say: Say) -> None:
    assert told(say("体温正常，我爸那边打过电话，也没事"))["family:爸"] == (None, (), True)
    assert set(told(say("体温正常，我爸住院的事问过医生，没事"))) == {"张伟"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("一班人数6，在岗5，高强请假，其余正常", (6, 5, ("高强",))),
        ("一班应到6实到5，班长开会，其余正常", (6, 5, ("李明",))),
        ("一班应到6实到5，副班长不在，其余正常", (6, 5, ())),
        ("一班应到6实到6，班长开会回来了，都正常", (6, 6, ())),
    ],
)
def test_a_group_in_other_words(say: Say, text: str, numbers: tuple[int, int, tuple[str, ...]]) -> None:
    report = say(text).group_report
    assert report is not None
    assert (report.expected, report.present, report.exceptions) == numbers


@pytest.mark.parametrize("text", ["上午全班练话术，六个人轮着当报警人，哭的闹的都来了一遍", "六个人轮流开车，都到了"])
def test_who_take_turns_are_no_group_report(say: Say, text: str) -> None:
    assert say(text, "吴静").group_report is None
