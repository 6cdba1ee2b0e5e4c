"""A greeting, a title or the value of a check-in around a plain need or a piece of work hides neither."""

import pytest

from handlers.reading.bare import bare
from models.reading import Intent
from tests.reading.conftest import Say, only

AROUND = ("36.5，{}", "36.5 {}", "{}，36.5", "体温36.5，一切正常。{}", "早，{}", "班长，{}", "@李班长 {}", "{}🙏", "{}……", "跟您说个事，{}")
NEEDS = ("家里漏水", "房贷还不上了", "老婆要跟我离婚", "工资没发", "王磊住院了", "最近总做噩梦", "钱不够花")
PRESSING = ("救命", "有人跳楼", "孩子不见了", "家里有急事")
WORK = ("昨晚把二号泵修好了", "今天洗车了", "昨天下午把仓库清了")


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("need", NEEDS)
def test_a_need_is_heard_behind_a_greeting_and_a_value(say: Say, around: str, need: str) -> None:
    reading = say(around.format(need))
    assert reading.hardship is not None
    assert [c.temperature for c in reading.checkins] == ([36.5] if "36.5" in around else [])


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("need", PRESSING)
def test_what_presses_still_presses(say: Say, around: str, need: str) -> None:
    hardship = say(around.format(need)).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("work", WORK)
def test_a_piece_of_work_is_a_report_behind_them(say: Say, around: str, work: str) -> None:
    reading = say(around.format(work))
    assert Intent.REPORT in reading.intents
    assert work in reading.sections[0].text


def test_what_is_found_there_stands_where_it_stands_in_the_message(say: Say) -> None:
    text = "\u200b班长，36.5，昨晚把二号泵修好了"
    (section,) = say(text).sections
    assert section.text == "昨晚把二号泵修好了"
    assert text[section.evidence[0].start : section.evidence[0].end] == section.text


@pytest.mark.parametrize(
    "text", ["36.5，嗓子疼", "36.7，昨晚失眠", "腰老毛病又犯了，坐着都疼，36.7", "36.6，牙疼得睡不着", "36.4 眼睛让沙子打了 红着呢 疼"]
)
def test_an_illness_beside_a_value_stays_a_check_in(say: Say, text: str) -> None:
    reading = say(text)
    assert reading.intents == (Intent.HEALTH,)
    assert only(reading).symptoms


@pytest.mark.parametrize(
    "text",
    [
        "早，吃了吗",
        "班长，几点集合",
        "36.5，今天食堂红烧肉真香",
        "@沈冬 台账做得清楚，一眼能看明白，就该这样。",
        "36.4，户口那事办成了，女儿天天背着书包照镜子",
    ],
)
def test_chatter_behind_them_stays_chatter(say: Say, text: str) -> None:
    reading = say(text)
    assert set(reading.intents) <= {Intent.HEALTH}


def test_nothing_is_left_of_a_plain_check_in() -> None:
    assert bare("早上好", (), "张伟") is None
    assert bare("没什么", (), "张伟") is None
    assert bare("班长,孩子没人接", (), "张伟") == (3, 8)
