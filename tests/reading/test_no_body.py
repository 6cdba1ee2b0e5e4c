"""What is said of things, of strangers and of moods is nobody's symptom; what is said of one's own body stays one."""

import pytest

from tests.reading.conftest import Say, only


@pytest.mark.parametrize(
    "text",
    [
        "桌子腿断了",
        "手推车腿折了",
        "水枪嘴裂了",
        "车头晕菜了，撞瘪一块",
        "水带破皮了，换一盘",
        "电线破皮了，有点危险",
        "狗咬了快递员",
        "狗咬了水带",
        "石头划破轮胎",
        "屋顶部分掀翻",
        "吊篮一头的钢丝断了",
        "凉拌木耳放了一勺糖",
        "接警三起，两起烧烤",
        "发了个大红包",
        "手指头都快戳断了，票还没抢着",
        "俺心里不得劲",
        "排队排得腿都断了",
        "这天冷得鼻涕直流",
        "早高峰堵得我想吐",
        "打完疫苗胳膊酸不",
        "你头疼不",
    ],
)
def test_what_is_no_body_of_ones_own_has_no_symptom(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("新鞋磨破皮了", "injury"),
        ("狗咬了我一口", "injury"),
        ("狗咬了我胳膊", "injury"),
        ("石头划破手了", "injury"),
        ("玻璃划破轮胎又划破手", "injury"),
        ("水带磨破皮了手也破皮了", "injury"),
        ("凳子腿砸脚了", "injury"),
        ("水枪头砸脚面上了", "injury"),
        ("坐车头晕，36.5", "dizziness"),
        ("砸得腿都断了", "injury"),
        ("今天天冷得直流鼻涕，36.5", "runny_nose"),
        ("下车头晕", "dizziness"),
        ("起床头疼，36.5", "headache"),
        ("床上腿抽筋，36.5", "other"),
        ("腿快断了，36.5", "injury"),
        ("心里不舒服，36.5", "other"),
        ("说不疼，其实嗓子疼，36.5", "sore_throat"),
    ],
)
def test_ones_own_body_has_it(say: Say, text: str, symptom: str) -> None:
    assert only(say(text)).symptoms == (symptom,)
