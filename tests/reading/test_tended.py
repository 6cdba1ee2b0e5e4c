"""Who is hurt and seen to is no difficulty: a check-in only. Who bleeds on, calls somebody or lacks something is one all the same."""

import pytest

from tests.reading.conftest import Say


@pytest.mark.parametrize(
    "text",
    [
        "切菜切到手，出了点血，贴了创可贴",
        "脚踩钉子了，刚打完破伤风",
        "被狗咬了，狂犬疫苗打了",
        "脚崴了，冰敷着呢",
        "右手缝了三针，能走能动，不耽误值班",
        "小马眼前一黑晃了一下，坐着喝糖水呢",
        "儿子骑车摔了，胳膊蹭破皮，抹了碘伏",
    ],
)
def test_who_is_seen_to_checks_in_and_needs_nothing(say: Say, text: str) -> None:
    reading = say(text)
    assert (len(reading.checkins), reading.hardship) == (1, None)


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("切到手了，贴了创可贴血还在流，谁有车", True),
        ("手让机器绞了，包扎好了，骨头露着，快送医院", True),
        ("配电箱着火了，我手烫了，抹了药", True),
        ("老婆腿缝了五针，家里没人照顾", False),
        ("儿子骨折打了石膏，医药费还差两万", False),
    ],
)
def test_whose_need_is_not_over_is_heard(say: Say, text: str, urgent: bool) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent is urgent
