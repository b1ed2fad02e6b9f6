"""What a jury needs beside marks: files, leases, seeds, trial marking, likeness, appeals, shown works, and jobs."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25b_juries"
down_revision = "2026_11_25_yet_unmarked_essays"
branch_labels = None
depends_on = None

TURNS = "turn IN ('first', 'third', 'seed', 'appeal')"


def upgrade() -> None:
    op.add_column("essays", sa.Column("files", sa.Integer(), server_default="0", nullable=False))
    op.add_column("essay_revisions", sa.Column("handed_in_at", sa.BigInteger(), nullable=True))
    op.add_column("judge_seats", sa.Column("trial_waived_at", sa.BigInteger(), nullable=True))
    _provisional_boards()
    _widen_allocations()
    _jobs()
    _trials()
    _files()
    _likeness()
    _afterwards()


def _provisional_boards() -> None:
    op.add_column("boards", sa.Column("provisional", sa.Integer(), server_default="0", nullable=False))
    # What a snapshot counted for all its boards: kept until the next one counts for each.
    op.execute(
        "UPDATE boards SET provisional = (SELECT provisional FROM snapshots WHERE snapshots.id = boards.snapshot_id)"
    )


def _widen_allocations() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    # SQLite cannot drop a constraint: there the table is made anew from this.
    made_anew = sa.Table(
        "allocations",
        sa.MetaData(),
        sa.Column("id", key, nullable=False),
        sa.Column("attempt_id", key, nullable=False),
        sa.Column("seat_id", key, nullable=False),
        sa.Column("rubric_id", key, nullable=True),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("allocated_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["essays.attempt_id"], name="fk_allocations_attempt_id_essays"),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name="fk_allocations_rubric_id_rubrics"),
        sa.ForeignKeyConstraint(["seat_id"], ["judge_seats.id"], name="fk_allocations_seat_id_judge_seats"),
        sa.PrimaryKeyConstraint("id", name="pk_allocations"),
        sa.CheckConstraint("turn IN ('first', 'third')", name="ck_allocations_known_turn"),
        sa.UniqueConstraint("attempt_id", "seat_id", name="uq_allocations_attempt_id_seat_id"),
        sa.Index("ix_allocations_seat_id_position", "seat_id", "position"),
    )
    with op.batch_alter_table("allocations", copy_from=made_anew) as batch:
        batch.add_column(sa.Column("alias", sa.String(), nullable=True))
        batch.add_column(sa.Column("leased_until", sa.BigInteger(), nullable=True))
        batch.drop_constraint(op.f("uq_allocations_attempt_id_seat_id"), type_="unique")
        batch.drop_constraint(op.f("ck_allocations_known_turn"), type_="check")
        batch.create_check_constraint(op.f("ck_allocations_known_turn"), TURNS)
        batch.create_unique_constraint(op.f("uq_allocations_alias"), ["alias"])
        batch.create_unique_constraint(
            op.f("uq_allocations_attempt_id_seat_id_turn"), ["attempt_id", "seat_id", "turn"]
        )


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("beat_at", sa.BigInteger(), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.CheckConstraint("finished_at IS NULL OR started_at IS NOT NULL", name=op.f("ck_jobs_finished_after_start")),
        sa.CheckConstraint("progress BETWEEN 0 AND 10000", name=op.f("ck_jobs_per_cent")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_jobs_asked_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(
            "uq_jobs_one_unfinished",
            ["kind", "subject"],
            unique=True,
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )


def _trials() -> None:
    op.create_table(
        "trial_essays",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rubric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_trial_essays_made_by_id_people")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_trial_essays_round_id_rounds")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name=op.f("fk_trial_essays_rubric_id_rubrics")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_essays")),
    )
    with op.batch_alter_table("trial_essays", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trial_essays_round_id"), ["round_id"], unique=False)
    op.create_table(
        "trial_assessments",
        sa.Column("trial_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("total >= 0", name=op.f("ck_trial_assessments_not_negative")),
        sa.ForeignKeyConstraint(["seat_id"], ["judge_seats.id"], name=op.f("fk_trial_assessments_seat_id_judge_seats")),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial_essays.id"], name=op.f("fk_trial_assessments_trial_id_trial_essays")
        ),
        sa.PrimaryKeyConstraint("trial_id", "seat_id", name=op.f("pk_trial_assessments")),
    )


def _files() -> None:
    op.create_table(
        "essay_files",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('photo', 'pdf')", name=op.f("ck_essay_files_known_kind")),
        sa.CheckConstraint(
            "page > 0 AND size > 0 AND width > 0 AND height > 0", name=op.f("ck_essay_files_some_picture")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["essays.attempt_id"], name=op.f("fk_essay_files_attempt_id_essays")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_essay_files")),
        sa.UniqueConstraint("attempt_id", "digest", "page", name=op.f("uq_essay_files_attempt_id_digest_page")),
    )


def _likeness() -> None:
    op.create_table(
        "given_texts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("added_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name=op.f("fk_given_texts_added_by_id_people")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_given_texts_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_texts")),
    )
    with op.batch_alter_table("given_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_given_texts_round_id"), ["round_id"], unique=False)
    op.create_table(
        "likeness_searches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("essays", sa.Integer(), nullable=True),
        sa.Column("texts", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name=op.f("fk_likeness_searches_job_id_jobs"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_likeness_searches_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likeness_searches")),
    )
    with op.batch_alter_table("likeness_searches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_likeness_searches_round_id"), ["round_id"], unique=False)
    op.create_table(
        "likeness_pairs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("search_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("verdict IN ('copied', 'harmless')", name=op.f("ck_likeness_pairs_known_verdict")),
        sa.CheckConstraint("(other_id IS NULL) <> (text_id IS NULL)", name=op.f("ck_likeness_pairs_like_one_thing")),
        sa.CheckConstraint(
            "(verdict IS NULL) = (decided_at IS NULL)", name=op.f("ck_likeness_pairs_decided_by_somebody")
        ),
        sa.CheckConstraint("other_id IS NULL OR attempt_id < other_id", name=op.f("ck_likeness_pairs_once_a_pair")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["essays.attempt_id"], name=op.f("fk_likeness_pairs_attempt_id_essays")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_likeness_pairs_decided_by_id_people")),
        sa.ForeignKeyConstraint(["other_id"], ["essays.attempt_id"], name=op.f("fk_likeness_pairs_other_id_essays")),
        sa.ForeignKeyConstraint(
            ["search_id"], ["likeness_searches.id"], name=op.f("fk_likeness_pairs_search_id_likeness_searches")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["given_texts.id"], name=op.f("fk_likeness_pairs_text_id_given_texts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likeness_pairs")),
        sa.UniqueConstraint("attempt_id", "other_id", name=op.f("uq_likeness_pairs_attempt_id_other_id")),
        sa.UniqueConstraint("attempt_id", "text_id", name=op.f("uq_likeness_pairs_attempt_id_text_id")),
    )
    with op.batch_alter_table("likeness_pairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_likeness_pairs_search_id"), ["search_id"], unique=False)


def _afterwards() -> None:
    op.create_table(
        "shown_works",
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("chosen_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chosen_at", sa.BigInteger(), nullable=False),
        sa.Column("consented_at", sa.BigInteger(), nullable=True),
        sa.Column("declined_at", sa.BigInteger(), nullable=True),
        sa.Column("with_name", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("consented_at IS NULL OR declined_at IS NULL", name=op.f("ck_shown_works_one_answer")),
        sa.CheckConstraint(
            "published_at IS NULL OR consented_at IS NOT NULL", name=op.f("ck_shown_works_published_with_consent")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["essays.attempt_id"], name=op.f("fk_shown_works_attempt_id_essays")),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["people.id"], name=op.f("fk_shown_works_chosen_by_id_people")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_shown_works")),
    )
    op.create_table(
        "appeals",
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("mark_before", sa.Integer(), nullable=False),
        sa.Column("allocation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("settlement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(decided_at IS NULL) = (answer IS NULL)", name=op.f("ck_appeals_answered_when_decided")),
        sa.CheckConstraint("decided_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_appeals_decided_or_withdrawn")),
        sa.ForeignKeyConstraint(
            ["allocation_id"], ["allocations.id"], name=op.f("fk_appeals_allocation_id_allocations")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["essays.attempt_id"], name=op.f("fk_appeals_attempt_id_essays")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_appeals_decided_by_id_people")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlements.id"], name=op.f("fk_appeals_settlement_id_settlements")
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_appeals")),
    )
