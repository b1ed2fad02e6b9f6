"""Questions as people write them: more kinds, drafts and review, citations, pictures, imports, figures of past use."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25c_authoring"
down_revision = "2026_11_25b_juries"
branch_labels = None
depends_on = None

KINDS = "kind IN ('single', 'multiple', 'true_false', 'number', 'short', 'essay')"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("questions", sa.Column("retired_at", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("question_banks") as batch:
        batch.add_column(sa.Column("union_id", KEY, nullable=True))
        batch.add_column(sa.Column("needs_review", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.create_index(batch.f("ix_question_banks_union_id"), ["union_id"], unique=False)
        batch.create_foreign_key(
            batch.f("fk_question_banks_union_id_trade_unions"), "trade_unions", ["union_id"], ["id"]
        )
    _widen_versions()
    _keys_and_pictures()
    _laws()
    _imports()


def _widen_versions() -> None:
    # SQLite cannot drop a constraint: there the table is made anew from this.
    made_anew = sa.Table(
        "question_versions",
        sa.MetaData(),
        sa.Column("id", KEY, nullable=False),
        sa.Column("question_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "topic", "level", "prompt")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("explanation", "source", "confidence")),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('single', 'multiple', 'true_false')", name="ck_question_versions_known_kind"),
        sa.CheckConstraint("level IN ('de', 'trung_binh', 'kho')", name="ck_question_versions_known_level"),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_question_versions_question_id_questions"),
        sa.PrimaryKeyConstraint("id", name="pk_question_versions"),
        sa.UniqueConstraint("question_id", "number", name="uq_question_versions_question_id_number"),
    )
    with op.batch_alter_table("question_versions", copy_from=made_anew) as batch:
        batch.add_column(sa.Column("tags", sa.Text(), server_default="[]", nullable=False))
        batch.add_column(sa.Column("marks", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("case_matters", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("accents_matter", sa.Boolean(), server_default=sa.true(), nullable=False))
        for name in ("document", "article", "clause", "link", "why"):
            batch.add_column(sa.Column(name, sa.String(), server_default="", nullable=False))
        for who in ("made", "reviewed"):
            batch.add_column(sa.Column(f"{who}_by_id", KEY, nullable=True))
            batch.add_column(sa.Column(f"{who}_at", sa.BigInteger(), nullable=True))
            batch.create_foreign_key(
                batch.f(f"fk_question_versions_{who}_by_id_people"), "people", [f"{who}_by_id"], ["id"]
            )
        batch.drop_constraint(batch.f("ck_question_versions_known_kind"), type_="check")
        batch.create_check_constraint(batch.f("ck_question_versions_known_kind"), KINDS)
        batch.create_check_constraint(
            batch.f("ck_question_versions_reviewed_by_somebody"), "(reviewed_at IS NULL) = (reviewed_by_id IS NULL)"
        )


def _keys_and_pictures() -> None:
    op.create_table(
        "accepted_answers",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("tolerance", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["question_versions.id"], name=op.f("fk_accepted_answers_version_id_question_versions")
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_accepted_answers")),
    )
    op.create_table(
        "suggested_answers",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["question_versions.id"], name=op.f("fk_suggested_answers_version_id_question_versions")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_suggested_answers")),
    )
    op.create_table(
        "pictures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
        sa.UniqueConstraint("digest", name=op.f("uq_pictures_digest")),
    )
    op.create_table(
        "version_pictures",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("picture_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["picture_id"], ["pictures.id"], name=op.f("fk_version_pictures_picture_id_pictures")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["question_versions.id"], name=op.f("fk_version_pictures_version_id_question_versions")
        ),
        sa.PrimaryKeyConstraint("version_id", "position", "place", name=op.f("pk_version_pictures")),
    )
    with op.batch_alter_table("version_pictures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_version_pictures_picture_id"), ["picture_id"], unique=False)


def _laws() -> None:
    op.create_table(
        "legal_documents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_to", sa.Date(), nullable=True),
        sa.Column("replaced_by", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "in_force_to IS NULL OR in_force_to >= in_force_from", name=op.f("ck_legal_documents_ends_after_it_began")
        ),
        sa.ForeignKeyConstraint(["changed_by_id"], ["people.id"], name=op.f("fk_legal_documents_changed_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_documents")),
        sa.UniqueConstraint("number", name=op.f("uq_legal_documents_number")),
    )
    op.create_table(
        "citation_waivers",
        sa.Column("contest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("signed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_citation_waivers_contest_id_contests")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_citation_waivers_question_id_questions")
        ),
        sa.ForeignKeyConstraint(["signed_by_id"], ["people.id"], name=op.f("fk_citation_waivers_signed_by_id_people")),
        sa.PrimaryKeyConstraint("contest_id", "question_id", name=op.f("pk_citation_waivers")),
    )


def _imports() -> None:
    op.create_table(
        "question_imports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bank_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("imported_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("uploaded_at", sa.BigInteger(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "sheet IS NOT NULL OR imported_at IS NOT NULL", name=op.f("ck_question_imports_sheet_until_imported")
        ),
        sa.CheckConstraint(
            "undone_at IS NULL OR imported_at IS NOT NULL", name=op.f("ck_question_imports_imported_before_undone")
        ),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["question_banks.id"], name=op.f("fk_question_imports_bank_id_question_banks")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["people.id"], name=op.f("fk_question_imports_imported_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_imports")),
    )
    with op.batch_alter_table("question_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_imports_bank_id"), ["bank_id"], unique=False)
    op.create_table(
        "import_pictures",
        sa.Column("import_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["question_imports.id"], name=op.f("fk_import_pictures_import_id_question_imports")
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_import_pictures")),
    )
    op.create_table(
        "question_figures",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Text(), nullable=False),
        sa.Column("discrimination", sa.Integer(), nullable=True),
        sa.Column("reckoned_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["question_versions.id"], name=op.f("fk_question_figures_version_id_question_versions")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_question_figures")),
    )
