"""tablings.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("suggestions", sa.Column("tabling_id", sa.String(), nullable=True))
    op.add_column("suggestions", sa.Column("tabled_by", sa.String(), nullable=True))
    op.create_table(
        "tablings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_tablings_agreement_id_agreements")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_tablings_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tablings")),
    )
    op.create_index(op.f("ix_tablings_agreement_id"), "tablings", ["agreement_id"])
    op.create_table(
        "caucus_retentions",
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("keep", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("legal_hold", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("destroyed_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_caucus_retentions_agreement_id_agreements")
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["members.id"], name=op.f("fk_caucus_retentions_changed_by_members")),
        sa.PrimaryKeyConstraint("agreement_id", "party_key", name=op.f("pk_caucus_retentions")),
    )


def downgrade() -> None:
    op.drop_table("caucus_retentions")
    op.drop_index(op.f("ix_tablings_agreement_id"), table_name="tablings")
    op.drop_table("tablings")
    with op.batch_alter_table("suggestions") as batch_op:
        batch_op.drop_column("tabled_by")
        batch_op.drop_column("tabling_id")
