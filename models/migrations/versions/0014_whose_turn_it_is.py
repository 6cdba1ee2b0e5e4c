"""whose turn it is among the notices that wait is known without looking at each of them."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.drop_index("ix_notices_state_due_at", table_name="notices")
    op.create_index("ix_notices_due", "notices", ["channel", "state", "due_at", "priority", "parts_sent", "lease_until"])
