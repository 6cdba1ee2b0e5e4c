"""How people say that they are ill, in words of many places, and what only sounds like it."""

import pytest

from tests.reading.conftest import Say, only


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("喉咙哑了，说不出话，体温36.7", ("sore_throat",)),
        ("嗓子辣辣的，36.6", ("sore_throat",)),
        ("今天搬器材把手指头夹青了，36.5", ("injury",)),
        ("手背让铁皮剌了个口子，包上了，36.5", ("injury",)),
        ("切土豆切到手了，不碍事，36.4", ("injury",)),
        ("脚后跟磨出血泡，36.5", ("injury",)),
        ("在厕所里蹲了一宿，36.8", ("diarrhea",)),
        ("半夜开始拉，拉到今早第六趟，36.5", ("diarrhea",)),
        ("一点精神都没有，37.0", ("fatigue",)),
        ("没啥力气，36.9", ("fatigue",)),
        ("烧倒没烧，就是乏得很，36.4", ("fatigue",)),
        ("喝啥都跟白水一样，体温37.0", ("taste_loss",)),
        ("鼻子塞得跟堵了水泥似的，36.7", ("runny_nose",)),
        ("后背起了一片红疙瘩，36.6", ("rash",)),
        ("身上起痱子，36.5", ("rash",)),
        ("忽冷忽热，骨头缝疼，36.9", ("chills", "muscle_pain")),
        ("热得一宿没睡着，36.6", ("insomnia",)),
        ("气不够用，37.0", ("breathless",)),
        ("晒得头晕，刚量37.1", ("dizziness",)),
        ("头疼的要命，36.8", ("headache",)),
        ("从昨天开始一点胃口没有，36.7", ("other",)),
        ("右眼又红又涩，36.5", ("other",)),
    ],
)
def test_a_symptom_is_heard_in_the_words_of_many_places(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    checkin = only(say(text))
    assert (checkin.symptoms, checkin.healthy) == (symptoms, False)


def test_one_complaint_of_one_part_of_the_body_is_one_symptom(say: Say) -> None:
    assert only(say("腰酸得直不起来，36.5")).symptoms == ("muscle_pain",)
    assert only(say("腰酸，脚脖子弯不下，36.5")).symptoms == ("muscle_pain", "other")


@pytest.mark.parametrize("text", ["36.5，咳也不咳，烧也没烧", "发热0 咳嗽0 乏力0 体温36.6", "36.3，咳嗽归零", "36.3 咳嗽：× 发热：×"])
def test_a_denial_behind_the_symptom_is_heard(say: Say, text: str) -> None:
    checkin = only(say(text))
    assert (checkin.symptoms, checkin.healthy) == ((), True)


@pytest.mark.parametrize("text", ["36.5，咳也咳，烧也烧", "36.5，咳嗽也没停"])
def test_what_only_looks_like_a_denial_behind_it_is_none(say: Say, text: str) -> None:
    assert "cough" in only(say(text)).symptoms


@pytest.mark.parametrize(
    "text",
    [
        "那栋楼烧得只剩架子",
        "水罐车拉了四趟水",
        "气得我头疼，这报表又错了",
        "发烧的、嗓子疼的单独找我",
        "咳嗽的同志戴好口罩",
        "刚路过急诊，全是咳嗽的娃娃",
        "帮一个崴脚大姐抬下山",
        "听好了：谁头晕、恶心马上喊停，不准硬撑",
        "中暑怎么认：头晕、恶心、皮肤烫却不出汗，体温能上40",
        "昨晚看的那片儿，男主烧到四十一度还能打仨",
        "祝各位体温永远36.5，警情永远为0",
        "室外站岗注意，出现头晕恶心要喊停",
    ],
)
def test_the_illness_of_nobody_who_is_meant_leaves_nothing(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("我烧得迷迷糊糊，38.6", "fever"),
        ("昨晚开始咳嗽的，到现在没停", "cough"),
        ("看了那部电影回来，我头疼，36.8", "headache"),
        ("昨天出现头晕，今天还晕，36.6", "dizziness"),
    ],
)
def test_the_speakers_own_illness_stays_beside_such_words(say: Say, text: str, symptom: str) -> None:
    assert symptom in only(say(text)).symptoms


@pytest.mark.parametrize("text", ["机房报警 温度36.5 风扇转得飞快", "洗脸水40度", "灶台边上四十三度", "那款防晒36.5，拼单吗"])
def test_the_temperature_of_a_thing_is_nobodys(say: Say, text: str) -> None:
    assert say(text).checkins == ()


def test_ones_own_temperature_is_read_beside_that_of_a_thing(say: Say) -> None:
    assert only(say("室温18度，洗脸水40度，我36.5度")).temperature == 36.5


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("36.5 脚肿", 36.5),
        ("膝盖肿", None),
        ("手腕肿", None),
        ("手指肿", None),
        ("脸肿", None),
        ("半边脸肿", None),
        ("腮帮子肿", None),
        ("淋巴结肿大", None),
        ("眼皮肿", None),
        ("拔了颗牙，脸肿", None),
        ("36.5 手背红肿", 36.5),
        ("36.5 膝盖有点肿", 36.5),
    ],
)
def test_a_part_of_the_body_that_is_swollen_is_a_complaint(say: Say, text: str, celsius: float | None) -> None:
    checkin = only(say(text))
    assert (checkin.temperature, checkin.symptoms, checkin.healthy) == (celsius, ("other",), False)


@pytest.mark.parametrize(("text", "symptom"), [("嗓子肿，36.5", "sore_throat"), ("摔了一跤，膝盖肿", "injury"), ("崴了脚，还肿", "injury")])
def test_a_swollen_throat_is_sore_and_a_knee_after_a_fall_is_hurt(say: Say, text: str, symptom: str) -> None:
    assert only(say(text)).symptoms == (symptom,)


@pytest.mark.parametrize("text", ["36.5 脚不肿", "36.5 膝盖没肿", "膝盖消肿，36.5", "脚抹了消肿药，36.5", "衣服穿多了身上臃肿，36.5"])
def test_what_is_not_swollen_any_more_is_well(say: Say, text: str) -> None:
    checkin = only(say(text))
    assert (checkin.symptoms, checkin.healthy) == ((), True)


@pytest.mark.parametrize("text", ["手机肿么了", "你脸肿么了", "打肿脸充胖子", "笑到脸肿", "爷爷胃肿瘤住院", "伤口无红肿"])
def test_jokes_and_tumours_are_no_swelling(say: Say, text: str) -> None:
    assert say(text).checkins == ()
