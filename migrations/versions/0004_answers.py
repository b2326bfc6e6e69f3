"""answers.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LINKS = ("counters", "split_from")
_AMENDMENT = ("amendment_id", "amendment_hash")


def upgrade() -> None:
    for name in _LINKS:
        op.add_column("suggestions", sa.Column(name, sa.String(), nullable=True))
        op.create_index(op.f(f"ix_suggestions_agreement_id_{name}"), "suggestions", ["agreement_id", name])
    for name in _AMENDMENT:
        op.add_column("responses", sa.Column(name, sa.String(), nullable=True))
    op.create_table(
        "threads",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=True),
        sa.Column("article_id", sa.String(), nullable=True),
        sa.Column("suggestion_id", sa.String(), nullable=True),
        sa.Column("draft_id", sa.String(), nullable=True),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_threads_agreement_id_agreements")),
        sa.ForeignKeyConstraint(["opened_by"], ["members.id"], name=op.f("fk_threads_opened_by_members")),
        sa.ForeignKeyConstraint(["resolved_by"], ["members.id"], name=op.f("fk_threads_resolved_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
    )
    op.create_index(op.f("ix_threads_agreement_id_party_key"), "threads", ["agreement_id", "party_key"])
    op.create_table(
        "posts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_posts_author_id_members")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_posts_thread_id_threads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index(op.f("ix_posts_thread_id_number"), "posts", ["thread_id", "number"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_posts_thread_id_number"), table_name="posts")
    op.drop_table("posts")
    op.drop_index(op.f("ix_threads_agreement_id_party_key"), table_name="threads")
    op.drop_table("threads")
    with op.batch_alter_table("responses") as batch_op:
        for name in _AMENDMENT:
            batch_op.drop_column(name)
    for name in _LINKS:
        op.drop_index(op.f(f"ix_suggestions_agreement_id_{name}"), table_name="suggestions")
    with op.batch_alter_table("suggestions") as batch_op:
        for name in _LINKS:
            batch_op.drop_column(name)
