"""A part of the body that something has hurt: an injury, in whatever words; and what is done with hands and feet that hurts nobody."""

import pytest

from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    "text",
    [
        "右手食指让车门挤了，黑了一片",
        "开罐头把拇指豁了个口",
        "让隔壁的猫挠了手背三道",
        "被狗咬了小腿，已经打针了",
        "锤子砸脚上了",
        "手背溅了热油，起了一溜泡，涂药了",
        "开水浇脚面上了",
        "下楼没踩稳，屁股着地",
        "脑门让树枝刮了道印子",
        "小拇指卷进链条里了",
        "搬柜子别了一下腰",
        "膝盖蹭了一大片，贴着纱布",
        "胳膊肘磕台阶上了，肿个大包",
        "手指头拉了个口子😂",
    ],
)
def test_what_has_hurt_somebody_is_an_injury(say: Say, text: str) -> None:
    checkin = only(say(text))
    assert (checkin.person, checkin.symptoms, checkin.healthy) == ("张伟", ("injury",), False)


def test_it_is_the_injury_of_him_who_is_named(say: Say) -> None:
    assert told(say("梯子倒了，砸云飞腰上了")) == {"赵云飞": (None, ("injury",), False)}
    assert told(say("儿子在幼儿园让小朋友咬了胳膊")) == {"family:儿子": (None, ("injury",), False)}


@pytest.mark.parametrize(
    "text",
    [
        "给他打了个电话，手机没电",
        "拍了拍肩膀说没事",
        "咬着牙坚持到最后",
        "训练时把绳子绑在腰上",
        "差点砸到脚",
        "小心别夹到手",
        "压力压在肩上",
        "脸让太阳晒黑了",
        "那句话扎在心上",
        "把水带背在肩上",
        "热浪拍在脸上",
        "桌腿磕了一块漆",
        "手套被铁丝划了个口子",
        "水带让玻璃划了道口子",
        "给群众处理了烫伤的手",
        "帮邻居拔了脚上的刺",
        "老人家拉着我手不放",
    ],
)
def test_what_hurts_nobody_is_none(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize("text", ["没扎到手，36.5", "手没夹着，36.5", "抱着3号桥墩，36.5"])
def test_who_was_not_hurt_is_well(say: Say, text: str) -> None:
    assert told(say(text)) == {"张伟": (36.5, (), True)}


def test_the_number_of_a_bridge_is_no_day(say: Say) -> None:
    assert only(say("在3号桥墩边上，右腿让铁皮豁开了")).symptoms == ("injury",)


def test_what_it_looks_like_is_the_same_injury(say: Say) -> None:
    assert only(say("左胳膊磕门上了，肿起一块，抬不起来，36.4")).symptoms == ("injury",)
