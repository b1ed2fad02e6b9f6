"""Essays, rubrics, judges and what they gave; the essay's mark of an attempt."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_written_essays"
down_revision = "2026_11_25_questions_current"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rubrics",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("union_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["union_id"], ["trade_unions.id"], name=op.f("fk_rubrics_union_id_trade_unions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubrics")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_rubrics_code_version")),
    )
    with op.batch_alter_table("rubrics", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rubrics_union_id"), ["union_id"], unique=False)

    op.create_table(
        "judge_seats",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.Column("seated_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_judge_seats_some_capacity")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_judge_seats_person_id_people")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_judge_seats_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judge_seats")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_judge_seats_round_id_person_id")),
    )
    with op.batch_alter_table("judge_seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_judge_seats_person_id"), ["person_id"], unique=False)

    op.create_table(
        "essays",
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_essays_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_essays")),
        sa.UniqueConstraint("code", name=op.f("uq_essays_code")),
    )
    op.create_table(
        "allocations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rubric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("allocated_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("turn IN ('first', 'third')", name=op.f("ck_allocations_known_turn")),
        sa.ForeignKeyConstraint(["attempt_id"], ["essays.attempt_id"], name=op.f("fk_allocations_attempt_id_essays")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name=op.f("fk_allocations_rubric_id_rubrics")),
        sa.ForeignKeyConstraint(["seat_id"], ["judge_seats.id"], name=op.f("fk_allocations_seat_id_judge_seats")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocations")),
        sa.UniqueConstraint("attempt_id", "seat_id", name=op.f("uq_allocations_attempt_id_seat_id")),
    )
    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.create_index("ix_allocations_seat_id_position", ["seat_id", "position"], unique=False)

    op.create_table(
        "essay_revisions",
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["essays.attempt_id"], name=op.f("fk_essay_revisions_attempt_id_essays")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "number", name=op.f("pk_essay_revisions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "settlements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("settled_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=False),
        sa.Column("superseded_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("mark >= 0", name=op.f("ck_settlements_not_negative")),
        sa.ForeignKeyConstraint(["attempt_id"], ["essays.attempt_id"], name=op.f("fk_settlements_attempt_id_essays")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["people.id"], name=op.f("fk_settlements_settled_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlements")),
    )
    with op.batch_alter_table("settlements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_settlements_attempt_id"), ["attempt_id"], unique=False)
        batch_op.create_index(
            "uq_settlements_one_standing",
            ["attempt_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "assessments",
        sa.Column("allocation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("is_in_doubt", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(finished_at IS NULL) = (total IS NULL)", name=op.f("ck_assessments_marked_when_finished")),
        sa.ForeignKeyConstraint(
            ["allocation_id"], ["allocations.id"], name=op.f("fk_assessments_allocation_id_allocations")
        ),
        sa.PrimaryKeyConstraint("allocation_id", name=op.f("pk_assessments")),
    )
    op.add_column("attempts", sa.Column("essay_mark", sa.Integer(), nullable=True))
