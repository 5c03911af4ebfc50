"""Who made an invitation, who joined by whose, and who they were before; whoever came before this stems from nobody."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = (("invites", "inviter"), ("staff", "inviter"), ("staff", "former"))


def upgrade() -> None:
    """The tables are not made anew (batch_alter_table): others point at them."""
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    for table, name in COLUMNS:
        bound = f"CONSTRAINT fk_{table}_{name}_staff REFERENCES staff (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {number} {bound}")


def downgrade() -> None:
    """Without them."""
    for table, name in COLUMNS:
        with op.batch_alter_table(table) as old:
            old.drop_constraint(f"fk_{table}_{name}_staff", type_="foreignkey")
            old.drop_column(name)
