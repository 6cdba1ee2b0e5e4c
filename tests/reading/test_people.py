"""Of whom something is said."""

import pytest

from tests.reading.conftest import Say, only, told


def test_me_and_family_each_get_their_own(say: Say) -> None:
    assert told(say("我36.5，爱人36.4，儿子37.7，有点咳")) == {
        "张伟": (36.5, (), True),
        "family:爱人": (36.4, (), True),
        "family:儿子": (37.7, ("cough", "fever"), False),
    }


def test_i_without_fever_and_the_child_with_one(say: Say) -> None:
    assert told(say("我没发烧，孩子发烧38.2")) == {"张伟": (None, (), True), "family:孩子": (38.2, ("fever",), False)}


def test_aliases_given_names_and_near_names_mean_their_bearers(say: Say) -> None:
    assert told(say("代报：磊子36.5，小磊36.6，云飞36.4")) == {
        "王磊": (36.5, (), True),
        "王小磊": (36.6, (), True),
        "赵云飞": (36.4, (), True),
    }


def test_a_name_that_is_a_word_is_a_name_only_where_it_names_somebody(say: Say) -> None:
    assert only(say("徐正常，今天不正常，37.8，头疼", "徐正常")).healthy is False
    assert say("谢天谢地，雪可算停了").checkins == ()
    assert say("高强度间歇跑真不是人练的").checkins == ()
    assert told(say("小雪节气，小雪36.5", "冯雪")) == {"冯雪": (36.5, (), True)}


def test_one_reports_for_another_and_for_oneself(say: Say) -> None:
    assert told(say("小马手机泡水了，我替他报：36.6，没症状。我自己36.5", "刘洋")) == {"马腾": (36.6, (), True), "刘洋": (36.5, (), True)}


def test_company_is_not_the_one_spoken_of(say: Say) -> None:
    assert told(say("跟陈一练绳索，体温36.5")) == {"张伟": (36.5, (), True)}


def test_both_are_meant_where_both_is_said(say: Say) -> None:
    assert set(told(say("我跟爱人都正常，36.5"))) == {"张伟", "family:爱人"}


def test_a_mention_calls_somebody_and_says_nothing_of_him(say: Say) -> None:
    assert told(say("@李明 班长我36.5")) == {"张伟": (36.5, (), True)}


def test_strangers_and_animals_are_not_kept(say: Say) -> None:
    assert say("我条狗今日打针 探热38.6").checkins == ()
    assert told(say("救出来的老人发着烧，我自己没事，36.4")) == {"张伟": (36.4, (), True)}


def test_a_strange_sender_is_read_all_the_same(say: Say) -> None:
    assert only(say("36.5", "")).person == ""


def test_a_quoted_check_in_is_not_stored_again(say: Say) -> None:
    assert told(say("「韩冰：36.3 正常」\n- - - - - - - - - - - - - - -\n我36.6")) == {"张伟": (36.6, (), True)}


def test_what_somebody_said_in_quotation_marks_is_not_the_speakers(say: Say) -> None:
    assert told(say("小李说“我发烧了”，我没事，36.5")) == {"张伟": (36.5, (), True)}


def test_somebody_on_no_roster_is_never_the_sender(say: Say) -> None:
    for text in (
        "路人甲 36.5 正常",
        "小刘36.8",
        "老王 37.9 咳嗽",
        "李工36.6",
        "刘志强 36.5 无症状",
        "张三 36.5",
        "阿强 36.6",
        "小刘发烧了",
    ):
        assert told(say(text, "李明")) == {}, text


def test_beside_somebody_unknown_the_sender_keeps_what_is_his(say: Say) -> None:
    mine = {"李明": (36.5, (), True)}
    for text in ("小刘36.8，我36.5", "36.5，小刘36.8", "小刘36.8\n36.5", "今天小刘38.2，我36.5"):
        assert told(say(text, "李明")) == mine, text


def test_words_that_begin_like_a_name_are_none(say: Say) -> None:
    mine = {"李明": (36.5, (), True)}
    opened = (
        "老样子 ",
        "早安 ",
        "早上好",
        "白班 ",
        "周三 ",
        "谢谢班长 ",
        "二楼 ",
        "收到 ",
        "王哥，",
        "王哥好，",
        "陈队 ",
        "高温作业完",
        "值班 ",
        "小刘没来，",
    )
    for text in opened:
        assert told(say(text + "36.5", "李明")) == mine, text


def test_a_name_of_the_roster_is_nobody_unknown(say: Say) -> None:
    assert told(say("小张36.8，老徐 36.7", "李明")) == {"张伟": (36.8, (), True), "徐正常": (36.7, (), True)}


def test_a_list_of_the_injured_is_said_of_each(say: Say) -> None:
    hurt = (None, ("injury",), False)
    text = "出警回来，三人轻微擦伤，已处理：马腾手背、谢天膝盖、我胳膊肘"
    assert told(say(text, "刘洋")) == {"马腾": hurt, "谢天": hurt, "刘洋": hurt}
    assert told(say("训练两人擦伤：马腾手背、谢天膝盖", "刘洋")) == {"马腾": hurt, "谢天": hurt}


def test_names_beside_an_injury_that_name_no_part_are_not_injured(say: Say) -> None:
    assert told(say("我手腕扭伤，马腾、谢天送我去的医务室", "刘洋")) == {"刘洋": (None, ("injury",), False)}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("安安手机没电，他36.5，我36.6", {"何以安": 36.5, "张伟": 36.6}),
        ("小雪让我替她报一下，她36.4", {"冯雪": 36.4}),
        ("小雪飘飘，36.5", {"张伟": 36.5}),
        ("奶奶九十了，今早36.1，比我这36.5还稳当", {"family:奶奶": 36.1, "张伟": 36.5}),
        ("王磊也在我旁边，36.7", {"王磊": 36.7}),
        ("老徐的菜真香，36.5", {"张伟": 36.5}),
        ("老徐的体温36.4", {"徐正常": 36.4}),
        ("给土豆量都36.5", {}),
        ("给自己量了36.5", {"张伟": 36.5}),
        ("家人们谁懂啊，我36.5", {"张伟": 36.5}),
        ("哎妈今天真冷，36.4", {"张伟": 36.4}),
        ("姆妈36.3，老汉儿36.6", {"family:姆妈": 36.3, "family:老汉儿": 36.6}),
        ("磊子、天儿、欧阳，依次36.5、36.4、36.8", {"王磊": 36.5, "谢天": 36.4, "欧阳朔": 36.8}),
        ("我和爱人36.1-36.7", {"张伟": 36.7, "family:爱人": 36.7}),
    ],
)
def test_a_value_is_of_the_person_who_is_meant(say: Say, text: str, people: dict[str, float]) -> None:
    assert {c.person: c.temperature for c in say(text).checkins} == people


def test_a_symptom_is_of_him_to_whom_it_is_given_at_the_end(say: Say) -> None:
    people = told(say("嗓子疼的是小陈不是我，我36.4没症状，小陈36.9"))
    assert people["陈一"] == (36.9, ("sore_throat",), False)
    assert people["张伟"] == (36.4, (), True)
