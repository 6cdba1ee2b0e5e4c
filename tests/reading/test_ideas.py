"""Proposals in plain words, without the word itself, and the jokes, wishes, orders and requests that sound like them."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say


@pytest.mark.parametrize(
    "text",
    [
        "想提一嘴，库房能不能添个除湿机，水带都长毛了",
        "提条意见：夜训以后热水能不能多供半小时",
        "提一条：测试挪到早上六点，晌午太晒",
        "我有个谂法：啲气瓶挂个色牌，唔使逐个睇表",
        "俺觉着咱班的水带得编个号，谁用谁登记",
        "我琢磨着车库门口铺层防滑垫，雨天不打滑",
        "我觉得可以把常用电话印成鼠标垫，低头就看见",
        "食堂的菜谱我看可以投票定，得票多的上",
        "把器材柜的编号改成颜色分的怎么样？找起来快",
        "钥匙挂门后会方便一些，现在放抽屉总找不到",
        "能不能搞个读书角？晚上没事可以看看书",
        "头灯上贴个反光条呗，黑里好认人",
        "建议无人机的画面直接投到大屏上",
        "手台电池编上号轮着用吧，现在总是拿那两块",
        "库房墙上划一排挂钩位，一人一个号，我看行",
        "班长，我提一个，晨跑前加五分钟拉伸，咱队崴脚的太多了",
    ],
)
def test_a_proposal_need_not_be_called_one(say: Say, text: str) -> None:
    assert say(text).intents == (Intent.IDEA,)


def test_a_proposal_behind_an_account_is_heard_beside_it(say: Say) -> None:
    assert say("上午维护了四部手台，下午编了通联表。顺便建议，充电座按班组分开").intents == (Intent.REPORT, Intent.IDEA)


@pytest.mark.parametrize(
    "text",
    [
        "要是会隐身就好了，点名就不怕了",
        "要是一天有四十八小时就好了",
        "要是被子能自己叠就好了，做梦",
        "要是再放一天，这袜子可以直接立起来",
        "建议严查小马的减肥计划",
        "建议改名叫外卖站",
        "食堂的狗又胖了，建议它也参加体能考核",
        "建议别信，那是段子",
        "我提一个，张伟，干活实在",
        "改成下午走吧，不然赶不上车",
        "放那儿吧，我看行",
        "理发师建议我直接去当灭火毯",
        "我觉得他可以去试试",
        "我看可以，就这么定",
        "我看你还是去医院看看吧",
        "我觉得自己应该更努力，不能给班里拖后腿",
        "旧手套别扔，统一交到库房",
        "给新员做体能评估，有两个心率偏高，建议缓训",
        "大家提了三条意见，都记下了",
        "值班室的微波炉坏了，能不能修一下",
        "周末去爬山怎么样？",
    ],
)
def test_a_joke_a_wish_an_order_or_a_request_is_none(say: Say, text: str) -> None:
    assert Intent.IDEA not in say(text).intents


@pytest.mark.parametrize(
    "text",
    [
        "食堂的汤能不能淡点，好几个血压高的",
        "晚上的训练能不能往前挪半小时，吃饭晚了胃疼",
        "能不能给各班配个小药箱，磕碰了方便",
        "训练场边上放个饮水桶就好了",
        "俺寻思着把水枪架往下挪一截，矮个儿的就不用蹦了",
        "依我看，考核的时候别只派尖子，抽签上",
    ],
)
def test_a_polite_question_or_a_plan_in_plain_words_proposes(say: Say, text: str) -> None:
    assert Intent.IDEA in say(text).intents


@pytest.mark.parametrize(
    "text",
    [
        "门口放个快递，帮我拿下省得丢",
        "晚饭能不能早点开，饿死了",
        "训练能不能缓缓，我腰伤没好",
        "外头花开得正好，午休不妨去河边走走",
        "依我看，今天该下雨了",
        "我觉得换个人去就不用我跑了",
    ],
)
def test_a_request_or_a_remark_proposes_nothing(say: Say, text: str) -> None:
    assert Intent.IDEA not in say(text).intents
