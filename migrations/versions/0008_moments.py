"""moments.

Which update of the table a ledger entry was committed with: a time alone can't tell, because an act's entry and its
update are written some milliseconds apart, and the clocks of two workers differ.

Revision ID: 0008
Revises: 0007
"""

from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_AGREEMENTS = sa.text("SELECT agreement_id FROM ledger_heads")
_ENTRIES = sa.text("SELECT seq, kind, recorded_at FROM ledger_entries WHERE agreement_id = :agreement ORDER BY seq")
_UPDATES = sa.text("SELECT seq, at FROM updates WHERE document_id = :document ORDER BY seq")
_KEEP = sa.text(
    "INSERT INTO moments (agreement_id, ledger_seq, ledger_before, table_seq, table_before)"
    " VALUES (:agreement, :ledger_seq, :ledger_before, :table_seq, :table_before)"
)
_APART = {"agreement.created", "member.joined"}
"""Acts that are committed without an update of the table."""


def upgrade() -> None:
    op.create_table(
        "moments",
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("ledger_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ledger_before", sa.Integer(), nullable=False),
        sa.Column("table_seq", sa.Integer(), nullable=False),
        sa.Column("table_before", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_moments_agreement_id_agreements")),
        sa.PrimaryKeyConstraint("agreement_id", "ledger_seq", name=op.f("pk_moments")),
    )
    connection = op.get_bind()
    for agreement in connection.execute(_AGREEMENTS).scalars().all():
        _link(connection, agreement)


def downgrade() -> None:
    op.drop_table("moments")


def _link(connection: sa.Connection, agreement: str) -> None:
    """Link what was recorded before there were links: an act's updates are the first batch written at or after it."""
    updates = connection.execute(_UPDATES, {"document": f"{agreement}/table"}).all()
    batches = [[row.seq for row in rows] for _, rows in groupby(updates, key=lambda row: row.at)]
    times = [at for at, _ in groupby(updates, key=lambda row: row.at)]
    found: dict[int, list[int]] = {}
    place = 0
    for entry in connection.execute(_ENTRIES, {"agreement": agreement}).all():
        while place < len(times) and times[place] < entry.recorded_at:
            place += 1
        if entry.kind not in _APART and place < len(times):
            found.setdefault(place, []).append(entry.seq)
    rows = [
        {
            "agreement": agreement,
            "ledger_seq": entries[-1],
            "ledger_before": entries[0] - 1,
            "table_seq": batches[place][-1],
            "table_before": batches[place][0] - 1,
        }
        for place, entries in found.items()
    ]
    if rows:
        connection.execute(_KEEP, rows)
