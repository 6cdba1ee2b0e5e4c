"""questions about check-ins, and the review list."""

from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # the questions first: on SQLite their table is written anew, which nothing may refer to meanwhile
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("message_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("about_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("relation", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("day", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("value", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("confidential", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index("ix_questions_about_id_day", ["about_id", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_questions_message_id"), ["message_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_questions_about_id"), "members", ["about_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_questions_message_id"), "messages", ["message_id"], ["id"])

    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closing_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["closed_by"], ["members.id"], name=op.f("fk_reviews_closed_by")),
        sa.ForeignKeyConstraint(["closing_id"], ["messages.id"], name=op.f("fk_reviews_closing_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_reviews_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_reviews_member_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_reviews_message_id")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_reviews_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_closing_id"), ["closing_id"], unique=False)
        batch_op.create_index("ix_reviews_group_id_day", ["group_id", "day"], unique=False)
        batch_op.create_index("ix_reviews_member_id_day", ["member_id", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_message_id"), ["message_id"], unique=False)
