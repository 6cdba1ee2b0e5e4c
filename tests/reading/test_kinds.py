"""Of which kind a difficulty is: a word that stands there for something else names none, and what is heard needs no word."""

import pytest

from tests.reading.conftest import Say


@pytest.mark.parametrize(
    ("kind", "never", "text"),
    [
        ("health", "housing", "哮喘犯了，喷剂空了，一口气只能吸半口，在宿舍楼东头，求个车"),
        ("health", "finance", "他半边脸耷拉着，右手端不起杯子，说话不清楚，谁来帮我抬下楼"),
        ("health", "finance", "让狼狗撕了大腿，一个大窟窿，血止不住，谁有车"),
        ("supplies", "housing", "库房除湿机坏了两个月，被装都有霉斑了，报修几次没人来"),
        ("supplies", "finance", "机房空调停了，里头快四十度，备件要下周才到，急需借一台移动空调"),
        ("health", "psychological", "我妈刚打电话说喘不上气，我在站里走不开"),
        ("psychological", "health", "一听见电话铃就手抖，快一个月了，不敢跟人说"),
        ("finance", "", "工资卡刷空了，房贷还差两千，下月才发工资"),
        ("housing", "", "宿舍漏雨半个月了，被子都是湿的"),
    ],
)
def test_the_kind_is_what_is_meant(say: Say, kind: str, never: str, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert kind in hardship.categories
    assert never not in hardship.categories


def test_what_somebody_calls_a_difficulty_in_its_field_keeps_its_kind(say: Say) -> None:
    hardship = say("工作：值守\n困难：宿舍漏雨").hardship
    assert hardship is not None
    assert "housing" in hardship.categories
