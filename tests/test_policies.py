"""Who hears of a case is data: by role, the buddies of the trio, everyone of a role, or one member by name."""

import pytest

from bot.settings import Settings
from services import preflight
from tests.stage import told, with_ladder
from tests.story import Story

NEED = "我妈住院没人陪护，请组织帮帮忙"


async def alerted(story: Story, what: str) -> set[str]:
    """Who hears something that says so, now."""
    return {m.to or "" for m in await story.heard() if what in m.text and m.text.startswith(("【", "已经"))}


async def test_the_buddies_of_the_trio_hear_of_it_after_an_hour(settings: Settings) -> None:
    async with told(
        with_ladder(settings, "hardship", "ordinary", tell=["secretary"], climb=[{"after": "PT1H", "tell": ["buddy"]}])
    ) as story:
        await story.say("张伟", NEED)
        assert await alerted(story, "张伟") == {"周建国"}
        await story.forget()
        await story.later("PT59M")
        assert await alerted(story, "张伟") == set()
        await story.later("PT1M")
        directory = story.bot.office.directory
        zhang = directory.named("张伟")
        assert zhang is not None
        assert await alerted(story, "张伟") == {buddy.name for buddy in directory.trio_of(zhang)} != set()


async def test_everyone_of_a_role_and_one_member_by_name(settings: Settings) -> None:
    async with told(with_ladder(settings, "hardship", "ordinary", tell=["all_secretaries", "member:刘洋"])) as story:
        number = await story.case_of(await story.say("张伟", NEED))
        assert await alerted(story, "张伟") == {"周建国", "钱志远", "刘洋"}
        await story.say("刘洋", f"收到 {number}")
        assert "刘洋" in await story.last_to("张伟"), "who is told may also take it"


async def test_what_is_for_the_secretary_alone_reaches_no_buddy_and_nobody_by_name(settings: Settings) -> None:
    broad = with_ladder(settings, "hardship", "ordinary", tell=["secretary", "buddy", "all_leaders", "all_secretaries", "member:刘洋"])
    async with told(broad) as story:
        await story.say("张伟", f"只跟书记说，{NEED}")
        assert await alerted(story, "张伟") == {"周建国"}


async def test_a_step_that_would_tell_only_the_one_in_need_goes_to_the_next(settings: Settings) -> None:
    async with told(with_ladder(settings, "hardship", "ordinary", tell=["member:张伟"])) as story:
        await story.say("张伟", NEED)
        assert await alerted(story, "张伟") == {"孙丽", "于海"}


async def test_a_name_that_nobody_has_is_told_on_a_calm_morning(settings: Settings) -> None:
    async with told(with_ladder(settings, "silence", "urgent", tell=["leader", "member:没有这个人"])) as story:
        await story.at("09:20")
        assert "配置里点名要告诉的没有这个人，名册上没有这个人。" in await story.last_to("周建国")


@pytest.mark.parametrize("who", ["buddies", "member:", "member", "张伟"])
def test_a_word_that_means_nobody_is_refused_with_those_that_do(settings: Settings, who: str) -> None:
    with pytest.raises(ValueError, match=r'is not one of leader, .* or a member by name as "member:王芳"; choose one'):
        with_ladder(settings, "health", "urgent", tell=[who])


async def test_the_dry_run_names_whom_a_step_looks_for_in_vain(settings: Settings) -> None:
    lonely = with_ladder(settings, "silence", "ordinary", climb=[{"after": "PT1H", "tell": ["member:没有这个人"]}])
    async with told(lonely) as story:
        office = story.bot.office
        run = preflight.dry_run(office.unit.policies, office.directory, office.unit.channels, "b1")
        assert any("没有这个人" in line for line in preflight.lines(office.unit.texts, office.directory, "小微", run))
