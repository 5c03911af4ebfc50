"""A case is passed on by an offer: to which office, and until when it may answer."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OFFERED = sa.text("offered <> ''")


def upgrade() -> None:
    """Two clear columns, and the few offered cases by them."""
    op.add_column("cases", sa.Column("offered", sa.String(16), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("offer_ends", sa.BigInteger(), nullable=False, server_default="0"))
    for column in ("offer_ends", "offered"):
        op.create_index(f"ix_cases_{column}", "cases", [column], sqlite_where=OFFERED, postgresql_where=OFFERED)


def downgrade() -> None:
    """Without them."""
    for column in ("offered", "offer_ends"):
        op.drop_index(f"ix_cases_{column}", "cases")
        op.drop_column("cases", column)
