"""Accounts in free words: what was done, what is planned, how one feels, each with its own words."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say


def sections(say: Say, text: str) -> dict[str, str]:
    return {section.name: section.text for section in say(text, "宋佳").sections}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天完成了工资表核对，明天报支队财务。", {"work": "今天完成了工资表核对", "plan": "明天报支队财务"}),
        ("今天完成决算初审明天继续归档", {"work": "今天完成决算初审", "plan": "明天继续归档"}),
        (
            "今天上午体能训练，下午器材保养。明天组织考核。心里挺踏实的",
            {"work": "今天上午体能训练，下午器材保养", "plan": "明天组织考核", "thought": "心里挺踏实的"},
        ),
        ("今日完成器材清点，计划明天保养车辆，思想稳定", {"work": "今日完成器材清点", "plan": "计划明天保养车辆", "thought": "思想稳定"}),
        (
            "今天整理了档案 明天去社区宣传 想法就是加强学习",
            {"work": "今天整理了档案", "plan": "明天去社区宣传", "thought": "想法就是加强学习"},
        ),
    ],
)
def test_work_plan_and_thought_are_parted_where_the_speaker_parts_them(say: Say, text: str, expected: dict[str, str]) -> None:
    assert sections(say, text) == expected


def test_work_swallows_neither_the_plan_nor_the_difficulty(say: Say) -> None:
    text = "今天上午负重爬楼训练，下午清点器材；明天整理库房。就是老人住院没人陪护，这两天心里不踏实。"
    found = sections(say, text)
    assert (found["work"], found["plan"]) == ("今天上午负重爬楼训练，下午清点器材", "明天整理库房")
    assert Intent.HARDSHIP in say(text).intents


def test_a_difficulty_in_the_middle_parts_work_from_plan(say: Say) -> None:
    assert sections(say, "今天体能训练，我爸住院了没人陪护，明天继续清点器材") == {"work": "今天体能训练", "plan": "明天继续清点器材"}


def test_a_span_of_days_is_not_cut_in_two(say: Say) -> None:
    (leave,) = say("今天到明天请假两天").leaves
    assert (leave.first.isoformat(), leave.last and leave.last.isoformat()) == ("2026-03-04", "2026-03-05")


def test_training_for_old_peoples_homes_stays_work(say: Say) -> None:
    assert sections(say, "上午去敬老院陪老人聊天，下午检查消防设施，明天整理台账")["work"] == "上午去敬老院陪老人聊天，下午检查消防设施"


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        (
            "今日小结：\n1. 上午做防冻检查。\n2. 下午清点破拆器材。\n3. 明早组织冰面救援桌面推演。\n4. 思想上踏实，没有包袱。",
            "3. 明早组织冰面救援桌面推演",
        ),
        ("三班今日小结：\n1. 应急通信演练一次，十一分钟。\n2. 全体体温正常，无人带病。\n3. 明天迎接支队抽考。", "3. 明天迎接支队抽考"),
        ("完成节前物资盘点：救生衣46件。手抬泵有一台打不着火，节后送修。", "节后送修"),
    ],
)
def test_a_line_of_a_report_about_a_time_to_come_is_the_plan(say: Say, text: str, plan: str) -> None:
    assert {s.name: s.text.rstrip("。") for s in say(text).sections}["plan"] == plan


@pytest.mark.parametrize("text", ["明天吃火锅", "今天训练完累死，明天吃火锅", "明天轮到我值班"])
def test_talk_about_tomorrow_is_no_plan(say: Say, text: str) -> None:
    assert say(text).sections == ()


def test_what_is_past_is_no_plan(say: Say) -> None:
    assert [s.name for s in say("周五组织了考核，今天总结讲评").sections] == ["work"]


@pytest.mark.parametrize(
    "text",
    [
        "锯了棵倒下的杨树，路通了",
        "门窗修了六扇，地漏通了三个",
        "换灯管八根，修水龙头两个",
        "摘蜂窝一处，收队",
        "给楼道清了杂物，拉走两车",
        "夜跑八公里，明早攀爬",
        "跑了趟配件城，皮带买回来了",
        "抽水五个小时，地下室见底了",
        "铁塔上的馈线接头重新做了防水",
        "站了一天岗，劝回去十几辆车",
        "测咗成日场强，报告写咗一半，听日交",
    ],
)
def test_a_piece_of_work_that_is_told_as_done_is_an_account_however_short(say: Say, text: str) -> None:
    assert "work" in sections(say, text)


@pytest.mark.parametrize(
    "text",
    [
        "门窗修了几扇？",
        "把门窗修了，记得再把地漏通了",
        "要是门窗都修了就好了",
        "水箱焊了三回还漏，报上去俩月没人管",
        "那个实习生把天线装反了，居然还通",
        "右手让水带接口夹了，指甲发紫，36.4",
        "昨晚梦见摘蜂窝，摘了一处又一处",
        "刷了一晚上短视频",
        "例会开到一半突然停电",
        "我家装了新窗户，花了一万二",
        "我爸把院子里的雪铲了",
        "谁把我架子上的书拿走了",
        "昨天看直播，主播捞了三条鱼",
        "车库门口的雪人堆好了",
    ],
)
def test_a_question_an_order_a_wish_a_need_or_a_mishap_is_none(say: Say, text: str) -> None:
    assert sections(say, text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "张伟下午去把六号库的灯换了，王磊跟着领油料，别磨叽，四点前弄完",
        "明天班际对抗，安排如下：张伟第一棒，王磊第二棒，李明收尾，器材今晚十点前摆到位",
        "今天上午器材分类，张伟管绳索，王磊管破拆，十一点前各报我一个数",
    ],
)
def test_what_others_are_told_to_do_is_nobodys_account(say: Say, text: str) -> None:
    assert sections(say, text) == {}


def test_who_tells_what_others_did_gives_an_account(say: Say) -> None:
    assert "work" in sections(say, "今天清点器材，张伟修了水泵，王磊擦了车，下次注意把绳索晾干")


@pytest.mark.parametrize(
    "text",
    [
        "昨晚梦见出警，水带里喷出来一根面条，我还给吃了",
        "做了个梦，训练塔拆了重盖",
        "转支队简报摘要：某站开展高层演练，出动6车32人，用时27分钟",
    ],
)
def test_a_dream_and_what_is_passed_on_are_no_account(say: Say, text: str) -> None:
    assert sections(say, text) == {}


def test_a_dream_may_be_a_thought_and_takes_nothing_from_the_work_before_it(say: Say) -> None:
    assert "work" in sections(say, "今天清点空呼四十具，换气瓶两个。昨晚又梦见去年那场火，醒了心里堵得慌")


def test_what_is_proposed_is_no_thought_to_the_end_of_its_sentence(say: Say) -> None:
    reading = say("今天带新人走了一遍接警流程。我觉得可以把代码印成鼠标垫，低头就看见")
    assert reading.intents == (Intent.REPORT, Intent.IDEA)
    assert [s.name for s in reading.sections] == ["work"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("work: 整理库房\nplan: 盘点被装\nmood: 干得挺顺", {"work": "整理库房", "plan": "盘点被装", "thought": "干得挺顺"}),
        ("今个练了啥：泵车取水。明个练啥：换手抬泵。心里咋样：踏实", {"work": "泵车取水", "plan": "换手抬泵", "thought": "踏实"}),
        (
            "【支部工作】1.谈心四人；2.审名单。【下步】开支委会。【体会】要多听",
            {"work": "1.谈心四人；2.审名单", "plan": "开支委会", "thought": "要多听"},
        ),
        ("思想小结：第一次当安全员，比自己进去还紧张", {"thought": "第一次当安全员，比自己进去还紧张"}),
    ],
)
def test_people_call_the_parts_of_their_day_by_many_names(say: Say, text: str, expected: dict[str, str]) -> None:
    assert sections(say, text) == expected


def test_what_was_done_about_a_difficulty_is_no_account_and_what_was_done_beside_it_is(say: Say) -> None:
    assert say("发电机修了三回还是带不动，备件两个月没批下来").intents == (Intent.HARDSHIP,)
    assert say("今天检修水泵两台，换了密封圈。家里房子漏雨没人修，愁").intents == (Intent.REPORT, Intent.HARDSHIP)


@pytest.mark.parametrize("text", ["嘴上不服，心里知道他练得比我狠，得跟他学", "以前总觉得站岗没意思，现在才知道有人守着是多大的事"])
def test_what_one_has_come_to_see_is_a_thought(say: Say, text: str) -> None:
    assert sections(say, text) == {"thought": text}


@pytest.mark.parametrize("text", ["以前一碗面五块，现在十五了", "最幸福的就是周末睡到自然醒", "嘴上说减肥，心里想火锅"])
def test_small_talk_of_then_and_now_is_none(say: Say, text: str) -> None:
    assert sections(say, text) == {}


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("一季度的旧账销了五笔，卡片补了三十张。四月份开始盘被装。", "四月份开始盘被装"),
        ("今天到江南站跟三个班各坐了一个钟头，听意见。国庆后把提的意见逐条答复。", "国庆后把提的意见逐条答复"),
        ("上午给驾驶班讲课，练了倒车。往后每周二都练。", "往后每周二都练"),
        ("今日小结：清点水带四十盘，换接口两个。身体没问题，明天交物资表", "明天交物资表"),
        (
            "四月打算：一、库房货架重贴标签；二、旧水带清一遍；三、准备季度盘点。",
            "一、库房货架重贴标签；二、旧水带清一遍；三、准备季度盘点",
        ),
    ],
)
def test_a_time_to_come_and_what_is_set_about_then_are_the_plan(say: Say, text: str, plan: str) -> None:
    found = sections(say, text)
    assert found["plan"].rstrip("。") == plan
    assert plan not in found.get("work", "")


@pytest.mark.parametrize(
    "text", ["上午清点了被装，五一后再聚", "今天修了水泵，下半年开始还房贷了", "训练塔拆了重盖，八一前夜，把老照片翻出来了"]
)
def test_a_time_to_come_alone_is_no_plan(say: Say, text: str) -> None:
    assert "plan" not in sections(say, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "二班小结\n1.做饭：正餐十顿\n2.卫生：地沟清了两次\n下周：换新灶",
            {"work": "二班小结\n1.做饭：正餐十顿\n2.卫生：地沟清了两次", "plan": "换新灶"},
        ),
        ("今天上午练了绳索。心里美滋滋的。体温36.5，身体正常", {"work": "今天上午练了绳索", "thought": "心里美滋滋的"}),
        ("工作：巡查两条街\n心情：8/10", {"work": "巡查两条街"}),
        ("工作：巡查两条街\n心情：还可以", {"work": "巡查两条街", "thought": "还可以"}),
    ],
)
def test_what_stands_before_the_labels_belongs_to_the_report(say: Say, text: str, expected: dict[str, str]) -> None:
    assert sections(say, text) == expected


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("一班今日小结：上午清点器材，下午攀爬训练。人员应到6实到6，均正常。明日考核。", "上午清点器材，下午攀爬训练"),
        ("一班今日小结：应到6实到6，均正常。上午清点器材，下午攀爬训练。明日考核。", "上午清点器材，下午攀爬训练"),
    ],
)
def test_the_count_of_a_group_takes_no_work_from_its_report(say: Say, text: str, work: str) -> None:
    found = {s.name: s.text for s in say(text, "李明").sections}
    assert (found["work"], found["plan"].rstrip("。")) == (work, "明日考核")


@pytest.mark.parametrize(
    "text",
    [
        "三季度的凭证全装订了",
        "下午接到新被子三十床，卸完了，一切正常",
        "上午把旧轮胎拉走了",
        "上午走访了八户人家，下午写台账，36.5",
        "今天头一回独立操作云梯车，水打到靶心了，自豪",
        "上午清理营区排水沟掏出来两只拖鞋一件作训服谁的来认领下午保养器材打扫车库",
        "歇完假头一天，早上跑操差点跟不上，师傅拍了拍俺肩膀。心里过意不去，得赶紧把劲儿找回来",
    ],
)
def test_a_plain_account_is_heard_however_short(say: Say, text: str) -> None:
    assert Intent.REPORT in say(text).intents


@pytest.mark.parametrize(
    "text",
    [
        "我的账号封了",
        "打牌打到半夜",
        "上午睡觉，下午打球",
        "第一次一个人坐火车",
        "领了两箱牛奶，谁要",
        "夏装今天最后一天领，过期不补",
        "库房今天盘点，领东西的下午三点以后再来",
        "浴室今天检修，洗澡的去二楼",
        "明早我再给你打一遍",
        "心得体会的要求：不少于八百字，周四前发我邮箱",
        "上午考核，下午检查，谁没来谁知道",
    ],
)
def test_private_matters_and_arrangements_for_others_are_none(say: Say, text: str) -> None:
    assert sections(say, text) == {}
