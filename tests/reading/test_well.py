"""Somebody is well: which words say so, where, and of whom; and what belongs to no check-in beside it."""

import pytest

from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    "text",
    [
        "体温已测，合格",
        "平安无事",
        "正常呗还能咋地",
        "正常开车正常吃饭体温正常",
        "今天巡查了三条街。明天休整。张伟，一切正常。",
        "@小微 一切正常，这四个字里可没有我的名字",
    ],
)
def test_who_says_of_himself_that_he_is_well_checks_in(say: Say, text: str) -> None:
    checkin = only(say(text))
    assert (checkin.person, checkin.healthy, checkin.symptoms) == ("张伟", True, ())


@pytest.mark.parametrize(
    "text",
    [
        "身体健康，万事如意",
        "祝大家身体健康",
        "体温正常的才能进",
        "体温正常吗",
        "车辆一切正常",
        "今天检查设备，我看了，一切正常",
        "备注栏写了个体温正常",
    ],
)
def test_well_is_nobody_where_things_rules_or_wishes_are_spoken_of(say: Say, text: str) -> None:
    assert say(text).checkins == ()


def test_a_family_named_one_by_one_is_not_counted_again_as_a_whole(say: Say) -> None:
    assert set(told(say("给娃儿量36.8，给我妈量36.3，给我量36.5。全家平安"))) == {"family:娃儿", "family:妈", "张伟"}
    assert set(told(say("我36.5，全家平安"))) == {"张伟", "family:全家"}
    assert set(told(say("本人及家属（爱人、岳母）体温均在37℃以下"))) == {"张伟", "family:爱人", "family:岳母"}


def test_a_counted_symptom_is_of_him_who_is_named_behind_it(say: Say) -> None:
    people = told(say("发热0人，咳嗽1人（陈一，36.7），我36.5"))
    assert people["陈一"] == (36.7, ("cough",), False)
    assert people["张伟"] == (36.5, (), True)


def test_the_family_of_somebody_else_is_nobodys(say: Say) -> None:
    assert say("邻居的孩子发烧了").checkins == ()
    assert only(say("孩子发烧了，38.2")).person == "family:孩子"


def test_ones_own_value_stands_beside_a_dream(say: Say) -> None:
    assert only(say("36.3。昨晚梦见我没报体温，醒来赶紧报")).temperature == 36.3
    assert say("昨晚梦见我烧到39度，吓醒了").checkins == ()
    assert only(say("打喷嚏把眼镜打飞了，不是段子，36.6")).symptoms == ("runny_nose",)


def test_of_values_taken_back_altogether_the_last_stands(say: Say) -> None:
    assert only(say("体温是三十六点八啊不对三十六点三看反了")).temperature == 36.3


def test_a_night_and_the_morning_after_have_their_own_values(say: Say) -> None:
    values = {c.date.day: c.temperature for c in say("昨夜烧到38.3，早上量还有37.9").checkins}
    assert values == {3: 38.3, 4: 37.9}


def test_what_others_lend_is_no_reason_to_think_of_them(say: Say) -> None:
    assert only(say("借护林员大叔的表量的，36.4")).person == "张伟"
