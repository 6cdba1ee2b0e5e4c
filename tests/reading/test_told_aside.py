"""What is told aside, with a shrug or in a figure: needs between two trifles, slips of the hand, bodies that strike, things that fall."""

import pytest

from models.reading import Intent
from tests.reading.conftest import Say, only, told


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("finance", "奶茶你们拼吧，我这个月就不跟了。我爸那边又要交一笔，月底看情况"),
        ("psychological", "那天的火场一直缓不过来，心里闷得慌，不知道跟谁说"),
        ("family", "父亲没挺过来，今晚八点走的"),
        ("family", "36.5。爹昨晚走得很安详，谢谢大家。"),
        ("psychological", "警铃没响我也总听见响，爬起来好几次了，白天人是木的，快一个月了"),
        ("supplies", "三班本日情况：一是检修发电机3台；二是组织教育1次。困难：火花塞库存为零，新批次下月才到，无法保障。"),
    ],
)
def test_a_need_is_heard_beside_other_things(say: Say, kind: str, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert kind in hardship.categories


@pytest.mark.parametrize(
    "text",
    [
        "本人父亲因脑梗于今日凌晨入院，目前在重症监护室，病情危重，本人需立即返家。",
        "那个灶又熄火了，现在厨房全是煤气谁都别开灯快来人关总阀",
        "奶奶肺炎上了呼吸机，医生让家属做决定，我一个人签不下这个字",
    ],
)
def test_what_cannot_wait_is_urgent(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize(
    "text",
    [
        "今儿值班手机掉水里了 谁有旧的借俺使两天",
        "队里的狗耳朵不好使了，喊半天不动，怕是要退休",
        "他嗓子疼",
        "她今天咳嗽",
        "这个接龙有点晕",
        "你们这排班表看得我头疼",
        "有困难的同志可以填申请表，家属生病、子女上学都可以写",
        "上班如上坟，开个玩笑，领导别当真",
    ],
)
def test_what_falls_is_a_thing_and_whom_nobody_named_is_nobody(say: Say, text: str) -> None:
    reading = say(text)
    assert (reading.intents, reading.checkins) == ((), ())


@pytest.mark.parametrize("text", ["小马掉水里了", "孩子掉水里了快来人", "我从梯子上掉下来了，腿动不了，快来人", "有人掉井里了，喊他不应"])
def test_whoever_falls_is_in_danger(say: Say, text: str) -> None:
    hardship = say(text).hardship
    assert hardship is not None
    assert hardship.urgent


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("太阳穴蹦迪ing 36.8", ("headache",)),
        ("扁桃体起义了，37.4", ("fever", "sore_throat")),
        ("胃又罢工了，36.6", ("stomach_pain",)),
        ("鼻子已经不是我的了 36.8", ("other",)),
        ("睡眠欠佳，精神尚可，36.4", ("insomnia",)),
        ("嘴里三个溃疡 喝水都是修行 36.5", ("other",)),
        ("晕车晕得七荤八素刚下车 36.5没烧", ("dizziness",)),
        ("yue了一早上 可能昨晚烧烤有毒 36.7", ("vomiting",)),
        ("昨晚上抬担架闪了老腰 36.5", ("injury",)),
        ("左肩抬不过头，贴了膏药，36.4", ("other",)),
        ("昨晚吃坏了，一上午蹲坑，36.7", ("diarrhea",)),
        ("36.5，昨晚翻腾到三点", ("insomnia",)),
        ("36.9，喉咙里像有团棉花", ("sore_throat",)),
        ("36.5 胸口像揣了块铁", ("breathless",)),
        ("36.8，说话漏风，门牙磕掉半颗", ("injury",)),
        ("36.6，一吸气后背就揪一下", ("other",)),
        ("36.5，脚后跟不敢着地", ("other",)),
        ("36.4，大便带血", ("other",)),
        ("36.8 吃什么都往上返", ("vomiting",)),
        ("36.6 痰里有血丝", ("cough",)),
        ("36.8 全身没一处舒坦", ("other",)),
        ("36.7 大拇指盖儿黑了", ("injury",)),
        ("36.7 吃了就吐", ("vomiting",)),
        ("36.5 屁股长了个疮坐不下", ("other",)),
        ("36.5 喘气拉风箱似的", ("breathless",)),
        ("36.6 太阳穴鼓鼓的", ("headache",)),
        ("36.6 拉了三天了，止泻药不顶用", ("diarrhea",)),
        ("填完接龙有点晕，36.8", ("dizziness",)),
    ],
)
def test_a_body_that_strikes_is_ill(say: Say, text: str, symptoms: tuple[str, ...]) -> None:
    checkin = only(say(text))
    assert (checkin.date.day, checkin.symptoms, checkin.healthy) == (4, symptoms, False)


@pytest.mark.parametrize("text", ["打印机又罢工了", "路由器造反了", "女儿今天肯下楼晒太阳了", "坐得屁股已经不是我的了，谁捡到请归还"])
def test_what_strikes_and_is_no_body_is_not_ill(say: Say, text: str) -> None:
    assert say(text).checkins == ()


@pytest.mark.parametrize(
    "text",
    [
        "36.6，好得很，门牙刚补好",
        "36.6 昨晚出警折腾到三点，正常",
        "36.5 拉练拉了三天了，没事",
        "36.5，膝盖上次的伤也没再疼",
        "36.5 心里像开了花",
    ],
)
def test_what_only_stands_beside_a_value_is_no_illness(say: Say, text: str) -> None:
    assert only(say(text)).symptoms == ()


@pytest.mark.parametrize("text", ["刚才手抖，报成38.6", "刚才手滑报成38.6了"])
def test_a_value_reported_by_a_slip_is_taken_back(say: Say, text: str) -> None:
    reading = say(text)
    assert (reading.intents, reading.retract, reading.checkins) == ((Intent.RETRACT,), True, ())


def test_a_trembling_hand_is_no_slip(say: Say) -> None:
    assert told(say("手抖得厉害，刚才量38.6")) == {"张伟": (38.6, ("fever", "other"), False)}
    assert told(say("刚才手滑，报成38.6，应该36.6")) == {"张伟": (36.6, (), True)}
    assert told(say("三十六度八啊刚才按错了发的三十八度六")) == {"张伟": (36.8, (), True)}


def test_of_whom_it_is_said(say: Say) -> None:
    assert told(say("王磊在宿舍，他嗓子疼")) == {"王磊": (None, ("sore_throat",), False)}
    assert told(say("他说我发烧了，38")) == {"张伟": (38.0, ("fever",), False)}
    assert told(say("二班6人 一个拉肚子的王小磊 其他五个好好的", "刘洋")) == {"王小磊": (None, ("diarrhea",), False)}
    assert told(say("孩子被同学推下楼梯，胳膊骨折")) == {"family:孩子": (None, ("injury",), False)}
    earlier = say("刚才填的36.9是昨天的数，今天是36.5，改一下")
    assert {c.date.day: c.temperature for c in earlier.checkins} == {3: 36.9, 4: 36.5}


@pytest.mark.parametrize(
    ("text", "numbers", "exceptions"),
    [
        ("1班 6/6 36.1-36.8 ✔", (6, 6), ()),
        ("二班六个人都在都好着呢", (6, 6), ()),
        ("二班实有6 在位4 欧阳朔和谢天换休 在位的都正常", (6, 4), ("欧阳朔", "谢天")),
        ("一班晨检情况：应检6人，实检6人，体温均在36.2至36.9之间", (6, 6), ()),
        ("二班：在位五人，谢天陪父亲体检请假一天，五人体温正常", (None, 5), ("谢天",)),
        ("三班6人：4人36.x正常，郑凯头疼37.0，安安还在烧37.9", (6, None), ("郑凯", "何以安")),
    ],
)
def test_a_group_is_counted(say: Say, text: str, numbers: tuple[int | None, int | None], exceptions: tuple[str, ...]) -> None:
    report = say(text, "李明").group_report
    assert report is not None
    assert ((report.expected, report.present), report.exceptions) == (numbers, exceptions)


def test_man_days_and_days_like_ratios_count_nobody(say: Say) -> None:
    assert say("本周机关组考勤：出勤29人次，事假4人次，病假2人次。", "黄敏").group_report is None
    assert say("一班3/3 36.5", "李明").group_report is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我24到28去支队集训队当教练 班里的事找常平", ("张伟", "2026-03-24", "2026-03-28")),
        ("兹有我组杜若飞同志于7月6日至7月10日参加支队组织的公文写作培训班，特此报备。", ("杜若飞", "2026-07-06", "2026-07-10")),
        ("请示一下 下周一我去市里复查眼睛 一天 不在岗", ("张伟", "2026-03-09", "2026-03-09")),
    ],
)
def test_days_away_are_read(say: Say, text: str, expected: tuple[str, str, str]) -> None:
    (leave,) = say(text).leaves
    assert (leave.person, str(leave.first), str(leave.last)) == expected


@pytest.mark.parametrize(
    "text", ["出差收获满满：学了新协议 下周给大家分享", "我24到28度都能跑", "撤回本人今日上报的婚假延期申请，按原定日期执行。"]
)
def test_what_only_speaks_of_being_away_is_no_leave(say: Say, text: str) -> None:
    assert say(text).leaves == ()


def test_an_account_that_opens_as_one_is_a_report_whatever_it_goes_on_to_tell(say: Say) -> None:
    reading = say("今早组织机关党员到烈士陵园敬献花篮，默哀时风很大，没人动。", "钱志远")
    assert {section.name: "敬献花篮" in section.text for section in reading.sections}["work"]
    assert say("今早谁去训练场检查水带了？").intents == ()


def test_labels_in_other_words(say: Say) -> None:
    form = only(say("姓名：张伟 | 晨检体温：36.5℃ | 午检体温：36.8℃ | 不适症状：无"))
    assert (form.temperature, form.symptoms) == (36.8, ())
    daily = say("【工作日报】\n1.完成工作：核销差旅费14笔\n2.明日安排：绩效考评\n3.思想动态：思想稳定\n4.存在困难：无")
    assert [s.name for s in daily.sections] == ["work", "plan", "thought"]
    assert daily.hardship is None
    aside = say("收尾：报废清单已上传；待办：下周盘点被装")
    assert [s.name for s in aside.sections] == ["work", "plan"]
    before = say("把三台车的油加满了，水带晾完收了。待办：擦水枪")
    assert {section.name: "水带" in section.text for section in before.sections} == {"work": True, "plan": False}
