"""What a gateway says becomes what somebody said: words, quotations, chains, what cannot be read, recalls, and nobody's words."""

from datetime import UTC, datetime, timedelta
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechaty.incoming import Me, Recall, heard
from bot.channels.wechaty.outgoing import mentioning, plain
from bot.channels.wechaty.rpc import Payload
from bot.channels.wechaty.wire import MessageType
from models.message import Attachment, Message

NOW = datetime(2026, 3, 2, 0, 5, tzinfo=UTC)
ME = Me("bot", ("江北站小助手", "江北站小助手二号"), "小微")
LINE = "- - - - - - - - - - - - - - -"
QUOTATION = (
    '<?xml version="1.0"?><msg><appmsg appid="" sdkver="0"><title>{words}</title><des /><type>57</type>'
    "<refermsg><type>1</type><svrid>1</svrid><displayname>王磊</displayname><content>{quoted}</content></refermsg></appmsg></msg>"
)
RICH = "<msg><appmsg><title>标题</title><type>{kind}</type></appmsg></msg>"


def payload(text: str = "", kind: int = MessageType.TEXT, *, room: str = "g1@chatroom", talker: str = "wxid_a", **more: object) -> Payload:
    """A message as the gateway has it."""
    facts: dict[str, object] = {"timestamp": round(NOW.timestamp() * 1000), "mentions": (), "filename": "", "listener": ""} | more
    return Payload(id="m1", type=kind, talker=talker, room=room, text=text, **facts)  # type: ignore[arg-type]


def said(one: Payload) -> Message:
    """What somebody said."""
    message = heard(one, ME, NOW)
    assert isinstance(message, Message)
    return message


def test_words_in_a_room_are_said_to_the_bot_where_it_is_called_or_mentioned() -> None:
    assert said(payload("36.5 正常")) == Message(
        channel="wechaty", id="m1", room="g1@chatroom", account="wxid_a", sent_at=NOW, text="36.5 正常", addressed=False
    )
    assert said(payload("@小微 36.5")).addressed
    assert said(payload("小微，36.5")).addressed
    assert said(payload("36.5", room="")).addressed, "in private everything is"
    mentioned = said(payload("@江北站小助手\u2005 36.5 @张伟\u2005也正常", mentions=("wxid_z", "bot")))
    assert (mentioned.addressed, mentioned.text) == (True, "36.5 @张伟\u2005也正常")
    assert said(payload("@江北站小助手二号\u200536.5", mentions=("bot",))).text == "36.5", "the longer name is not cut in the middle"
    assert not said(payload("@所有人 集合", mentions=())).addressed
    assert not said(payload("@所有人\u2005 集合", mentions=("wxid_z", "bot"))).addressed, "nor where a gateway says that all were mentioned"
    assert said(payload("@所有人 集合 @江北站小助手\u2005汇总", mentions=("wxid_z", "bot"))).addressed
    assert heard(payload("张伟加入了群聊", talker="g1@chatroom"), ME, NOW) is None, "the room itself says nothing"


@pytest.mark.parametrize("timestamp", [round(NOW.timestamp() * 1000), round(NOW.timestamp())], ids=["milliseconds", "seconds"])
def test_the_time_of_a_message_is_in_milliseconds_or_seconds(timestamp: int) -> None:
    assert said(payload("36.5", timestamp=timestamp)).sent_at == NOW


@pytest.mark.parametrize("timestamp", [0, 1, 2**63, round((NOW - timedelta(days=3)).timestamp())])
def test_a_time_that_cannot_be_is_the_present_moment(timestamp: int) -> None:
    assert said(payload("36.5", timestamp=timestamp)).sent_at == NOW


@pytest.mark.parametrize(
    "text",
    [
        f"「王磊：我发烧了」\n{LINE}\n收到，多喝水",
        QUOTATION.format(words="收到，多喝水", quoted="我发烧了"),
        escape(QUOTATION.format(words="收到，多喝水", quoted="我发烧了")),
        QUOTATION.format(words="<![CDATA[收到，多喝水]]>", quoted="<![CDATA[我发烧了]]>"),
    ],
    ids=["as text", "as XML", "as XML within text", "as marked XML"],
)
def test_what_is_quoted_is_not_what_is_said(text: str) -> None:
    message = said(payload(text))
    assert (message.text, message.quoted, message.attachments) == ("收到，多喝水", "我发烧了", ())


def test_a_quotation_of_something_rich_leaves_it_out() -> None:
    message = said(payload(QUOTATION.format(words="同意", quoted=escape(RICH.format(kind=5)))))
    assert (message.text, message.quoted) == ("同意", None)


@pytest.mark.parametrize("kind", [MessageType.UNKNOWN, MessageType.GROUP_NOTE, MessageType.URL, MessageType.TEXT])
def test_a_chain_is_left_to_the_reading_whatever_the_gateway_takes_it_for(kind: int) -> None:
    chain = RICH.format(kind=53)
    assert said(payload(chain, kind)).text == chain
    assert said(payload(escape(chain), kind)).text == escape(chain)


@pytest.mark.parametrize(
    ("kind", "attachment"),
    [
        (MessageType.IMAGE, Attachment.PICTURE),
        (MessageType.AUDIO, Attachment.VOICE),
        (MessageType.VIDEO, Attachment.VIDEO),
        (MessageType.ATTACHMENT, Attachment.FILE),
        (MessageType.CHAT_HISTORY, Attachment.FORWARD),
        (MessageType.LOCATION, Attachment.OTHER),
        (MessageType.CONTACT, Attachment.OTHER),
    ],
)
def test_what_cannot_be_read_is_an_attachment(kind: int, attachment: Attachment) -> None:
    message = said(payload("", kind, room=""))
    assert (message.text, message.attachments, message.addressed) == ("", (attachment,), True)


@pytest.mark.parametrize(("kind", "attachment"), [(19, Attachment.FORWARD), (6, Attachment.FILE), (5, Attachment.OTHER)])
def test_so_is_what_comes_as_xml(kind: int, attachment: Attachment) -> None:
    message = said(payload(RICH.format(kind=kind), MessageType.URL))
    assert (message.text, message.attachments) == ("", (attachment,))


@pytest.mark.parametrize(
    "one",
    [
        payload("张伟邀请李明加入了群聊", MessageType.UNKNOWN),
        payload("<sysmsg type='pat'>拍了拍</sysmsg>", MessageType.UNKNOWN),
        payload("", MessageType.EMOTICON),
        payload("", MessageType.RED_ENVELOPE),
        payload(RICH.format(kind=2001), MessageType.UNKNOWN),
        payload("微信团队提醒", talker="weixin", room=""),
        payload("今日新闻", talker="gh_0123456789ab", room=""),
        payload("谁也没说", talker=""),
        payload("？", 99),
        payload("", MessageType.RECALLED),
    ],
)
def test_nobody_s_words_are_not_heard(one: Payload) -> None:
    assert heard(one, ME, NOW) is None


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("12345", ("12345",)),
        (
            "<sysmsg type='revokemsg'><revokemsg><session>g1</session><msgid>7</msgid><newmsgid>12345</newmsgid></revokemsg></sysmsg>",
            ("7", "12345"),
        ),
    ],
    ids=["as text", "as XML"],
)
def test_what_was_taken_back_is_known_by_its_id(text: str, ids: tuple[str, ...]) -> None:
    assert heard(payload(text, MessageType.RECALLED), ME, NOW) == Recall(ids)


@given(st.text(), st.integers(0, 20), st.integers(0, 2**64 - 1))
def test_whatever_comes_nothing_breaks(text: str, kind: int, timestamp: int) -> None:
    for words in (text, f"<msg><appmsg>{text}", f"<appmsg><title>{text}</title><type>57</type><refermsg>{text}"):
        heard(payload(words, kind, timestamp=timestamp, mentions=("bot",)), ME, NOW)


def test_light_markdown_is_shown_without_its_marks() -> None:
    assert plain("# 微党课\n**口罩**怎么戴，看[这里](https://example.com/a)") == "微党课\n口罩怎么戴，看这里 https://example.com/a"


def test_a_mention_takes_the_place_of_the_name() -> None:
    assert mentioning("张伟 记下了 ✓", "张伟", "二班张伟") == "@二班张伟\u2005记下了 ✓"
    assert mentioning("你好，我还不认识这个账号。", "", "路人") == "@路人\u2005你好，我还不认识这个账号。"


def test_only_what_did_not_come_as_a_text_has_the_platforms_word_for_its_authors() -> None:
    chain = RICH.format(kind=53)
    assert said(payload(chain, MessageType.UNKNOWN)).chain
    assert not said(payload(chain, MessageType.TEXT)).chain
    assert not said(payload(RICH.format(kind=5), MessageType.URL)).chain
