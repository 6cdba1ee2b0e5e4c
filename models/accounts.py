"""The SQL of accounts: whose they are, and the claims that wait for a leader's word."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import inbox, promises
from models.promises import TimerKind
from models.tables.unit import AccountRow


def claim(session: Session, channel: str, address: str, member_id: int) -> AccountRow:
    """Note that an account says it is a member; it counts once it is confirmed. An earlier unconfirmed claim is replaced."""
    row = by_address(session, channel, address)
    if row is None:
        row = AccountRow(channel=channel, address=address, member_id=member_id, confirmed_at=None)
        session.add(row)
    elif row.confirmed_at is None:
        row.member_id = member_id
    session.flush()
    return row


def by_address(session: Session, channel: str, address: str) -> AccountRow | None:
    """The account of that address, claimed or confirmed."""
    return session.scalar(select(AccountRow).where(AccountRow.channel == channel, AccountRow.address == address))


def by_id(session: Session, account_id: int) -> AccountRow | None:
    """The account with that number."""
    return session.get(AccountRow, account_id)


def first_of_member(session: Session, member_id: int) -> dict[str, str]:
    """A member's first confirmed account on each channel."""
    query = (
        select(AccountRow.channel, AccountRow.address)
        .where(AccountRow.member_id == member_id, AccountRow.confirmed_at.is_not(None))
        .order_by(AccountRow.id.desc())
    )
    return {row.channel: row.address for row in session.execute(query)}


def respell(session: Session, channel: str, address: str) -> None:
    """An account is written with these capitals from now on, as its platform writes it."""
    same = select(AccountRow).where(AccountRow.channel == channel, func.lower(AccountRow.address) == address.lower())
    known, *claims = session.scalars(same.order_by(AccountRow.confirmed_at.is_(None), AccountRow.id))
    for other in claims:  # made before it was known whose it is
        session.delete(other)
    session.flush()
    known.address = address
    session.flush()


def confirm(session: Session, account: AccountRow, now: datetime) -> int:
    """The claim is true; how many messages are handled now that were said before."""
    account.confirmed_at = now
    session.flush()
    return hear_now(session, account.channel, account.address, now)


def hear_now(session: Session, channel: str, address: str, now: datetime) -> int:
    """What an account said while it was nobody's is handled now that it is somebody's; how many messages."""
    before = inbox.of_stranger(session, channel, address)
    for message_id in before:
        promises.set_timer(session, TimerKind.MESSAGE_RETRY, message_id, now)
    return len(before)


def refuse(session: Session, account: AccountRow) -> None:
    """The claim is not true: the account belongs to nobody again. It stays as a claim of which nobody is asked, which no name settles."""
    account.confirmed_at = None
    session.flush()
