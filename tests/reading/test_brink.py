"""Who stays in a high place or at an edge and does not come away: each word is plain, together they cannot wait."""

import pytest

from tests.reading.conftest import Say


@pytest.mark.parametrize(
    "text",
    [
        "我坐在楼顶一晚上了，睡不着，也不想下去",
        "云飞一个人在天台待了一宿，喊他也不下来",
        "昨晚一个人在训练塔顶上坐到天亮，睡不着，什么都不想做",
        "在河边坐了大半夜，不想回去，觉也睡不着",
        "小杜这两天半夜老往楼顶跑，一坐坐到天亮，问啥都不说",
        "我在江边站了三个钟头了，不知道该往哪走，好累",
        "睡不着，爬到水塔上坐着，觉得下面好安静",
        "困不着觉，一个人跑到大坝上头坐了一夜，不想落来",
        "半夜一个人上了楼顶 坐着 不想睡也不想下去",
        "小马又去楼顶了，叫了几次都不下来",
        "磊子半夜坐在井台边，不吭声，喊他回屋他不理",
        "这几天夜里我都去桥上站着，站到后半夜才回，回来也睡不着",
        "我弟在河堤上蹲了一宿，谁拉都不走",
        "喺天台坐咗成晚，瞓唔着，唔想落去",
        "今晚在塔上值班，一个人坐着，什么都没意思，叫我下来我也不想下来",
    ],
)
def test_who_stays_at_a_brink_and_does_not_come_away_is_in_urgent_need(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent
    assert "psychological" in hardship.categories


@pytest.mark.parametrize(
    "text",
    [
        "值班在楼顶瞭望，一宿没睡，没发现火点",
        "楼顶晒了被子，下雨帮我收一下",
        "夜里在天台抽烟聊天，凉快",
        "在江边站岗到半夜，防汛值守，困死了",
        "河边钓了一夜鱼，一条没上钩，不想回去",
        "楼顶防水做完了，一个人干了一下午",
        "睡不着，起来去楼顶看星星，真好看",
        "昨晚在大堤上守了一夜，没合眼，水位稳住了",
        "一个人在天台浇花，谁的花开了",
        "我跟云飞在楼顶坐到半夜，聊他家里的事，聊开了",
        "在桥上执勤站了五个小时，腿都直了",
        "下夜班睡不着，去江边跑了五公里",
        "无人机卡在烟囱上，弄了半宿没弄下来",
        "今晚在大坝上过夜，帐篷搭好了，没睡意",
        "护栏边别站人，夜里一个人更不要去",
        "楼顶那个姑娘坐了半宿，我们劝下来了",
        "谁昨晚在天台坐了一宿，烟头一地",
        "去年冬天我在江边一个人坐到天亮，想明白了很多事，现在好了",
        "岳父天天半夜去河边下地笼，不睡觉，劝他他不听",
        "在码头等了一宿的船，没睡，早上到的",
        "夜里一个人站在江边拍延时，冻得够呛",
    ],
)
def test_duty_work_and_pleasure_in_high_places_are_none(say: Say, text: str) -> None:
    assert say(text).hardship is None


@pytest.mark.parametrize(
    "text",
    [
        "信在我柜子第二格，密码是我妈生日。这几年谢谢班长罩着我，别找了",
        "卡在枕头底下，钱够我妈用一年。兄弟们，这些年谢谢你们。不用找我",
        "钥匙和存折放抽屉了。对不起大家。别等我了",
        "狗托付给小马了。谢谢你们照顾我这么久。往后好好的，别惦记我",
    ],
)
def test_a_farewell_in_several_sentences_is_heard(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "钥匙放门卫了，谢谢，别找了",
        "饭卡在枕头底下，找到了，谢谢大家，不用找了",
        "退伍了，这些年谢谢大家照顾，常联系",
        "密码是六个八，谢谢，别问了",
        "调去总队了，柜子里的书留给大家，这几年谢谢班长，别想我哈哈",
    ],
)
def test_leaving_the_unit_and_lost_things_are_no_farewell(say: Say, text: str) -> None:
    assert say(text).hardship is None
