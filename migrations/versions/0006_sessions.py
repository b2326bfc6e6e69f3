"""sessions, ground rules, publications; seats that end without their record.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_calendar_feeds_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feeds_secret_hash")),
    )
    with op.batch_alter_table("calendar_feeds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feeds_member_id"), ["member_id"], unique=False)

    op.create_table(
        "ground_rules",
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("further", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_ground_rules_agreement_id_agreements")
        ),
        sa.ForeignKeyConstraint(["proposed_by"], ["members.id"], name=op.f("fk_ground_rules_proposed_by_members")),
        sa.PrimaryKeyConstraint("agreement_id", "version", name=op.f("pk_ground_rules")),
    )
    op.create_table(
        "member_moves",
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposing_party", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_member_moves_agreement_id_agreements")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_member_moves_member_id_members")),
        sa.ForeignKeyConstraint(["proposed_by"], ["members.id"], name=op.f("fk_member_moves_proposed_by_members")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_moves")),
    )
    with op.batch_alter_table("member_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_moves_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "publications",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_publications_agreement_id_agreements")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_publications_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    with op.batch_alter_table("publications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publications_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("agenda", sa.String(), nullable=True),
        sa.Column("convened_by", sa.String(), nullable=False),
        sa.Column("convened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("refused_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_sessions_agreement_id_agreements")),
        sa.ForeignKeyConstraint(["convened_by"], ["members.id"], name=op.f("fk_sessions_convened_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_sessions_agreement_id_number")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "ground_rules_signatures",
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id", "version"],
            ["ground_rules.agreement_id", "ground_rules.version"],
            name=op.f("fk_ground_rules_signatures_agreement_id_ground_rules"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_ground_rules_signatures_member_id_members")
        ),
        sa.PrimaryKeyConstraint("agreement_id", "version", "party_key", name=op.f("pk_ground_rules_signatures")),
    )
    op.create_table(
        "session_attendance",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_session_attendance_member_id_members")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_session_attendance_session_id_sessions")
        ),
        sa.PrimaryKeyConstraint("session_id", "party_key", name=op.f("pk_session_attendance")),
    )
    op.create_table(
        "session_caucuses",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_session_caucuses_member_id_members")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_session_caucuses_session_id_sessions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_caucuses")),
    )
    with op.batch_alter_table("session_caucuses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_caucuses_session_id"), ["session_id"], unique=False)

    op.create_table(
        "session_minutes",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_session_minutes_member_id_members")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_session_minutes_session_id_sessions")),
        sa.PrimaryKeyConstraint("session_id", "version", name=op.f("pk_session_minutes")),
    )
    op.create_table(
        "session_minutes_initials",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_session_minutes_initials_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "version"],
            ["session_minutes.session_id", "session_minutes.version"],
            name=op.f("fk_session_minutes_initials_session_id_session_minutes"),
        ),
        sa.PrimaryKeyConstraint("session_id", "version", "party_key", name=op.f("pk_session_minutes_initials")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_members_agreement_id_account_id"), type_="unique")
        batch_op.create_index(
            "uq_members_agreement_id_account_id_seated",
            ["agreement_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )


def downgrade() -> None:
    """Refused by the database where somebody has sat in two seats: the older schema knows one a person."""
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_members_agreement_id_account_id_seated",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_members_agreement_id_account_id"), ["agreement_id", "account_id"]
        )
        batch_op.drop_column("removed_at")

    op.drop_table("session_minutes_initials")
    op.drop_table("session_minutes")
    with op.batch_alter_table("session_caucuses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_caucuses_session_id"))

    op.drop_table("session_caucuses")
    op.drop_table("session_attendance")
    op.drop_table("ground_rules_signatures")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_agreement_id"))

    op.drop_table("sessions")
    with op.batch_alter_table("publications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publications_agreement_id"))

    op.drop_table("publications")
    with op.batch_alter_table("member_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_moves_agreement_id"))

    op.drop_table("member_moves")
    op.drop_table("ground_rules")
    with op.batch_alter_table("calendar_feeds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feeds_member_id"))

    op.drop_table("calendar_feeds")
