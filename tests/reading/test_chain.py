"""Chains (接龙): one pasted message with a line for each person."""

from datetime import date

from models.reading import Form
from tests.reading.conftest import Say, told


def test_a_chain_is_read_line_by_line(say: Say) -> None:
    reading = say("#接龙\n3月4日健康打卡\n\n1. 李明 36.5℃ 正常 在岗\n2. 王磊 36.3 无症状\n3. 小陈 36.7度 有点咳")
    assert reading.form is Form.CHAIN
    assert told(reading) == {"李明": (36.5, (), True), "王磊": (36.3, (), True), "陈一": (36.7, ("cough",), False)}


def test_numbers_may_be_mixed_skipped_and_repeated(say: Say) -> None:
    assert len(say("#接龙\n1、李明 36.5\n2，高强36.6\n3）王磊 36.4\n3. 陈一 36.3\n④赵云飞 36.7\n7 张伟 36.8").checkins) == 6


def test_a_bare_name_says_nothing(say: Say) -> None:
    assert "高强" not in told(say("#接龙 晨检\n1. 李明 36.5\n2. 高强\n3. 王磊 正常"))


def test_an_example_line_is_nobodys(say: Say) -> None:
    assert set(told(say("#接龙\n例 张伟 36.5 正常\n\n1. 李明 36.3", "李明"))) == {"李明"}


def test_an_entry_may_run_over_several_lines(say: Say) -> None:
    text = "#接龙\n【三班】姓名/体温/异常\n1. 吴静\n体温：36.4\n异常：无\n2. 郑凯\n体温：36.8\n异常：鼻塞"
    assert told(say(text, "吴静")) == {"吴静": (36.4, (), True), "郑凯": (36.8, ("runny_nose",), False)}


def test_a_sign_up_chain_is_chatter(say: Say) -> None:
    assert say("#接龙\n周五会餐报名\n1. 李明 2人\n2. 王磊 不吃辣").intents == ()
    assert say("#接龙 明早八点半测温，收到请接龙\n1. 李明\n2. 王磊").intents == ()


def test_a_sign_up_word_beside_a_temperature_chain_loses_nothing(say: Say) -> None:
    assert len(say("#接龙 体温登记，请大家参加\n1. 李明 36.5\n2. 王磊 37.8").checkins) == 2


def test_talk_about_a_chain_is_no_chain(say: Say) -> None:
    assert say("接龙里怎么没有我名字？").intents == ()
    assert told(say("今天没办法接龙，直接报：36.5")) == {"张伟": (36.5, (), True)}


def test_the_day_in_the_title_is_the_day_of_every_line(say: Say) -> None:
    reading = say("#接龙\n补3月3日体温（昨天系统崩了）\n1、李明 36.4\n2、王磊 36。5")
    assert {c.date for c in reading.checkins} == {date(2026, 3, 3)}


def test_leave_in_a_line_is_leave_and_no_check_in(say: Say) -> None:
    reading = say("#接龙\n1 李明 36.6\n2 王磊 休假到10号")
    assert set(told(reading)) == {"李明"}
    assert [(leave.person, leave.first, leave.last) for leave in reading.leaves] == [("王磊", date(2026, 3, 4), date(2026, 3, 10))]


def test_entries_on_one_line_are_parted_by_strokes(say: Say) -> None:
    assert told(say("#接龙二班 刘洋36.5 / 常平36.6 / 小马有点拉肚子36.8", "刘洋"))["马腾"] == (36.8, ("diarrhea",), False)


def test_an_implausible_value_in_a_line_is_marked(say: Say) -> None:
    reading = say("#接龙\n1.李明 36.7 正常\n2.王磊 56.4 正常")
    assert [(c.person, c.implausible) for c in reading.checkins] == [("李明", False), ("王磊", True)]


def test_a_group_note_is_a_chain(say: Say) -> None:
    assert len(say("#Group Note\nDaily temp\n\n1. 李明 36.5\n2. 王磊 36.2").checkins) == 2
