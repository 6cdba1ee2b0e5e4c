"""who was told of a case is found among all the news of it."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.drop_index("ix_notices_case_id", table_name="notices")
    op.create_index("ix_notices_case_id_kind", "notices", ["case_id", "kind"])
