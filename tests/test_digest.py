"""Digests: what a leader or a secretary reads in ten seconds, and what they do not read there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.settings import Settings
from bot.wiring import open_store
from models.tables.unit import MemberRow
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.stage import only_jobs, starting, told
from tests.story import Story

SECOND = ("刘洋", "常平", "王小磊", "欧阳朔")


async def morning(story: Story) -> None:
    """What a morning brings in two groups of the branch."""
    for name in SECOND:
        await story.say(name, "36.5 正常", "g2")
    await story.say("谢天", "2日到8日出差", "g2")
    await story.say("高强", "37.8，咳嗽", "g1")
    await story.later("PT10M")
    await story.say("马腾", "我妈住院没人陪护，请组织帮帮忙", "g2")
    await story.say("陈一", "建议晚上把车库灯修一下", "g1")


async def digest(story: Story, who: str, title: str) -> str:
    """The one digest of that title a reader got."""
    (text,) = [text for text in await story.heard_by(who) if title in text.split("\n")[0]]
    return text


async def test_a_leader_reads_coverage_reasons_what_is_abnormal_open_cases_and_ideas(story: Story) -> None:
    await morning(story)
    await story.forget()
    await story.at("09:05")
    assert (await digest(story, "刘洋", "健康汇总")).split("\n") == [
        "【第二党小组】3月2日健康汇总",
        "已报 4/5，未报：谢天（出差至3月8日）、马腾（无消息）",
        "应报 5 人，已报 4 人，4 人里没有发热的，也没有不舒服的",
        "没办结 1 件：2（困难，待响应，2 小时 50 分）",
    ]
    assert (await digest(story, "李明", "健康汇总")).split("\n") == [
        "【第一党小组】3月2日健康汇总",
        "已报 1/6，未报：李明（无消息）、张伟（无消息）、王磊（无消息）、赵云飞（无消息）、陈一（无消息）",
        "没有人能帮着联系，请直接打个电话。",
        "异常：高强 37.8℃，咳嗽、发热",
        "观察中：高强（观察第 1 天）",
        "没办结 1 件：1（健康，待响应，3 小时）",
        "金点子 1 条：",
        "· 陈一：建议晚上把车库灯修一下",
    ]


async def test_a_secretary_reads_every_group_of_the_branch_by_its_name(story: Story) -> None:
    await morning(story)
    await story.say("李明", "收到 1")
    await story.forget()
    await story.at("09:20")
    lines = (await digest(story, "周建国", "健康汇总")).split("\n")
    assert lines[0] == "【江北站党支部】3月2日健康汇总"
    assert [line.split("：")[0] for line in lines[1:4]] == ["第一党小组", "第二党小组", "第三党小组"]
    assert lines[2] == "第二党小组：已报 4/5，未报：谢天（出差至3月8日）、马腾（无消息）"
    assert lines[4] == "异常：高强 37.8℃，咳嗽、发热"
    assert lines[5] == "观察中：高强（观察第 1 天）"
    assert lines[6] == "没办结 2 件：1（健康，处理中，3 小时 15 分）、2（困难，待响应，3 小时 5 分）"
    other = await digest(story, "钱志远", "健康汇总")
    assert not any(name in other for name in ("高强", "马腾", "陈一", "没办结", "金点子")), "that is another branch"


async def test_the_evening_tells_of_the_daily_reports_as_well(story: Story) -> None:
    await morning(story)
    await story.say("常平", "工作：保养了水带\n打算：明天体能训练\n想法：一切都好")
    for name in ("黄敏", "徐正常", "罗一鸣", "沈冬", "宋佳", "杜若飞"):
        await story.say(name, "36.4 正常")
        await story.say(name, "工作：整理台账\n打算：继续\n想法：一切都好")
    await story.at("20:10")
    lines = (await digest(story, "刘洋", "晚汇总")).split("\n")
    assert lines[:3] == [
        "【第二党小组】3月2日晚汇总",
        "已报 4/5，未报：谢天（出差至3月8日）、马腾（无消息）",
        "日报 1/5，没写：刘洋、马腾、王小磊、欧阳朔",
    ]
    assert (await digest(story, "黄敏", "晚汇总")).split("\n") == [
        "【机关党小组】3月2日晚汇总",
        "已报 6/6，齐了",
        "日报 6/6，齐了",
        "已报的都正常",
    ]


async def test_a_case_grows_old_in_the_digest_and_leaves_it_when_it_is_over(settings: Settings) -> None:
    async with told(only_jobs(settings, digest_group={})) as story:
        case = await story.case_of(await story.say("马腾", "我妈住院没人陪护，请组织帮帮忙", "g2"))
        for day, age in (("2026-03-03", "1 天"), ("2026-03-05", "3 天")):
            await story.forget()
            await story.at("09:05", day)
            assert f"没办结 1 件：{case}（困难，待响应，{age}）" in await story.last_to("刘洋")
        await story.say("刘洋", f"收到 {case}")
        await story.say("刘洋", f"办结 {case} 安排了陪护")
        await story.forget()
        await story.at("09:05", "2026-03-06")
        assert f"没办结 1 件：{case}（困难，待本人确认，4 天）" in await story.last_to("刘洋")
        await story.say("马腾", "是")
        await story.at("09:05", "2026-03-09")
        assert "没办结" not in await story.last_to("刘洋")


async def test_a_leader_does_not_learn_of_what_was_told_the_secretary_alone(story: Story) -> None:
    case = await story.case_of(await story.say("马腾", "我妈住院没人陪护，请组织帮帮忙，只跟书记说"))
    await story.at("20:25")
    await story.say("刘洋", "汇总")
    for text in await story.heard_by("刘洋"):
        assert "没办结" not in text
        assert f"{case}（" not in text
    assert f"没办结 1 件：{case}（困难" in await digest(story, "周建国", "晚汇总")


async def test_no_digest_shows_the_words_of_a_hardship_and_none_goes_into_a_room(story: Story) -> None:
    await morning(story)
    await story.forget()
    await story.at("23:00")
    heard = await story.heard()
    digests = [m for m in heard if "汇总" in m.text.split("\n")[0]]
    assert {m.to for m in digests} == {"李明", "刘洋", "吴静", "黄敏", "周建国", "钱志远"}
    assert len(digests) == 12
    assert not any("住院" in m.text or "陪护" in m.text for m in digests)
    assert all("微党课" in m.text for m in heard if m.room is not None)


async def test_where_nobody_was_heard_nothing_is_said_to_be_well(story: Story) -> None:
    await story.at("09:05")
    text = await digest(story, "吴静", "健康汇总")
    assert "已报 0/6" in text
    assert "正常" not in text


async def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    def of(name: str) -> Settings:
        folder = tmp_path / name
        folder.mkdir()
        return starting(story_settings(f"sqlite:///{folder}/sanwei.db", folder), "2026-03-02T05:55")

    texts = []
    for name in ("first", "second"):
        async with told(of(name)) as story:
            await morning(story)
            await story.at("20:25")
            texts.append([(m.at, m.to, m.room, m.text) for m in await story.heard()])
            await story.forget()
            for _ in range(2):
                await story.say("周建国", "汇总")
            first, again = await story.heard_by("周建国")
            assert first == again
    assert texts[0] == texts[1]
    assert len(texts[0]) > 70


@pytest.fixture
def without(settings: Settings) -> Callable[..., Settings]:
    """The unit, in which nobody is left in some groups."""

    def leave(*groups: str) -> Settings:
        seed_demo(settings)
        store = open_store(settings)
        store.write_now(lambda session: session.execute(update(MemberRow).where(MemberRow.group_id.in_(groups)).values(active=False)))
        store.close()
        return settings

    return leave


async def test_a_group_without_members_is_left_out(without: Callable[..., Settings]) -> None:
    async with told(without("g3", "g4")) as story:
        await story.at("20:25")
        for title in ("健康汇总", "晚汇总"):
            text = await digest(story, "周建国", title)
            assert "第一党小组：已报 0/6" in text
            assert "第三党小组" not in text
            assert "0/0" not in text
        assert await story.heard_by("钱志远") == [], "there is nothing to be said of a branch without members"
        assert len([m for m in await story.heard() if "汇总" in m.text]) == 6
