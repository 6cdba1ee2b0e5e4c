"""What people do in front of the AI bot: speak, open a chat, press, rate."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any

from tests.fakes.wecom_server import cards, contents
from tests.fakes.wecom_server.callbacks import Answer, Caller, Forgery
from tests.fakes.wecom_server.commands import update_card
from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.ledger import Message
from tests.fakes.wecom_server.platform import Conversation, Platform, ResponseUrl
from tests.fakes.wecom_server.said import Said, Speech
from tests.fakes.wecom_server.socket import Line
from tests.fakes.wecom_server.turns import Kind, Stream, Turn, Turns

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Delivery:
    """What became of something a person did: `delivered` to the bot or not, and what its server answered where it has one."""

    turn: Turn
    delivered: bool
    answer: Answer | None = None

    @property
    def msgid(self) -> str:
        """The id of the message or event."""
        return self.turn.msgid

    @property
    def req_id(self) -> str:
        """The id that answers over the long connection bear."""
        return self.turn.req_id


class People:
    """The people in front of the AI bot."""

    def __init__(self, platform: Platform, turns: Turns, line: Line, caller: Caller) -> None:
        self._platform = platform
        self._turns = turns
        self._line = line
        self._caller = caller
        self._speech = Speech(platform)
        self._entered: set[tuple[str, Any]] = set()
        self.url: str | None = None

    async def speak(
        self, who: str, chat: str | None, said: Said, *, msgid: str | None, at: datetime | None, copies: int, forgery: Forgery
    ) -> Delivery:
        """Say something to the bot, in a group or in private."""
        if chat is not None and said.only_private:
            raise ValueError("a group hands voice, pictures of their own and files to no bot")
        platform, userid = self._platform, self._platform.user(who)
        conversation = Conversation(chat, None if chat is not None else userid)
        body = self._head(conversation, userid, msgid) | self._speech.fields(said, by_url=self.url is not None)
        if at is not None:
            body["create_time"] = int(at.timestamp())
        turn = Turn(Kind.MESSAGE, conversation, userid, body, platform.now())
        most = platform.rules.in_interaction
        if most is not None and self._turns.waiting_of(userid) >= most:
            platform.drop("in interaction", "aibot_msg_callback", "bot", body)
            return Delivery(turn, delivered=False)
        return await self._call("aibot_msg_callback", turn, copies, forgery)

    async def enter(self, who: str) -> Delivery:
        """Open the private chat; the bot is told of the first time in a day only."""
        userid = self._platform.user(who)
        turn = self._event(Kind.ENTER, Conversation(None, userid), userid, {})
        day = (userid, self._platform.now().astimezone(CHINA).date())
        if day in self._entered:
            return Delivery(turn, delivered=False)
        self._entered.add(day)
        return await self._call("aibot_event_callback", turn, 1, "")

    async def press(self, who: str, card: Message, key: str, selected: Mapping[str, list[str]], copies: int, forgery: Forgery) -> Delivery:
        """Press something on a card of the bot."""
        userid = self._platform.user(who)
        if card.channel != "bot":
            raise ValueError("this is no card of the AI bot: use app_press")
        shown = pressed(card, userid, key, selected)
        event: dict[str, Any] = {"card_type": shown["card_type"], "event_key": key, "task_id": shown.get("task_id", "")}
        if not cards.in_menu(shown, key):
            chosen = [{"question_key": question, "option_ids": {"option_id": list(ids)}} for question, ids in selected.items()]
            event["selected_items"] = {"selected_item": chosen}
        turn = self._event(Kind.PRESS, Conversation(card.chat, card.to), userid, event)
        turn.card = card
        return await self._call("aibot_event_callback", turn, copies, forgery)

    async def rate(self, who: str, message: Message, kind: int, content: str, reasons: list[int]) -> Delivery:
        """Say whether an answer was good."""
        feedback = message.content.get("feedback", {}).get("id")
        if not feedback:
            raise ValueError("this message asks for no rating")
        event = {"id": feedback, "type": kind, "content": content, "inaccurate_reason_list": reasons}
        turn = self._event(Kind.FEEDBACK, Conversation(message.chat, message.to), self._platform.user(who), event)
        return await self._call("aibot_event_callback", turn, 1, "")

    async def refresh(self, delivery: Delivery) -> Answer:
        """Ask the bot's server once for the next state of a stream that it has not finished."""
        turn = delivery.turn
        running = next((name for name, stream in turn.streams.items() if not stream.message.finished), None)
        if running is None or self.url is None or self._platform.now() > turn.at + self._platform.rules.stream_window:
            raise ValueError("no stream of this callback is asked for any more")
        body = self._head(turn.conversation, turn.who, None) | {"msgtype": "stream", "stream": {"id": running}}
        return self._show(turn, await self._caller.post_bot(self.url, body, 1))

    def _head(self, conversation: Conversation, userid: str, msgid: str | None) -> dict[str, Any]:
        head: dict[str, Any] = {"msgid": msgid or f"m-{self._platform.serial()}", "aibotid": self._platform.company.bot.bot_id}
        if conversation.chat is not None:
            head["chatid"] = conversation.chat
        return head | {
            "chattype": "single" if conversation.chat is None else "group",
            "from": {"userid": self._platform.id_for_bot(userid)},
        }

    def _event(self, kind: Kind, conversation: Conversation, userid: str, payload: dict[str, Any]) -> Turn:
        now = self._platform.now()
        event = {"eventtype": str(kind)} | ({} if kind is Kind.ENTER else {str(kind): payload})
        body = self._head(conversation, userid, None) | {"create_time": int(now.timestamp()), "msgtype": "event", "event": event}
        return Turn(kind, conversation, userid, body, now)

    async def _call(self, command: str, turn: Turn, copies: int, forgery: Forgery) -> Delivery:
        self._turns.open(turn)
        if self.url is None:
            return Delivery(turn, await self._line.push(command, turn.req_id, turn.body, copies))
        body = turn.body
        if turn.kind in {Kind.MESSAGE, Kind.PRESS}:
            code = secrets.token_urlsafe(24)
            until = self._platform.now() + self._platform.rules.response_url_life
            self._platform.response_urls[code] = ResponseUrl(turn.conversation, turn.msgid, until)
            body = body | {"response_url": f"{self._platform.base_url}/cgi-bin/aibot/response?response_code={code}"}
        deliveries = self._platform.rules.bot_deliveries if turn.kind is Kind.MESSAGE else 1
        answer = self._show(turn, await self._caller.post_bot(self.url, body, deliveries, forgery, copies))
        if not answer.accepted:
            self._platform.drop("the bot's server did not take it", command, "bot", body)
        return Delivery(turn, answer.accepted, answer)

    def _show(self, turn: Turn, answer: Answer) -> Answer:
        """Show the reply, if it is one that this callback allows; else the answer says why not."""
        if answer.reply is None:
            return answer
        try:
            if turn.kind is Kind.PRESS:
                update_card(self._platform, turn, answer.reply)
            else:
                self._reply(turn, answer.reply)
        except RefusedError as refused:
            return Answer(answer.statuses, answer.reply, f"{refused.code} {refused.text}")
        turn.answered = True
        return answer

    def _reply(self, turn: Turn, reply: dict[str, Any]) -> None:
        if turn.kind is Kind.ENTER:
            kind, content = contents.take(contents.of_bot_welcome(), reply)
            self._appear(turn, kind, content)
        elif turn.kind is Kind.FEEDBACK:
            raise RefusedError(40008, "a rating is answered by nothing")
        else:
            parts = {"stream_with_template_card": ("stream", "template_card")}.get(str(reply.get("msgtype")), (str(reply.get("msgtype")),))
            for part in parts:
                if part in reply or len(parts) == 1:
                    kind, content = contents.take(
                        {"stream": partial(contents.stream, pictures=True), "template_card": cards.check}, {**reply, "msgtype": part}
                    )
                    self._appear(turn, kind, content)

    def _appear(self, turn: Turn, kind: str, content: dict[str, Any]) -> None:
        running = turn.streams.get(str(content.get("id"))) if kind == "stream" else None
        if running is None:
            if kind == "template_card":
                self._platform.claim_task("bot", content)
            where = {"chat": turn.conversation.chat, "to": turn.conversation.to, "answers": turn.msgid}
            message = self._platform.show("bot", self._platform.company.bot.bot_id, kind, content, **where)
            if kind != "stream":
                return
            running = turn.streams[str(content["id"])] = Stream(message, self._platform.now())
        elif running.message.finished:
            raise RefusedError(846608)
        running.grow(content)


def pressed(card: Message, who: str, key: str, selected: Mapping[str, list[str]]) -> dict[str, Any]:
    """The card as that person sees it, with everything that is pressed and chosen on it; else ValueError."""
    shown = card.card_for(who)
    if shown is None or card.recalled or (card.to is not None and card.to != who):
        raise ValueError(f"{who} sees no such card")
    if key not in cards.keys(shown):
        raise ValueError(f"there is no {key!r} to press on this card, only {sorted(cards.keys(shown))}")
    offered = cards.choices(shown)
    for question, ids in selected.items():
        if not set(ids) <= offered.get(question, set()):
            raise ValueError(f"{question!r} does not offer {sorted(ids)}")
    return shown
