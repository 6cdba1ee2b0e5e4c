"""what one member said of their health over some weeks is found without looking at everybody's."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.drop_index("ix_checkins_day_member_id", table_name="checkins")
    op.create_index("ix_checkins_member_id_day", "checkins", ["member_id", "day"])
