"""What the bot said in the sandbox: the SQL of that channel's own side of sending."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.once import insert_once
from models.tables.queue import SandboxMessageRow


def put(session: Session, notice_id: int, room: str | None, address: str | None, text: str, image: str | None, now: datetime) -> None:
    """The sandbox's side of a sending; a repeat of the same notice changes nothing."""
    insert_once(session, SandboxMessageRow, notice_id=notice_id, at=now, room=room, address=address, text=text, image=image)


def image_of(session: Session, seq: int) -> str | None:
    """The picture that was sent with the message of that number."""
    row = session.get(SandboxMessageRow, seq)
    return None if row is None else row.image


def messages(session: Session, after: int) -> list[SandboxMessageRow]:
    """What the bot said in the sandbox after number `after`, in order."""
    return list(session.scalars(select(SandboxMessageRow).where(SandboxMessageRow.seq > after).order_by(SandboxMessageRow.seq)))
