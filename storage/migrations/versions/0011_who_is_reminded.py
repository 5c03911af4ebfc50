"""Who is reminded next, of which case and of which office's queue; what stood still at an office's last morning."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WATCHED, DUE = sa.text("alarm_at > 0"), sa.text("due_at > 0")
COUNTS = ("silent", "silent_long", "late", "late_long")


def upgrade() -> None:
    """Cases of before get their reminders at the first start; queues that wait are looked at at once."""
    for name, kind in (("alarm_at", sa.BigInteger()), ("alarm_rung", sa.Integer())):
        op.add_column("cases", sa.Column(name, kind, nullable=False, server_default="0"))
    op.create_index("ix_cases_alarm", "cases", ["alarm_at", "office"], sqlite_where=WATCHED, postgresql_where=WATCHED)
    op.create_table(
        "watches",
        sa.Column("office", sa.String(16), primary_key=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False, server_default=""),
        *(sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in COUNTS),
    )
    op.create_index("ix_watches_due", "watches", ["due_at"], sqlite_where=DUE, postgresql_where=DUE)
    op.execute(
        "INSERT INTO watches (office, since, rung, due_at)"
        " SELECT office, MAX(changed), 0, 1 FROM cases WHERE status = 'baru' GROUP BY office"
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("watches")
    op.drop_index("ix_cases_alarm", "cases")
    for name in ("alarm_rung", "alarm_at"):
        op.drop_column("cases", name)
