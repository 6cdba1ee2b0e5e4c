"""Labelled reports line by line: labels that no list has, lines about health, boxes as bullets, forms that look like notices."""

import pytest

from models.reading import Form, Intent
from tests.reading.conftest import Say, told
from tests.reading.test_template import sections


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("体温：36.5\n思想：挺踏实\n车辆情况：三号车刹车偏软，已报修", {"thought": "挺踏实"}),
        ("工作：整理库房。\n计划：明天装车\n食堂：晚饭有鱼", {"work": "整理库房", "plan": "明天装车"}),
        ("思想：最近干劲足\n参训人数：12人", {"thought": "最近干劲足"}),
        ("计划：明天搞体能\n【体能成绩】：五公里21分", {"plan": "明天搞体能"}),
        ("工作：出警两趟\n警情类型：误报\n计划：周五演练", {"work": "出警两趟\n警情类型：误报", "plan": "周五演练"}),
        (
            "一、今日工作：搬器材\n二、明日打算：贴标签\n三、个人想法：配合更默契了",
            {"work": "搬器材", "plan": "贴标签", "thought": "配合更默契了"},
        ),
        ("工作：洗车\n我的想法：多学点技术", {"work": "洗车", "thought": "多学点技术"}),
        ("思想：还行\n明天要干的：送检两台泵", {"plan": "送检两台泵", "thought": "还行"}),
        ("工：搬沙袋两百个\n计：睡一觉再上堤\n思：累，值", {"work": "搬沙袋两百个", "plan": "睡一觉再上堤", "thought": "累，值"}),
    ],
)
def test_a_short_word_with_a_colon_ends_the_field_above(say: Say, text: str, expected: dict[str, str]) -> None:
    assert sections(say(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("思想：今天听班长说：别怕\n我就不怕了", {"thought": "今天听班长说：别怕\n我就不怕了"}),
        ("思想：班长跟我聊了半天\n李明：你要顶住\n我点了头", {"thought": "班长跟我聊了半天\n李明：你要顶住\n我点了头"}),
        ("计划：\n体能：每天五公里\n业务：背两套预案\n思想：稳", {"plan": "体能：每天五公里\n业务：背两套预案", "thought": "稳"}),
        ("计划：先练绳索\n周一：五公里\n周二：负重", {"plan": "先练绳索\n周一：五公里\n周二：负重"}),
        ("工作：讲课一堂\n时间安排：下午两点到四点\n明日：休整", {"work": "讲课一堂\n时间安排：下午两点到四点", "plan": "休整"}),
    ],
)
def test_who_speaks_and_the_items_of_a_heading_end_none(say: Say, text: str, expected: dict[str, str]) -> None:
    assert sections(say(text)) == expected


def test_a_label_of_the_body_that_no_list_has_tells_of_health(say: Say) -> None:
    assert told(say("工作：修车\n思想：挺好\n身体反应：有点咳嗽")) == {"张伟": (None, ("cough",), False)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工作：洗车\n计划：明天训练\n思想：稳定\n我自己也挺好，没有不舒服", {"张伟": (None, (), True)}),
        ("工作：巡逻\n思想：挺踏实\n本人无发热咳嗽", {"张伟": (None, (), True)}),
        ("工作：巡逻\n计划：明天值班\n就是嗓子有点干疼", {"张伟": (None, ("sore_throat",), False)}),
        ("工作：擦车。计划：明天训练。王磊有点发烧，让他歇着了。", {"王磊": (None, ("fever",), False)}),
        ("工作：上午拉练。王磊脚崴了，送医。\n计划：明天休整", {"王磊": (None, ("injury",), False)}),
        ("工作：洗车\n思想：稳。我身体正常", {"张伟": (None, (), True)}),
    ],
)
def test_a_line_of_health_below_a_section_is_none_of_its_words(say: Say, text: str, expected: dict[str, object]) -> None:
    reading = say(text)
    assert told(reading) == expected
    assert not any(part.text.endswith(("不舒服", "咳嗽", "干疼", "歇着了", "身体正常")) for part in reading.sections)


@pytest.mark.parametrize(
    "text",
    [
        "工作：走访\n思想：看到老人头疼的样子心里难受\n我想起我爸也头疼",
        "工作：救护\n伤员头晕呕吐，送医院\n思想：累",
        "工作：给学校讲课\n讲了发烧咳嗽怎么处理\n思想：挺好",
        "思想：想家\n我没事就看看照片",
        "工作：处置中毒警情\n三人头晕恶心\n已送医",
    ],
)
def test_illness_that_the_work_was_about_is_nobodys(say: Say, text: str) -> None:
    assert say(text).intents == (Intent.REPORT,)


def test_the_thought_before_a_word_on_the_group_is_kept(say: Say) -> None:
    assert sections(say("工作：巡逻\n思想：挺踏实。\n组里六个人都正常", "李明")) == {"work": "巡逻", "thought": "挺踏实"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("□ 今日工作：检修水泵\n□ 明日计划：去学校\n□ 思想：稳定", {"work": "检修水泵", "plan": "去学校", "thought": "稳定"}),
        ("○工作：巡查三处\n○计划：擦车\n○体温：36.4", {"work": "巡查三处", "plan": "擦车"}),
        ("□今天：搬器材 □明天：打扫 □心情：好", {"work": "搬器材", "plan": "打扫", "thought": "好"}),
    ],
)
def test_empty_boxes_that_all_carry_a_label_and_a_value_are_bullets(say: Say, text: str, expected: dict[str, str]) -> None:
    assert sections(say(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "□发热 □咳嗽 □乏力",
        "□发热：__ □咳嗽：__",
        "□ 发热：\n□ 咳嗽：",
        "□轻度：偶尔咳嗽 □中度：频繁咳嗽 □重度：呼吸困难",
        "今日工作：□训练 □执勤",
    ],
)
def test_other_empty_boxes_are_options_that_nobody_ticked(say: Say, text: str) -> None:
    assert say(text).intents == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("①上午出警一趟②下午训练③明天去社区", {"work": "①上午出警一趟②下午训练", "plan": "③明天去社区"}),
        ("1、检修三号车 2、晾水带 3、明天去加油站检查", {"work": "1、检修三号车 2、晾水带", "plan": "3、明天去加油站检查"}),
        ("1. 清点器材\n2. 检修发电机\n3. 明天去社区宣传", {"work": "1. 清点器材\n2. 检修发电机", "plan": "3. 明天去社区宣传"}),
        ("(1)检修水泵；(2)整理库房；(3)明天演练。", {"work": "(1)检修水泵；(2)整理库房", "plan": "(3)明天演练"}),
    ],
)
def test_the_number_of_an_item_begins_it_and_ends_the_one_before(say: Say, text: str, expected: dict[str, str]) -> None:
    assert sections(say(text)) == expected


def test_counts_in_a_list_are_no_numbers_of_items(say: Say) -> None:
    assert sections(say("今天处置警情3起：火灾1、救助2、误报0。")) == {"work": "今天处置警情3起：火灾1、救助2、误报0"}


def test_what_is_called_thoughts_and_tells_work_has_work(say: Say) -> None:
    text = "思想汇报：今天完成了库房清点，修了两台泵，明天去社区宣传。"
    assert sections(say(text)) == {"work": "思想汇报：今天完成了库房清点，修了两台泵", "plan": "明天去社区宣传"}
    assert set(sections(say("思想汇报\n上午检修发电机三台，下午给学校讲课。\n明天继续巡查。\n心里很踏实。"))) == {"work", "plan", "thought"}
    assert set(sections(say("思想汇报：这个月跟着老班长学修车，越学越觉得自己差得远，往后要多下功夫。"))) == {"thought"}
    assert set(sections(say("学习心得：这次培训让我明白了团队的重要，训练再苦也值得。"))) == {"thought"}


def test_a_form_with_its_own_work_and_plan_is_no_notice(say: Say) -> None:
    reading = say("本周周报\n本周工作：检查单位六家，转发通知三份\n下周计划：组织全体体检，各班报名\n思想：稳定")
    assert reading.form is Form.TEMPLATE
    assert sections(reading) == {"work": "检查单位六家，转发通知三份", "plan": "组织全体体检，各班报名", "thought": "稳定"}


@pytest.mark.parametrize(
    "text",
    [
        "通知：\n本周工作：各班检修器材\n下周计划：全体体检，请各班配合",
        "本周工作安排：\n工作：各班务必检修器材\n计划：全体必须体检，严禁缺席",
        "例：\n工作：洗车\n计划：训练\n各位按这个格式填，务必今天上报",
        "从今天起用新格式：\n工作：洗车\n计划：训练\n思想：稳定\n各位照抄",
    ],
)
def test_a_notice_or_a_sample_in_labels_stays_one(say: Say, text: str) -> None:
    assert say(text).intents == ()
