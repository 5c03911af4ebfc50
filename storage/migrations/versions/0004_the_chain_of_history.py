"""The chain of all history; rows of before are linked in the order in which they came."""

import sqlalchemy as sa
from alembic import op

from storage import chain
from storage.tables import history

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table, and a link for each row that is there."""
    op.create_table(
        "chain",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chain")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_chain_case_id")),
    )
    conn = op.get_bind()
    rows = conn.execute(
        sa.select(history.c.case_id, history.c.seq).order_by(history.c.at, history.c.case_id, history.c.seq)
    )
    chain.link(conn, [(row.case_id, row.seq) for row in rows.all()])


def downgrade() -> None:
    """Without it."""
    op.drop_table("chain")
