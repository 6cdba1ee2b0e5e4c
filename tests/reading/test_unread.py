"""What seems to report something and cannot be read. The evidence must be strong, because what is found is stored."""

from datetime import datetime

import pytest

from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from models.reading import Intent, Reading
from models.roster import Group, Member, Roster
from tests.reading.conftest import MORNING, Say, told


def unread(reading: Reading, text: str) -> list[tuple[str, str, str]]:
    """Each doubt: the name, the value, and its piece of the text."""
    return [(doubt.person, doubt.value, text[doubt.start : doubt.end]) for doubt in reading.unread]


@pytest.mark.parametrize(
    ("text", "name", "value", "piece"),
    [
        ("#接龙\n3月4日体温\n1. 张伟 36.5\n2. 小王 36.8\n3. 王磊 36.6", "小王", "36.8", "小王 36.8"),
        ("#接龙\n体温\n1. 张伟 36.5\n2. 老刘：３７．８ 咳嗽\n3. 王磊 36.6", "老刘", "37.8 咳嗽", "老刘：３７．８ 咳嗽"),
        ("#接龙\n体温\n1. 张伟 36.5\n2. 冯超 36.8\n3. 王磊 36.6", "冯超", "36.8", "冯超 36.8"),
        ("3月4日健康接龙\n1、张伟 正常\n2、刘志强正常", "刘志强", "正常", "刘志强正常"),
        ("#接龙\n体温\n1. 张伟 36.5\n2. 吐尔逊·阿布 咳嗽", "吐尔逊·阿布", "咳嗽", "吐尔逊·阿布 咳嗽"),
    ],
)
def test_a_line_of_a_chain_with_a_value_and_a_strange_name(say: Say, text: str, name: str, value: str, piece: str) -> None:
    reading = say(text)
    assert unread(reading, text) == [(name, value, piece)]
    assert "张伟" in told(reading)


def test_a_name_that_two_members_share_is_nobodys(lexicon: Lexicon) -> None:
    members = (Member(name="张伟"), Member(name="王磊", aliases=("小王",)), Member(name="王小磊", aliases=("小王",)))
    roster = Roster(organization="支队", branches=(), groups=(Group(id="g1", branch="b1", name="第一党小组", members=members),))
    text = "#接龙\n体温\n1. 张伟 36.5\n2. 小王 36.8"
    reading = read(text, "张伟", datetime.fromisoformat(MORNING), roster, lexicon)
    assert unread(reading, text) == [("小王", "36.8", "小王 36.8")]


@pytest.mark.parametrize(
    "text",
    [
        "#接龙\n3月4日体温\n1. 张伟 36.5\n2. 小王\n3. 王磊 36.6",  # a name alone says nothing
        "#接龙\n周五会餐报名\n1. 张伟 2人\n2. 小王 不吃辣",
        "#接龙\n3月4日体温\n例 张三 36.5\n1. 张伟 36.5",
        "#接龙\n3月4日体温\n1. 老周 36.5\n2. 小王 36.8",  # another unit's chain: nobody in it is ours
        "#接龙\n体温\n1. 张伟 36.5\n2. 周涛 36.5\n3. 吴迪 36.6\n4. 褚健 36.3\n5. 孙浩 36.4",  # one of us in the chain of others
        "1. 工作：上午体能\n2. 计划：明天考核\n3. 体温36.5",
        "#接龙\n体温\n1. 张伟 36.5\n2. 合计1人 正常",
    ],
)
def test_nothing_is_unread_in_other_lists(say: Say, text: str) -> None:
    assert unread(say(text), text) == []


@pytest.mark.parametrize("text", ["体温：忘带表了", "体温 三十几来着", "姓名：张伟\n体温：没量", "今日体温：表坏了"])
def test_a_form_with_something_else_than_a_temperature_in_it(say: Say, text: str) -> None:
    reading = say(text)
    assert reading.intents == ()
    assert [doubt.person for doubt in reading.unread] == ["张伟"]


@pytest.mark.parametrize(
    "text",
    [
        "体温：",
        "体温：____℃",
        "体温：忘带表了\n症状：无",
        "体温计放哪了？",
        "体温表坏了，谁会修",
        "大家别忘了量体温",
        "体温：忘带表了怎么办？",
        "测温枪没电了",
    ],
)
def test_an_empty_form_a_question_and_talk_are_not_unread(say: Say, text: str) -> None:
    assert say(text).unread == ()


def test_a_form_of_somebody_unknown_is_not_the_senders(say: Say) -> None:
    text = "姓名：刘志强\n体温：38.5\n症状：咳嗽"
    reading = say(text)
    assert reading.checkins == ()
    assert Intent.HEALTH not in reading.intents
    assert unread(reading, text) == [("刘志强", "体温:38.5\n症状:咳嗽", text)]


@pytest.mark.parametrize(
    ("text", "whose"), [("姓名：战斗一班王磊\n体温：38.5", "王磊"), ("姓名：本人\n体温：38.5", "张伟"), ("姓名：小陈\n体温：38.5", "陈一")]
)
def test_a_form_is_of_whom_its_name_means(say: Say, text: str, whose: str) -> None:
    assert set(told(say(text))) == {whose}


@pytest.mark.parametrize("text", ["我不太对劲", "咳咳", "家里有点情况"])
def test_words_that_fall_short_count_only_where_they_are_said_to_the_bot(say: Say, roster: Roster, lexicon: Lexicon, text: str) -> None:
    assert say(text).unread == ()
    reading = read(text, "张伟", datetime.fromisoformat(MORNING), roster, lexicon, addressed=True)
    assert unread(reading, text) == [("张伟", text, text)]


@pytest.mark.parametrize("text", ["你好", "谢谢", "在吗", "谁不舒服？", "收到", "36.5 正常", "晚安"])
def test_a_polite_word_a_question_and_what_was_read_are_not_unread(roster: Roster, lexicon: Lexicon, text: str) -> None:
    assert read(text, "张伟", datetime.fromisoformat(MORNING), roster, lexicon, addressed=True).unread == ()
