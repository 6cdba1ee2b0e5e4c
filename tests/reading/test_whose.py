"""Whose a value or a symptom is: of an outsider, a thing, old times, a dream, nobody at all, or of him who is named afterwards."""

import pytest

from tests.reading.conftest import Say, told


@pytest.mark.parametrize(
    "text",
    [
        "38.6是隔壁支队小李的，不是我的",
        "37.8那个是门口保安的",
        "38.2的是我邻居",
        "39度8，是村里那个娃的体温",
        "那个37.9不是我的，是前面那位快递小哥的",
        "咳嗽的不是我",
        "来参观的一个家长说他咳嗽",
        "路过一女的崴了脚，我们扶到路边",
        "新来的厨师咳得厉害",
        "我战友说他膝盖疼",
        "楼上那家孩子半夜发烧，哭到三点",
        "零八年救灾那会儿，大伙都烧到39度",
        "我们当年都冻得发烧，第二天照样出操",
        "梦见自己烧到40度",
        "全班冻得流鼻涕",
        "班里三个人感冒了",
        "孩子班上好几个发烧",
        "李明家孩子发烧",
        "体温枪对着墙量36.5",
        "灶上那锅油37度",
        "杯子里的水刚好37度",
    ],
)
def test_what_is_of_others_things_and_old_times_is_nobodys(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    "text",
    [
        "谁敢填38，直接拉去隔离",
        "不许一律填36.5",
        "别再给我填36.6应付差事",
        "再敢瞎填36.5我扣他分",
        "写成39.5那可热闹了",
        "别编了，天天36.5谁信",
        "别报36.5糊弄我",
        "36.5（瞎编的）",
        "系统默认36.5，我没改",
        "格式：姓名+36.5",
    ],
)
def test_a_value_that_is_forbidden_or_made_up_is_nobodys(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("37.8那个是门口保安的，我36.4", {"张伟": (36.4, (), True)}),
        ("38.2不是我，是高强", {"高强": (38.2, ("fever",), False)}),
        ("发烧的不是李明，是高强", {"高强": (None, ("fever",), False)}),
        ("嗓子疼的不是我媳妇，是我", {"张伟": (None, ("sore_throat",), False)}),
        ("咳嗽的不是我，是我媳妇", {"family:媳妇": (None, ("cough",), False)}),
        ("不是李明头疼，是高强头疼", {"高强": (None, ("headache",), False)}),
        ("36.5，是班长给量的", {"张伟": (36.5, (), True)}),
        ("36.5是我自己量的", {"张伟": (36.5, (), True)}),
        ("这个37.2是我的，不是小马的", {"张伟": (37.2, (), True)}),
        ("体温36.5，不是我吹，身体倍棒", {"张伟": (36.5, (), True)}),
        ("36.6不是编的，真量了", {"张伟": (36.6, (), True)}),
        ("不敢报38.5怕隔离，其实就是38.5", {"张伟": (38.5, ("fever",), False)}),
        ("按格式报：36.5", {"张伟": (36.5, (), True)}),
        ("体能测试完，36.5", {"张伟": (36.5, (), True)}),
        ("全班就我流鼻涕", {"张伟": (None, ("runny_nose",), False)}),
        ("我家孩子发烧", {"family:孩子": (None, ("fever",), False)}),
        ("孩子班上量的37.8", {"family:孩子": (37.8, ("fever",), False)}),
        ("敢情我发烧了，38.2", {"张伟": (38.2, ("fever",), False)}),
        ("对着镜子量了36.5", {"张伟": (36.5, (), True)}),
        ("村里我娘发烧了", {"family:娘": (None, ("fever",), False)}),
        ("零八年那会儿落下的腰疼，今天又犯了", {"张伟": (None, ("other",), False)}),
        ("08年入伍的老兵，今天嗓子疼", {"张伟": (None, ("sore_throat",), False)}),
        ("跟战友打球崴了脚", {"张伟": (None, ("injury",), False)}),
    ],
)
def test_it_is_his_of_whom_it_is_said(say: Say, text: str, expected: dict[str, object]) -> None:
    assert told(say(text)) == expected
