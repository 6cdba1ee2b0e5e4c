"""Needs told in passing, danger without a word of danger, and what only sounds like either."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("family", "我媳妇昨儿个后半夜给我添了个丫头，六斤一两"),
        ("family", "报告组织，本人于昨日喜得一子，母子平安，特此报告"),
        ("family", "爷爷今早走的，没遭罪"),
        ("psychological", "马腾这几天把饭端回屋里吃，喊打球也不来了"),
        ("education", "孩子小升初，居住证还没批下来，学校月底就要材料"),
    ],
)
def test_births_deaths_and_silence_are_needs(say: Say, kind: str, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert kind in hardship.categories


@pytest.mark.parametrize(
    "text",
    [
        "何指导跟我说话说着说着就往一边倒，嘴也斜了，我扶他坐着呢",
        "老爷子有点糊涂，下午说去遛弯，天都擦黑了还没影儿，小区里转了三圈",
        "最近总站在训练塔四楼往下看，今天脚都跨出去了，又收回来了",
        "我妈被一个自称社保局的拉着在柜员机前头，正输密码，我离着八百里",
        "他舅在地窖里掏红薯，下去俩人都没上来，喊也不吭气",
        "训练完俩人不出汗了，皮肤滚烫，问他叫啥答非所问",
        "娃在商场撒个手就没了，穿红马甲，三岁，金街这边的兄弟帮瞅瞅",
    ],
)
def test_danger_is_heard_without_a_word_of_danger(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "课上讲的，腿抽筋了先勾脚尖，别硬拉",
        "今天的急救课：大出血先压迫，再抬高，再上止血带",
        "闻邻市一新兵中暑，高烧四十度，昏厥于操场",
        "听老乡讲他们村有人煤气中毒没救过来，冬天都注意",
        "居住证批下来了，孩子能报名了",
    ],
)
def test_lessons_hearsay_and_what_is_granted_are_no_need(say: Say, text: str) -> None:
    assert say(text).hardship is None


def test_a_lesson_hides_nobody_who_fell_in_it(say: Say) -> None:
    hardship = say("体能课上高强突然倒地，叫不醒，快来人").hardship
    assert hardship is not None
    assert hardship.urgent


def test_a_sick_child_on_the_mend_is_a_check_in_alone(say: Say) -> None:
    reading = say("孩子昨天夜里发热，最高38.9，凌晨去的急诊，现在37.8，还有些咳嗽。我本人体温正常。")
    assert reading.hardship is None
    assert reading.intents == (Intent.HEALTH,)


def test_a_proposal_that_names_ones_own_need_is_a_need(say: Say) -> None:
    assert say("支部建议：给高强家搞个小额互助，他爸查出肝癌，家里欠了八万").intents == (Intent.HARDSHIP,)
    assert say("建议给食堂加个消毒柜").intents == (Intent.IDEA,)
