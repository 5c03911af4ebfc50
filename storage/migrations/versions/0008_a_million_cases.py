"""Lists of what is open stay as quick however many cases are over; a word is found within an office."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = "status NOT IN ('ditutup', 'selesai')"
INDEXES = (
    ("ix_cases_new", ("office", sa.text("urgent DESC"), "created"), "status = 'baru'"),
    ("ix_cases_running", ("office", "changed"), "status NOT IN ('baru', 'ditutup', 'selesai')"),
    ("ix_cases_open", ("office", "status", "changed", "deadline"), OPEN),
    ("ix_cases_due", ("office", "deadline", "created"), f"{OPEN} AND deadline <> ''"),
    ("ix_cases_held", ("holder", "changed"), OPEN),
)


def upgrade() -> None:
    """Indexes of open cases instead of all; the office beside each word, as the case has it."""
    for name, columns, where in INDEXES:
        op.create_index(name, "cases", list(columns), sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.drop_index("ix_cases_office_status_created", "cases")
    op.drop_index("ix_cases_holder_status", "cases")
    op.add_column("case_words", sa.Column("office", sa.String(16), server_default="", nullable=False))
    op.execute("UPDATE case_words SET office = (SELECT office FROM cases WHERE cases.id = case_words.case_id)")
    op.create_index("ix_case_words_office", "case_words", ["token", "office", "case_id"])


def downgrade() -> None:
    """As it was."""
    op.drop_index("ix_case_words_office", "case_words")
    with op.batch_alter_table("case_words") as table:
        table.drop_column("office")
    op.create_index("ix_cases_office_status_created", "cases", ["office", "status", "created"])
    op.create_index("ix_cases_holder_status", "cases", ["holder", "status"])
    for name, _, _ in INDEXES:
        op.drop_index(name, "cases")
