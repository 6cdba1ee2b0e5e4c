"""What a member's check-ins of one day become together: a later word adds to the day, and replaces only what it speaks of."""

import pytest

from bot.settings import Settings
from models.tables.cases import CaseRow
from models.tables.records import CheckinRow
from models.tables.unit import MemberRow
from tests.stage import only_jobs, rows, told
from tests.story import Story

Health = tuple[float | None, list[str], bool | None]
STILL = "咳嗽是先前说的，还记着；好了就回“没事了”。"


async def health_of(story: Story, who: str, day: str = "2026-03-02") -> Health:
    """What stands for a member and day: °C, symptoms, well or not."""
    (number,) = [row.id for row in await rows(story, MemberRow) if row.name == who]
    found = [row for row in await rows(story, CheckinRow) if (row.member_id, f"{row.day}", row.relation) == (number, day, "")]
    (row,) = [row for row in found if row.ended_at is None]
    return row.temperature, row.symptoms, row.healthy


async def digest_of(story: Story, leader: str = "李明") -> str:
    """The digest that a leader asks for."""
    await story.say(leader, "汇总")
    return await story.last_to(leader)


async def test_a_value_that_was_asked_for_stands_beside_the_cough_and_nobody_is_taken_for_well(each_story: Story) -> None:
    story = each_story
    number = await story.case_of(await story.say("张伟", "咳嗽两天了"))
    await story.forget()
    await story.say("张伟", "36.8")
    assert await story.heard_by("张伟") == [f"记下了：36.8℃，咳嗽\n{STILL}"]
    assert await story.heard_by("李明") == [f"事项 {number} 有新情况：36.8℃，咳嗽"]
    assert "异常：张伟 36.8℃，咳嗽" in await digest_of(story)
    await story.say("张伟", "我的")
    assert "3月2日 36.8℃，咳嗽" in await story.last_to("张伟")
    await story.forget()
    for words in ("36.7", "体温正常"):
        await story.say("张伟", words)
        assert await story.heard_by("李明") == [], "one more ordinary value is no news"
    await story.say("张伟", "没事了")
    assert f"事项 {number} 可以结束了吗" in await story.last_to("张伟")
    assert await health_of(story, "张伟") == (36.7, [], True)


async def test_a_symptom_stands_beside_the_temperature_of_the_morning(story: Story) -> None:
    await story.say("王磊", "36.5")
    await story.say("王磊", "咳嗽")
    assert "异常：王磊 36.5℃，咳嗽" in await digest_of(story)
    assert (await story.last_to("王磊")).startswith("记下了：36.5℃，咳嗽\n")


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        (("36.5，嗓子疼", "量了三次都是36.6"), (36.6, ["sore_throat"], False)),
        (("38.2", "退烧了 36.7"), (36.7, [], True)),
        (("38.2，咳嗽", "36.7"), (36.7, ["cough"], False)),
        (("38.2，咳嗽", "退烧了"), (38.2, ["cough", "fever"], False)),
        (("38.2", "不烧了，还咳"), (None, ["cough"], False)),
        (("38.2", "头疼"), (38.2, ["fever", "headache"], False)),
        (("36.5", "发烧了"), (None, ["fever"], False)),
        (("头疼，咳嗽", "不咳了"), (None, ["headache"], False)),
        (("头疼，咳嗽", "36.8，头不疼了"), (36.8, ["cough"], False)),
        (("嗓子疼，36.6", "嗓子不疼了"), (36.6, [], True)),
        (("咳嗽", "36.8，体温正常"), (36.8, ["cough"], False)),
        (("咳嗽", "36.8，其他都好"), (36.8, ["cough"], False)),
        (("咳嗽，36.8", "老样子"), (36.8, ["cough"], False)),
        (("咳嗽", "36.8，好一点了"), (36.8, ["cough"], False)),
        (("咳嗽，36.8", "一切正常"), (36.8, [], True)),
        (("吐了两次", "不吐了"), (None, [], True)),
        (("咳嗽，38.1", "已经康复"), (None, [], True)),
        (("38.8", "更正：36.8"), (36.8, [], True)),
        (("38.8，咳嗽", "更正：36.8"), (36.8, ["cough"], False)),
        (("36.8，咳嗽", "更正：没有咳嗽"), (36.8, [], True)),
        (("36.8，咳嗽", "更正：头疼"), (36.8, ["headache"], False)),
        (("36.5", "咳嗽", "56.7"), (36.5, ["cough"], False)),
        (("咳嗽", "36.8", "头疼", "36.9"), (36.9, ["cough", "headache"], False)),
    ],
)
async def test_a_later_word_replaces_only_what_it_speaks_of(story: Story, said: tuple[str, ...], stands: Health) -> None:
    for words in said:
        await story.say("张伟", words)
    assert await health_of(story, "张伟") == stands


async def test_better_is_heard_by_those_who_help_and_takes_nothing_back(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "吐了两次"))
    await story.forget()
    await story.say("张伟", "好多了")
    assert await story.heard_by("李明") == [f"事项 {number} 有新情况：本人说：好多了"]
    assert await story.heard_by("张伟") == ["好些了就好，慢慢养。都好了就回“没事了”；量了体温，回个数就行。"]
    assert await health_of(story, "张伟") == (None, ["vomiting"], False)


async def test_no_more_of_one_thing_leaves_the_other_and_the_case(story: Story) -> None:
    number = await story.case_of(await story.say("赵云飞", "头疼，咳嗽"))
    await story.forget()
    await story.say("赵云飞", "不咳了")
    assert await story.heard_by("赵云飞") == ["改好了：头痛（原来的留作历史）\n头痛是先前说的，还记着；好了就回“没事了”。"]
    assert await story.heard_by("李明") == [f"事项 {number} 有新情况：头痛"]


async def test_who_is_not_ill_is_not_made_well_by_a_word(story: Story) -> None:
    await story.say("高强", "没事了")
    await story.say("高强", "不咳了")
    assert await rows(story, CheckinRow) == []


async def test_taking_a_message_back_takes_its_words_out_of_what_was_said_since(each_story: Story) -> None:
    story = each_story
    cough = await story.say("张伟", "咳嗽")
    await story.say("张伟", "36.8")
    await story.say("张伟", "头疼")
    await story.recall(cough)
    assert await health_of(story, "张伟") == (36.8, ["headache"], False)
    await story.say("张伟", "撤销")
    assert await health_of(story, "张伟") == (36.8, [], True)


async def test_a_value_taken_back_in_the_chat_gives_its_place_to_the_one_before(story: Story) -> None:
    await story.say("张伟", "36.5")
    wrong = await story.say("张伟", "37.9")
    await story.say("张伟", "咳嗽")
    await story.recall(wrong)
    assert await health_of(story, "张伟") == (36.5, ["cough"], False)
    gone = await story.say("张伟", "一切正常")
    await story.say("张伟", "36.6")
    await story.recall(gone)
    assert await health_of(story, "张伟") == (36.6, ["cough"], False)
    assert "已撤回" in await story.last_to("张伟")


async def test_what_each_message_said_itself_is_kept_beside_what_stands(story: Story) -> None:
    await story.say("张伟", "咳嗽")
    await story.say("张伟", "36.8")
    first, second = await rows(story, CheckinRow)
    assert (first.symptoms, first.said, first.ended_at) == (["cough"], None, second.recorded_at)
    assert (second.symptoms, second.said) == (["cough"], {"temperature": 36.8, "healthy": True})


async def test_a_correction_after_midnight_is_of_the_evening_before(story: Story) -> None:
    await story.at("23:40")
    await story.say("王小磊", "38.8，头疼")
    await story.at("00:10", "2026-03-03")
    await story.say("王小磊", "刚才写错了，是36.8")
    assert (await story.last_to("王小磊")).startswith("改好了：3月2日 36.8℃，头痛")
    assert await health_of(story, "王小磊") == (36.8, ["headache"], False)
    await story.say("王小磊", "36.6")
    await story.say("王小磊", "写错了，是36.9")
    assert await health_of(story, "王小磊", "2026-03-03") == (36.9, [], True)


async def test_a_correction_hours_later_is_of_today(story: Story) -> None:
    await story.at("23:40")
    await story.say("王小磊", "36.6")
    await story.at("07:00", "2026-03-03")
    await story.say("王小磊", "写错了，是36.9")
    assert await health_of(story, "王小磊") == (36.6, [], True)
    assert await health_of(story, "王小磊", "2026-03-03") == (36.9, [], True)


async def test_a_value_that_was_corrected_was_never_measured_though_a_symptom_came_between(settings: Settings) -> None:
    async with told(only_jobs(settings)) as story:
        await story.say("张伟", "38.8")
        await story.say("张伟", "咳嗽")
        await story.say("张伟", "更正：36.8")
        assert await health_of(story, "张伟") == (36.8, ["cough"], False)
        assert "最高" not in await digest_of(story)


async def test_what_a_leader_tells_stands_beside_the_own_word_and_the_leader_hears_so(story: Story) -> None:
    await story.say("王磊", "嗓子疼")
    await story.forget()
    await story.say("李明", "王磊 36.5 正常")
    assert await story.heard_by("李明") == ["记下了：王磊 36.5℃\n王磊自己报过了，以本人报的为准。"]
    assert await health_of(story, "王磊") == (36.5, ["sore_throat"], False)
    for teammate in ("王磊 正常", "王磊 36.4"):
        await story.say("高强", teammate)
        assert await story.last_to("高强") == "王磊自己报过了，以本人报的为准。"
    await story.say("李明", "王磊 36.5，嗓子不疼了")
    assert await health_of(story, "王磊") == (36.5, [], True)
    assert await story.last_to("王磊") == "李明把你报的改成了：36.5℃，正常。不对就直接回你的体温，以你说的为准。"


async def test_a_leader_who_says_that_it_is_no_cough_is_believed_and_the_member_hears_of_it(story: Story) -> None:
    await story.say("张伟", "咳嗽")
    await story.say("张伟", "36.8")
    await story.say("李明", "更正：张伟 36.8 没咳嗽")
    assert await health_of(story, "张伟") == (36.8, [], True)
    assert (await story.last_to("张伟")).startswith("李明把你报的改成了：36.8℃，正常。")


async def test_who_tells_a_value_of_another_does_not_learn_what_ails_them(story: Story) -> None:
    await story.say("陈一", "嗓子疼，只跟书记说")
    await story.forget()
    await story.say("赵云飞", "陈一 36.5")
    assert await story.heard_by("赵云飞") == ["记下了：陈一 36.5℃\n陈一自己报过了，以本人报的为准。"]
    assert await health_of(story, "陈一") == (36.5, ["sore_throat"], False)
    assert await story.heard_by("李明") == []


async def test_a_value_in_the_chain_leaves_a_symptom_told_in_confidence_with_those_who_know_it(story: Story) -> None:
    await story.say("张伟", "有点咳嗽，只跟书记说，别告诉组长")
    await story.forget()
    await story.say("张伟", "今日体温接龙\n1. 张伟 36.8", "g1")
    assert await story.heard_by("李明") == []
    assert "36.8℃，咳嗽" in await story.last_to("周建国")
    assert "咳嗽" not in await digest_of(story)
    assert "张伟 36.8℃，咳嗽" in await digest_of(story, "周建国")
    await story.forget()
    await story.say("张伟", "38.1", "g1")
    assert "38.1℃，发热" in await story.last_to("李明")
    assert not any("咳嗽" in text for text in await story.heard_by("李明"))
    assert "咳嗽" not in await digest_of(story)
    kinds = [(case.confidential, case.categories) for case in await rows(story, CaseRow)]
    assert kinds == [(True, ["cough"]), (False, ["fever"])]


async def test_a_chain_posted_again_says_nothing_new_beside_the_symptom(story: Story) -> None:
    await story.say("张伟", "咳嗽")
    await story.say("张伟", "今日体温接龙\n1. 张伟 36.8", "g1")
    count = len(await rows(story, CheckinRow))
    await story.say("王磊", "今日体温接龙\n1. 张伟 36.8\n2. 王磊 36.4", "g1")
    await story.say("高强", "今日体温接龙\n1. 张伟 36.8\n2. 王磊 36.4\n3. 高强 36.3", "g1")
    assert len(await rows(story, CheckinRow)) == count + 2
    assert await health_of(story, "张伟") == (36.8, ["cough"], False)


async def test_a_heavy_heart_beside_an_older_cough_is_one_thing(story: Story) -> None:
    await story.say("张伟", "咳嗽")
    await story.forget()
    await story.say("张伟", "睡不着，觉得活着没意思")
    assert not any("健康" in text for text in await story.heard_by("李明"))


async def test_a_familys_fever_and_its_end_are_put_together_likewise(story: Story) -> None:
    number = await story.case_of(await story.say("张伟", "孩子发烧38.5，咳嗽"))
    await story.say("张伟", "孩子36.8")
    assert (await story.last_to("张伟")).startswith("改好了：张伟的孩子 36.8℃，咳嗽")
    await story.say("张伟", "孩子36.6，一切正常")
    assert f"事项 {number} 可以结束了吗" in await story.last_to("张伟")


async def test_the_next_morning_a_bare_value_does_not_say_that_yesterdays_cough_is_over(settings: Settings) -> None:
    async with told(only_jobs(settings, health_morning={})) as story:
        number = await story.case_of(await story.say("张伟", "38.2，咳嗽"))
        await story.at("07:25", "2026-03-03")
        await story.forget()
        await story.say("张伟", "36.6")
        assert await story.heard_by("张伟") == ["记下了：36.6℃，正常"]
        await story.say("张伟", "没事了")
        assert await story.last_to("张伟") == f"好些了就好。事项 {number} 可以结束了吗？回“是 {number}”就结束，不回我们就接着管。"
        await story.say("张伟", "是")
        assert f"事项 {number} 结束了" in await story.last_to("张伟")


async def test_what_is_confided_beside_an_open_illness_is_not_for_the_leader(story: Story) -> None:
    await story.say("张伟", "咳嗽两天了")
    await story.at("07:00")
    await story.say("张伟", "还拉肚子，只跟书记说")
    assert "异常：张伟 咳嗽\n" in await digest_of(story) + "\n", "as it was told openly, and no more"
    assert "腹泻" in await digest_of(story, "周建国")
    await story.at("07:20")
    await story.say("张伟", "又恶心了")
    assert "恶心" not in await digest_of(story), "in private it goes on as it was confided"
    await story.at("07:30")
    await story.say("张伟", "36.8，头疼", "g1")
    openly = await digest_of(story)
    assert "腹泻" not in openly
    assert "头痛" in openly


async def test_a_fever_that_was_confided_is_not_the_days_highest_for_the_leader(story: Story) -> None:
    await story.say("张伟", "咳嗽两天了")
    await story.at("07:00")
    await story.say("张伟", "39.2，只跟书记说")
    await story.at("07:30")
    await story.say("张伟", "36.9", "g1")
    assert "39.2" not in await digest_of(story)
    assert "39.2" in await digest_of(story, "周建国")
