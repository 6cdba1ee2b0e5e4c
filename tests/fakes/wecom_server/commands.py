"""The commands of the long connection that show something to people, and the rules that each keeps."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from tests.fakes.wecom_server import cards, contents
from tests.fakes.wecom_server.contents import Check, Content
from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.platform import Conversation, Platform
from tests.fakes.wecom_server.turns import Kind, Stream, Turn, Turns
from tests.fakes.wecom_server.windows import HOUR, MINUTE

SINGLE, GROUP = 1, 2

Command = Callable[[Platform, Turns, str, dict[str, Any]], dict[str, Any] | None]
"""From the req_id and the body of a frame to the body of the acknowledgement."""


def respond_msg(platform: Platform, turns: Turns, req_id: str, body: dict[str, Any]) -> None:
    """Answer a message, with one thing or with a stream that grows."""
    turn = _turn(platform, turns, req_id, Kind.MESSAGE, platform.rules.reply_window)
    kind, content = contents.take({"stream": partial(contents.stream, pictures=False), **_push_checks(platform)}, body)
    stream = _running(platform, turn, content) if kind == "stream" else None
    _count(platform, turn.conversation)
    if stream is not None:
        stream.grow(content)
    else:
        _answer(platform, turn, kind, content)
    turn.answered = True


def respond_welcome_msg(platform: Platform, turns: Turns, req_id: str, body: dict[str, Any]) -> None:
    """Greet who opened the chat, at once or never."""
    turn = _turn(platform, turns, req_id, Kind.ENTER, platform.rules.event_window)
    kind, content = contents.take(contents.of_bot_welcome(), body)
    _count(platform, turn.conversation)
    _answer(platform, turn, kind, content)
    turn.answered = True


def respond_update_msg(platform: Platform, turns: Turns, req_id: str, body: dict[str, Any]) -> None:
    """Change the card that was pressed, at once or never."""
    turn = _turn(platform, turns, req_id, Kind.PRESS, platform.rules.event_window)
    update_card(platform, turn, body)
    turn.answered = True


def update_card(platform: Platform, turn: Turn, body: dict[str, Any]) -> None:
    """Put the new card in the place of the pressed one, which bears the same task id."""
    if body.get("response_type") != "update_template_card":
        raise RefusedError(40058, "response_type invalid. invalid Request Parameter")
    card = cards.check(body.get("template_card"))
    if turn.card is None or turn.card.card is None or card.get("task_id") != turn.card.card.get("task_id"):
        raise RefusedError(40058, "template_card.task_id invalid. invalid Request Parameter")
    only = [platform.id_from_bot(str(name)) for name in body.get("userids") or []]
    turn.card.update(card, only or None)


def send_msg(platform: Platform, _turns: Turns, _req_id: str, body: dict[str, Any]) -> None:
    """Push into a conversation in which somebody has talked to the bot before."""
    kind, content = contents.take(_push_checks(platform), body)
    conversation = _target(platform, str(body.get("chatid") or ""), body.get("chat_type", 0))
    _count(platform, conversation)
    if kind == "template_card":
        platform.claim_task("bot", content)
    where = {"chat": conversation.chat, "to": conversation.to}
    platform.show("bot", platform.company.bot.bot_id, kind, content, **where)


COMMANDS: Mapping[str, Command] = {
    "aibot_respond_msg": respond_msg,
    "aibot_respond_welcome_msg": respond_welcome_msg,
    "aibot_respond_update_msg": respond_update_msg,
    "aibot_send_msg": send_msg,
}


def _push_checks(platform: Platform) -> dict[str, Check]:
    return contents.of_bot_push(platform.has_media("bot"))


def _turn(platform: Platform, turns: Turns, req_id: str, kind: Kind, window: timedelta) -> Turn:
    turn = turns.get(req_id)
    if turn is None or turn.kind is not kind or platform.now() > turn.at + window:
        raise RefusedError(846605)
    if turn.answered and kind is not Kind.MESSAGE:  # a greeting and a change of a card are given once
        raise RefusedError(846605)
    return turn


def _running(platform: Platform, turn: Turn, content: Content) -> Stream | None:
    """The stream that a frame goes on with; None where the frame begins one."""
    stream = turn.streams.get(content["id"])
    if stream is not None and (stream.message.finished or platform.now() > stream.since + platform.rules.stream_window):
        raise RefusedError(846608)
    return stream


def _answer(platform: Platform, turn: Turn, kind: str, content: Content) -> None:
    if kind == "template_card":
        platform.claim_task("bot", content)
    where = {"chat": turn.conversation.chat, "to": turn.conversation.to}
    message = platform.show("bot", platform.company.bot.bot_id, kind, content, answers=turn.msgid, **where)
    if kind == "stream":
        turn.streams[content["id"]] = stream = Stream(message, platform.now())
        stream.grow(content)


def _target(platform: Platform, chatid: str, chat_type: Any) -> Conversation:
    """The conversation that an id means; without a type the group comes first."""
    tries = {SINGLE: [Conversation(None, platform.id_from_bot(chatid))], GROUP: [Conversation(chatid, None)]}
    for conversation in tries.get(chat_type, [*tries[GROUP], *tries[SINGLE]]):
        if conversation.key in platform.met:
            return conversation
    raise RefusedError(93006)


def _count(platform: Platform, conversation: Conversation) -> None:
    limits = (platform.rules.conversation_per_minute, MINUTE), (platform.rules.conversation_per_hour, HOUR)
    if not platform.windows.take(("conversation", conversation.key), platform.now(), *limits):
        raise RefusedError(846607)
