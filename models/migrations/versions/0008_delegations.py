"""who stands in for somebody who is away."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_delegations_member_id")),
        sa.ForeignKeyConstraint(["delegate_id"], ["members.id"], name=op.f("fk_delegations_delegate_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_delegations_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    op.create_index(op.f("ix_delegations_member_id"), "delegations", ["member_id"])
    op.create_index(op.f("ix_delegations_message_id"), "delegations", ["message_id"])
