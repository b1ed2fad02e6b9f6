"""Whether an outage moves its round's close: until now each did."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_outages"
down_revision = "2026_11_26_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("window_changes", sa.Column("moves_close", sa.Boolean(), nullable=False, server_default=sa.true()))
