"""Symptoms told in passing, in a field of work or of thoughts; and what is none there: the hurt of others, lessons, stores, fright."""

import pytest

from tests.reading.conftest import Say, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今日工作：出警，膝盖磕破了\n明日计划：休息", {"张伟": (None, ("injury",), False)}),
        ("今天工作：搬器材，把腰闪了。明天计划：整理内务", {"张伟": (None, ("injury",), False)}),
        ("工作：处置蜂窝，手背被蜇了一下，肿了。体温：36.5", {"张伟": (36.5, ("injury",), False)}),
        ("工作：拉练十公里，浑身酸疼。思想：累但值得", {"张伟": (None, ("muscle_pain",), False)}),
        ("工作：体能训练，陈一中暑头晕，送卫生队。计划：继续", {"陈一": (None, ("dizziness",), False)}),
        ("工作：值班。感想：最近失眠，36.5", {"张伟": (36.5, ("insomnia",), False)}),
        ("工作：带训新兵。感想：嗓子都喊哑了", {"张伟": (None, ("sore_throat",), False)}),
    ],
)
def test_a_symptom_told_in_passing_is_heard(say: Say, text: str, expected: dict[str, object]) -> None:
    assert told(say(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "工作：给群众包扎伤口。计划：学习",
        "工作：演练伤员搬运，膝盖骨折固定。计划：休息",
        "工作：讲解烫伤处理。计划：休息",
        "工作：救护培训，讲骨折、烧伤怎么包。明日：考核",
        "工作：出警一起，老人摔倒骨折，送医院。计划：保养",
        "工作：景区搜救，孩子胳膊蹭破点皮，交给家长。计划：保养",
        "工作：清点急救箱，补烧伤敷料三十片。明日：出操",
        "工作：检修水带，破皮的三盘换掉。明日：出操",
        "工作：接警三起，一起烧烤摊冒烟。明日：休息",
        "工作：电脑发热，重装系统。明日：培训",
        "工作：体检，血压正常，无头晕胸闷。明日：战备",
        "工作：灭火。心得：进门那会儿腿软",
        "工作：水带训练。思想：昨晚一起包的饺子，心里敞亮",
    ],
)
def test_what_the_work_is_about_is_no_symptom(say: Say, text: str) -> None:
    assert say(text).checkins == ()
