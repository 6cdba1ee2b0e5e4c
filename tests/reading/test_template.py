"""Labelled reports and forms."""

import pytest

from models.reading import Form, Intent, Reading
from tests.reading.conftest import Say, only, told


def sections(reading: Reading) -> dict[str, str]:
    return {s.name: s.text for s in reading.sections}


def test_a_labelled_daily_report_has_its_sections_and_its_health(say: Say) -> None:
    reading = say("工作：保养3号车\n计划：明天考核\n思想：状态稳定\n体温：36.5")
    assert reading.form is Form.TEMPLATE
    assert sections(reading) == {"work": "保养3号车", "plan": "明天考核", "thought": "状态稳定"}
    assert told(reading) == {"张伟": (36.5, (), True)}


def test_the_words_of_a_section_stand_in_the_message(say: Say) -> None:
    text = "今日：水带耐压测试；明日：补测；思想：挺踏实；体温：36.5"
    for section in say(text).sections:
        (evidence,) = section.evidence
        assert text[evidence.start : evidence.end] == section.text


def test_labels_come_in_many_dresses(say: Say) -> None:
    assert sections(say("【工作】校频12部\n【计划】测盲区\n【健康】36.5")) == {"work": "校频12部", "plan": "测盲区"}
    assert sections(say("✅ 报销单38份\n⏳ 明天跑银行\n💭 账平了踏实\n🌡 36.3")) == {
        "work": "报销单38份",
        "plan": "明天跑银行",
        "thought": "账平了踏实",
    }
    assert sections(say("今日\t入库灭火毯60条\n明日\t对账\n身体\t无异常")) == {"work": "入库灭火毯60条", "plan": "对账"}
    assert sections(say("一、今日完成：车场日\n二、明日打算：练绳索\n三、身体：没毛病")) == {"work": "车场日", "plan": "练绳索"}
    assert sections(say("本周工作\n1.材料初审\n2.走访两户\n下周计划\n1.筹备党课")) == {
        "work": "1.材料初审\n2.走访两户",
        "plan": "1.筹备党课",
    }


def test_fields_that_say_nothing_are_no_sections(say: Say) -> None:
    reading = say("今日：/\n明日：/\n体温：36.5\n想法：/\n困难：无")
    assert reading.intents == (Intent.HEALTH,)


def test_an_unfilled_form_is_chatter(say: Say) -> None:
    assert say("姓名：\n体温：\n症状：\n去向：").intents == ()
    assert say("姓名：＿＿ 体温：＿＿℃ 有无症状：＿＿").intents == ()


def test_unticked_boxes_say_nothing_and_ticked_ones_speak(say: Say) -> None:
    assert told(say("王磊 2.2\n☑体温<37.3  □体温≥37.3\n☑无症状  □有症状\n☑在岗  □外出", "王磊")) == {"王磊": (None, (), True)}
    ill = only(say("冯雪\n□体温<37.3  ☑体温≥37.3\n□无症状  ☑有症状（咳嗽、流涕）", "冯雪"))
    assert ill.symptoms == ("cough", "fever", "runny_nose")


def test_a_symptom_answered_yes_is_present(say: Say) -> None:
    assert only(say("姓名：张伟\n体温：37.9\n有无咳嗽：有\n思想：稳定")).symptoms == ("cough", "fever")


def test_a_rule_in_a_form_is_no_value(say: Say) -> None:
    assert only(say("1.今日体温是否正常？（小于37.3为正常）正常\n2.目前体温：36.4")).temperature == 36.4


def test_the_form_of_another_is_his(say: Say) -> None:
    assert told(say("【健康申报】姓名：马腾；体温：36.4℃；有无发热、咳嗽：无；接触史：无")) == {"马腾": (36.4, (), True)}


def test_a_sample_form_is_nobodys(say: Say) -> None:
    assert say("从今天起用新格式：\n例：\n姓名：张三\n体温：36.5\n症状：无").intents == ()


def test_a_difficulty_in_its_field_is_a_hardship_and_a_suggestion_an_idea(say: Say) -> None:
    reading = say("工作：值守\n困难：孩子没人接送，老人住院\n建议：充电桩加个雨棚")
    assert {Intent.REPORT, Intent.HARDSHIP, Intent.IDEA} <= set(reading.intents)


def test_a_device_in_a_form_is_nobodys_health(say: Say) -> None:
    assert say("今日工作：通信机房例行巡检\n机房温度：23.5℃ 湿度：46%\nUPS：☑正常 □异常", "韩冰").checkins == ()


def test_a_symptom_at_the_end_of_a_line_is_stated_and_no_heading(say: Say) -> None:
    for text in ("37.8，咳嗽\n金点子：在食堂门口装个洗手池", "37.8\n咳嗽\n建议：在食堂门口装个洗手池"):
        assert only(say(text)).symptoms == ("cough", "fever")


def test_a_heading_on_a_line_of_its_own_is_still_a_label(say: Say) -> None:
    reading = say("体温\n36.5\n工作\n训练爬楼\n有无咳嗽\n无")
    assert only(reading).symptoms == ()
    assert [section.name for section in reading.sections] == ["work"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天：训练\n明天：值班\n感觉：累并快乐着", {"work": "训练", "plan": "值班", "thought": "累并快乐着"}),
        ("上周：完成两次拉动\n本周：开展夜间熟悉", {"work": "完成两次拉动", "plan": "开展夜间熟悉"}),
        ("本周：开展夜间熟悉", {"work": "开展夜间熟悉"}),
        ("【今日】训练塔攀登【明日】休整【思想】稳定", {"work": "训练塔攀登", "plan": "休整", "thought": "稳定"}),
        ("做了：水带铺设\n要做：写总结\n感想：还行", {"work": "水带铺设", "plan": "写总结", "thought": "还行"}),
        ("完成：水带铺设\n待办：写总结\n状态：还行", {"work": "水带铺设", "plan": "写总结", "thought": "还行"}),
        ("完成：水带铺设\n待办：写总结\n状态：在岗", {"work": "水带铺设", "plan": "写总结"}),
        ("下午：负重登楼。\n今晚：背题。\n感觉：比冬天强。", {"work": "负重登楼", "plan": "背题", "thought": "比冬天强"}),
        ("早：出操 午：值班 晚：学习", {"work": "出操 午：值班 晚：学习"}),
        (
            "干了啥 —— 冰面演练\n明儿干啥 —— 晒干衣\n咋想的 —— 冷是真冷\n身子骨 —— 36度4，没冻着",
            {"work": "冰面演练", "plan": "晒干衣", "thought": "冷是真冷"},
        ),
    ],
)
def test_everyday_words_are_labels_beside_others(say: Say, text: str, expected: dict[str, str]) -> None:
    assert sections(say(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "感觉：好冷",
        "要做：核酸",
        "今晚：火锅",
        "早：豆浆 午：面条 晚：火锅",
        "上周：我妈来了，可开心",
        "今天 —— 热死了",
        "公告【今日】停水",
        "早\n中午好\n晚",
    ],
)
def test_everyday_words_alone_are_no_labels(say: Say, text: str) -> None:
    assert say(text).intents == ()


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("今天：训练\n明天：值班\n感觉：头疼", ("headache",)),
        ("体温：36.5\n感觉：头晕", ("dizziness",)),
        ("早：出操时摔了膝盖 晚：学习", ("injury",)),
        ("早：烧到38.5\n晚：退了", ("fever",)),
        ("早：36.5 午：36.6 晚：36.4", ()),
    ],
)
def test_health_behind_an_everyday_word_stays_health(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    assert only(say(text)).symptoms == symptoms
