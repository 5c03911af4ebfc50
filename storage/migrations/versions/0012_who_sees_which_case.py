"""Who sees which case: a panwascam's kecamatan, who is kept out of a case, where a card was closed, whom to ask yet."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNASKED = sa.text("unasked <> 0")
COLUMNS: tuple[tuple[str, sa.Column[Any]], ...] = (
    ("staff", sa.Column("kecamatan", sa.String(16), nullable=False, server_default="")),
    ("invites", sa.Column("kecamatan", sa.String(16), nullable=False, server_default="")),
    ("cases", sa.Column("unasked", sa.Integer(), nullable=False, server_default="0")),
    ("cards", sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false())),
)


def upgrade() -> None:
    """A panwascam of before has no kecamatan, and sees what was handed to them; their koordinator is told so."""
    for table, column in COLUMNS:
        op.add_column(table, column)
    op.create_index("ix_cases_unasked", "cases", ["office"], sqlite_where=UNASKED, postgresql_where=UNASKED)
    op.create_table(
        "barred",
        sa.Column("case_id", Id, sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("staff_id", Id, sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("mark", sa.String(32), primary_key=True),
    )
    op.create_index("ix_barred_staff_id", "barred", ["staff_id"])
    op.create_table(
        "ties",
        sa.Column("staff_id", Id, sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("mark", sa.String(32), primary_key=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
    )
    op.create_table(
        "tie_words",
        sa.Column("token", sa.String(32), primary_key=True),
        sa.Column("staff_id", Id, sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("mark", sa.String(32), primary_key=True),
    )


def downgrade() -> None:
    """Without them."""
    for table in ("tie_words", "ties", "barred"):
        op.drop_table(table)
    op.drop_index("ix_cases_unasked", "cases")
    for table, column in COLUMNS:
        with op.batch_alter_table(table) as old:
            old.drop_column(column.name)
