"""Accounts in free words: what was done, what is planned, how one feels, each with its own words."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say


def sections(say: Say, text: str) -> dict[str, str]:
    return {section.name: section.text for section in say(text, "宋佳").sections}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天完成了工资表核对，明天报支队财务。", {"work": "今天完成了工资表核对", "plan": "明天报支队财务"}),
        ("今天完成决算初审明天继续归档", {"work": "今天完成决算初审", "plan": "明天继续归档"}),
        (
            "今天上午体能训练，下午器材保养。明天组织考核。心里挺踏实的",
            {"work": "今天上午体能训练，下午器材保养", "plan": "明天组织考核", "thought": "心里挺踏实的"},
        ),
        ("今日完成器材清点，计划明天保养车辆，思想稳定", {"work": "今日完成器材清点", "plan": "计划明天保养车辆", "thought": "思想稳定"}),
        (
            "今天整理了档案 明天去社区宣传 想法就是加强学习",
            {"work": "今天整理了档案", "plan": "明天去社区宣传", "thought": "想法就是加强学习"},
        ),
    ],
)
def test_work_plan_and_thought_are_parted_where_the_speaker_parts_them(say: Say, text: str, expected: dict[str, str]) -> None:
    assert sections(say, text) == expected


def test_work_swallows_neither_the_plan_nor_the_difficulty(say: Say) -> None:
    text = "今天上午负重爬楼训练，下午清点器材；明天整理库房。就是老人住院没人陪护，这两天心里不踏实。"
    found = sections(say, text)
    assert (found["work"], found["plan"]) == ("今天上午负重爬楼训练，下午清点器材", "明天整理库房")
    assert Intent.HARDSHIP in say(text).intents


def test_a_difficulty_in_the_middle_parts_work_from_plan(say: Say) -> None:
    assert sections(say, "今天体能训练，我爸住院了没人陪护，明天继续清点器材") == {"work": "今天体能训练", "plan": "明天继续清点器材"}


def test_a_span_of_days_is_not_cut_in_two(say: Say) -> None:
    (leave,) = say("今天到明天请假两天").leaves
    assert (leave.first.isoformat(), leave.last and leave.last.isoformat()) == ("2026-03-04", "2026-03-05")


def test_training_for_old_peoples_homes_stays_work(say: Say) -> None:
    assert sections(say, "上午去敬老院陪老人聊天，下午检查消防设施，明天整理台账")["work"] == "上午去敬老院陪老人聊天，下午检查消防设施"


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        (
            "今日小结：\n1. 上午做防冻检查。\n2. 下午清点破拆器材。\n3. 明早组织冰面救援桌面推演。\n4. 思想上踏实，没有包袱。",
            "3. 明早组织冰面救援桌面推演",
        ),
        ("三班今日小结：\n1. 应急通信演练一次，十一分钟。\n2. 全体体温正常，无人带病。\n3. 明天迎接支队抽考。", "3. 明天迎接支队抽考"),
        ("完成节前物资盘点：救生衣46件。手抬泵有一台打不着火，节后送修。", "节后送修"),
    ],
)
def test_a_line_of_a_report_about_a_time_to_come_is_the_plan(say: Say, text: str, plan: str) -> None:
    assert {s.name: s.text.rstrip("。") for s in say(text).sections}["plan"] == plan


@pytest.mark.parametrize("text", ["明天吃火锅", "今天训练完累死，明天吃火锅", "明天轮到我值班"])
def test_talk_about_tomorrow_is_no_plan(say: Say, text: str) -> None:
    assert say(text).sections == ()


def test_what_is_past_is_no_plan(say: Say) -> None:
    assert [s.name for s in say("周五组织了考核，今天总结讲评").sections] == ["work"]
