"""where the bot was spoken to, how a message is answered, what became of a notice on its channels."""

from alembic import op
import sqlalchemy as sa

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("first_heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
        sa.UniqueConstraint("channel", "address", "private", name=op.f("uq_chats_channel_address_private")),
    )
    op.add_column("messages", sa.Column("quoted", sa.LargeBinary(), nullable=True))
    op.add_column("messages", sa.Column("reply_to", sa.LargeBinary(), nullable=True))
    op.add_column("messages", sa.Column("reply_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_messages_channel_reply_until", "messages", ["channel", "reply_until"], unique=False)
    op.add_column("notices", sa.Column("tried", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("notices", sa.Column("parts_sent", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("notices", sa.Column("platform_id", sa.String(), nullable=True))
