"""in whose message a notice was said, and what one person was told on a day, at a glance."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("notices", sa.Column("with_id", sa.Integer(), nullable=True))
    finished, reasoned = sa.text("finished_at IS NOT NULL"), sa.text("reason IS NOT NULL")
    op.create_index(
        "ix_notices_member_id_finished_at", "notices", ["member_id", "finished_at"], sqlite_where=finished, postgresql_where=finished
    )
    op.create_index("ix_notices_member_id_reason", "notices", ["member_id", "reason"], sqlite_where=reasoned, postgresql_where=reasoned)
