"""Groups that an app made itself (appchat); it can write into them and never reads them."""

import re
import secrets
from typing import Any

from tests.fakes.wecom_server import contents
from tests.fakes.wecom_server.company import ROOT
from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.platform import AppChat, Platform
from tests.fakes.wecom_server.rest.endpoint import Asked
from tests.fakes.wecom_server.windows import DAY, MINUTE

CHATID = re.compile(r"[0-9A-Za-z]{1,32}")
FEWEST, MOST = 2, 2000


def create(platform: Platform, asked: Asked) -> dict[str, Any]:
    """Make a group; the app must see the whole company."""
    app, body = asked.app, asked.body
    if ROOT not in app.departments:
        raise RefusedError(48002)
    chatid = str(body.get("chatid") or secrets.token_hex(16))
    if not CHATID.fullmatch(chatid):
        raise RefusedError(86001)
    if chatid in platform.app_chats:
        raise RefusedError(86215)
    members = _members(platform, body.get("userlist") or [])
    if not FEWEST <= len(members) <= MOST:
        raise RefusedError(86006)
    owner = _owner(members, body.get("owner") or members[0])
    platform.app_chats[chatid] = AppChat(app, chatid, _name(body.get("name") or "群聊"), owner, members)
    return {"chatid": chatid}


def update(platform: Platform, asked: Asked) -> dict[str, Any]:
    """Change the name, the owner or the members."""
    chat, body = _own(platform, asked, asked.body.get("chatid")), asked.body
    gone = set(_members(platform, body.get("del_user_list") or []))
    members = [who for who in dict.fromkeys([*chat.members, *_members(platform, body.get("add_user_list") or [])]) if who not in gone]
    if not FEWEST <= len(members) <= MOST:
        raise RefusedError(86006)
    wanted = body.get("owner") or (chat.owner if chat.owner in members else members[0])
    name, owner = _name(body.get("name") or chat.name), _owner(members, wanted)
    chat.name, chat.owner, chat.members = name, owner, members
    return {}


def get(platform: Platform, asked: Asked) -> dict[str, Any]:
    """What a group is."""
    chat = _own(platform, asked, asked.query.get("chatid"))
    info = {"chatid": chat.chatid, "name": chat.name, "owner": chat.owner, "userlist": chat.members, "chat_type": 0}
    return {"chat_info": info}


def send(platform: Platform, asked: Asked) -> dict[str, Any]:
    """Write into a group; a member who got too much does not get it, and the answer does not say so."""
    chat, rules, now = _own(platform, asked, asked.body.get("chatid")), platform.rules, platform.now()
    kind, content = contents.take(contents.of_appchat(platform.has_media("")), asked.body)
    for who in chat.members:
        if not platform.windows.take("appchat", now, (rules.appchat_per_minute, MINUTE), blocks=True):
            raise RefusedError(45009)
        limits = (rules.appchat_person_per_minute, MINUTE), (rules.appchat_person_per_day, DAY)
        if not platform.windows.take(("appchat", who), now, *limits):
            platform.drop("too often", "appchat", who, asked.body)
    platform.show("appchat", str(chat.app.agent_id), kind, content, chat=chat.chatid)
    return {}


def _own(platform: Platform, asked: Asked, chatid: Any) -> AppChat:
    chat = platform.app_chats.get(str(chatid or ""))
    if chat is None:
        raise RefusedError(86003)
    if chat.app != asked.app:
        raise RefusedError(86008)
    return chat


def _members(platform: Platform, names: list[Any]) -> list[str]:
    people = platform.company.people
    if any(str(name).lower() not in people for name in names):
        raise RefusedError(86216)
    return list(dict.fromkeys(people[str(name).lower()].userid for name in names))


def _owner(members: list[str], owner: Any) -> str:
    if owner not in members:
        raise RefusedError(86207)
    return str(owner)


def _name(name: Any) -> str:
    if len(str(name)) > 50:
        raise RefusedError(86004)
    return str(name)
