"""Who asks that the leader shall not know, in the words that people use for it."""

import pytest

from models.reading import Reading
from tests.reading.conftest import Say

DEBT = "我欠了网贷八万还不上了"
ASKED = (
    *(
        "只想跟书记说",
        "只想让书记知道",
        "只让书记知道",
        "只和书记说",
        "只对书记说",
        "仅跟书记说",
        "就跟书记说",
        "只跟书记讲",
        "只跟周书记说",
    ),
    *(
        "只跟周建国说",
        "就跟周建国说",
        "只跟书记一个人说",
        "单独跟书记说",
        "只 跟书记说",
        "只跟 书记说",
        "只告诉书记",
        "只给书记",
        "除了书记谁也别说",
    ),
    *("别让组长知道", "别让班长知道", "不想让组长知道", "不要让组长知道", "别跟组长说", "别跟组长讲", "不要跟组长说", "别告诉我们组长"),
    *("瞒着组长", "帮我瞒着李明", "请对组长保密", "这事别告诉李班长", "千万别告诉李明", "别让李明知道", "别告诉老李", "不想李明知道"),
    *("请保密", "替我保密", "能保密吗", "别跟别人说", "不要告诉别人", "先别让大家知道", "没敢跟班长说", "别跟我妈说，也别告诉李明"),
    *("please don't tell the leader", "Just the secretary", "for the secretary only"),
)


@pytest.mark.parametrize("words", ASKED)
def test_who_asks_that_the_leader_shall_not_know_is_heard_wherever_it_stands(say: Say, words: str) -> None:
    for text in (f"{DEBT}，{words}", f"{words}，{DEBT}", f"{DEBT}。{words}。", f"他说“这事{words}”，{DEBT}"):
        reading = say(text)
        assert reading.confidential, text
        asked = [piece for piece in reading.evidence if piece.field == "confidential"]
        assert [piece.by for piece in asked] == ["confidence.asked"]
        assert 0 <= asked[0].start < asked[0].end <= len(text)
        assert reading.hardship == say(f"{DEBT}。{words}。").hardship if text == f"{DEBT}。{words}。" else reading.hardship is not None


@pytest.mark.parametrize(
    "text",
    [
        *("36.4，咳了一夜", "今天学习保密教育", "签了保密协议", "别告诉我你没打卡", "别跟我说", "37.8，只跟组长说", "只跟李明说，我腿疼"),
        *("腰疼不能动，跟班长说了", "别担心，跟班长说了", "我发烧了，就跟你说一声", "今天书记来检查", "我失眠，跟谁都不想说话"),
        *(
            "38.2，不用保密",
            "38.2，不用只跟书记说",
            "媳妇下岗了，没敢跟爹妈说",
            "我胃疼，别告诉我妈",
            "除夕我值班谁都别抢",
            "别让我看见水带露在外头",
        ),
    ],
)
def test_who_asks_nothing_of_the_kind_is_not_taken_so(say: Say, text: str) -> None:
    assert not say(text).confidential


def test_it_is_the_own_leader_by_any_name_and_nobody_else_who_leads(say: Say) -> None:
    assert not say("38.2，只跟李明说").confidential
    assert not say("38.2，只跟老李说").confidential
    assert say("38.2，只跟刘洋说").confidential  # who leads another group


def test_a_secret_alone_is_chatter_and_leaves_no_trace(say: Say) -> None:
    reading = say("生日会的事别告诉李明")
    assert reading.confidential
    assert not reading.reports
    assert reading == Reading(confidential=True, evidence=reading.evidence)
