"""SQLAlchemy tables, one noun a file."""

from app.models.account import Account, IdempotentAnswer, Login, Ticket, Token
from app.models.agreement import Agreement, Article, Confirmation, Invitation, Member, Party
from app.models.base import Base, now
from app.models.draft import Draft
from app.models.ground_rules import RulesSignature, RulesVersion
from app.models.mail import Letter, PartyMail, RefusedAddress
from app.models.mediation import MediationAnswer, MediationProposal, MediatorConsent, SealedNote
from app.models.moment import Moment
from app.models.notice import Notice, NoticeCursor, NoticePreference
from app.models.package import Package, PackagePart, PackageResponse
from app.models.publication import Move, Publication
from app.models.record import Entry, LedgerHead
from app.models.session import Attendance, CalendarFeed, CaucusTime, Minutes, MinutesInitial, Session
from app.models.signing import FinalText, Initial, Signature, SigningKey
from app.models.suggestion import Response, Suggestion
from app.models.tabling import CaucusRetention, Tabling
from app.models.thread import Post, Thread
from app.models.update import Checkpoint, DocumentHead, Update, Writer

__all__ = [
    "Account",
    "Agreement",
    "Article",
    "Attendance",
    "Base",
    "CalendarFeed",
    "CaucusRetention",
    "CaucusTime",
    "Checkpoint",
    "Confirmation",
    "DocumentHead",
    "Draft",
    "Entry",
    "FinalText",
    "IdempotentAnswer",
    "Initial",
    "Invitation",
    "LedgerHead",
    "Letter",
    "Login",
    "MediationAnswer",
    "MediationProposal",
    "MediatorConsent",
    "Member",
    "Minutes",
    "MinutesInitial",
    "Moment",
    "Move",
    "Notice",
    "NoticeCursor",
    "NoticePreference",
    "Package",
    "PackagePart",
    "PackageResponse",
    "Party",
    "PartyMail",
    "Post",
    "Publication",
    "RefusedAddress",
    "Response",
    "RulesSignature",
    "RulesVersion",
    "SealedNote",
    "Session",
    "Signature",
    "SigningKey",
    "Suggestion",
    "Tabling",
    "Thread",
    "Ticket",
    "Token",
    "Update",
    "Writer",
    "now",
]
