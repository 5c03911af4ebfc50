"""Keyed tokens of the words by which officers find a case; cases of before are given theirs when the house starts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table; it cannot be filled here, because words are sealed and no key is at hand."""
    op.create_table(
        "case_words",
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_words_case_id_cases")),
        sa.PrimaryKeyConstraint("token", "case_id", name=op.f("pk_case_words")),
    )
    op.create_index(op.f("ix_case_words_case_id"), "case_words", ["case_id"])


def downgrade() -> None:
    """Without it."""
    op.drop_table("case_words")
