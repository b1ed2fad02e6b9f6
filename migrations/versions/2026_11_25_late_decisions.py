"""Decisions about late answers; and how often marks of a contest changed after hand-in."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_late_decisions"
down_revision = "2026_11_24_first"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "late_decisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name="fk_late_decisions_attempt_id_attempts"),
        sa.ForeignKeyConstraint(["event_id"], ["audit_events.id"], name="fk_late_decisions_event_id_audit_events"),
        sa.PrimaryKeyConstraint("id", name="pk_late_decisions"),
    )
    op.create_index("ix_late_decisions_attempt_id", "late_decisions", ["attempt_id"])
    op.create_index(
        "uq_late_decisions_one_standing",
        "late_decisions",
        ["attempt_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    for table in ("contests", "snapshots"):
        # The default is for the rows that are there; the ALTER keeps them as they are on both databases.
        op.add_column(table, sa.Column("remarkings", sa.Integer(), nullable=False, server_default="0"))
