"""Figures are sums by day: the database notes each change of what they count, in the transaction that changes it.

A later migration that makes `cases` or `limits` anew on SQLite (batch_alter_table) loses the triggers, and must call
`triggers` again: tests/storage/test_tallies.py looks for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = {
    "office": 16, "kecamatan": 16, "home": 16, "kind": 16, "position": 16, "post": 16, "recommended": 10, "fate": 24, "deadline": 10,
    "clock": 24, "due": 10, "last": 10, "done": 10,
}  # fmt: skip
NOTED = {
    "cases": ("office", "kecamatan", "home", "created", "kind", "position", "post", "recommended", "fate", "deadline"),
    "limits": ("office", "clock", "due", "last", "done"),
}
RECOMMENDED = sa.text("recommended <> ''")


def upgrade() -> None:
    """The two tables, the triggers, and a note of everything that is there; three indexes are needed no more."""
    words = [sa.Column(name, sa.String(length), server_default="", nullable=False) for name, length in WORDS.items()]
    op.create_table(
        "tally_notes",
        sa.Column("id", ID, nullable=False),
        sa.Column("sign", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), server_default="0", nullable=False),
        *words,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally_notes")),
    )
    op.create_table(
        "tallies",
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("part", sa.String(8), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "day", "part", "value", name=op.f("pk_tallies")),
    )
    for table, columns in NOTED.items():
        named = ", ".join(columns)
        op.execute(f"INSERT INTO tally_notes (sign, {named}) SELECT 1, {named} FROM {table}")  # noqa: S608 - our names
        triggers(table)
    op.drop_index("ix_limits_counted", table_name="limits")
    for name in ("ix_cases_fate", "ix_cases_counted"):
        op.drop_index(name, table_name="cases")


def triggers(table: str) -> None:
    """On each row that comes, changes or goes: a note that takes away what it was, one that adds what it is."""
    columns = NOTED[table]
    named = ", ".join(columns)
    old, new = (
        f"INSERT INTO tally_notes (sign, {named}) "  # noqa: S608 - our names
        f"VALUES ({sign}, {', '.join(f'{row}.{one}' for one in columns)});"
        for sign, row in ((-1, "OLD"), (1, "NEW"))
    )
    differs = " OR ".join(f"OLD.{one} <> NEW.{one}" for one in columns)
    events = (("insert", "", new), ("update", f"WHEN ({differs})", old + new), ("delete", "", old))
    for event, when, noting in events:
        name = f"tally_{table}_{event}"
        body = f"BEGIN {noting} END"
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {noting} RETURN NULL; END $$"
            )
            body = f"EXECUTE FUNCTION {name}()"
        op.execute(f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} FOR EACH ROW {when} {body}")


def downgrade() -> None:
    """Counted anew each time."""
    for table in NOTED:
        for event in ("insert", "update", "delete"):
            name = f"tally_{table}_{event}"
            if op.get_bind().dialect.name == "postgresql":
                op.execute(f"DROP TRIGGER {name} ON {table}")
                op.execute(f"DROP FUNCTION {name}()")
            else:
                op.execute(f"DROP TRIGGER IF EXISTS {name}")
    op.drop_table("tallies")
    op.drop_table("tally_notes")
    op.create_index("ix_cases_counted", "cases", ["office", "kind", "position", "home", "post", "created"])
    op.create_index(
        "ix_cases_fate",
        "cases",
        ["office", "recommended", "fate", "deadline"],
        sqlite_where=RECOMMENDED,
        postgresql_where=RECOMMENDED,
    )
    op.create_index("ix_limits_counted", "limits", ["office", "due", "clock", "last", "done"])
