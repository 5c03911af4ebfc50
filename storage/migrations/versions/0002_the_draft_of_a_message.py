"""To which draft a message belongs, so that an erased draft takes its own words along and no others."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rows of before belong to no draft."""
    op.add_column("outbox", sa.Column("draft", sa.Integer(), server_default="0", nullable=False))
    gone = sa.text("draft = -1")
    op.create_index("ix_outbox_erase", "outbox", ["draft"], sqlite_where=gone, postgresql_where=gone)


def downgrade() -> None:
    """Without it."""
    op.drop_index("ix_outbox_erase", table_name="outbox")
    with op.batch_alter_table("outbox") as table:
        table.drop_column("draft")
