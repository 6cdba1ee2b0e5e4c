"""What came in, what must go out, and what is promised for later."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Sealed, SealedOrLost

_FINISHED, _REASONED = sql("finished_at IS NOT NULL"), sql("reason IS NOT NULL")
_NAMED, _STRANGE = sql("platform_id IS NOT NULL"), sql("status = 'stranger'")


class MessageRow(Base):
    """A message that reported something or was said to the bot; chatter never gets a row.

    `room` is null for a private chat. `status`: handled, failed (a handler failed; retried at `retry_at`), stranger (waits until its
    account is claimed). `error` names the kind and place of a failure, never content.

    `quoted` is what the message quotes; `attachments` names the kinds of what came along, with spaces between. `reply_to` is the
    platform's handle by which this very message can be answered, until `reply_until`; null again once it was used up.
    """

    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    external_id: Mapped[str]
    room: Mapped[str | None]
    account: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    addressed: Mapped[bool]
    sent_at: Mapped[datetime]
    received_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Sealed)
    reading: Mapped[str] = mapped_column(Sealed)
    status: Mapped[str]
    error: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    retracted_at: Mapped[datetime | None]
    quoted: Mapped[str | None] = mapped_column(Sealed)
    reply_to: Mapped[str | None] = mapped_column(Sealed)
    reply_until: Mapped[datetime | None]
    attachments: Mapped[str] = mapped_column(default="", server_default=sql("''"))
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_messages_status", "status"),
        Index("ix_messages_channel_reply_until", "channel", "reply_until"),
        Index("ix_messages_member_id_received_at", "member_id", "received_at"),
        Index("ix_messages_stranger", "channel", "account", sqlite_where=_STRANGE, postgresql_where=_STRANGE),
    )


class NoticeRow(Base):
    """One message the bot decided to send. Either `room` or `address` (an account of the channel) is set; neither: nobody can be reached.

    `state`: waiting, leased (a sender has it until `lease_until`), sent, dropped (no longer wanted, `reason` says why), failed (given up).
    `tried` names the channels (with spaces between) on which it was tried before it came to this one, `parts_sent` says how many
    parts of it have arrived, of a long text or of a text and its picture.
    `platform_id` is what the platform calls the sent message, by which it can be recalled: several, with spaces between, where it
    became several. `image` is a picture that goes with the text, by its path in the folder of the unit's content. `mention` is the account
    of the one person to whom something is said in a room. `with_id` is the notice in whose message it was said; null: in its own.
    Its times: `created_at` decided, `sent_at` handed to a platform for the first time, `finished_at` with the state sent accepted by it,
    `answered_at` when its reader did what it asked for. `about_id` is whom a buddy is asked about.
    """

    __tablename__ = "notices"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    priority: Mapped[int]
    channel: Mapped[str]
    room: Mapped[str | None]
    address: Mapped[str | None]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    about_id: Mapped[int | None]
    text: Mapped[str] = mapped_column(SealedOrLost)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    case_round: Mapped[int | None]
    day: Mapped[date | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    tried: Mapped[str] = mapped_column(default="", server_default=sql("''"))
    parts_sent: Mapped[int] = mapped_column(default=0, server_default=sql("0"))
    platform_id: Mapped[str | None]
    image: Mapped[str | None]
    mention: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    with_id: Mapped[int | None]
    __table_args__ = (
        Index("ix_notices_due", "channel", "state", "due_at", "priority", "parts_sent", "lease_until"),  # all that says whose turn it is
        Index("ix_notices_case_id_kind", "case_id", "kind"),
        Index("ix_notices_member_id_day", "member_id", "day"),
        Index("ix_notices_failed", "finished_at", sqlite_where=sql("state = 'failed'"), postgresql_where=sql("state = 'failed'")),
        Index("ix_notices_member_id_finished_at", "member_id", "finished_at", sqlite_where=_FINISHED, postgresql_where=_FINISHED),
        Index("ix_notices_channel_finished_at", "channel", "finished_at", sqlite_where=_FINISHED, postgresql_where=_FINISHED),
        Index("ix_notices_platform_id", "platform_id", sqlite_where=_NAMED, postgresql_where=_NAMED),
        Index("ix_notices_member_id_reason", "member_id", "reason", sqlite_where=_REASONED, postgresql_where=_REASONED),
    )


class SandboxMessageRow(Base):
    """What the bot said in the sandbox: the sandbox's side of sending. The unique notice is its duplicate check."""

    __tablename__ = "sandbox_messages"
    seq: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), unique=True)
    at: Mapped[datetime]
    room: Mapped[str | None]
    address: Mapped[str | None]
    text: Mapped[str] = mapped_column(Sealed)
    image: Mapped[str | None]


class TimerRow(Base):
    """Something promised for later: at `due_at` the clock does `kind` to `ref` (a case, a message, a member).

    It is done, or cancelled, once `done_at` is set.
    """

    __tablename__ = "timers"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    ref: Mapped[int]
    step: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    __table_args__ = (Index("ix_timers_done_at_due_at", "done_at", "due_at"), Index("ix_timers_kind_ref", "kind", "ref"))


class SlotRow(Base):
    """One scheduled run: `job` for `scope` at `slot_at`. The unique key makes any number of processes run it once.

    `outcome`: done, stale (found after its window), moved (done at another hour of that day),
    failed (tried again until `attempts` runs out).
    """

    __tablename__ = "slots"
    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str]
    scope: Mapped[str]
    slot_at: Mapped[datetime]
    run_at: Mapped[datetime]
    outcome: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    __table_args__ = (UniqueConstraint("job", "scope", "slot_at"), Index("ix_slots_outcome", "outcome"))


class StateRow(Base):
    """A named value of the bot itself: where the clock stood, how far the schedule was done."""

    __tablename__ = "state"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
