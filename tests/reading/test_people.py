"""Of whom something is said."""

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
