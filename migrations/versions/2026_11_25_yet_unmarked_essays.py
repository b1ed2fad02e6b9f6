"""How many essays had no mark yet when boards were made."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_yet_unmarked_essays"
down_revision = "2026_11_25_written_essays"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default is for the rows that are there: of contests without essays.
    op.add_column("snapshots", sa.Column("provisional", sa.Integer(), nullable=False, server_default="0"))
