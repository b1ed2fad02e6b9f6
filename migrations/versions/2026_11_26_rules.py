"""What every rule of real contests needs: purposes of rounds, changed windows, entrants, corrections, prizes, imports."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_rules"
down_revision = "2026_11_25c_authoring"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Both databases take a column with its constraint in one statement: no table has to be made anew.
COLUMNS = (
    "trade_unions ADD COLUMN workplace VARCHAR",
    "contests ADD COLUMN published_at BIGINT",
    "rounds ADD COLUMN purpose VARCHAR DEFAULT 'real' NOT NULL CONSTRAINT ck_rounds_known_purpose "
    "CHECK (purpose IN ('real', 'practice', 'rehearsal'))",
    "papers ADD COLUMN fixed_key VARCHAR",
    "papers ADD COLUMN in_reserve BOOLEAN DEFAULT false NOT NULL",
    "paper_slots ADD COLUMN right_mark INTEGER",
    "paper_slots ADD COLUMN section VARCHAR",
    "attempts ADD COLUMN prediction INTEGER CONSTRAINT ck_attempts_prediction_counts_people "
    "CHECK (prediction IS NULL OR prediction >= 0)",
    "attempts ADD COLUMN at_slot INTEGER",
    "attempts ADD COLUMN at_slot_since BIGINT CONSTRAINT ck_attempts_at_slot_since_when "
    "CHECK ((at_slot IS NULL) = (at_slot_since IS NULL))",
    "attempts ADD COLUMN source VARCHAR DEFAULT 'online' NOT NULL",
    "attempts ADD COLUMN import_id BIGINT CONSTRAINT fk_attempts_import_id_attempt_imports "
    "REFERENCES attempt_imports (id) CONSTRAINT ck_attempts_imported_by_an_import "
    "CHECK ((import_id IS NULL) = (source <> 'imported'))",
    *(f"standings_rows ADD COLUMN {name} INTEGER" for name in ("score", "total", "winners", "prediction", "distance")),
    "standings_rows ADD COLUMN prize VARCHAR",
)


def upgrade() -> None:
    _drafts_and_imports()
    for each in COLUMNS:
        op.execute(f"ALTER TABLE {each}")
    op.create_index("ix_attempts_import_id", "attempts", ["import_id"])
    op.create_index(
        "ix_papers_in_reserve",
        "papers",
        ["round_id"],
        sqlite_where=sa.text("in_reserve"),
        postgresql_where=sa.text("in_reserve"),
    )
    op.execute("UPDATE contests SET published_at = loaded_at")  # a loaded contest was public
    _boards_by_division()
    _windows()
    _entrants()
    _corrections()
    _prizes()


def _boards_by_division() -> None:
    # SQLite cannot drop a constraint: there the table is made anew from this.
    made_anew = sa.Table(
        "boards",
        sa.MetaData(),
        sa.Column("id", KEY, nullable=False),
        sa.Column("snapshot_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("provisional", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name="fk_boards_snapshot_id_snapshots", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_boards"),
        sa.UniqueConstraint("snapshot_id", "key", name="uq_boards_snapshot_id_key"),
    )
    with op.batch_alter_table("boards", copy_from=made_anew) as batch:
        batch.add_column(sa.Column("division", sa.String(), server_default="", nullable=False))
        batch.drop_constraint(op.f("uq_boards_snapshot_id_key"), type_="unique")
        batch.create_unique_constraint(op.f("uq_boards_snapshot_id_key_division"), ["snapshot_id", "key", "division"])


def _drafts_and_imports() -> None:
    op.create_table(
        "contest_drafts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("organiser_id", KEY, nullable=False),
        sa.Column("contest_id", KEY, nullable=True),
        sa.Column("tree", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_by_id", KEY, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by_id", KEY, nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["people.id"], name=op.f("fk_contest_drafts_changed_by_id_people")),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_contest_drafts_contest_id_contests")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_contest_drafts_made_by_id_people")),
        sa.ForeignKeyConstraint(
            ["organiser_id"], ["trade_unions.id"], name=op.f("fk_contest_drafts_organiser_id_trade_unions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest_drafts")),
        sa.UniqueConstraint("contest_id", name=op.f("uq_contest_drafts_contest_id")),
    )
    with op.batch_alter_table("contest_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contest_drafts_organiser_id"), ["organiser_id"], unique=False)
    op.create_table(
        "attempt_imports",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contest_id", KEY, nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("imported_by_id", KEY, nullable=True),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_attempt_imports_contest_id_contests")),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["people.id"], name=op.f("fk_attempt_imports_imported_by_id_people")
        ),
        sa.ForeignKeyConstraint(["undone_by_id"], ["people.id"], name=op.f("fk_attempt_imports_undone_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_imports")),
    )
    with op.batch_alter_table("attempt_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_imports_contest_id"), ["contest_id"], unique=False)


def _windows() -> None:
    op.create_table(
        "window_changes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contest_id", KEY, nullable=False),
        sa.Column("round_id", KEY, nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("union_id", KEY, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=True),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by_id", KEY, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by_id", KEY, nullable=True),
        sa.CheckConstraint(
            "(kind IN ('extension', 'shift')) = (minutes IS NOT NULL)",
            name=op.f("ck_window_changes_minutes_or_interval"),
        ),
        sa.CheckConstraint(
            "(kind IN ('outage', 'pause')) = (starts_at IS NOT NULL)",
            name=op.f("ck_window_changes_interval_or_minutes"),
        ),
        sa.CheckConstraint("kind <> 'outage' OR ends_at IS NOT NULL", name=op.f("ck_window_changes_an_outage_is_over")),
        sa.CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name=op.f("ck_window_changes_ends_later")),
        sa.CheckConstraint("person_id IS NULL OR union_id IS NULL", name=op.f("ck_window_changes_one_whom")),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_window_changes_contest_id_contests")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_window_changes_made_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_window_changes_person_id_people")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_window_changes_round_id_rounds")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["people.id"], name=op.f("fk_window_changes_undone_by_id_people")),
        sa.ForeignKeyConstraint(
            ["union_id"], ["trade_unions.id"], name=op.f("fk_window_changes_union_id_trade_unions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window_changes")),
    )
    with op.batch_alter_table("window_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_window_changes_contest_id"), ["contest_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_window_changes_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_window_changes_round_id"), ["round_id"], unique=False)
    running = sa.text("kind = 'pause' AND ends_at IS NULL AND undone_at IS NULL")
    op.create_index(
        "uq_window_changes_one_pause",
        "window_changes",
        ["contest_id"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )
    op.create_table(
        "given_times",
        sa.Column("change_id", KEY, nullable=False),
        sa.Column("attempt_id", KEY, nullable=False),
        sa.Column("closed_at_before", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_given_times_attempt_id_attempts")),
        sa.ForeignKeyConstraint(
            ["change_id"], ["window_changes.id"], name=op.f("fk_given_times_change_id_window_changes")
        ),
        sa.PrimaryKeyConstraint("change_id", "attempt_id", name=op.f("pk_given_times")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("given_times", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_given_times_attempt_id"), ["attempt_id"], unique=False)


def _entrants() -> None:
    op.create_table(
        "entrants",
        sa.Column("contest_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("division", sa.String(), nullable=True),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_entrants_contest_id_contests")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_entrants_person_id_people")),
        sa.PrimaryKeyConstraint("contest_id", "person_id", name=op.f("pk_entrants")),
    )
    with op.batch_alter_table("entrants", schema=None) as batch_op:
        batch_op.create_index("ix_entrants_contest_id_division", ["contest_id", "division"], unique=False)
    op.create_table(
        "disqualifications",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contest_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("attempt_id", KEY, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by_id", KEY, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.Column("lifted_reason", sa.String(), nullable=True),
        sa.Column("lifted_by_id", KEY, nullable=True),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_reason IS NULL)", name=op.f("ck_disqualifications_lifted_with_a_reason")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_disqualifications_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_disqualifications_contest_id_contests")),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["people.id"], name=op.f("fk_disqualifications_lifted_by_id_people")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_disqualifications_made_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_disqualifications_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disqualifications")),
    )
    with op.batch_alter_table("disqualifications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disqualifications_attempt_id"), ["attempt_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disqualifications_person_id"), ["person_id"], unique=False)
    whole = sa.text("lifted_at IS NULL AND attempt_id IS NULL")
    op.create_index(
        "uq_disqualifications_one_person",
        "disqualifications",
        ["contest_id", "person_id"],
        unique=True,
        sqlite_where=whole,
        postgresql_where=whole,
    )
    single = sa.text("lifted_at IS NULL AND attempt_id IS NOT NULL")
    op.create_index(
        "uq_disqualifications_one_attempt",
        "disqualifications",
        ["attempt_id"],
        unique=True,
        sqlite_where=single,
        postgresql_where=single,
    )
    op.create_table(
        "duplicate_decisions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("first_id", KEY, nullable=False),
        sa.Column("second_id", KEY, nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by_id", KEY, nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by_id", KEY, nullable=True),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_duplicate_decisions_a_pair_is_written_once")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_duplicate_decisions_decided_by_id_people")
        ),
        sa.ForeignKeyConstraint(["first_id"], ["people.id"], name=op.f("fk_duplicate_decisions_first_id_people")),
        sa.ForeignKeyConstraint(["second_id"], ["people.id"], name=op.f("fk_duplicate_decisions_second_id_people")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["people.id"], name=op.f("fk_duplicate_decisions_undone_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_decisions")),
    )
    with op.batch_alter_table("duplicate_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duplicate_decisions_second_id"), ["second_id"], unique=False)
        batch_op.create_index(
            "uq_duplicate_decisions_one_standing",
            ["first_id", "second_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
    op.execute(
        "INSERT INTO entrants (contest_id, person_id, role, entered_at) "
        "SELECT rounds.contest_id, attempts.person_id, min(people.entrant_role), min(attempts.started_at) "
        "FROM attempts JOIN rounds ON rounds.id = attempts.round_id JOIN people ON people.id = attempts.person_id "
        "GROUP BY rounds.contest_id, attempts.person_id"
    )


def _corrections() -> None:
    op.create_table(
        "key_corrections",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contest_id", KEY, nullable=False),
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("options", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_by_id", KEY, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by_id", KEY, nullable=True),
        sa.CheckConstraint(
            "(verdict = 'new_key') = (options IS NOT NULL)", name=op.f("ck_key_corrections_new_key_has_options")
        ),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_key_corrections_contest_id_contests")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_key_corrections_made_by_id_people")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["people.id"], name=op.f("fk_key_corrections_undone_by_id_people")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["question_versions.id"], name=op.f("fk_key_corrections_version_id_question_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_corrections")),
    )
    with op.batch_alter_table("key_corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_key_corrections_version_id"), ["version_id"], unique=False)
        batch_op.create_index(
            "uq_key_corrections_one_standing",
            ["contest_id", "version_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
    op.create_table(
        "prediction_truths",
        sa.Column("round_id", KEY, nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=False),
        sa.Column("frozen_by_id", KEY, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["people.id"], name=op.f("fk_prediction_truths_frozen_by_id_people")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_prediction_truths_round_id_rounds")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_prediction_truths")),
    )
    op.create_table(
        "mark_appeals",
        sa.Column("attempt_id", KEY, nullable=False),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("mark_before", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (answer IS NULL)", name=op.f("ck_mark_appeals_answered_when_decided")
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_mark_appeals_decided_or_withdrawn")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_mark_appeals_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_mark_appeals_decided_by_id_people")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_mark_appeals")),
    )


def _prizes() -> None:
    op.create_table(
        "lot_seeds",
        sa.Column("contest_id", KEY, nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_lot_seeds_contest_id_contests")),
        sa.ForeignKeyConstraint(["published_by_id"], ["people.id"], name=op.f("fk_lot_seeds_published_by_id_people")),
        sa.PrimaryKeyConstraint("contest_id", name=op.f("pk_lot_seeds")),
    )
    op.create_table(
        "prize_decisions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contest_id", KEY, nullable=False),
        sa.Column("prize_key", sa.String(), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("contenders", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by_id", KEY, nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_prize_decisions_contest_id_contests")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_prize_decisions_decided_by_id_people")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["people.id"], name=op.f("fk_prize_decisions_undone_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize_decisions")),
    )
    with op.batch_alter_table("prize_decisions", schema=None) as batch_op:
        batch_op.create_index(
            "uq_prize_decisions_one_standing",
            ["contest_id", "prize_key", "division"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
    op.create_table(
        "prize_awards",
        sa.Column("snapshot_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("prize_key", sa.String(), nullable=False),
        sa.Column("board_key", sa.String(), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("by_lot", sa.Boolean(), nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("union_id", KEY, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit_name", sa.String(), nullable=True),
        sa.CheckConstraint("(person_id IS NULL) <> (union_id IS NULL)", name=op.f("ck_prize_awards_one_winner")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_prize_awards_person_id_people")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_prize_awards_snapshot_id_snapshots"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["union_id"], ["trade_unions.id"], name=op.f("fk_prize_awards_union_id_trade_unions")),
        sa.PrimaryKeyConstraint("snapshot_id", "number", name=op.f("pk_prize_awards")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "prize_ties",
        sa.Column("snapshot_id", KEY, nullable=False),
        sa.Column("prize_key", sa.String(), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("board_key", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
        sa.Column("contending", sa.Integer(), nullable=False),
        sa.Column("contenders", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_prize_ties_snapshot_id_snapshots"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "prize_key", "division", name=op.f("pk_prize_ties")),
        sqlite_with_rowid=False,
    )
