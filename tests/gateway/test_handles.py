"""The roster has what people call their WeChat id (微信号); the gateway knows them by another one."""

from bot.settings import Settings
from tests.gateway.unit import told_in_wechat


async def test_who_is_in_the_roster_by_the_id_that_people_tell_each_other_is_known_when_they_speak(settings: Settings) -> None:
    async with told_in_wechat(settings, known=False, handles={"张伟": "zhangwei88", "王磊": "nobody_knows"}) as story:
        await story.say("张伟", "36.5 正常", "g1")
        assert await story.heard_by("张伟") == ["记下了：36.5℃，正常"]
