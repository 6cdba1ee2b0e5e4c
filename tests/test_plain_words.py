"""Yes, not yet, hurry and no more need, in the words people use. Nothing that is not plain is a yes."""

import pytest

from handlers.plain_words import ANSWER, LONGEST, PRESSES, Meaning, complains, lets_go, understood

NOT_YET = [
    "还没呢", "没呢", "还没解决", "没有解决", "还没有解决", "还没解决呢", "没好呢", "还不行", "还没 谢谢", "钱还没到账", "还是没解决",
    "是没解决",    "还没好，点错了", "点错了", "不", "不是", "不是，还没", "嗯，还没",
    "没有", "好的，还没办", "没解决好，谢谢",
]  # fmt: skip
OVER = [
    "解决了，谢谢组织", "解决了谢谢大家", "谢谢，已经解决了", "已经解决了", "都解决了", "已解决", "是的，谢谢", "是，谢谢班长", "嗯，好了",
    "嗯，解决了",    "好了，谢谢", "好了，已经安排上了", "没事", "早没事了", "没事了，谢谢", "好的",
    "恩",
    "解决了！谢谢组织", "没问题", "是", "对", "都好了",
]  # fmt: skip
NEITHER = [
    "算是吧", "好多了谢谢", "别再问了", "基本解决了", "不用管了", "完事了", "刚才说错了，没事", "谢谢", "还是",
    "没有了", "没了", "解决了？", "好了吗", "快好了", "是 36.5", "是36.5", "好了 36.5 正常", "我不行了",
    "是啊我也不知道", "没人来", "12", "", "，", "是不是", "对不起",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_YET)
def test_a_no_is_a_no_whatever_is_said_with_it(text: str) -> None:
    (said,) = understood(text)
    assert not said.yes


@pytest.mark.parametrize("text", OVER)
def test_a_yes_may_be_polite(text: str) -> None:
    (said,) = understood(text)
    assert said.yes


@pytest.mark.parametrize("text", [text for text in NEITHER if text != "是不是"])
def test_what_is_not_plain_is_neither(text: str) -> None:
    assert understood(text) == ()


def test_what_cannot_be_told_apart_is_no_yes() -> None:
    assert [said.yes for said in understood("是不是")] == [False]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1 解决了", (1,)), ("事项1解决了", (1,)), ("是1号", (1,)), ("1号，是", (1,)), ("是 #12", (12,)), ("是 1 2", (1, 2)),
        ("是 1、2", (1, 2)),        ("解决了 1 和 2", (1, 2)), ("1和2都解决了，谢谢", (1, 2)), ("事项1 还没", (1,)), ("还没 1、3", (1, 3)),
    ],
)  # fmt: skip
def test_numbers_stand_before_or_behind(text: str, numbers: tuple[int, ...]) -> None:
    (said,) = understood(text)
    assert said.numbers == numbers


def test_each_clause_may_speak_of_its_own_number() -> None:
    assert [(said.yes, said.numbers) for said in understood("1 解决了，2 还没")] == [(True, (1,)), (False, (2,))]
    assert [(said.yes, said.numbers) for said in understood("1、2 解决了")] == [(True, (1, 2))]
    (said,) = understood("解决了，1 还没")
    assert not said.yes, "where not each clause names its own, the no wins"


def test_all_that_is_asked() -> None:
    assert [said.every for text in ("都解决了", "全部解决了", "解决了") for said in understood(text)] == [True, True, False]


def test_everything_that_matches_as_a_command_says_something() -> None:
    for text in (*NOT_YET, *OVER):
        assert ANSWER.fullmatch(text), text
        assert understood(text)[0].meaning in Meaning
    assert [text for text in NEITHER if text != "是不是" and ANSWER.fullmatch(text)] == []


def test_a_long_text_takes_no_longer() -> None:
    assert understood("好了" * 10_000) == ()
    assert understood("是" * (LONGEST + 1)) == ()


@pytest.mark.parametrize(
    "text", ["直报", "直报吧", "我要直报", "直报 谢谢", "直报1号", "直报 12", "等不到早上", "等不了了", "很急，马上找人", "求你们快点"]
)
def test_who_cannot_wait(text: str) -> None:
    assert PRESSES.fullmatch(text)


@pytest.mark.parametrize("text", ["不急", "别直报", "不用直报", "直报告诉他们", "快点名", "急", "谢谢", "我要请假", "12"])
def test_who_can(text: str) -> None:
    assert not PRESSES.fullmatch(text)


def test_a_complaint_is_heard_within_other_words() -> None:
    for text in ("没人来", "根本没人管", "没人联系过我", "钱还没到账", "还在等", "说好了的，到现在没人联系我"):
        assert complains(text, asked=False), text
    assert complains("人还没来过", asked=True)
    assert not complains("人还没来过", asked=False)
    assert not complains("基本解决了", asked=True)


def test_who_may_need_nobody_any_more() -> None:
    for text in ("刚才说错了，没事", "不用管了", "算了，不麻烦组织了", "灭了，没事了", "误报，别来了", "人下来了，没事了"):
        assert lets_go(text), text
    assert not lets_go("我真的没办法了")
