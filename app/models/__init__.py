"""SQLAlchemy tables, one noun a file."""

from app.models.account import Account, IdempotentAnswer, Login, Ticket, Token
from app.models.agreement import Agreement, Article, Confirmation, Invitation, Member, Party
from app.models.base import Base, now
from app.models.ground_rules import RulesSignature, RulesVersion
from app.models.publication import Move, Publication
from app.models.record import Entry, LedgerHead
from app.models.session import Attendance, CalendarFeed, CaucusTime, Minutes, MinutesInitial, Session
from app.models.signing import FinalText, Initial, Signature, SigningKey
from app.models.suggestion import Response, Suggestion
from app.models.update import Checkpoint, DocumentHead, Update, Writer

__all__ = [
    "Account",
    "Agreement",
    "Article",
    "Attendance",
    "Base",
    "CalendarFeed",
    "CaucusTime",
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
    "Minutes",
    "MinutesInitial",
    "Move",
    "Party",
    "Publication",
    "Response",
    "RulesSignature",
    "RulesVersion",
    "Session",
    "Signature",
    "SigningKey",
    "Suggestion",
    "Ticket",
    "Token",
    "Update",
    "Writer",
    "now",
]
