"""The sums of an office's days lie side by side on SQLite: a reader of many days walks one stretch of the file.

PostgreSQL has no such table; there the rows stay where they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The same rows, kept in the order of their key."""
    _anew(with_rowid=False)


def downgrade() -> None:
    """As any other table."""
    _anew(with_rowid=True)


def _anew(*, with_rowid: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.rename_table("tallies", "tallies_before")
    op.create_table(
        "tallies",
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("part", sa.String(8), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "day", "part", "value", name=op.f("pk_tallies")),
        sqlite_with_rowid=with_rowid,
    )
    named = "scope, day, part, value, count"
    op.execute(f"INSERT INTO tallies ({named}) SELECT {named} FROM tallies_before ORDER BY {named}")  # noqa: S608 - ours
    op.drop_table("tallies_before")
