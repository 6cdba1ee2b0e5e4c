"""What people send beside plain words: quotations, forwards, pictures, voice, files; and what is nobody's words at all."""

from bot.settings import Settings
from models.tables.queue import MessageRow
from models.tables.records import CheckinRow
from tests.gateway.gateway import ATTACHMENT, AUDIO, IMAGE
from tests.gateway.unit import account_of, chat_of, told_in_wechat
from tests.stage import only_jobs, rows

G1 = chat_of("g1")
ZHANG, WANG = account_of("张伟"), account_of("王磊")
LARGE = bytes(range(256)) * 4096 * 8
CHAT_HISTORY, CONTACT, EMOTICON, LOCATION, GROUP_NOTE, RED_ENVELOPE, VIDEO = 4, 3, 5, 8, 10, 12, 15
HINT = "打几个字就行"
QUOTED = """<?xml version="1.0"?>
<msg><appmsg appid="" sdkver="0"><title>{title}</title><type>57</type><refermsg><type>1</type><svrid>1</svrid>
<fromusr>{room}</fromusr><chatusr>{who}</chatusr><displayname>高强</displayname><content>{content}</content></refermsg></appmsg></msg>"""
FORWARDED = """<?xml version="1.0"?>
<msg><appmsg appid="" sdkver="0"><title>群聊的聊天记录</title><des>高强: 38.9 咳嗽</des><type>19</type>
<recorditem><![CDATA[<recordinfo><datalist count="1"><dataitem datatype="1"><datadesc>38.9 咳嗽</datadesc></dataitem></datalist>
</recordinfo>]]></recorditem></appmsg></msg>"""


async def test_a_quotation_is_somebody_elses_words_and_the_answer_to_it_is_ones_own(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        await story.say("张伟", "「高强：38.9 咳嗽」\n- - - - - - - - - - - - - - -\n36.5 正常", "g1")
        await story.say("王磊", QUOTED.format(title="36.6 正常", room=G1, who=account_of("高强"), content="38.8 咳嗽"), "g1", type=14)
        await story.say("李明", QUOTED.format(title="多喝水", room=G1, who=account_of("高强"), content="38.8 咳嗽"), "g1", type=14)
        await story.say("陈一", FORWARDED, "g1", type=14)
        people = story.bot.office.directory.people
        found = {people[row.member_id].name: row.temperature for row in await rows(story, CheckinRow)}
        assert found == {"张伟": 36.5, "王磊": 36.6}, "nobody has 38 degrees"
        assert [row.quoted for row in await rows(story, MessageRow)] == ["38.9 咳嗽", "38.8 咳嗽"]
        await story.forget()
        await story.say("陈一", FORWARDED, type=14)
        assert [HINT in text for text in await story.heard_by("陈一")] == [True]
        assert len(await rows(story, CheckinRow)) == 2


async def test_pictures_voice_and_files_of_any_size_are_answered_with_a_kind_request_for_words(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        for name, data, kind in (
            ("体温计.jpg", b"\xff\xd8small", IMAGE),
            ("报体温.silk", b"\x02voice" * 2000, AUDIO),
            ("花名册.xlsx", LARGE, ATTACHMENT),
        ):
            await story.forget()
            await story.taken(await story.gateway.say_file(ZHANG, name, data, type=kind, at=story.now()))
            (answer,) = await story.heard_by("张伟")
            assert HINT in answer
        assert await rows(story, CheckinRow) == []
        assert [row.attachments for row in await rows(story, MessageRow)] == ["picture", "voice", "file"]
        assert [row.text for row in await rows(story, MessageRow)] == ["", "", ""], "nothing of a file is fetched or kept"


async def test_a_picture_in_the_room_is_hinted_at_in_private_once_and_only_while_the_check_in_is_open(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings, open_day={})) as story:
        await story.say("王磊", "36.5 正常", "g1")
        await story.at("07:10", "2026-03-03")
        await story.forget()
        for _ in range(2):
            await story.taken(await story.gateway.say_file(ZHANG, "体温计.jpg", b"\xff\xd8", G1, at=story.now()))
        assert [HINT in text for text in await story.heard_by("张伟")] == [True]
        await story.say("王磊", "36.6 正常", "g1")
        await story.forget()
        await story.taken(await story.gateway.say_file(WANG, "早饭.jpg", b"\xff\xd8", G1, at=story.now()))
        assert await story.heard() == []
        assert await story.heard_in("g1") == []


async def test_stickers_system_lines_red_envelopes_and_official_accounts_are_nobodys_words(settings: Settings) -> None:
    async with told_in_wechat(only_jobs(settings)) as story:
        gateway = story.gateway
        await gateway.contact("weixin", "微信团队", friend=True)
        await gateway.contact("gh_news", "消防日报", friend=True, type=2)
        await gateway.contact("wx_corp", "某某商城", friend=True, type=2)
        await gateway.join(G1, "wx_corp", "张伟")
        for kind in (EMOTICON, GROUP_NOTE, RED_ENVELOPE, 0, 99):
            for room in (G1, None):
                if (kind, room) != (GROUP_NOTE, None):
                    await story.taken(await gateway.say(ZHANG, "36.5 正常", room, type=kind, at=story.now()))
        for who in ("weixin", "gh_news", "wx_corp"):
            await story.taken(await gateway.say(who, "36.5 正常", at=story.now()))
        await story.taken(await gateway.say("wx_corp", "@小微\u200536.5 正常", G1, mentions=["bot"], at=story.now()))
        for kind in (CHAT_HISTORY, CONTACT, LOCATION, VIDEO):
            await story.taken(await gateway.say(ZHANG, "", G1, type=kind, at=story.now()))
        assert await rows(story, MessageRow) == []
        assert gateway.outbox() == []
