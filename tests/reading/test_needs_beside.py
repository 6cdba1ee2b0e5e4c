"""A need stands beside other things: a laugh, a rescue, a trifle in another sentence; and a plain wish for help speaks for it."""

import pytest

from tests.reading.conftest import Say


@pytest.mark.parametrize(
    "text",
    [
        "昨晚看球看到半夜，哈哈。我妈查出来肺上有个东西，要去省里看，我心里没底",
        "奶茶谁拼单😂对了说正经的，我爸透析的钱断了，不知道队里有没有办法",
        "游戏又更新了。厂里欠我媳妇五个月工资，老板电话关机",
        "上午出警一起，成功救出被困司机两名。另外我们班的切割机坏了三个月，报修没下文",
        "今天救了个掉沟里的大爷，背上来了。回来接到电话，我媳妇先兆流产住院了，家里没人照顾",
        "救援演练，我下了三次水。上来看见媳妇的消息，厂里欠了她五个月工资，老板关机了",
        "我爱人产后一直偷偷哭，夜里抱着孩子发愣，我不知道该带她看哪个科",
        "年底一个人盯三套系统，批下来的编制又黄了",
        "媳妇下个月就生，房租又刚涨了六百，能省一样是一样，钱不够",
    ],
)
def test_what_stands_in_another_sentence_undoes_no_need(say: Say, text: str) -> None:
    assert say(text).hardship is not None


@pytest.mark.parametrize(
    "text",
    [
        "驾驶员就剩俩，家都没回过，能不能从支队借个人顶顶",
        "想请组织上帮着联系个骨科大夫，我妈股骨头坏死走不了路",
        "不知道队里有没有办法，我弟的学籍转不过来，九月就开学了",
        "看看支部能不能出个面，老家的地让人占了，我爸去说理被打了",
        "手套大拇指磨穿了，握水枪漏风，啥时候能补大号的",
        "淋浴坏了二十多天，端盆兑凉水冲，谁管这块的麻烦给问问",
    ],
)
def test_a_wish_for_help_speaks_for_a_need(say: Say, text: str) -> None:
    assert say(text).hardship is not None


@pytest.mark.parametrize(
    "text",
    [
        "想请领导给批几天假，回去看看",
        "麻烦后勤给换个灯泡，不亮了",
        "希望组织考虑我当班长",
        "能不能协调一下篮球赛时间",
        "谁负责这块的麻烦给问问食堂几点开",
        "啥时候能换夏装",
        "请班长给看看我这绳结打得对不对",
        "看看后勤能不能多发两个月饼😂",
        "得配把新拖把",
        "队里能不能给配个咖啡机哈哈",
    ],
)
def test_a_wish_alone_is_no_need(say: Say, text: str) -> None:
    assert say(text).hardship is None


@pytest.mark.parametrize(
    "text",
    [
        "靴子开口了，水直往里灌，啥时候给换双",
        "发的战斗服大两号，卷着袖子干活老勾东西，换号的申请三月就交了",
        "排烟机报了一年没影，焊一天一屋子烟",
        "雨衣一件没剩，我们仓库四个人淋了两天了",
        "梯子左腿松了，扶着墙才敢下，得换一把，别等摔着人",
        "头盔带子断了拿绳子系着，报了两回没人理",
        "手台一进地下室就哑，里面喊啥外面听不见",
        "媳妇后天剖，老二，明天起请三天假",
        "媳妇俩礼拜没跟我说话了，过年又是我值班",
        "我妈最近老认错人，管我叫我舅的名字，大夫说这病只会越来越重",
        "录音里那孩子喊妈的声儿老在耳朵边转，两个月了",
    ],
)
def test_needs_in_plain_words_are_heard(say: Say, text: str) -> None:
    assert say(text).hardship is not None


@pytest.mark.parametrize(
    "text",
    [
        "见着班长就怵，哈哈",
        "一上台讲话就手抖，练了三遍好点了",
        "大娘管我叫小伙子，非要塞鸡蛋",
        "耳机一进电梯就断，什么破玩意",
        "这双鞋大一号，谁跟我换",
        "自己掏钱买的新头灯，真亮",
        "雨衣一件没剩，全发出去了",
        "昨天那个画面老在眼前转，笑死我了",
        "媳妇两天没跟我说话了，因为我忘了结婚纪念日，买了花哄好了",
        "水带磨破了，修补了三根，得换新的",
        "锅炉坏了三天，今天修好了，洗上热水澡了",
        "游戏里那把枪断了，拿胶带缠着凑合",
    ],
)
def test_small_things_in_such_words_are_no_need(say: Say, text: str) -> None:
    assert say(text).hardship is None
