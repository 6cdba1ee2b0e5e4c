"""when a notice was handed to a platform, and when its reader answered."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("notices", sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("notices", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_notices_member_id", table_name="notices")
    op.create_index("ix_notices_member_id_day", "notices", ["member_id", "day"])
    failed = sa.text("state = 'failed'")
    op.create_index("ix_notices_failed", "notices", ["finished_at"], sqlite_where=failed, postgresql_where=failed)
