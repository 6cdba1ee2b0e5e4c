"""`rooms make`: groups that the self-built app of WeCom makes itself, for whoever has no room in which the bot may speak."""

import asyncio
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.console import Console

from bot.channels.registry import capabilities
from bot.channels.wecom.errors import WeComError
from bot.channels.wecom_app.client import AppClient, connected, text
from bot.channels.wecom_app.wire import NAME
from bot.cli_parts import Config, errors_as_lines, fail, settings_of, store_of
from bot.settings import Settings
from bot.unit import build_unit
from bot.wiring import build_clock
from models import promises, rooms
from models.clock import SystemClock
from models.store import Store
from services.office import Office
from services.own_rooms import OwnRoom, UnknownNameError, own_rooms
from services.work import Work

rooms_app = typer.Typer(no_args_is_help=True)
console = Console()

FEWEST = 2
"""Members of a group."""
GONE = {40050, 86001, 86003}
TAKEN = 86215
ADVICE = {
    48002: "应用的可见范围要包含最上级部门（全公司），才能建群",
    60011: "应用的可见范围要包含最上级部门（全公司），才能建群",
    60020: "把这台电脑的公网地址加进应用的“企业可信IP”",
    86216: "名册里有企业微信里没有的账号，先改名册再导入",
}


@rooms_app.command(name="make")
def make(
    names: Annotated[list[str] | None, typer.Argument(metavar="[GROUP]...", help="Only these groups and branches.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    config: Config = None,
) -> None:
    """Make a group for every group and branch that has no room of its own, and bring those that were made to the roster."""
    with errors_as_lines(), store_of(config) as store:
        settings = settings_of(config)
        if not settings.channels.wecom_app.enabled:
            fail("channels.wecom_app: is not enabled; only the self-built app can make rooms (docs/wecom.md)")
        try:
            failed = asyncio.run(_make(settings, store, names or (), dry_run=dry_run))
        except UnknownNameError as unknown:
            fail(f"没有叫“{unknown}”的党小组或党支部；名字见名册（roster export）")
        if failed:
            raise typer.Exit(1)


@dataclass(frozen=True)
class _Change:
    """What is to happen to a room that is there: userids."""

    owner: str | None
    add: tuple[str, ...]
    remove: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.owner or self.add or self.remove)


async def _make(settings: Settings, store: Store, names: Collection[str], *, dry_run: bool) -> bool:
    """Make and change rooms one after the other; whether any failed."""
    clock = build_clock(settings, store)
    office = Office(store, clock, build_unit(settings, capabilities(settings.channels)), settings.organization.name)
    await office.reload()
    wanted = await office.read(lambda work: own_rooms(work, NAME, names))
    failed = changed = False
    async with connected(settings.channels.wecom_app, clock.now) as client:
        for room in wanted:
            try:
                changed |= await _Maker(office, client, room, dry_run=dry_run).bring_about()
            except WeComError as error:
                failed = True
                advice = ADVICE.get(error.code or 0, "没有改动，过一会儿再试")
                _say(f"没办成 {room.name}：企业微信答 {error}。{advice}。")
    if not (changed or failed):
        _say("每个党小组和党支部都有群了，没有变化。")
    if dry_run and changed:
        _say("这是预览，还没有改动。确认后去掉 --dry-run 再运行一次。")
    return failed


class _Maker:
    """Brings one room about, and says what it does; with `dry_run` it only says it."""

    def __init__(self, office: Office, client: AppClient, room: OwnRoom, *, dry_run: bool) -> None:
        self._office = office
        self._client = client
        self._room = room
        self._dry_run = dry_run

    async def bring_about(self) -> bool:
        """Whether there was, or would be, anything to do."""
        room = self._room
        if len(room.members) < FEWEST:
            _say(f"跳过 {room.name}：有企业微信账号的只有 {len(room.members)} 人，至少 {FEWEST} 人才能建群。")
            return True
        if room.address is None:
            return await self._new(_chatid(room))
        try:
            change = await self._difference(room.address)
        except WeComError as error:
            if error.code not in GONE:
                raise
            return await self._new(None)
        if change:
            _say(f"修改 {room.name}：" + "；".join(self._words(change)))
            if not self._dry_run:
                await self._client.change_room(room.address, owner=change.owner, add=change.add, remove=change.remove)
        return bool(change)

    async def _new(self, chatid: str | None) -> bool:
        """Make it. One that was made before, and not bound because the power failed, is taken up again."""
        room = self._room
        missing = f"；没有账号、进不了群的：{'、'.join(room.missing)}" if room.missing else ""
        _say(f"新建 {room.name}：{len(room.members)} 人，群主 {self._name(room.members[0])}{missing}")
        if self._dry_run:
            return True
        name = self._office.unit.texts("own_room.name", name=room.name, bot=self._office.unit.bot_name)
        try:
            made = await self._client.make_room(name[:50], room.members[0], room.members, chatid)
        except WeComError as error:
            if error.code != TAKEN or chatid is None:
                raise
            made = chatid
            change = await self._difference(chatid)
            if change:
                await self._client.change_room(chatid, owner=change.owner, add=change.add, remove=change.remove)
        await self._office.write(lambda work: _bind(work, room, made))
        # nobody sees the group before something is said in it
        await self._client.say_in_room(
            made, text(self._office.unit.texts("own_room.first", name=room.name, bot=self._office.unit.bot_name))
        )
        return True

    async def _difference(self, chatid: str) -> _Change:
        """From what the group is to what the roster says. The platform does not tell capitals apart."""
        info = await self._client.room(chatid)
        there = {str(userid).lower(): str(userid) for userid in info.get("userlist") or ()}
        wanted = {userid.lower(): userid for userid in self._room.members}
        staying = wanted.keys() | {userid.lower() for userid in self._room.may_stay}
        owner = self._room.members[0]
        return _Change(
            owner=None if str(info.get("owner", "")).lower() == owner.lower() else owner,
            add=tuple(userid for key, userid in wanted.items() if key not in there),
            remove=tuple(userid for key, userid in there.items() if key not in staying),
        )

    def _words(self, change: _Change) -> list[str]:
        words = [f"加入 {self._names(change.add)}"] if change.add else []
        words += [f"移出 {self._names(change.remove)}"] if change.remove else []
        return words + ([f"群主改为 {self._name(change.owner)}"] if change.owner else [])

    def _names(self, userids: Collection[str]) -> str:
        return "、".join(map(self._name, userids))

    def _name(self, userid: str) -> str:
        person = self._office.directory.speaker(NAME, userid)
        return userid if person is None else person.name


def _bind(work: Work, room: OwnRoom, address: str) -> None:
    if room.address is not None:
        rooms.unbind(work.session, NAME, room.address)
    rooms.bind(work.session, NAME, address, room.kind, room.scope)
    promises.set_moment(work.session, promises.DIRECTORY_CHANGED, SystemClock().now())  # the running bot reads it anew


def _chatid(room: OwnRoom) -> str:
    """The same for the same group however often it is tried: up to 32 letters and digits."""
    return re.sub(r"[^0-9a-zA-Z]", "", f"sanwei{room.kind}{room.scope}")[:32]


def _say(words: str) -> None:
    console.print(words, soft_wrap=True, highlight=False, markup=False)
