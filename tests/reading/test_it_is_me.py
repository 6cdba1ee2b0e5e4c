"""Who says that it is not somebody else who is ill but he himself is ill."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say, told


@pytest.mark.parametrize(
    ("text", "value", "symptom"),
    [
        ("咳嗽的人不是李明是我，36.8", 36.8, "cough"),
        ("咳嗽的不是李明是我", None, "cough"),
        ("咳嗽的人是我，不是李明", None, "cough"),
        ("发烧的不是王磊是我", None, "fever"),
        ("不是李明发烧，是我", None, "fever"),
        ("头疼的是我 不是小陈 36.5", 36.5, "headache"),
        ("崴脚的不是小陈，是我", None, "injury"),
    ],
)
def test_it_is_the_sender_who_is_ill(say: Say, text: str, value: float | None, symptom: str) -> None:
    assert told(say(text)) == {"张伟": (value, (symptom,), False)}


def test_of_two_others_it_is_the_second(say: Say) -> None:
    assert told(say("发烧的不是王磊是高强")) == {"高强": (None, ("fever",), False)}
    assert told(say("发烧的不是我，是我媳妇")) == {"family:媳妇": (None, ("fever",), False)}


@pytest.mark.parametrize(
    "text", ["头疼的是我忘带钥匙了", "最头疼的是材料", "发烧的不是我", "发烧的人报给我", "发烧的人是少数", "不是李明发烧"]
)
def test_nobody_is_ill(say: Say, text: str) -> None:
    assert Intent.HEALTH not in say(text).intents
