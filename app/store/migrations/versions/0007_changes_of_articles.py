"""When an article changed last, so that what is kept of the quotes in memory is brought up to date article by article."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
