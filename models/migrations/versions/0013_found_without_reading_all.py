"""what was asked and said, sent and kept is found without reading all that ever was."""

from alembic import op
from sqlalchemy import text

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_index("ix_messages_member_id_received_at", "messages", ["member_id", "received_at"])
    _partly("ix_messages_stranger", "messages", ["channel", "account"], "status = 'stranger'")
    op.create_index("ix_questions_member_id_asked_at", "questions", ["member_id", "asked_at"])
    _partly("ix_questions_kind_ref", "questions", ["kind", "ref"], "answered_at IS NULL")
    op.create_index("ix_reviews_question_id", "reviews", ["question_id"])
    op.drop_index("ix_reports_day_member_id", table_name="reports")
    op.create_index("ix_reports_member_id_day", "reports", ["member_id", "day"])
    _partly("ix_notices_channel_finished_at", "notices", ["channel", "finished_at"], "finished_at IS NOT NULL")
    _partly("ix_notices_platform_id", "notices", ["platform_id"], "platform_id IS NOT NULL")


def _partly(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=text(where), postgresql_where=text(where))
