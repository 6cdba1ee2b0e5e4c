"""What words of being well take back of what was said before on that day."""

import pytest

from tests.reading.conftest import Say, only


@pytest.mark.parametrize(
    ("text", "denied", "well"),
    [
        ("36.8", (), False),
        ("量了三次都是36.6", (), False),
        ("36.5 正常", (), True),
        ("36.5，没事了", (), True),
        ("36.5，都好了", (), True),
        ("没什么不舒服", (), True),
        ("无发热无咳嗽", ("cough", "fever"), False),
        ("36.5，不咳了", ("cough",), False),
        ("36.5，咳嗽好了", ("cough",), False),
        ("36.5，烧退了", ("fever",), False),
        ("36.5，拉肚子好了", ("diarrhea",), False),
        ("36.5，头不疼了", ("headache",), False),
        ("36.5，嗓子不疼了，还有点咳", ("sore_throat",), False),
        ("36.5，咳嗽头疼都好了", ("cough", "headache"), False),
        ("体温正常", ("fever",), False),
        ("体温正常，还有点咳", ("fever",), False),
        ("36.5，就是还咳", (), False),
    ],
)
def test_what_is_over_and_whether_all_is(say: Say, text: str, denied: tuple[str, ...], well: bool) -> None:
    found = only(say(text))
    assert (found.denied, found.well) == (denied, well)


@pytest.mark.parametrize(
    "words",
    ["老样子", "其他都好", "别的没啥", "快好了", "基本好了", "好了一点", "不怎么咳了", "好多了", "希望早点好了", "缓解了", "好了大半"],
)
def test_what_is_as_before_or_only_better_takes_nothing_back(say: Say, words: str) -> None:
    found = only(say(f"36.5，{words}"))
    assert (found.denied, found.well) == ((), False)
