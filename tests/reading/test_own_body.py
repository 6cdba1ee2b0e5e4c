"""A part of the body and what is the matter with it, in words of one's own: strained, chafed, blistered, or named first and told later."""

import pytest

from tests.reading.conftest import Say, told


@pytest.mark.parametrize(
    "text",
    [
        "膀子抬不起来，36.5",
        "胳膊练得抬不起来，36.5",
        "腰僵得厉害，36.5",
        "腿肚子发紧，36.5",
        "脖子紧得很，36.5",
        "腰吧，坐久了就酸，36.5",
        "腰，今天一直酸，36.5",
    ],
)
def test_what_is_strained_aches(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (36.5, ("muscle_pain",), False)}


@pytest.mark.parametrize(
    "text",
    [
        "肩膀让空呼背带勒出印子，36.5",
        "胳膊肘杵了一下，36.5",
        "脚底板硌了个水泡，36.5",
        "脚上水泡换了药，36.5",
        "手上全是口子，36.5",
        "让热汤浇了，前胸全起泡，36.5",
        "肌肉拉伤，大腿疼，36.5",
        "腰扭了，酸疼，36.5",
        "腰闪了，一弯腰就疼，36.5",
    ],
)
def test_what_is_chafed_or_torn_is_hurt_once(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (36.5, ("injury",), False)}


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("右膝盖 上下楼就疼，36.5", "other"),
        ("膝盖呢，一蹲就疼，36.5", "other"),
        ("脖子，转头就疼，36.5", "other"),
        ("嗓子，从昨天就开始疼，36.5", "sore_throat"),
        ("肚子，吃完饭就疼，36.5", "stomach_pain"),
        ("鼻子，早晚都堵，36.5", "runny_nose"),
        ("头，从早上起来就疼，36.5", "headache"),
        ("眼睛酸，36.5", "other"),
        ("嗓子跟塞了团棉花似的，36.5", "sore_throat"),
        ("脑子像灌了浆糊，36.5", "other"),
        ("早饭全交代给马桶了，36.5", "vomiting"),
        ("右胳膊突然抬不起来，说话不清楚，36.5", "other"),
        ("腰上起了一串水泡，36.5", "rash"),
        ("嘴里起泡，上火，36.5", "other"),
    ],
)
def test_a_part_named_first_is_spoken_of_later(say: Say, text: str, symptom: str) -> None:
    assert told(say(text)) == {"张伟": (36.5, (symptom,), False)}


@pytest.mark.parametrize(
    "text",
    ["头，今天不疼了，36.5", "嗓子呢，一点不疼，36.5", "手头紧，36.5", "手上全是泡沫，36.5", "腰杆硬气，36.5", "腰，真心疼他，36.5"],
)
def test_what_is_no_complaint_leaves_a_value_normal(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (36.5, (), True)}
