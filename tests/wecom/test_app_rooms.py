"""Groups that the app makes for whoever has no room, filled from the roster; and what was pushed by mistake is taken back."""

import asyncio
from dataclasses import replace

from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli_run import DEMO
from bot.settings import Settings
from models import rooms
from models.outbox import NoticeKind, Priority
from models.tables.queue import NoticeRow
from models.tables.unit import RoomRow
from services import notify
from services.work import Work
from tests.fakes.wecom_server.company import App
from tests.stage import changed, only_jobs, rows, tick
from tests.wecom.app_unit import APP, COMPANY, USERIDS, AppStory, app_environment, move_in, told_to_the_app

GROUP = ("liming", "ZhangWei", "wanglei", "gaoqiang", "zhaoyunfei", "chenyi")
BRANCH = ("ZhouJianGuo", "sunli", *GROUP, "liuyang", "changping")


async def command(story: AppStory, *words: str) -> Result:
    """What a command answers, run beside the bot as a person runs it."""
    environment = app_environment(story.settings, story.fake.base_url, story.now()) | {"COLUMNS": "300"}
    return await asyncio.to_thread(CliRunner().invoke, app, [*words, "--config", str(DEMO)], env=environment)


async def made(story: AppStory, *words: str) -> list[str]:
    """The lines of `rooms make`, which must succeed."""
    result = await command(story, "rooms", "make", *words)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def members(story: AppStory, chatid: str) -> tuple[str, str, tuple[str, ...]]:
    """Name, owner and members of a group of the app's, as the platform has it."""
    chat = story.fake._platform.app_chats[chatid]
    return chat.name, chat.owner, tuple(chat.members)


async def test_whoever_has_no_room_gets_one_that_the_bot_can_speak_in(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        preview = await made(story, "--dry-run")
        assert "新建 第一党小组：6 人，群主 李明" in preview
        missing = "谢天、马腾、王小磊、欧阳朔、吴静、郑凯、冯雪、韩冰、艾力·买买提、何以安"
        assert f"新建 江北站党支部：10 人，群主 周建国；没有账号、进不了群的：{missing}" in preview
        assert "跳过 第三党小组：有企业微信账号的只有 0 人，至少 2 人才能建群。" in preview
        assert preview[-1].startswith("这是预览")
        assert story.fake._platform.app_chats == {}
        assert [row for row in await rows(story.bot, RoomRow) if row.channel == "wecom_app"] == []

        assert await made(story) == preview[:-1]
        assert members(story, "sanweigroupg1") == ("第一党小组（小微）", "liming", GROUP)
        assert members(story, "sanweibranchb1") == ("江北站党支部（小微）", "ZhouJianGuo", BRANCH)
        (first,) = story.fake.seen_in("sanweigroupg1")
        assert first.text.startswith("这是“第一党小组”的群。")
        bound = {(row.kind, row.scope): row.address for row in await rows(story.bot, RoomRow) if row.channel == "wecom_app"}
        assert bound == {("branch", "b1"): "sanweibranchb1", ("group", "g1"): "sanweigroupg1", ("group", "g2"): "sanweigroupg2"}

        assert [line for line in await made(story) if not line.startswith("跳过")] == []


async def test_what_the_bot_says_to_a_group_is_read_in_the_group_that_was_made(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings, lesson={})) as story:
        await made(story)
        await tick(story.bot)
        await story.at("2026-03-02T12:41")
        texts = [message.text for message in story.fake.seen_in("sanweigroupg1")]
        assert any(text.startswith("【微党课】") for text in texts), "the running bot has heard of the new room"


async def test_only_the_named_ones_are_made_and_a_wrong_name_is_one_line(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        assert [line.split("：")[0] for line in await made(story, "一班")] == ["新建 第一党小组"]
        assert story.fake._platform.app_chats.keys() == {"sanweigroupg1"}
        result = await command(story, "rooms", "make", "九班")
        assert result.exit_code == 1
        assert result.stderr == "没有叫“九班”的党小组或党支部；名字见名册（roster export）\n"


async def test_whoever_comes_or_leaves_is_let_in_or_out_and_the_secretary_may_stay(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await made(story, "第一党小组")
        chat = story.fake._platform.app_chats["sanweigroupg1"]
        chat.members[:] = ["ZhangWei", "liming", "wanglei", "ZhouJianGuo", "changping"]
        chat.owner = "ZhangWei"
        move_in(story.settings, {who: userid.upper() for who, userid in USERIDS.items()})
        lines = await made(story, "第一党小组", "--dry-run")
        assert lines[0] == "修改 第一党小组：加入 高强、赵云飞、陈一；移出 常平；群主改为 李明"
        assert set(chat.members) == {"ZhangWei", "liming", "wanglei", "ZhouJianGuo", "changping"}
        assert await made(story, "第一党小组") == lines[:1]
        assert set(chat.members) == {*GROUP, "ZhouJianGuo"}
        assert chat.owner == "liming"
        assert await made(story, "第一党小组") == ["每个党小组和党支部都有群了，没有变化。"]


async def test_a_power_cut_between_making_and_binding_makes_no_second_group(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await made(story, "第一党小组")
        await story.bot.store.write(lambda session: rooms.unbind(session, "wecom_app", "sanweigroupg1"))
        story.fake._platform.app_chats["sanweigroupg1"].members.remove("chenyi")
        assert (await made(story, "第一党小组"))[0].startswith("新建 第一党小组")
        assert members(story, "sanweigroupg1")[2] == GROUP
        assert len(story.fake._platform.app_chats) == 1


async def test_a_group_that_was_dissolved_is_made_anew(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await made(story, "第一党小组")
        story.fake._platform.app_chats.clear()
        await made(story, "第一党小组")
        (chatid,) = story.fake._platform.app_chats
        assert [row.address for row in await rows(story.bot, RoomRow) if row.channel == "wecom_app"] == [chatid]


async def test_whoever_has_a_room_already_gets_no_other(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings), sandbox=True) as story:
        result = await command(story, "rooms", "make")
        assert result.exit_code == 0
        assert [line for line in result.stdout.splitlines() if not line.startswith("跳过")] == ["每个党小组和党支部都有群了，没有变化。"]


async def test_an_app_that_does_not_see_the_whole_company_cannot_make_groups_and_hears_what_to_do(settings: Settings) -> None:
    company = replace(COMPANY, apps=(App(APP.agent_id, APP.secret, departments=(2,)),))
    async with told_to_the_app(only_jobs(settings), company) as story:
        result = await command(story, "rooms", "make", "第一党小组")
        assert result.exit_code == 1
        assert "api_forbidden (48002)。应用的可见范围要包含最上级部门（全公司）" in result.stdout
        assert [row for row in await rows(story.bot, RoomRow) if row.channel == "wecom_app"] == []


async def test_a_mistaken_push_is_taken_back_and_nobody_sees_it_any_more(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await story.tell("张伟", "明天全体放假" + "。真的" * 600)
        await story.tell("张伟", "这一条留着")
        assert len(story.read_by("张伟")) > 2
        listed = (await command(story, "outbox", "list", "--sent")).stdout
        assert listed.count("ZhangWei") == 2
        assert "放假" not in listed
        result = await command(story, "outbox", "recall", "1")
        assert (result.exit_code, result.stdout) == (0, "notice 1 is taken back\n"), result.output
        assert story.read_by("张伟") == ["这一条留着"]
        assert [row.reason for row in await rows(story.bot, NoticeRow)] == ["recalled", None]
        assert "recalled" in (await command(story, "outbox", "list", "--sent")).stdout
        again = await command(story, "outbox", "recall", "1")
        assert (again.exit_code, again.stderr) == (1, "notice 1: is taken back already\n")


async def test_what_was_said_in_one_message_is_taken_back_together(settings: Settings) -> None:
    async with told_to_the_app(changed(only_jobs(settings), policies={"budget": None})) as story:
        for number in range(23):
            await story.decide("张伟", f"第 {number} 条", NoticeKind.LESSON, Priority.DIGEST)
        await story.later(minutes=3)
        last = (await rows(story.bot, NoticeRow))[-1]
        result = await command(story, "outbox", "recall", str(last.id))
        assert result.exit_code == 0, result.output
        assert "and what was said with it: " in result.stdout
        assert not any("第 22 条" in text for text in story.read_by("张伟"))


async def test_what_cannot_be_taken_back_is_said_with_its_reason(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings), sandbox=True) as story:
        await made(story, "第一党小组")
        await story.tell("张伟", "早")  # 1
        story.fake.fail("message/send", status=502, times=None)
        await story.tell("张伟", "晚")  # 2

        def act(work: Work) -> None:
            person = work.directory.named("张伟")
            assert person is not None
            notify.tell(work, person, "在沙盒里", NoticeKind.ANSWER)  # 3
            work.session.flush()
            rooms.bind(work.session, "wecom_app", "sanweigroupg1", "group", "g1")
            notify.reply_in(work, "wecom_app", "sanweigroupg1", "在群里")  # 4

        await story.bot.office.write(act)
        await story.channel._client.make_room("群", "liming", ["liming", "ZhangWei"], "sanweigroupg1")
        await story.later(seconds=1)

        async def refusal(number: int) -> str:
            result = await command(story, "outbox", "recall", str(number))
            assert result.exit_code == 1, result.output
            return result.stderr.removesuffix("\n")

        assert await refusal(99) == "notice 99: there is no notice of that number"
        assert await refusal(2) == "notice 2: was not sent (waiting); there is nothing to take back"
        assert await refusal(3) == "notice 3: went by sandbox, where nothing can be taken back"
        assert await refusal(4) == "notice 4: went into a group; WeCom takes back only what went to one person"
        story.fake.fail("message/recall", errcode=40058)
        assert await refusal(1) == (
            "notice 1: WeCom did not take it back: parameter_out_of_range (40058); whoever opens the chat still sees it"
        )
        await story.later(hours=25)
        assert await refusal(1) == "notice 1: was sent 25 hours ago; WeCom takes back only what is less than 24 hours old"


async def test_without_the_app_there_is_nothing_to_make_or_take_back(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        await story.tell("张伟", "早")
        environment = app_environment(story.settings, story.fake.base_url, story.now()) | {"SANWEI__CHANNELS__WECOM_APP__ENABLED": "false"}
        for words in (("rooms", "make"), ("outbox", "recall", "1")):
            result = await asyncio.to_thread(CliRunner().invoke, app, [*words, "--config", str(DEMO)], env=environment)
            assert result.exit_code == 1
            assert result.stderr.startswith("channels.wecom_app: is not enabled; only the")


async def test_encrypted_ids_are_resolved_where_the_app_sees_the_people(settings: Settings) -> None:
    async with told_to_the_app(only_jobs(settings)) as story:
        client = story.channel._client
        ids = [f"woAJ2GCAAA{userid}" for userid in USERIDS.values()] + ["woAJ2GCAAAnobody", "liming"]
        assert await client.plain_userids(ids) == {f"woAJ2GCAAA{userid}": userid for userid in USERIDS.values()}
        assert await client.plain_userids([]) == {}
