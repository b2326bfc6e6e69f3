"""packages.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("state", sa.String(), nullable=False, server_default="agreed"))
    op.add_column("suggestions", sa.Column("structure", sa.JSON(), nullable=True))
    op.add_column("suggestions", sa.Column("taken_back", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "packages",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("condition", sa.String(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=True),
        sa.Column("ending_reason", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_packages_agreement_id_agreements")),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_packages_author_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packages")),
    )
    op.create_index("ix_packages_agreement_id_status", "packages", ["agreement_id", "status"])
    op.create_index("ix_packages_status_expires_at", "packages", ["status", "expires_at"])
    op.create_table(
        "package_parts",
        sa.Column("package_id", sa.String(), nullable=False),
        sa.Column("suggestion_id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("offered_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id", "suggestion_id"],
            ["suggestions.agreement_id", "suggestions.id"],
            name=op.f("fk_package_parts_agreement_id_suggestions"),
        ),
        sa.ForeignKeyConstraint(["package_id"], ["packages.id"], name=op.f("fk_package_parts_package_id_packages")),
        sa.PrimaryKeyConstraint("package_id", "suggestion_id", name=op.f("pk_package_parts")),
    )
    op.create_index("ix_package_parts_agreement_id_suggestion_id", "package_parts", ["agreement_id", "suggestion_id"])
    op.create_table(
        "package_responses",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("package_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_package_responses_member_id_members")),
        sa.ForeignKeyConstraint(["package_id"], ["packages.id"], name=op.f("fk_package_responses_package_id_packages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_responses")),
    )
    op.create_index(op.f("ix_package_responses_package_id"), "package_responses", ["package_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_package_responses_package_id"), table_name="package_responses")
    op.drop_table("package_responses")
    op.drop_index("ix_package_parts_agreement_id_suggestion_id", table_name="package_parts")
    op.drop_table("package_parts")
    op.drop_index("ix_packages_status_expires_at", table_name="packages")
    op.drop_index("ix_packages_agreement_id_status", table_name="packages")
    op.drop_table("packages")
    with op.batch_alter_table("suggestions") as batch_op:
        batch_op.drop_column("taken_back")
        batch_op.drop_column("structure")
    with op.batch_alter_table("articles") as batch_op:
        batch_op.drop_column("state")
