"""Officers' questions can be answered from another conversation; texts that an office writes once."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Id

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "resumed",
        sa.Column("case_id", Id, sa.ForeignKey("cases.id", name="fk_resumed_case_id_cases"), nullable=False),
        sa.Column(
            "conversation_id",
            Id,
            sa.ForeignKey("conversations.id", name="fk_resumed_conversation_id_conversations"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("case_id", "conversation_id", name="pk_resumed"),
    )
    op.create_index("ix_resumed_conversation_id", "resumed", ["conversation_id"])
    op.create_table(
        "templates",
        sa.Column("id", Id, nullable=False),
        sa.Column("office", sa.String(16), nullable=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column(
            "data_key_id", Id, sa.ForeignKey("data_keys.id", name="fk_templates_data_key_id_data_keys"), nullable=False
        ),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", Id, sa.ForeignKey("staff.id", name="fk_templates_staff_id_staff"), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_templates"),
        sa.UniqueConstraint("office", "name", name="uq_templates_office_name"),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("templates")
    op.drop_table("resumed")
