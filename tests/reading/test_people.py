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


@pytest.mark.parametrize(
    ("text", "celsius", "symptoms"),
    [
        ("磊子带我去看的，嗓子疼，36.8", 36.8, ("sore_throat",)),
        ("何以安送我去医院，37.9", 37.9, ("fever",)),
        ("静姐让我休息，发烧38", 38.0, ("fever",)),
        ("王磊陪我去的卫生所，37.8，开了药", 37.8, ("fever",)),
        ("欧阳给我按了按，腰还是疼，36.5", 36.5, ("other",)),
        ("谢天带我跑五公里，腿酸，36.5", 36.5, ("muscle_pain",)),
        ("王磊叫我起床，36.5", 36.5, ()),
        ("安安做的菜太辣，胃疼，36.6", 36.6, ("stomach_pain",)),
        ("王磊把感冒传给我了，嗓子疼，36.5", 36.5, ("sore_throat",)),
        ("媳妇带我去医院，38.1", 38.1, ("fever",)),
    ],
)
def test_who_did_something_for_the_speaker_is_not_the_one_spoken_of(say: Say, text: str, celsius: float, symptoms: tuple[str, ...]) -> None:
    assert told(say(text)) == {"张伟": (celsius, symptoms, not symptoms)}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("王磊让我报：36.5", "王磊"),
        ("王磊让我转告，36.5", "王磊"),
        ("王磊给我打电话，36.5，来不了", "王磊"),
        ("王磊叫我替他登记36.5", "王磊"),
        ("王磊送饭来了，36.5", "王磊"),
        ("媳妇叫我回去，她36.5", "family:媳妇"),
        ("静姐让我休息，她36.5", "吴静"),
    ],
)
def test_what_somebody_has_the_speaker_report_is_his_own(say: Say, text: str, person: str) -> None:
    assert told(say(text)) == {person: (36.5, (), True)}


def test_the_one_before_keeps_his_own(say: Say) -> None:
    assert told(say("王磊发烧38，李明送我去医院，37.8")) == {"王磊": (38.0, ("fever",), False), "张伟": (37.8, ("fever",), False)}


@pytest.mark.parametrize(
    "text",
    [
        "战友头疼，我36.5",
        "同事咳嗽，我36.5",
        "上铺咳嗽一宿，我36.5",
        "炊事员切了手，36.5",
        "我班新兵小吴发烧38.5，我36.5",
        "新来的小孙发烧，我36.5",
        "对班的拉肚子，我36.5",
        "新来的同事咳嗽，36.5",
    ],
)
def test_a_colleague_without_a_name_is_ill_and_the_value_is_the_speakers(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (36.5, (), True)}


@pytest.mark.parametrize(
    "text",
    ["新兵扭了脚，送卫生队了", "指导员咳嗽厉害", "文书崴脚了", "副班长发烧39度", "排长咳嗽厉害", "实习生今早吐了", "新兵发烧38度，送医院"],
)
def test_the_illness_of_a_colleague_without_a_name_is_nobodys(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "celsius", "symptoms"),
    [
        ("我是炊事员，切了手，36.5", 36.5, ("injury",)),
        ("作为驾驶员腰疼，36.5", 36.5, ("other",)),
        ("指导员，我发烧38", 38.0, ("fever",)),
        ("指导员头疼，请个假", None, ("headache",)),
        ("报告副班长，36.5，咳嗽", 36.5, ("cough",)),
        ("带新兵崴了脚，36.5", 36.5, ("injury",)),
        ("扶战友崴了脚，36.5", 36.5, ("injury",)),
        ("教练带练，腿酸，36.5", 36.5, ("muscle_pain",)),
        ("上铺咳嗽一宿，没睡好，36.5", 36.5, ("insomnia",)),
        ("战友咳嗽，吵得没睡好，36.5", 36.5, ("insomnia",)),
        ("同事咳嗽，我也有点咳，36.5", 36.5, ("cough",)),
        ("同事说我发烧了，38", 38.0, ("fever",)),
        ("卫生员说是感冒，36.5", 36.5, ("other",)),
    ],
)
def test_who_is_addressed_or_only_there_leaves_the_illness_to_the_speaker(
    say: Say, text: str, celsius: float | None, symptoms: tuple[str, ...]
) -> None:
    assert told(say(text)) == {"张伟": (celsius, symptoms, False)}
