"""The roster has what people call their WeChat id (微信号); the gateway knows them by another one."""

from bot.settings import Settings
from models.tables.cases import CaseRow
from tests.gateway.people import account_of, move_in
from tests.gateway.unit import told_in_wechat
from tests.stage import only_jobs, rows


async def test_who_is_in_the_roster_by_the_id_that_people_tell_each_other_is_known_when_they_speak(settings: Settings) -> None:
    async with told_in_wechat(settings, known=False, handles={"张伟": "zhangwei88", "王磊": "nobody_knows"}) as story:
        await story.say("张伟", "36.5 正常", "g1")
        assert await story.heard_by("张伟") == ["记下了：36.5℃，正常"]


async def test_what_was_said_before_the_roster_had_the_id_is_written_down_when_they_speak_again(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings), known=False, handles={"张伟": ""}) as story:
        await story.gateway.contact(account_of("张伟"), "老张", handle="zhangwei88", friend=True)
        await story.say("张伟", "孩子没人带，上不了班", "g1")
        assert await rows(story, CaseRow) == []
        move_in(story.settings, known=False, bound=False, handles={"张伟": "zhangwei88"})
        await story.bot.office.reload_if_changed()
        await story.later("PT15M")
        await story.say("张伟", "36.5 正常", "g1")
        await story.later("PT1S")
        (case,) = await rows(story, CaseRow)
        assert case.text.startswith("孩子没人带，上不了班")
