"""Who answered by the receipt from another conversation sees there what was said, and may have it erased."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Id

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table; answers that came before it stay in the history alone."""
    op.create_table(
        "answered",
        sa.Column("case_id", Id, sa.ForeignKey("cases.id", name="fk_answered_case_id_cases"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "conversation_id",
            Id,
            sa.ForeignKey("conversations.id", name="fk_answered_conversation_id_conversations"),
            nullable=False,
        ),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_answered"),
    )
    op.create_index("ix_answered_conversation_id", "answered", ["conversation_id"])


def downgrade() -> None:
    """Without it."""
    op.drop_table("answered")
