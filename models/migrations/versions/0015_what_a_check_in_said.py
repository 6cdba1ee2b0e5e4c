"""what a check-in says itself, beside what stands for its day with it: a later word adds to the day."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("checkins", sa.Column("said", sa.JSON(), nullable=True))
