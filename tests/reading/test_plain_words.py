"""Plain words of every day that were lost or taken for more: who asks for help, an afternoon of leave, an order to the ill."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say, assert_quiet_need, only


@pytest.mark.parametrize("text", ["有发烧咳嗽的报给我", "发烧咳嗽的跟我说", "有拉肚子头疼的找我拿药"])
def test_whoever_is_ill_is_to_report_and_nobody_is(say: Say, text: str) -> None:
    assert not say(text, "李明").checkins


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我有困难", "other"),
        ("有个困难想反映", "other"),
        ("想请组织帮帮忙", "other"),
        ("家里有难处想请支部帮一把", "family"),
        ("我老婆咳嗽，想请组织帮忙", "family"),
        ("孩子上学的事想请组织帮忙", "family"),
    ],
)
def test_who_asks_for_help_without_saying_for_what_is_heard_and_can_wait(say: Say, text: str, kind: str) -> None:
    assert_quiet_need(say(text), kind)


@pytest.mark.parametrize(
    "text",
    [
        "我需要帮助",
        "帮帮我吧，撑不住了",
        "求求你们帮帮我，我真的扛不住了",
        "帮帮我",
        "求助",
        "请帮帮我",
        "求求你们帮帮我",
        "我失业了",
        "我被裁员了",
        "救救我",
    ],
)
def test_who_needs_help_is_heard(say: Say, text: str) -> None:
    assert say(text).hardship is not None


@pytest.mark.parametrize(
    "text",
    [
        "有困难找组织",
        "有困难，尽管说",
        "需要帮忙，随时喊我",
        "我们遇到困难，要迎难而上",
        "大家有困难找我",
        "有困难吗",
        "我没有困难",
        "谁需要帮助",
        "请组织放心",
        "请领导帮忙看下报表",
        "帮我看下",
        "帮帮我，把水带递过来",
        "谁能帮帮我搬下桌子",
        "救救我吧，作业写不完了",
        "救救我哈哈",
        "求助热线",
        "要是我失业了咋办",
        "战友帮帮我，我帮帮战友",
    ],
)
def test_who_offers_help_or_has_no_need_is_in_none(say: Say, text: str) -> None:
    assert say(text).hardship is None


@pytest.mark.parametrize("text", ["下午想请个假", "我下午想请个假", "36.5孩子没人接我下午想请个假"])
def test_an_afternoon_of_leave(say: Say, text: str) -> None:
    (leave,) = say(text).leaves
    assert leave.first == leave.last


@pytest.mark.parametrize("text", ["请假要找谁批", "请假怎么请", "请假条找谁签", "请假批了吗", "请假跟谁说"])
def test_who_asks_how_leave_is_had_takes_none(say: Say, text: str) -> None:
    assert Intent.LEAVE not in say(text).intents


def test_work_behind_a_cough_is_a_report_as_well(say: Say) -> None:
    reading = say("36.8有点咳嗽，今天擦了两台车")
    assert reading.intents == (Intent.HEALTH, Intent.REPORT)
    assert only(reading).symptoms == ("cough",)


@pytest.mark.parametrize("text", ["明天高考", "今天擦了车，明天高考", "今天训练了，明天中考", "36.5，明天高考", "今天洗了车，明天儿子高考"])
def test_what_day_it_will_be_is_no_plan(say: Say, text: str) -> None:
    assert "plan" not in {s.name for s in say(text).sections}


def test_a_plan_for_that_day_is_one(say: Say) -> None:
    assert "plan" in {s.name for s in say("今天擦了车，明天高考执勤").sections} | {
        s.name for s in say("今天擦了车，明天去检查考点").sections
    }


def test_who_asks_for_leave_is_not_troubled(say: Say) -> None:
    assert say("请假跟谁说").hardship is None
    assert say("心里憋得慌，这话能跟谁说").hardship is not None


@pytest.mark.parametrize("text", ["不在", "马腾不在吗？", "我妈也发烧了"])
def test_few_words_that_name_no_danger_wake_nobody(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is None or not hardship.urgent


@pytest.mark.parametrize("text", ["磊子不动了", "水到胸口了 快", "快来人", "叫不醒"])
def test_few_words_of_danger_do(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


def test_what_a_mother_has_is_hers(say: Say) -> None:
    assert only(say("我妈也发烧了")).person == "family:妈"


def test_at_home_counts_nothing(say: Say) -> None:
    reading = say("36.5家里漏水")
    assert only(reading).temperature == 36.5
    assert reading.hardship is not None
    assert not say("今天查了36.5家").checkins
