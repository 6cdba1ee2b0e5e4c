"""the picture that goes with a notice."""

from alembic import op
import sqlalchemy as sa

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("notices", sa.Column("image", sa.String(), nullable=True))
    op.add_column("sandbox_messages", sa.Column("image", sa.String(), nullable=True))
