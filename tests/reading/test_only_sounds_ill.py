"""Words of illness across the border of two words, in a figure of speech, of a whole smoky house, or taken back as a joke."""

import pytest

from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    "text",
    [
        "烟头把沙发烧了个窟窿",
        "头发烧焦了一撮",
        "烧烤把头发烧卷了",
        "一户沙发烧毁，无人伤亡",
        "出发烧水带饭",
        "先出发热车去了",
        "头发热风吹干",
        "沙发热乎乎的",
        "这两天手机发热",
        "校门口堵得水泄不通",
        "插座老是发热",
        "发热电缆装好了",
        "发热贴到货",
        "开发热点项目",
        "缺乏力量训练",
        "排骨折价卖",
        "排骨折扣",
        "老头疼孙子",
        "工头痛骂了他一顿",
        "回头痛快喝一顿",
        "出发冷车热一下",
        "沙发软得陷进去",
        "倒车把保险杠蹭掉一块",
        "炒辣椒呛得整个楼道都在咳嗽",
        "被材料压得喘不过气",
        "工作压得喘不过气来",
    ],
)
def test_what_only_sounds_like_illness_is_none(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("出发就发热", "fever"),
        ("头发热，37.5", "fever"),
        ("额头发热，37.8", "fever"),
        ("出发前发热38", "fever"),
        ("睡沙发烧到39度", "fever"),
        ("躺沙发上发烧了", "fever"),
        ("手机没电，我发热38", "fever"),
        ("回头痛得厉害，36.5", "headache"),
        ("头痛快一周了", "headache"),
        ("老头疼，36.5", "headache"),
        ("缺乏睡眠乏力", "fatigue"),
        ("摔下来排骨折了，36.5", "injury"),
        ("保险杠蹭掉一块，手也蹭掉皮", "injury"),
        ("玩手机脖子疼", "other"),
        ("炒辣椒呛得我咳嗽，36.5", "cough"),
        ("烟熏得整个人都咳嗽，36.5", "cough"),
        ("胸口压得喘不过气，36.5", "breathless"),
        ("被柜子压得喘不过气", "breathless"),
        ("腿摔了，36.5", "injury"),
    ],
)
def test_beside_the_same_words_a_man_is_ill(say: Say, text: str, symptom: str) -> None:
    checkin = only(say(text))
    assert (checkin.person, checkin.symptoms, checkin.healthy) == ("张伟", (symptom,), False)


@pytest.mark.parametrize(
    ("text", "person", "symptom"),
    [
        ("丈母娘腿摔了，我36.5", "family:丈母娘", "injury"),
        ("奶奶滑倒摔了胯骨，我36.5", "family:奶奶", "injury"),
        ("家里老的小的都咳，我36.5", "family:老的小的", "cough"),
    ],
)
def test_the_family_is_ill_and_the_speaker_well(say: Say, text: str, person: str, symptom: str) -> None:
    assert told(say(text)) == {person: (None, (symptom,), False), "张伟": (36.5, (), True)}


@pytest.mark.parametrize("text", ["桌腿摔了，36.5", "三脚架摔了，36.5", "手机摔了，36.5", "别人都说我咳嗽，其实不咳，36.5"])
def test_what_fell_is_a_thing_and_what_others_say_is_denied(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (36.5, (), True)}


@pytest.mark.parametrize("text", ["我说的发烧是逗你们的", "头疼是瞎说的，别记", "刚报的咳嗽是开玩笑"])
def test_a_symptom_that_is_called_a_joke_is_taken_back(say: Say, text: str) -> None:
    assert say(text).checkins == ()


def test_a_joke_that_is_denied_as_well_is_no_symptom(say: Say) -> None:
    assert only(say("刚报的咳嗽是玩笑，没咳")).symptoms == ()


@pytest.mark.parametrize(
    "text",
    [
        "发烧38可不是玩笑",
        "我发烧38，不是开玩笑",
        "别人都说我发烧，确实发烧，36.9",
        "别人说我发烧，不咳，36.5",
        "发烧是真的，36.9",
        "昨天是开玩笑，今天真发烧了",
    ],
)
def test_what_is_no_joke_stays(say: Say, text: str) -> None:
    assert only(say(text)).symptoms == ("fever",)


@pytest.mark.parametrize(
    "text", ["接头重新做了防水", "线头让老鼠啃了，接上了", "斧头砍断了把", "跟几个支委碰了个头，定了名单", "一天三趟，两趟蜂一趟蛇"]
)
def test_the_ends_of_things_a_meeting_and_the_calls_of_a_day_are_no_illness(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    ("text", "symptom"),
    [("我头重得很", "dizziness"), ("拧接头扭了手腕", "injury"), ("打球碰了头", "injury"), ("一天三趟，肚里空了", "diarrhea")],
)
def test_a_head_that_is_ones_own_and_trips_that_are_no_calls_are(say: Say, text: str, symptom: str) -> None:
    assert symptom in only(say(text)).symptoms
