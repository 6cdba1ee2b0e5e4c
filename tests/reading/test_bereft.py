"""A death in the family and the loss of work are a need and no danger now, however they are exclaimed."""

import pytest

from tests.reading.conftest import Say


@pytest.mark.parametrize(
    "text", ["奶奶去世了！", "奶奶去世了", "爷爷昨晚过世了", "岳父今早没了！", "父亲突然去世！", "老婆失业了", "媳妇下岗了！！"]
)
def test_what_is_grave_and_over_can_wait_for_the_morning(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert "family" in hardship.categories
    assert not hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "奶奶去世了，我也不想活了",
        "爷爷没了心跳，快来人",
        "我妈刚刚没了呼吸！",
        "奶奶走丢了！",
        "奶奶不见了！",
        "父亲去世了，母亲昏过去了",
        "我爸走了，今晚必须赶回去，没票",
        "爷爷走了没回来，找不到人",
    ],
)
def test_who_is_in_danger_beside_it_is_heard_at_once(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent
