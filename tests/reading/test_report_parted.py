"""Accounts in free words: what is weighed, plans of a time to come, terse thoughts, work beside a temperature or a difficulty."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say
from tests.reading.test_report import sections


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("泵房巡检完毕，过两天换密封圈", "过两天换密封圈"),
        ("上午查了两家网吧，下午再跑一家", "下午再跑一家"),
        ("新兵队列练了一上午，等天凉快了再练体能", "等天凉快了再练体能"),
        ("车辆保养做到一半，配件到了再接着干", "配件到了再接着干"),
        ("党课稿子写完了，周五上午开讲", "周五上午开讲"),
        ("上午值班，一切顺利。3、下周去总队送材料", "3、下周去总队送材料"),
    ],
)
def test_more_times_to_come_begin_the_plan_of_an_account(say: Say, text: str, plan: str) -> None:
    found = sections(say, text)
    assert found["plan"] == plan
    assert plan not in found["work"]


@pytest.mark.parametrize(
    "text",
    [
        "上午洗车。明天要是下雨就不出操了",
        "器材清点完了，如果明天缺人我再补",
        "上午查了两家网吧，下午又查了一家",
        "刚出完警，后天就发工资了",
        "今天值班。下周房租到期，还差两千块",
        "今天带新人听了一百条录音。我租的屋子退了，月底前得搬，没地方去",
        "上午训练，下午再三强调了安全",
    ],
)
def test_what_is_supposed_past_needed_or_due_is_no_plan(say: Say, text: str) -> None:
    assert "plan" not in sections(say, text)


@pytest.mark.parametrize(
    ("text", "thought"),
    [
        ("今天带新兵第一次进烟热室，出来一个个咧着嘴笑，我也乐了一路", "我也乐了一路"),
        ("上午讲课下午拉动，明天上堤，弟兄们劲头挺足", "弟兄们劲头挺足"),
        ("巡查商铺九家，发现隐患两处。这活儿干得踏实", "这活儿干得踏实"),
        ("上午爬绳。下午攀楼。摔下来一回。不服。", "不服"),
    ],
)
def test_terse_words_of_a_thought_are_one(say: Say, text: str, thought: str) -> None:
    assert sections(say, text)["thought"].rstrip("。").endswith(thought)


@pytest.mark.parametrize(
    "text",
    [
        "今天给学校讲课，孩子们都笑了",
        "这台泵还值个万把块，擦了一遍入库",
        "服装发放四十套，不服尺码的换了三件",
        "发动机踏实多了，换了机油",
    ],
)
def test_such_words_of_others_and_of_things_are_none(say: Say, text: str) -> None:
    assert "thought" not in sections(say, text)


def test_a_thought_at_the_end_of_a_labelled_plan_is_one(say: Say) -> None:
    text = "本周工作：采购慰问品；下周计划：迎接财务检查。思想上没什么波动，能安心干活。"
    assert sections(say, text) == {
        "work": "采购慰问品",
        "plan": "迎接财务检查",
        "thought": "思想上没什么波动，能安心干活",
    }
    assert sections(say, "计划：明天巡线，争取早点干完。") == {"plan": "明天巡线，争取早点干完"}


@pytest.mark.parametrize("text", ["体温36.4，上午清点水带三十盘", "36.6，早上清洗空呼十二具，人挺好"])
def test_work_beside_a_temperature_is_told_too(say: Say, text: str) -> None:
    assert set(say(text).intents) == {Intent.HEALTH, Intent.REPORT}


@pytest.mark.parametrize(
    "text",
    [
        "36.4，早上给孩子做饭",
        "36.5，在家打扫卫生",
        "体温36.7，搬家把腰闪了",
        "36.5，听说二班修车去了",
        "36.5，车修好没？",
        "我来报个体温：36.5",
        "搬水泵的时候把腰闪了",
        "修车时砸了脚，肿了",
        "爬绳的时候手磨破了，涂了药",
        "手机送修了，一次补齐：\n1.29 36.4\n1.30 36.5\n1.31 36.3\n今天 36.6",
    ],
)
def test_what_else_stands_beside_a_check_in_is_no_work(say: Say, text: str) -> None:
    assert Intent.REPORT not in say(text).intents


@pytest.mark.parametrize(
    "text",
    ["今天把灭火器全部登记了一遍。我妈摔断了腿，没人照顾，能不能请几天假", "水泵检修完三台。家里老房子漏得厉害，没钱修"],
)
def test_work_in_a_sentence_of_its_own_is_told_beside_a_need(say: Say, text: str) -> None:
    reading = say(text)
    assert {Intent.REPORT, Intent.HARDSHIP} <= set(reading.intents)
    assert {s.name for s in reading.sections} == {"work"}


def test_no_section_stands_where_only_a_leave_or_a_proposal_is_told(say: Say) -> None:
    assert "plan" not in sections(say, "轮胎换了两条，刹车排了气。明天调休一天。")
    assert sections(say, "排名的事，我的想法是加一栏“比自己上次”，后进的也有奔头") == {}
