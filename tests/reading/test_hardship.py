"""Difficulties for which help would be welcome, and whether they can wait."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say, told


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("孩子没人带，爱人在医院一线回不来", "family"),
        ("我妈摔了一跤骨折住院了，家里没人陪护", "health"),
        ("父亲化疗还差三万多，公积金都提了还是不够", "finance"),
        ("房东让我们月底搬走，孩子才七个月，不知道上哪找房", "housing"),
        ("雨靴就剩三双不漏的，六个人明早又要下水，申请了没下来", "supplies"),
        ("最近老睡不着，一闭眼就是那天火场，不知道该跟谁说", "psychological"),
        ("弟弟考上大学，一年学费一万九，家里拿不出来", "education"),
        ("身份证让人拿去贷了款，传票都寄到队里了", "other"),
        ("连着三周双班倒，岗我真排不开了", "work"),
    ],
)
def test_a_difficulty_is_heard_without_being_asked(say: Say, text: str, category: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert category in hardship.categories


@pytest.mark.parametrize(
    "text",
    [
        "喘不上气，胸口像压着石头，37.9，谁在楼下，赶紧送我去医院",
        "我爸突发脑梗，120还没到",
        "媳妇羊水破了，家里就她一个人，谁能帮忙送一下医院",
        "我妈走丢了一宿还没找到",
        "活着没意思，对不住大家，别找我",
        "他坐在楼顶护栏外头，叫他不应，快来人",
        "孩子烧到40度抽起来了，打不到车",
        "被困电梯里了，谁来一下",
        "宿舍消毒柜漏电，差点把人撂倒，今晚几个人还睡那屋",
    ],
)
def test_danger_now_is_urgent(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


def test_the_severely_ill_who_call_for_help_are_urgent_whatever_their_words(say: Say) -> None:
    reading = say("38.9，宿舍就我一个，有没有人能送盒药过来")
    assert set(reading.intents) == {Intent.HEALTH, Intent.HARDSHIP}
    assert reading.hardship is not None
    assert reading.hardship.urgent


def test_a_mild_illness_with_a_request_is_no_alarm(say: Say) -> None:
    assert say("胃有点疼，36.4，谁有苏打饼干").hardship is None


@pytest.mark.parametrize(
    "text",
    [
        "没困难",
        "找到了找到了！谢谢所有人",
        "我爸穿刺结果出来了，良性！谢谢大家",
        "恭喜恭喜，红鸡蛋备好",
        "听说隔壁支队有人进了ICU，真的假的",
        "电脑蓝屏，表全没了，这日子没法过了",
        "双十一战报：消费0元，不是理性，是没钱😂",
        "万一家里有人住院，请假找谁批？",
        "我同学他妈住院了，我去看看",
    ],
)
def test_what_is_over_told_joked_or_supposed_is_no_hardship(say: Say, text: str) -> None:
    assert say(text).hardship is None


@pytest.mark.parametrize(
    "text",
    [
        "哈哈，别笑，我妈真住院了，没人陪",
        "电脑坏了就算了，我爸又脑梗住院了，手术费还差五万",
        "问题都解决了，可孩子确诊白血病，治疗费凑不够",
    ],
)
def test_laughter_trifles_and_solved_things_hide_no_real_hardship(say: Say, text: str) -> None:
    assert say(text).hardship is not None


def test_a_hardship_in_the_middle_of_a_daily_report_is_heard(say: Say) -> None:
    reading = say("工作：上午架台子，下午换蓄电池。\n计划：写报告。\n思想：总体稳定，就是彩礼还差八万，借了一圈没凑够。\n健康：36.6")
    assert {Intent.REPORT, Intent.HARDSHIP, Intent.HEALTH} == set(reading.intents)


def test_the_notes_of_a_talk_are_a_hardship_and_nothing_else(say: Say) -> None:
    reading = say("谈话记录\n对象：王小磊\n内容：其父摔伤住院，手术费没有着落，本人情绪低落。", "周建国")
    assert reading.intents == (Intent.HARDSHIP,)


def test_a_familys_illness_is_a_hardship_and_a_symptom_a_check_in(say: Say) -> None:
    assert told(say("我妈今早38.4，咳嗽"))["family:妈"] == (38.4, ("cough", "fever"), False)
