"""caucus.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("table_seq", sa.Integer(), nullable=True))
    op.add_column("documents", sa.Column("begins_at", sa.Integer(), nullable=True))
    op.create_table(
        "drafts",
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tabling_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_drafts_agreement_id_agreements")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_drafts_article_id_articles")),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_drafts_author_id_members")),
        sa.PrimaryKeyConstraint("agreement_id", "party_key", "id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_agreement_id_party_key_status", "drafts", ["agreement_id", "party_key", "status"])


def downgrade() -> None:
    op.drop_index("ix_drafts_agreement_id_party_key_status", table_name="drafts")
    op.drop_table("drafts")
    # What is left of a caucus means nothing without these.
    caucuses = "(SELECT id FROM documents WHERE table_seq IS NOT NULL)"
    for table in ("checkpoints", "writers", "updates"):
        op.execute(f"DELETE FROM {table} WHERE document_id IN {caucuses}")  # noqa: S608 - nothing of it is given.
    op.execute("DELETE FROM documents WHERE table_seq IS NOT NULL")
    with op.batch_alter_table("documents") as batch_op:
        batch_op.drop_column("begins_at")
        batch_op.drop_column("table_seq")
