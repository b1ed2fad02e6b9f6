"""The current version of a question is one of the stored versions; PostgreSQL had not been told."""

from alembic import op

revision = "2026_11_25_questions_current"
down_revision = "2026_11_25_late_decisions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite adds no constraint to a table that is there, and remaking this one would cut off what points at it.
    if op.get_bind().dialect.name == "postgresql":
        name = "fk_questions_current_id_question_versions"
        op.create_foreign_key(name, "questions", "question_versions", ["current_id"], ["id"])
