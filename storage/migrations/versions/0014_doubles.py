"""Cases of the same act: the one to which a case is joined, marks by which they are found, and counted once."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OVER = {False: "'ditutup', 'selesai'", True: "'digabung', 'ditutup', 'selesai'"}
JOINED = sa.text("main IS NOT NULL")
SIFTED = ("status", "urgent", "deadline", "holder", "kabupaten", "kecamatan", "kind")
NOTED = ("office", "kecamatan", "home", "created", "kind", "position", "post", "recommended", "fate", "deadline")


def indexes(joined: bool) -> None:
    """The lists of open cases anew: without those that are joined to another, or with them."""
    is_open = f"status NOT IN ({OVER[joined]})"
    due = ("office", "deadline", "created", "id")
    lists = (
        ("ix_cases_running", ("office", "changed", "id", *SIFTED), f"status NOT IN ('baru', {OVER[joined]})"),
        ("ix_cases_every", ("office", sa.text("urgent DESC"), "created", "id", *SIFTED), is_open),
        ("ix_cases_open", ("office", "status", "changed", "deadline"), is_open),
        ("ix_cases_due", (*due, *(one for one in SIFTED if one not in due)), f"{is_open} AND deadline <> ''"),
        ("ix_cases_held", ("holder", "changed", "id"), is_open),
    )
    for name, columns, where in lists:
        op.drop_index(name, "cases")
        op.create_index(name, "cases", list(columns), sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def triggers(joined: bool, there: bool = True) -> None:
    """What figures count of a case is noted (migration 0009): not of those that are joined to another, or of all.

    `there` is False where the table was made anew, and lost its triggers.
    """
    named, apart = ", ".join(NOTED), joined
    differs = " OR ".join(f"OLD.{one} <> NEW.{one}" for one in NOTED)
    old, new = (
        f"INSERT INTO tally_notes (sign, {named}) SELECT {sign}, {', '.join(f'{row}.{one}' for one in NOTED)}"
        + (f" WHERE {row}.status <> 'digabung';" if apart else ";")
        for sign, row in ((-1, "OLD"), (1, "NEW"))
    )
    if apart:
        differs += " OR (OLD.status = 'digabung') <> (NEW.status = 'digabung')"
    events = (("insert", "", new), ("update", f"WHEN ({differs})", old + new), ("delete", "", old))
    for event, when, noting in events:
        name = f"tally_cases_{event}"
        body = f"BEGIN {noting} END"
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER {name} ON cases")
            op.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {noting} RETURN NULL; END $$"
            )
            body = f"EXECUTE FUNCTION {name}()"
        elif there:
            op.execute(f"DROP TRIGGER {name}")
        op.execute(f"CREATE TRIGGER {name} AFTER {event.upper()} ON cases FOR EACH ROW {when} {body}")


def upgrade() -> None:
    """Marks of the cases of before are made when the house starts, which has the key.

    The table is not made anew (batch_alter_table), which would lose its triggers on SQLite.
    """
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(f"ALTER TABLE cases ADD COLUMN main {number} CONSTRAINT fk_cases_main_cases REFERENCES cases (id)")
    op.create_index("ix_cases_main", "cases", ["main"], sqlite_where=JOINED, postgresql_where=JOINED)
    indexes(joined=True)
    triggers(joined=True)
    op.create_table(
        "case_marks",
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("office", sa.String(16), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_marks_case_id_cases")),
        sa.PrimaryKeyConstraint("token", "office", "case_id", name=op.f("pk_case_marks")),
    )
    op.create_index(op.f("ix_case_marks_case_id"), "case_marks", ["case_id"])


def downgrade() -> None:
    """Without them; what was joined stands in the queue again, and counts."""
    op.drop_table("case_marks")
    op.execute("UPDATE cases SET status = 'baru' WHERE status = 'digabung'")
    indexes(joined=False)
    op.drop_index("ix_cases_main", "cases")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_column("cases", "main")
        triggers(joined=False)
        return
    with op.batch_alter_table("cases") as table:
        table.drop_column("main")
    triggers(joined=False, there=False)
