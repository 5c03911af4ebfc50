"""Labels of an office, filters that an officer keeps, and what a queue is narrowed by in the indexes of its lists."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OPEN = "status NOT IN ('ditutup', 'selesai')"
SIFTED = ("status", "urgent", "deadline", "holder", "kabupaten", "kecamatan", "kind")
URGENT = sa.text("urgent DESC")
WIDER = (
    ("ix_cases_new", ("office", URGENT, "created", "id"), "status = 'baru'"),
    ("ix_cases_running", ("office", "changed", "id"), "status NOT IN ('baru', 'ditutup', 'selesai')"),
    ("ix_cases_due", ("office", "deadline", "created", "id"), f"{OPEN} AND deadline <> ''"),
)
NEW = (
    ("ix_cases_every", ("office", URGENT, "created", "id"), OPEN),
    ("ix_cases_over", ("office", "changed", "id"), "status IN ('ditutup', 'selesai')"),
)


def _index(name: str, columns: tuple[str | sa.TextClause, ...], where: str) -> None:
    op.create_index(name, "cases", list(columns), sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    """A table, a column, and the columns of the filter behind those by which a list is ordered."""
    op.create_table(
        "labels",
        sa.Column("office", sa.String(16), nullable=False),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("data_key_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("word", sa.LargeBinary(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["data_key_id"], ["data_keys.id"], name="fk_labels_data_key_id_data_keys"),
        sa.PrimaryKeyConstraint("office", "token", name="pk_labels"),
    )
    op.add_column("staff", sa.Column("views", sa.LargeBinary(), nullable=True))
    for name, columns, where in WIDER:
        op.drop_index(name, "cases")
        _index(name, (*columns, *(one for one in SIFTED if one not in columns)), where)
    for name, columns, where in NEW:
        _index(name, (*columns, *SIFTED), where)
    op.drop_index("ix_cases_held", "cases")
    _index("ix_cases_held", ("holder", "changed", "id"), OPEN)


def downgrade() -> None:
    """As it was."""
    for name, _, _ in NEW:
        op.drop_index(name, "cases")
    for name, columns, where in WIDER:
        op.drop_index(name, "cases")
        _index(name, columns[:-1], where)
    op.drop_index("ix_cases_held", "cases")
    _index("ix_cases_held", ("holder", "changed"), OPEN)
    with op.batch_alter_table("staff") as table:
        table.drop_column("views")
    op.drop_table("labels")
