"""SQLAlchemy tables, one noun a file."""

from app.models.account import Account, IdempotentAnswer, Login, Ticket, Token
from app.models.agreement import Agreement, Article, Confirmation, Invitation, Member, Party
from app.models.base import Base, now
from app.models.record import Entry, LedgerHead
from app.models.signing import FinalText, Initial, Signature, SigningKey
from app.models.suggestion import Response, Suggestion
from app.models.update import Checkpoint, DocumentHead, Update, Writer

__all__ = [
    "Account",
    "Agreement",
    "Article",
    "Base",
    "Checkpoint",
    "Confirmation",
    "DocumentHead",
    "Entry",
    "FinalText",
    "IdempotentAnswer",
    "Initial",
    "Invitation",
    "LedgerHead",
    "Login",
    "Member",
    "Party",
    "Response",
    "Signature",
    "SigningKey",
    "Suggestion",
    "Ticket",
    "Token",
    "Update",
    "Writer",
    "now",
]
