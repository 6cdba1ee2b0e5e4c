"""shifts, who is out on a call, and what a buddy says of somebody who is silent."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("members", sa.Column("shift", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("notices", sa.Column("about_id", sa.Integer(), nullable=True))
    op.create_table(
        "call_outs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_call_outs_member_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_call_outs_message_id")),
        sa.ForeignKeyConstraint(["reported_by"], ["members.id"], name=op.f("fk_call_outs_reported_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_outs")),
    )
    op.create_index(op.f("ix_call_outs_member_id"), "call_outs", ["member_id"])
    op.create_index(op.f("ix_call_outs_message_id"), "call_outs", ["message_id"])
    op.create_table(
        "whereabouts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("reported_by", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_whereabouts_member_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_whereabouts_message_id")),
        sa.ForeignKeyConstraint(["reported_by"], ["members.id"], name=op.f("fk_whereabouts_reported_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whereabouts")),
    )
    op.create_index("ix_whereabouts_day_member_id", "whereabouts", ["day", "member_id"])
    op.create_index(op.f("ix_whereabouts_message_id"), "whereabouts", ["message_id"])
