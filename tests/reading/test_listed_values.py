"""Names and values in a row without a stop, and a temperature in words that its label alone makes one."""

import pytest

from tests.reading.conftest import Say, told


def values(say: Say, text: str, sender: str = "李明") -> dict[str, float | None]:
    """The temperature of each person of whom a message tells."""
    return {person: value for person, (value, _, _) in told(say(text, sender)).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王磊38高强37.5", {"王磊": 38.0, "高强": 37.5}),
        ("王磊38 高强37.5", {"王磊": 38.0, "高强": 37.5}),
        ("王磊38、高强37.5", {"王磊": 38.0, "高强": 37.5}),
        ("王磊:38 高强:37.5", {"王磊": 38.0, "高强": 37.5}),
        ("张伟36.5王磊36.6高强37陈一36.4", {"张伟": 36.5, "王磊": 36.6, "高强": 37.0, "陈一": 36.4}),
        ("磊子37云飞36.4小陈36.8", {"王磊": 37.0, "赵云飞": 36.4, "陈一": 36.8}),
        ("高强36.2王磊37 陈一38", {"高强": 36.2, "王磊": 37.0, "陈一": 38.0}),
        ("王磊36.4高强37度云飞36", {"王磊": 36.4, "高强": 37.0, "赵云飞": 36.0}),
        ("王磊365高强364", {"王磊": 36.5, "高强": 36.4}),
        ("王磊36高强38.2发烧", {"王磊": 36.0, "高强": 38.2}),
    ],
)
def test_every_value_of_a_row_is_of_the_name_before_it(say: Say, text: str, expected: dict[str, float]) -> None:
    assert values(say, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "王磊36高强36",
        "王磊38高强37",
        "王磊38分高强37.5分",
        "王磊38码高强42码",
        "王磊38秒5高强37秒",
        "球衣王磊36高强38",
        "鞋码王磊42高强41.5",
        "俯卧撑王磊38高强42",
        "跳绳成绩王磊36.5高强38",
        "王磊38kg高强36.5kg",
    ],
)
def test_numbers_of_other_things_beside_names_are_no_values(say: Say, text: str) -> None:
    assert values(say, text) == {}


@pytest.mark.parametrize(
    "text", ["王磊38岁高强37.5", "王磊跑了38圈高强37.5", "王磊38床高强37.5", "王磊38号高强37.5", "王磊36分20秒高强37.5"]
)
def test_a_number_with_a_word_behind_it_is_none_beside_a_value(say: Say, text: str) -> None:
    assert values(say, text) == {"高强": 37.5}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("体温三十七", 37.0),
        ("体温是三十六，没事", 36.0),
        ("今早体温三十七，正常", 37.0),
        ("体温三十八了", 38.0),
        ("昨晚烧到三十九。", 39.0),
        ("三十六度八", 36.8),
        ("三十六度八分", 36.8),
        ("36度8分，正常", 36.8),
    ],
)
def test_a_temperature_in_words(say: Say, text: str, value: float) -> None:
    assert value in values(say, text, "张伟").values()


@pytest.mark.parametrize(
    "text", ["三十七", "体温计三十七个", "体温表三十七支", "体温三十七份登记完", "体温三十七人都测了", "36度8分钟后复测"]
)
def test_what_only_looks_like_one(say: Say, text: str) -> None:
    assert values(say, text, "张伟") == {}
