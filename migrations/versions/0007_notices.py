"""notices.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refused_addresses",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_refused_addresses")),
    )
    op.create_table(
        "notice_cursors",
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_notice_cursors_agreement_id_agreements")
        ),
        sa.PrimaryKeyConstraint("agreement_id", name=op.f("pk_notice_cursors")),
    )
    op.create_table(
        "party_mail",
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("carries_text", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_party_mail_agreement_id_agreements")
        ),
        sa.PrimaryKeyConstraint("agreement_id", "party_key", name=op.f("pk_party_mail")),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=True),
        sa.Column("party_key", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_letters_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    op.create_index(op.f("ix_letters_member_id"), "letters", ["member_id"], unique=False)
    op.create_index("ix_letters_status_due_at", "letters", ["status", "due_at"], unique=False)
    op.create_table(
        "mediation_proposals",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tabled", sa.JSON(), nullable=False),
        sa.Column("tabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_mediation_proposals_agreement_id_agreements")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_mediation_proposals_author_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_proposals")),
    )
    op.create_index(op.f("ix_mediation_proposals_agreement_id"), "mediation_proposals", ["agreement_id"], unique=False)
    op.create_table(
        "mediator_consents",
        sa.Column("invitation_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_mediator_consents_invitation_id_invitations")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_mediator_consents_member_id_members")),
        sa.PrimaryKeyConstraint("invitation_id", "party_key", name=op.f("pk_mediator_consents")),
    )
    op.create_table(
        "notice_preferences",
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("daily_hour", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("muted", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_notice_preferences_member_id_members")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_notice_preferences")),
    )
    op.create_table(
        "sealed_notes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_sealed_notes_agreement_id_agreements")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_sealed_notes_author_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_notes")),
    )
    op.create_index(op.f("ix_sealed_notes_agreement_id"), "sealed_notes", ["agreement_id"], unique=False)
    op.create_table(
        "mediation_answers",
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("party_key", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_mediation_answers_member_id_members")),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["mediation_proposals.id"],
            name=op.f("fk_mediation_answers_proposal_id_mediation_proposals"),
        ),
        sa.PrimaryKeyConstraint("proposal_id", "party_key", name=op.f("pk_mediation_answers")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("private_to", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gathers", sa.String(), nullable=True),
        sa.Column("mail_due", sa.Boolean(), nullable=False),
        sa.Column("letter_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_notices_agreement_id_agreements")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_notices_letter_id_letters")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_notices_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("member_id", "origin", name=op.f("uq_notices_member_id_origin")),
    )
    op.create_index(op.f("ix_notices_agreement_id"), "notices", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_notices_letter_id"), "notices", ["letter_id"], unique=False)
    op.create_index("ix_notices_mail_due_member_id", "notices", ["mail_due", "member_id"], unique=False)
    op.create_index("ix_notices_member_id_at", "notices", ["member_id", "at"], unique=False)
    # What was on record before there were notices is news to nobody.
    op.execute("INSERT INTO notice_cursors (agreement_id, seq) SELECT agreement_id, seq FROM ledger_heads")


def downgrade() -> None:
    op.drop_index("ix_notices_member_id_at", table_name="notices")
    op.drop_index("ix_notices_mail_due_member_id", table_name="notices")
    op.drop_index(op.f("ix_notices_letter_id"), table_name="notices")
    op.drop_index(op.f("ix_notices_agreement_id"), table_name="notices")
    op.drop_table("notices")
    op.drop_table("mediation_answers")
    op.drop_index(op.f("ix_sealed_notes_agreement_id"), table_name="sealed_notes")
    op.drop_table("sealed_notes")
    op.drop_table("notice_preferences")
    op.drop_table("mediator_consents")
    op.drop_index(op.f("ix_mediation_proposals_agreement_id"), table_name="mediation_proposals")
    op.drop_table("mediation_proposals")
    op.drop_index("ix_letters_status_due_at", table_name="letters")
    op.drop_index(op.f("ix_letters_member_id"), table_name="letters")
    op.drop_table("letters")
    op.drop_table("party_mail")
    op.drop_table("notice_cursors")
    op.drop_table("refused_addresses")
