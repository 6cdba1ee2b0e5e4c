"""Difficulties told quietly, as plain facts, without complaint; and plain facts in the same words that are none."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say, assert_quiet_need


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("family", "跟老婆分居大半年了，周末各回各家"),
        ("family", "离婚手续办了，孩子归她"),
        ("family", "前妻领着娃改嫁去了外地，过年也没让见"),
        ("finance", "家里装修的尾款没付，工人天天堵着我爸要"),
        ("finance", "首付凑来凑去，不吃不喝也要攒八年"),
        ("finance", "给表哥做的保，法院把工资卡冻结了"),
        ("health", "体检片子上肺有个磨玻璃结节，让三个月后复查"),
        ("family", "两口子过不到一块，正在协商离"),
        ("health", "体检心电图有点问题，让去大医院再查"),
        ("health", "医生说是青光眼，往后不能开车了"),
        ("health", "甲状腺的药得天天吃，大夫说要吃一辈子"),
        ("psychological", "上次塌方以后我一听见哨声就手抖，没敢跟人说"),
        ("psychological", "食堂里没人跟我说话，坐下他们就端盘子走"),
        ("supplies", "班里十具头灯就三具能亮，报上去两个月没下文"),
        ("supplies", "热像仪镜头发霉了，看什么都是花的，修一次两千没批"),
        ("supplies", "哨点喝的水要自己背，来回三里地，送水的车好几天没上来"),
        ("work", "两个月没休过一天假了，排不出一个整班"),
        ("housing", "老家动迁，过渡房说年前给，到现在没影"),
    ],
)
def test_a_quiet_fact_is_heard(say: Say, kind: str, text: str) -> None:
    assert_quiet_need(say(text), kind)


@pytest.mark.parametrize(
    "text",
    [
        "俩人分开住，一个三楼一个四楼",
        "她分开过两次绳结，第三次打好了",
        "人离了岗位要报告",
        "上半年没见孩子这么高兴过",
        "采购合同尾款还没付，下周走流程",
        "包工头今天上门量尺寸",
        "体检报告说是一切正常，没有结节",
        "今天体检，心电图彩超都做了，没问题",
        "拍的片子有点问题，领导让再拍一遍",
        "我跟对象分了个西瓜，甜",
        "医生说这疫苗能管一辈子",
        "天天让我打饭，我成食堂义工了哈哈",
        "今天的账我一个人记的，记完核对了一遍",
        "连饭都没吃上就出警了，回来补了两碗",
        "干燥箱买了，以后镜头不会发霉",
        "今晚我睡值班室",
        "心理医生周三来讲课，想听的报名",
    ],
)
def test_the_same_words_about_nothing_are_none(say: Say, text: str) -> None:
    assert say(text).hardship is None


@pytest.mark.parametrize(
    "text",
    [
        "刚到门口衣服还没换，一会儿报",
        "他俩在楼顶晒水带，忙着呢",
        "献血车明天来站里，谁去",
        "轮胎扎透了，换了条备胎",
        "车灯不亮，查出来是个保险丝，换好试了三回都亮了",
        "房贷昨天还完了最后一期，请大家吃西瓜",
        "孩子转学手续全办妥了",
        "化验单是仪器闹的乌龙，重验正常",
        "孩子闹着要去动物园",
        "帮朋友问一下，公租房怎么申请",
        "朋友的朋友离婚了，房子判给女方",
        "看公众号写一个老人卧床三十年，邻居照顾的",
        "以为煤气漏了，原来是楼下的螺蛳粉",
        "材料改了八稿，看得我想吐血",
    ],
)
def test_what_is_settled_or_only_sounds_like_it_is_none(say: Say, text: str) -> None:
    assert say(text).hardship is None


@pytest.mark.parametrize(
    ("urgent", "text"),
    [
        (False, "没校车，孩子上学没人送"),
        (False, "我娘说麦子要割了找不着收割机，爹腿上有钢板下不了地"),
        (False, "理财爆了，钱都在里头，报案一年多没动静"),
        (False, "我朋友借了我三万，到现在不还，学费都没着落"),
        (False, "媳妇产检又改期了，都是临时抽我去开会，没人陪她去"),
        (True, "娃突然抽了，眼睛翻白，快来人"),
        (True, "他吐血了，快叫车"),
        (True, "我娃找不着了，小区都找遍了"),
        (True, "打不到车，媳妇要生了"),
        (True, "爷爷爬到房顶上，水已经没过窗台，快来人"),
        (True, "我妈大出血，血不够了，医院让找人献血"),
        (True, "鞋底扎透了，脚底板血流不止，快来人"),
        (True, "我站江桥栏杆外头呢，这几年跟你们处得值"),
    ],
)
def test_only_what_cannot_wait_is_urgent(say: Say, urgent: bool, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent is urgent


def test_what_is_solved_in_one_sentence_does_not_undo_the_next(say: Say) -> None:
    reading = say("上午的账都结清了。我爸的手术费还差三万，借遍了亲戚")
    assert Intent.HARDSHIP in reading.intents
    assert say("水泵报了三次修，今天修好了").hardship is None
