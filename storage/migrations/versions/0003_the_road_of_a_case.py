"""What officers type for each step of a case, and the state after each row of its history."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Cases of before have no such facts; rows of before do not say their state, so none of them can be undone."""
    op.add_column("cases", sa.Column("facts", sa.LargeBinary(), nullable=True))
    op.add_column("history", sa.Column("status", sa.String(24), server_default="", nullable=False))


def downgrade() -> None:
    """Without them."""
    with op.batch_alter_table("history") as table:
        table.drop_column("status")
    with op.batch_alter_table("cases") as table:
        table.drop_column("facts")
