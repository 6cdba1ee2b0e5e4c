"""a lesson whose notice never arrived was not given.

What was given before has no notice and counts as it did.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    with op.batch_alter_table("lesson_pushes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notice_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_lesson_pushes_notice_id"), "notices", ["notice_id"], ["id"])
