"""Danger to the sender or to teammates now, and what only sounds like it."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say, told


@pytest.mark.parametrize(
    "text",
    [
        "楼下着火了快来人",
        "宿舍着火了",
        "煤气漏了",
        "厨房煤气味很大头晕",
        "我被卡在电梯里出不去",
        "有人晕倒了没呼吸了",
        "马腾晕倒了没呼吸了",
        "老王触电了快来人",
        "我掉井里了",
        "三楼全是浓烟快来",
        "化工厂那边爆炸了，我们两个人被压在下面",
        "出警路上车翻了，人卡在驾驶室里出不来快来人",
        "在不在 我在训练塔四楼外沿 安全绳卡死了 上不去下不来 看到的赶紧来个人",
        "救命！",
    ],
)
def test_danger_now_is_an_urgent_hardship(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "出警一起，火已扑灭",
        "昨晚救出一名被困老人",
        "凌晨接警，居民楼着火，疏散12人，火已扑灭归队",
        "今天出警一起，高层电梯困人，救出3人",
        "今天演练：有人晕倒没呼吸，大家轮流心肺复苏",
        "下午演练煤气泄漏处置",
        "这火锅吃得我嗓子着火了",
        "昨天隔壁小区着火了",
        "听说城南着火了，真的假的",
        "如果煤气漏了怎么办",
        "心态爆炸了，报表又要重填",
        "领导着火了一样催材料",
        "昨晚出警，有人被困电梯，三十分钟救出",
        "今天组织观看火灾警示片，楼道着火了不能坐电梯",
        "群里都爆炸了哈哈",
        "一口气爬到37楼 我人没了🪦救命 谁来给我收尸 4分12",
    ],
)
def test_calls_answered_drills_news_and_jokes_are_no_danger(say: Say, text: str) -> None:
    assert say(text).hardship is None


@pytest.mark.parametrize(
    "text", ["出警回来发现车库着火了快来人", "哈哈不是开玩笑 我被锁在电梯里出不去", "爸妈刚被救出来，老家房子让水冲塌了，还被困在村里"]
)
def test_neither_a_call_nor_a_laugh_hides_a_cry_for_help(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize("text", ["气短，喘不上气", "爬楼有点喘不上气 36.6"])
def test_short_of_breath_alone_is_a_check_in(say: Say, text: str) -> None:
    reading = say(text)
    assert reading.intents == (Intent.HEALTH,)
    assert "breathless" in reading.checkins[0].symptoms


@pytest.mark.parametrize("text", ["喘不上气，谁来帮帮我", "我爸喘不上气了", "喘不上气，赶紧送我去医院"])
def test_short_of_breath_with_a_plea_or_in_the_family_is_urgent(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize("text", ["谁有退烧药，孩子烧到39了，药店关门了", "有没有谁有布洛芬，孩子烧到39度了"])
def test_a_feverish_child_and_no_medicine_is_urgent(say: Say, text: str) -> None:
    reading = say(text, "沈冬")
    assert told(reading)["family:孩子"] == (39.0, ("fever",), False)
    assert reading.hardship is not None
    assert reading.hardship.urgent
    assert {"health", "family"} <= set(reading.hardship.categories)


def test_a_question_for_medicine_without_anybody_ill_is_no_alarm(say: Say) -> None:
    assert say("谁有退烧药借我两片").hardship is None


def test_the_sick_who_are_alone_and_call_are_urgent(say: Say) -> None:
    reading = say("从凌晨三点吐到现在 一口水都存不住 宿舍就我一个 谁在队里来一下")
    assert reading.hardship is not None
    assert reading.hardship.urgent
    assert reading.checkins[0].symptoms == ("vomiting",)


def test_the_sick_who_are_alone_and_call_nobody_are_no_alarm(say: Say) -> None:
    assert say("肚子疼，36.5，宿舍就我一个，躺会儿").hardship is None


@pytest.mark.parametrize(
    "text",
    [
        "误报了，不是火警，是有人跳楼",
        "误报，不是火警，是煤气漏了",
        "不是误报，真着火了",
        "不是假警，真有人跳楼",
        "更正，不是二号楼，是三号楼起火",
        "五楼起火，有人被困",
        "有人要跳楼",
        "仓库起火",
        "救命啊 车翻了",
        "班长，救命",
        "36.5，快来人",
    ],
)
def test_danger_behind_words_of_correction_and_in_few_words_is_urgent(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "误报，没有着火",
        "误报了 是炒菜的烟",
        "不是着火了，是起雾了",
        "不是火警，是有人被困电梯，已救出",
        "调度：北环路货车侧翻，有人被困，洞三车已出动",
        "接警，三楼起火，有人被困，已出动",
        "听说城东五楼起火有人跳楼",
        "救命，又要开会",
        "救命这也太好吃了",
        "晕死",
        "晕死了，又要开会",
    ],
)
def test_what_is_corrected_to_a_trifle_or_answered_is_no_danger(say: Say, text: str) -> None:
    assert say(text).hardship is None
