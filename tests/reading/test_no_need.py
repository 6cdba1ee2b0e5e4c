"""Forms and sentences that say there is no difficulty, in all the ways people answer that; and answers that only begin like it."""

import pytest

from tests.reading.conftest import Say

LABELS = ("困难", "家庭困难", "经济困难", "个人难处", "有无家庭困难", "需要帮助", "家庭困难情况", "生活困难")
ANSWERS = ("无", "没有", "暂无", "-", "/", "冇", "否", "目前没有", "没啥困难", "无，谢谢组织关心", "没有什么困难")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("answer", ANSWERS)
def test_a_form_that_says_no_states_no_difficulty(say: Say, label: str, answer: str) -> None:
    reading = say(f"工作：车场日保养\n明日计划：体能训练\n体温：36.4\n{label}：{answer}")
    assert reading.hardship is None
    assert [str(i) for i in reading.intents] == ["health", "report"]


@pytest.mark.parametrize(
    "text",
    [
        "36.5 身体正常 家庭困难无",
        "家庭无困难",
        "家里没什么困难，请组织放心",
        "本周工作正常，个人无困难，家庭无困难",
        "家庭困难：无\n经济纠纷：无\n感情问题：无\n心理压力：无",
        "工作：巡检\n计划：训练\n困难：无\n高强",
        "工作：巡检\n计划：训练\n家庭情况：稳定，无困难",
        "工作：巡检\n计划：训练\n存在问题：水带老化，已更换",
        "工作：巡检\n计划：训练\n困难：暂时能自己克服",
        "轻生念头：无",
    ],
)
def test_what_is_denied_or_seen_to_is_none(say: Say, text: str) -> None:
    assert say(text).hardship is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("finance", "家庭困难：父亲透析，一个月六千"),
        ("family", "困难：无，但是我妈住院了，没人照顾"),
        ("family", "工作：巡检\n困难：无\n但是我妈住院了，没人照顾"),
        ("housing", "需要帮助：有，宿舍漏雨"),
        ("family", "困难：无人接送孩子"),
        ("housing", "困难：没有住的地方"),
        ("supplies", "困难：水带老化，没法更换"),
        ("education", "家庭情况：都好，就是孩子上学没着落"),
        ("finance", "家庭困难，没有钱交学费"),
        ("finance", "困难：借到钱了还差两万"),
        ("housing", "困难：房租涨了，到现在没法解决"),
    ],
)
def test_what_only_begins_like_a_no_is_a_difficulty(say: Say, kind: str, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert kind in hardship.categories


@pytest.mark.parametrize("text", ["困难：没有药了", "困难：自己解决不了", "困难：无，请假三天回去看我妈，她住院了"])
def test_a_field_that_names_something_counts_whatever_it_is(say: Say, text: str) -> None:
    assert say(text).hardship is not None


@pytest.mark.parametrize("answer", ["无", "没有什么建议", "暂时没有意见", "没啥建议"])
def test_a_form_without_a_proposal_proposes_nothing(say: Say, answer: str) -> None:
    assert say(f"工作：值守\n明日：休息\n建议：{answer}").idea == ()
    assert say("工作：值守\n明日：休息\n建议：器材库装个除湿机").idea


@pytest.mark.parametrize(
    "text",
    [
        "我妈手术很顺利，明天出院",
        "闺女手术成功，谢谢大家",
        "房东那边谈妥了，房租没涨",
        "娘住院回来了，顺顺利利",
        "猫从楼上摔下来，腿断了",
        "警犬做了手术，卧床休息",
        "救护车五分钟到，门口留人引路",
        "月底的财务人，左手计算器右手速效救心丸",
        "我妈说等我休假了给我介绍对象",
        "商家说没货，钱原路退了",
        "我这手机电量只剩百分之三",
        "腰扭了，抬担架没蹲好，坐着都得撑桌子，36.4",
        "建议报警坐席旁边挂一张毒蛇抗毒血清存放点的表",
        "陪着找那个走失的老人，热成像带上",
    ],
)
def test_what_went_well_what_suffers_is_an_animal_and_words_beside_things_are_none(say: Say, text: str) -> None:
    assert say(text).hardship is None


@pytest.mark.parametrize(
    "text",
    [
        "我妈手术顺利，可是还欠着医院两万，实在凑不出来",
        "手术成功了，但人还没醒，在重症，我走不开",
        "孩子出保温箱了，可媳妇大出血还在抢救",
        "牛病死了，我爹急得住院了",
        "我让狗咬了，没疫苗，县里打不上",
        "我爸心口疼，硝酸甘油含了不管用，快来人",
        "被装说新的得等到下半年，战斗靴开胶三双了，糊着胶穿",
        "我妈把我爸的药当成每天一片吃了六天，牙龈渗血，这个不能等吧",
    ],
)
def test_a_need_that_goes_on_is_heard(say: Say, text: str) -> None:
    assert say(text).hardship is not None
