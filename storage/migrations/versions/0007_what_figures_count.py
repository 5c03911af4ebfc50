"""What figures count: the class of a post as a token, the recommendation and its fate, limits; and exports."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS = {"post": 16, "recommended": 10, "fate": 24}
RECOMMENDED = sa.text("recommended <> ''")
INDEXES = {
    "ix_cases_came": ["office", "created"],
    "ix_cases_counted": ["office", "kind", "position", "home", "post", "created"],
}


def upgrade() -> None:
    """Columns, the table and indexes; cases of before are filled in when the house starts, which has the key."""
    for name, length in COLUMNS.items():
        op.add_column("cases", sa.Column(name, sa.String(length), server_default="", nullable=False))
    for name, columns in INDEXES.items():
        op.create_index(name, "cases", columns)
    op.create_index(
        "ix_cases_fate",
        "cases",
        ["office", "recommended", "fate", "deadline"],
        sqlite_where=RECOMMENDED,
        postgresql_where=RECOMMENDED,
    )
    op.create_table(
        "limits",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("clock", sa.String(24), nullable=False),
        sa.Column("office", sa.String(16), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("last", sa.String(10), nullable=False),
        sa.Column("done", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_limits_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "clock", name=op.f("pk_limits")),
    )
    op.create_index("ix_limits_counted", "limits", ["office", "due", "clock", "last", "done"])
    op.create_table(
        "exports",
        sa.Column("id", ID, nullable=False),
        sa.Column("office", sa.String(16), nullable=False),
        sa.Column("format", sa.String(4), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("proposer", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("second", ID),
        sa.Column("answered", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["proposer"], ["staff.id"], name=op.f("fk_exports_proposer_staff")),
        sa.ForeignKeyConstraint(["second"], ["staff.id"], name=op.f("fk_exports_second_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("exports")
    op.drop_table("limits")
    op.drop_index("ix_cases_fate", table_name="cases")
    for name in INDEXES:
        op.drop_index(name, table_name="cases")
    with op.batch_alter_table("cases") as table:
        for name in COLUMNS:
            table.drop_column(name)
