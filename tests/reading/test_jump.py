"""Who says that somebody is about to take their life is heard at once; figures of speech, drills and films are none."""

import pytest

from tests.reading.conftest import Say


@pytest.mark.parametrize(
    "text",
    [
        "我老婆要跳楼",
        "老婆失业了，要跳楼",
        "老公欠了债，闹着要跳楼",
        "我爸说要跳楼",
        "我弟弟要跳河，快来人",
        "邻居要跳楼",
        "赵云飞要跳楼",
        "李明说要跳楼，快来人",
        "他儿子要跳楼",
        "我室友想自杀，药都买好了",
        "我要跳楼",
        "我真想跳河",
        "想自杀",
    ],
)
def test_who_is_about_to_take_their_life_is_in_urgent_need(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "热得要跳楼了",
        "气得我要跳楼！",
        "基金跌得我想跳楼",
        "股票又跌了 要跳楼了",
        "战友说训练累得想跳楼哈哈",
        "跳楼价，媳妇要去抢",
        "猫要跳楼",
        "电影里老婆要跳楼，吓我一跳",
        "演练设定：邻居要跳楼，一班铺气垫",
        "去年我爸想跳楼，后来好了",
        "我同事昨天劝下一个要跳楼的",
        "昨晚那小伙要跳楼，劝回来了",
        "我妈要跳广场舞",
    ],
)
def test_what_only_sounds_so_wakes_nobody(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is None or not hardship.urgent
