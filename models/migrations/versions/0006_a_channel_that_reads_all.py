"""what came along with a message, and whom a notice in a room is for."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("messages", sa.Column("attachments", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("notices", sa.Column("mention", sa.String(), nullable=True))
