"""The SQL of what follows from the roster: whose account is whose, and the rooms of the sandbox."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import accounts, inbox
from models.roster_sheet import RosterLine
from models.tables.unit import AccountRow, RoomRow

WECOM_APP = "wecom_app"
WECOM_AIBOT = "wecom_aibot"
WECHAT = "wechaty"
SANDBOX = "sandbox"
CASELESS = frozenset({WECOM_APP, WECOM_AIBOT})
"""The channels that do not tell ZhangWei from zhangwei."""
ORGANIZATION = "org"
"""The address of the whole unit's room in the sandbox."""

_Key = tuple[str, str]


class _Account(NamedTuple):
    channel: str
    address: str
    member_id: int


def addresses(session: Session, channel: str) -> dict[int, tuple[str, ...]]:
    """Each member's confirmed addresses on one channel."""
    found: dict[int, tuple[str, ...]] = {}
    wanted = (AccountRow.channel == channel, AccountRow.confirmed_at.is_not(None))
    for row in session.scalars(select(AccountRow).where(*wanted).order_by(AccountRow.id)):
        found[row.member_id] = (*found.get(row.member_id, ()), row.address)
    return found


def link(session: Session, people: Sequence[tuple[int, RosterLine]], former_names: Mapping[int, str], now: datetime) -> None:
    """Give every member (id, line) the accounts that the line names, and in the sandbox the name that nobody shares.

    The roster has the last word: it takes an account from somebody else, and replaces another id that the member had. An empty cell
    changes nothing, so accounts that were claimed in chat and confirmed stay. What an account said while it was nobody's is handled now.
    """
    wanted = _wanted(people)
    wecom = {member_id: line.wecom_userid for member_id, line in people if line.wecom_userid}
    wechat = {member_id for member_id, line in people if line.wechat_id}
    shared = {line.name for _, line in people}
    replaced = addresses(session, WECOM_APP)
    known: set[_Key] = set()
    for row in session.scalars(select(AccountRow)):
        key = _key(row.channel, row.address)
        if key in wanted:
            known.add(key)
            member_id = wanted[key].member_id
            if row.member_id != member_id or row.confirmed_at is None:
                row.member_id, row.confirmed_at = member_id, now
            continue
        match row.channel:
            case "wecom_app" | "wecom_aibot":
                outdated = row.member_id in wecom and row.address in replaced.get(row.member_id, ())
            case "wechaty":
                outdated = row.member_id in wechat and row.confirmed_at is not None
            case "sandbox":
                outdated = row.address in shared or row.address == former_names.get(row.member_id)
            case _:
                outdated = False
        if outdated:
            session.delete(row)
    session.add_all(
        AccountRow(channel=account.channel, address=account.address, member_id=account.member_id, confirmed_at=now)
        for key, account in wanted.items()
        if key not in known
    )
    session.flush()
    for channel, address in inbox.strangers(session):
        if _key(channel, address) in wanted:
            accounts.hear_now(session, channel, address, now)


def _wanted(people: Sequence[tuple[int, RosterLine]]) -> dict[_Key, _Account]:
    bearers = Counter(line.name for _, line in people)
    wanted = []
    for member_id, line in people:
        if line.wecom_userid:
            wanted += [_Account(channel, line.wecom_userid, member_id) for channel in (WECOM_APP, WECOM_AIBOT)]
        if line.wechat_id:
            wanted.append(_Account(WECHAT, line.wechat_id, member_id))
        if bearers[line.name] == 1:
            wanted.append(_Account(SANDBOX, line.name, member_id))
    return {_key(account.channel, account.address): account for account in wanted}


def _key(channel: str, address: str) -> _Key:
    return channel, address.lower() if channel in CASELESS else address


def bind_rooms(session: Session, branch_ids: Sequence[str], group_ids: Sequence[str]) -> None:
    """The sandbox has a room for each branch and group, by its id, and one for all; those of former ones are closed."""
    wanted = {ORGANIZATION: ("organization", "")}
    wanted |= {branch_id: ("branch", branch_id) for branch_id in branch_ids}
    wanted |= {group_id: ("group", group_id) for group_id in group_ids}
    for row in session.scalars(select(RoomRow).where(RoomRow.channel == SANDBOX)):
        if row.address in wanted:
            row.kind, row.scope = wanted.pop(row.address)
        elif row.address == row.scope:
            session.delete(row)
    session.add_all(RoomRow(channel=SANDBOX, address=address, kind=kind, scope=scope) for address, (kind, scope) in wanted.items())
    session.flush()
