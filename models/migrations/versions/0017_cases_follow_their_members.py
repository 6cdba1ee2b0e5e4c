"""where the member of a case was when it was told, so that it is seen when they go elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_WHERE_THEY_ARE = """
UPDATE cases SET
    group_id = (SELECT group_id FROM members WHERE members.id = cases.member_id),
    branch_id = (
        SELECT COALESCE(groups.branch_id, members.branch_id) FROM members LEFT JOIN groups ON groups.id = members.group_id
        WHERE members.id = cases.member_id
    )
"""


def upgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for name, table in (("branch_id", "branches"), ("group_id", "groups"), ("gone_to", "branches")):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f"fk_cases_{name}"), table, [name], ["id"])
    op.execute(_WHERE_THEY_ARE)
