"""What the app asks of the platform: messages to people, groups of its own, cards, files, and who somebody is."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from aiohttp import FormData

from bot.channels.markdown import untagged
from bot.channels.settings import WecomApp
from bot.channels.wecom.errors import Failure, Policy, WeComError, error_of, no_answer
from bot.channels.wecom.rest import AppApi, Rest

REPEAT_SECONDS: Final = 1800
"""For so long the platform drops the same content to the same person, where it is asked to."""
IDS_AT_ONCE: Final = 1000
INVALID_USER_ID: Final = 40003

Content = Mapping[str, Any]
"""The fields of a message that say what it shows."""


def text(words: str) -> Content:
    """A message of plain words, at most 2048 bytes. Even there the platform makes links of tags, and in groups calls people."""
    return {"msgtype": "text", "text": {"content": untagged(words)}}


def card(template_card: Mapping[str, Any]) -> Content:
    """A message that is a card."""
    return {"msgtype": "template_card", "template_card": template_card}


def client_of(settings: WecomApp, rest: Rest, now: Callable[[], datetime]) -> "AppClient":
    """The client of the app that the settings name, over an interface that somebody else opens and closes."""
    secret = settings.secret.get_secret_value() if settings.secret else ""
    return AppClient(AppApi(rest, settings.corp_id or "", secret, now), settings.agent_id or 0)


@asynccontextmanager
async def connected(settings: WecomApp, now: Callable[[], datetime]) -> AsyncIterator["AppClient"]:
    """The client of the app that the settings name, for a few calls."""
    rest = Rest(settings.api_base)
    await rest.open()
    try:
        yield client_of(settings, rest, now)
    finally:
        await rest.close()


class AppClient:
    """Calls in the name of the app `agent_id`; every failure is a WeComError."""

    def __init__(self, api: AppApi, agent_id: int) -> None:
        self._api = api
        self._agent_id = agent_id

    async def send(self, userid: str, content: Content, *, once: bool) -> str:
        """Send somebody a message; the id by which it can be recalled.

        `once`: the platform drops it where the same was sent to them a short time ago. Raises `invalid_user` or `unlicensed_user`, for
        good, where the platform says that it does not reach them; `invalid_user_id` where it would understand several people, or everybody
        (@all): what is for one must not be read by others.
        """
        if userid.startswith("@") or "|" in userid:
            raise WeComError(replace(error_of(INVALID_USER_ID).failure, tried=False))
        body = {"touser": userid, "agentid": self._agent_id, **content}
        if once:
            body |= {"enable_duplicate_check": 1, "duplicate_check_interval": REPEAT_SECONDS}
        answer = await self._api.call("POST", "/cgi-bin/message/send", json=body)
        for field, reason in (("invaliduser", "invalid_user"), ("unlicenseduser", "unlicensed_user")):
            if answer.get(field):
                raise WeComError(Failure(reason, Policy.PERMANENT, code=0))
        return _given(answer, "msgid")

    async def update_card(self, userid: str, response_code: str, template_card: Mapping[str, Any]) -> None:
        """Replace a card for somebody; the code of the card, or of a press of it, is good once."""
        body = {"userids": [userid], "agentid": self._agent_id, "response_code": response_code, "template_card": template_card}
        await self._api.call("POST", "/cgi-bin/message/update_template_card", json=body)

    async def recall(self, msgid: str) -> None:
        """Take a message back, within 24 hours of its sending."""
        await self._api.call("POST", "/cgi-bin/message/recall", json={"msgid": msgid})

    async def upload(self, kind: str, name: str, data: bytes) -> str:
        """Upload a file (`kind` is image, voice, video or file); its media id, good for three days."""
        form = FormData()
        form.add_field("media", data, filename=name, content_type="application/octet-stream")
        return _given(await self._api.call("POST", "/cgi-bin/media/upload", query={"type": kind}, data=form), "media_id")

    async def make_room(self, name: str, owner: str, members: Sequence[str], chatid: str | None = None) -> str:
        """Make a group of the app's own with at least two members, the owner among them; its chatid, which may be chosen."""
        body = {"name": name, "owner": owner, "userlist": list(members)} | ({} if chatid is None else {"chatid": chatid})
        return _given(await self._api.call("POST", "/cgi-bin/appchat/create", json=body), "chatid")

    async def room(self, chatid: str) -> Mapping[str, Any]:
        """What a group of the app's is: `name`, `owner`, `userlist`."""
        answer = await self._api.call("GET", "/cgi-bin/appchat/get", query={"chatid": chatid})
        info = answer.get("chat_info")
        if not isinstance(info, dict):
            raise no_answer("malformed")
        return info

    async def change_room(self, chatid: str, *, owner: str | None = None, add: Collection[str] = (), remove: Collection[str] = ()) -> None:
        """Change what is given of a group."""
        changes = {"owner": owner, "add_user_list": list(add), "del_user_list": list(remove)}
        body = {"chatid": chatid, **{key: value for key, value in changes.items() if value}}
        await self._api.call("POST", "/cgi-bin/appchat/update", json=body)

    async def say_in_room(self, chatid: str, content: Content) -> None:
        """Send a message into a group of the app's. The platform does not say its id, so it cannot be recalled."""
        await self._api.call("POST", "/cgi-bin/appchat/send", json={"chatid": chatid, **content})

    async def plain_userids(self, open_userids: Sequence[str]) -> dict[str, str]:
        """The userid behind each encrypted id; those that the platform does not tell (out of the app's scope) are not in it."""
        found: dict[str, str] = {}
        for first in range(0, len(open_userids), IDS_AT_ONCE):
            body = {"open_userid_list": list(open_userids[first : first + IDS_AT_ONCE])}
            answer = await self._api.call("POST", "/cgi-bin/batch/openuserid_to_userid", json=body)
            found |= {_given(pair, "open_userid"): _given(pair, "userid") for pair in answer.get("userid_list") or ()}
        return found


def _given(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise no_answer("malformed")
    return value
