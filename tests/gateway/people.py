"""The people of the demo unit in WeChat: their accounts, their chats, and how they come into the roster and into the gateway's world."""

from collections.abc import Mapping
from typing import Any

from bot.channels.wechaty.wire import NAME
from bot.settings import Settings
from bot.wiring import open_store
from models import rooms
from models.clock import SystemClock
from models.roster import Roster
from models.roster_rows import apply, difference
from models.roster_sheet import lines_from_roster
from tests.gateway.gateway import Gateway

CHATROOM = "@chatroom"


def account_of(name: str) -> str:
    """A member's account on WeChat. A stranger has no other name."""
    return name if name.isascii() else f"wxid_{name.encode('utf-8').hex()}"


def name_of(account: str) -> str:
    """Whose account that is."""
    try:
        return bytes.fromhex(account.removeprefix("wxid_")).decode("utf-8") if account.startswith("wxid_") else account
    except ValueError:
        return account


def chat_of(room: str) -> str:
    """The chat of a group or a branch, by its id."""
    return room + CHATROOM


def move_in(settings: Settings, *, known: bool = True, bound: bool = True, handles: Mapping[str, str] | None = None) -> list[str]:
    """The demo's people, with their accounts in the roster if `known`, else with `handles`; their chats bound if `bound`; their names."""
    roster = Roster.model_validate_json((settings.organization.content / "demo" / "roster.json").read_bytes())
    lines = lines_from_roster(roster)
    handles = handles or {}
    ids = {line.name: account_of(line.name) if known else handles.get(line.name, "") for line in lines}
    lines = [line.model_copy(update={"wechat_id": ids[line.name]}) for line in lines]
    store = open_store(settings)
    try:
        store.write_now(lambda session: apply(session, difference(session, lines), SystemClock().now()))
        if bound:
            store.write_now(lambda session: _bind(session, roster))
    finally:
        store.close()
    return [line.name for line in lines]


def _bind(session: Any, roster: Roster) -> None:
    for group in roster.groups:
        rooms.bind(session, NAME, chat_of(group.id), "group", group.id)
    for branch in roster.branches:
        rooms.bind(session, NAME, chat_of(branch.id), "branch", branch.id)
    rooms.bind(session, NAME, chat_of("org"), "organization", "")


async def people_the_world(
    gateway: Gateway, names: list[str], aliases: Mapping[str, str] | None = None, handles: Mapping[str, str] | None = None
) -> None:
    """Everybody has an account, is a friend of the bot's, and is in every chat, called as `aliases` say, else not at all."""
    for name in names:
        await gateway.contact(account_of(name), f"昵称{name[-1]}", handle=(handles or {}).get(name, ""))
    members = {account_of(name): (aliases or {}).get(name, "") for name in names}
    for room in ("g1", "g2", "g3", "g4", "b1", "b2", "org"):
        await gateway.room(chat_of(room), f"群{room}", members)
