"""What cannot wait until tomorrow: a need with a term of today, and gear that fails before the next duty."""

import pytest

from tests.reading.conftest import Say


@pytest.mark.parametrize(
    "text",
    [
        "房东让明早就得搬走，一家老小还没地方去",
        "奶奶的透析费还欠三千，今天下午就停，谁能先借我点",
        "儿子学费今天是最后一天，差两千八，交不上学籍就没了",
        "我妈手术费差一万二，明早八点前不交就排到下个月去了",
        "房租拖了俩月，房东说今晚不交就换锁",
        "弟弟学校通知今晚十二点前不缴费就取消录取，家里凑不出来",
        "护工今晚就走，我爸瘫床上没人翻身",
        "我妈化疗的钱明天一早就得交，卡里只剩三百",
        "俺家水管爆了，房东讲天黑前不修好就撵人",
    ],
)
def test_a_need_with_a_term_of_today_is_urgent(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "空呼漏气，今晚备勤就靠它，咋办",
        "对讲机全没电了马上出警，充电器也找不着",
        "三号车刹车踩到底才有反应，今晚我们班备勤，这车敢开吗",
        "安全绳磨得只剩一半，明早八点上塔训练就用它",
        "四套空呼坏了三套，今晚值班就剩一套",
        "泵升不上压，今晚就这一台车备勤",
        "呼救器全没电，今晚夜班还得带着出去",
        "救生衣扣子坏了三件，明早就下水",
        "空呼面罩裂了条缝，一会儿就要进楼搜人，库里没备用",
        "俺班手台全哑了，后半夜还得上勤",
        "水罐车趴窝了，今晚全镇就这一台备勤",
    ],
)
def test_gear_that_fails_before_the_next_duty_is_urgent(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent
    assert "supplies" in hardship.categories


@pytest.mark.parametrize(
    "text",
    [
        "房东说月底要收房，还没找着地方",
        "学费下个月交，还差三千",
        "房东今天来电话，说月底前必须搬，还没找着地方",
        "头灯不亮了，上月就报修了，一直没动静",
        "房东让月底前搬，我跟对象跑了一天没找着合适的",
        "媳妇还没找着活，房贷是跟我姐借的",
        "指挥车上油机冒黑烟，断断续续供电，修理厂说缺配件要等一个月",
        "工位顶上吊顶板掉过两块，拿胶带粘着，找人修修吧",
        "老家下大雪，羊冻死了四十多只，贷款还不上了",
        "通信车空调坏了四天，图传一会儿就断，修理的说没配件",
    ],
)
def test_a_later_term_can_wait(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert not hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "今晚之前把报表交给我",
        "明早就得出发，大家把装备备好",
        "下午就停水了，大家接点水",
        "空呼有一具漏气，已经送修，下周回来",
        "空呼漏气的已经送修，今晚备勤够用",
        "三号车刹车换好了，今晚可以备勤",
        "今晚备勤，车都检查过了，水泵有点漏水，换了垫圈好了",
        "昨天演练安全绳断股，换新绳了，今晚接着练",
        "去年有次空呼漏气，马上出警的时候发现的，好险",
        "对讲机没电了记得充，今晚值班的都检查一下",
        "系统今晚十二点关，大家抓紧打卡",
        "今晚要把演练方案交了，不交明天挨批",
        "食堂今晚六点关门，早点来吃",
    ],
)
def test_terms_of_the_office_and_mended_gear_are_no_need(say: Say, text: str) -> None:
    assert say(text).hardship is None
