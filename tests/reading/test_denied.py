"""Denials: words that ask and mean whoever or wherever, fillers and slips of the pen in between, and denials that are denied in turn."""

import pytest

from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    "text",
    [
        "没什么不舒服",
        "哪儿都不疼",
        "没有哪里难受",
        "没哪里不舒服",
        "没感觉哪里不得劲",
        "没觉出哪疼",
        "没听说谁发烧",
        "哪里都没有不舒服",
        "没有不舒服的",
        "谁也没不舒服",
    ],
)
def test_whoever_and_wherever_asks_nothing(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (None, (), True)}


@pytest.mark.parametrize(
    "text",
    [
        "没有哪不得劲的，36.4",
        "没哪疼，没哪痒，36.4",
        "没那个咳嗽，36.4",
        "没那种头晕的感觉，36.4",
        "不咋个疼了，36.4",
        "没咋咳，36.4",
        "没友发烧，36.4",
        "也没这疼那疼的，36.4",
        "没有这个疼那个痒的，36.4",
        "没有一点儿不舒服的地方，36.4",
        "冇边度唔舒服，36.4",
    ],
)
def test_fillers_and_slips_do_not_end_a_denial(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (36.4, (), True)}


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("没有一天不头疼，36.5", ("headache",)),
        ("没一天不咳，36.5", ("cough",)),
        ("浑身没有不疼的地方，36.5", ("muscle_pain",)),
        ("浑身哪儿都疼，36.5", ("muscle_pain",)),
        ("哪里都不舒服，36.5", ("other",)),
        ("哪儿疼说不上来，反正难受，36.5", ("other",)),
        ("那个咳嗽没好，36.5", ("cough",)),
        ("没这么咳过，36.5", ("cough",)),
        ("没说话，嗓子疼，36.5", ("sore_throat",)),
        ("没有那个命，头疼，36.5", ("headache",)),
        ("没哪个药管用，还是咳，36.5", ("cough",)),
        ("没听说要降温，冻感冒了，36.5", ("other",)),
        ("不太精神，36.5", ("fatigue",)),
    ],
)
def test_a_complaint_is_no_denial(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    assert told(say(text)) == {"张伟": (36.5, symptoms, False)}


@pytest.mark.parametrize("text", ["有没有哪里不舒服", "谁发烧了", "哪里不舒服要说", "不是谁病了，卖药的广告", "他走了我不难受"])
def test_a_question_stays_one_and_chatter_too(say: Say, text: str) -> None:
    assert say(text).checkins == ()


def test_whoever_is_named_with_all_is_no_question(say: Say) -> None:
    assert only(say("谁都别走，我咳嗽得厉害")).symptoms == ("cough",)
