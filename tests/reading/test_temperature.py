"""Numbers that are a body temperature, and those that are not."""

import pytest

from tests.reading.conftest import Say, only


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("36.5", 36.5),
        ("今日体温36度4，无咳嗽", 36.4),
        ("３６．５℃　一切正常", 36.5),
        ("体温三十六点六", 36.6),
        ("三十六度五", 36.5),
        ("体温三十七整", 37.0),
        ("三十七度二，有点高", 37.2),
        ("36。5", 36.5),
        ("36,5", 36.5),
        ("3️⃣6️⃣.5️⃣", 36.5),
        ("3 6 . 5", 36.5),
        ("36.5左右", 36.5),
        ("36.2—36.6之间", 36.6),
        ("一天都在36.5~36.8", 36.8),
        ("早36.4，中36.6，晚36.5", 36.6),
        ("8:00 36.5；20:00 36.7", 36.7),
        ("体温98.6华氏度", 37.0),
        ("98.2°F", 36.8),
        ("T36.4", 36.4),
        ("体温:36.3°", 36.3),
        ("tw36.5 zc", 36.5),
        ("体问36.5", 36.5),
        ("36.5°C正长", 36.5),
        ("血压120/80，血氧98，体温36.6", 36.6),
        ("血糖6.5，体温36.5", 36.5),
        ("7.35起床，跑了5公里，体温36.5", 36.5),
        ("体温卅六度五", 36.5),
        ("体温：叁拾陆点伍", 36.5),
        ("体温 三 十 六 度 四", 36.4),
        ("温度三六点拐，无异常，完毕", 36.7),
        ("三六点洞，无异常", 36.0),
        ("三十六五，没事", 36.5),
        ("36℃6", 36.6),
        ("体温36..5", 36.5),
        ("体温36.8/36.5", 36.8),
        ("华氏97.7度", 36.5),
        ("7点36量的，36.9", 36.9),
    ],
)
def test_a_temperature_is_read_in_every_writing(say: Say, text: str, celsius: float) -> None:
    assert only(say(text)).temperature == celsius


@pytest.mark.parametrize("text", ["365", "@小微 365 不咳不烧", "没烧，三六五", "36 5"])
def test_a_missing_point_is_guessed_and_asked(say: Say, text: str) -> None:
    reading = say(text)
    assert only(reading).temperature == 36.5
    assert [d.kind for d in reading.doubts] in (["guessed"], [])  # 三六五 spoken is no guess


def test_a_guess_names_what_it_guessed(say: Say) -> None:
    (doubt,) = say("365").doubts
    assert (doubt.kind, doubt.person, doubt.value) == ("guessed", "张伟", "36.5")


@pytest.mark.parametrize(
    "text",
    [
        "37号车谁开走了",
        "三六九等",
        "四一二班的人",
        "下午三点三十五分集合",
        "36号车3月8号出警两次",
        "体重38公斤",
        "手机充电36%了",
        "房间3605",
        "今天最高气温36.5度",
        "猪肉37.8一公斤",
        "三千米13分36.5秒",
        "36.5码的鞋谁的",
        "冰柜显示38.5度，坏了吧",
        "2号车水温95度",
        "我36岁了",
        "38度的天穿40斤装备",
        "搜救犬今天39度2",
        "额温枪36.5元一把",
        "37.3算不算发烧",
        "体温超过37.3的同志马上报告",
        "体温37.3以上者勿入",
    ],
)
def test_other_numbers_are_no_temperature(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    "text",
    [
        "热死了，今天38度",
        "今天38度，热死了",
        "今天38度啊，谁受得了",
        "真热，38度了都",
        "这天气，39度",
        "热成狗，39度",
        "今天都37度了，开空调吧",
        "车里跟蒸笼似的，得有40度",
        "今天比昨天热，36度了",
        "我的天，热死了，今天38度",
        "液压油38度",
        "进水36.8出水37.6，泵正常",
        "得分36.5比38.2，我们输了",
        "体脂率36.5",
    ],
)
def test_a_hot_day_a_pump_and_a_score_have_no_fever(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("热死了，量了38度", 38.0),
        ("浑身热，38度", 38.0),
        ("热死了，38度", 38.0),
        ("热死我了，今天38度", 38.0),
        ("王磊今天38度，热死了", 38.0),
        ("孩子热死了，今天39度", 39.0),
        ("今天38度，头疼", 38.0),
        ("今天38.5度，热死了", 38.5),
        ("这天气，感冒了，38度", 38.0),
        ("今天39度，难受，热死了", 39.0),
        ("今天38度，开空调都冷", 38.0),
        ("今天38度，吃药了", 38.0),
        ("耳朵进水 36.8", 36.8),
        ("体脂18，体温36.5", 36.5),
    ],
)
def test_a_fever_on_a_hot_day_is_a_fever(say: Say, text: str, value: float) -> None:
    assert only(say(text)).temperature == value


@pytest.mark.parametrize("text", ["体温63.5，正常", "体温26.3", "体温3.66，正常"])
def test_a_slip_of_the_pen_is_kept_as_implausible_and_asked(say: Say, text: str) -> None:
    reading = say(text)
    assert (only(reading).temperature, only(reading).implausible) == (None, True)
    assert [d.kind for d in reading.doubts] == ["implausible"]


def test_a_value_withdrawn_in_the_same_breath_does_not_count(say: Say) -> None:
    assert only(say("三十八度，不对，我说错了，是三十六点八")).temperature == 36.8
    assert only(say("刚写错了 不是38.6 是36.8")).temperature == 36.8


def test_two_values_that_nobody_withdraws_both_count_and_the_higher_is_kept(say: Say) -> None:
    assert only(say("下午38.1，晚上不放心又量，37.2")).temperature == 38.1


@pytest.mark.parametrize("text", ["体温低于37，没不舒服", "都量了，37以内，没烧"])
def test_a_bound_says_well_without_a_value(say: Say, text: str) -> None:
    assert (only(say(text)).temperature, only(say(text)).healthy) == (None, True)


def test_a_price_with_a_fever_beside_it_hides_no_fever(say: Say) -> None:
    assert only(say("买药花了36.5元，体温38.4")).temperature == 38.4
