"""Every failure that Parley names, as one tree.

DraftingError
├── Unauthenticated                no login, or one that has ended
├── NotPermitted                   the member may see it but not do this
│   ├── OwnParty                   a party cannot answer its own suggestion
│   ├── NotLead                    only the party's lead may do this
│   ├── ForeignOrigin              a page of another site tried to use this login
│   ├── MissingScope               the token was not given this power
│   ├── RegistrationClosed         an account needs an invitation here
│   └── ConsentMissing             not every signatory has agreed to let a mediator in
├── NotFound                       no such thing, or not for you to know
├── Conflict                       the request met a state that forbids it
│   ├── SuggestionAlreadyResolved
│   ├── StaleSuggestion            the content moved since it was seen
│   ├── StaleContent               an agreement or article moved since it was seen
│   ├── ArticleClosed              the article stands under tentative agreement
│   ├── ArticleStruck              the article is not part of the agreement any more
│   ├── ArticleProposed            text of a proposed article is decided with that article
│   ├── InPackage                  a part of an open package is decided with it alone
│   ├── PartTaken                  a part cannot be packaged: answered already, or in another package
│   ├── StalePackage               a part of the package moved since it was seen
│   ├── PackageResolved            the package has been decided, taken back, or has expired
│   ├── AgreementSigned            the signed text never changes
│   ├── WrongStage                 the agreement is not at the stage this act needs
│   ├── AlreadyAnswered            a reason stands as it was read once somebody has answered
│   ├── AlreadyCountered           a party has one counter at a time to a suggestion
│   ├── AlreadyReplied             words stand as they were read once somebody has replied
│   ├── NotAnAmendment             the suggestion named does not amend the one that is answered
│   ├── OverlapsOwn                a counter would strike what another suggestion of its party strikes
│   ├── OpenSuggestions            an article cannot be initialled while suggestions in it are pending
│   ├── OpenArticles               an agreement cannot be signed while an article is open
│   ├── NotSigned                  there is no final text yet
│   ├── SeatChanged                the member has another role or party since the request began
│   ├── LastLead                   a party keeps a lead
│   ├── RulesReplaced              a newer proposal of ground rules took this one's place
│   ├── SessionOverlaps            another session stands at about that time, or is open
│   ├── SessionClosed              what was closed stays as it was
│   ├── MinutesFrozen              every signatory party has initialled these minutes
│   ├── CaucusDestroyed            a caucus ended while it was open; what it held is gone
│   ├── ProposalClosed             a mediator's proposal that nobody answers any more
│   ├── AlreadyExists
│   └── IdempotencyMismatch        one key, two different requests
├── Gone                           it was there and has been used up
├── NotAcceptable                  none of the forms asked for can be given
├── InvalidRequest                 the request is malformed; `errors` names each place
├── InvalidContent                 well-formed, yet it cannot be what it says it is
│   ├── NoSuchPart                 a part that the suggestion does not have
│   └── UnknownMention             somebody is named who could not read it
├── LimitExceeded                  too many or too fast
│   ├── TooLarge                   more than is taken in one piece
│   └── PeerTooSlow                a peer's queue is full
├── ProtocolViolation              a socket frame that no honest client sends
└── Unavailable                    shutting down, or the store cannot be reached

An error carries a stable `code` and typed fields, and no status: HTTP and the
socket each have their own, and `app.api.errors` keeps the one table of both.
"""

from collections.abc import Mapping
from typing import Any


class DraftingError(Exception):
    """A failure with a name; `detail` is a sentence for the person who met it."""

    code = "drafting_error"
    detail = "The request could not be carried out."

    def __init__(self, detail: str | None = None, **fields: Any) -> None:
        self.detail = detail or type(self).detail
        self.fields: Mapping[str, Any] = fields
        super().__init__(self.detail)


class Unauthenticated(DraftingError):
    code = "unauthenticated"
    detail = "Please log in first."


class NotPermitted(DraftingError):
    code = "not_permitted"
    detail = "Your role does not permit this."


class OwnParty(NotPermitted):
    code = "own_party"
    detail = "A party cannot answer its own suggestion; the other party has to."


class NotLead(NotPermitted):
    code = "not_lead"
    detail = "Only a lead of the party may do this."


class ForeignOrigin(NotPermitted):
    code = "foreign_origin"
    detail = "This login may only be used from the service's own pages (the Origin header names another, or none)."


class MissingScope(NotPermitted):
    """Carries `scope`: the one that was needed."""

    code = "missing_scope"
    detail = "This token was not given the scope that this needs."


class RegistrationClosed(NotPermitted):
    code = "registration_closed"
    detail = "Accounts are made by invitation here; open the link that your party's lead sent you."


class NotFound(DraftingError):
    code = "not_found"
    detail = "There is nothing here under that name, or it is not open to you."


class Conflict(DraftingError):
    code = "conflict"
    detail = "The request conflicts with what has happened since."


class SuggestionAlreadyResolved(Conflict):
    code = "already_resolved"
    detail = "This suggestion has already been decided."


class StaleSuggestion(Conflict):
    """Carries `current`: the suggestion as it stands now."""

    code = "stale_suggestion"
    detail = "The text moved since you saw it. Nothing was decided; look at it as it stands now."


class StaleContent(Conflict):
    """Carries `current`: the content hash as it stands now."""

    code = "stale_content"
    detail = "The text moved since you saw it. Nothing was recorded; look at it as it stands now."


class ArticleClosed(Conflict):
    code = "article_closed"
    detail = "This article is under tentative agreement and closed to changes."


class ArticleStruck(Conflict):
    code = "article_struck"
    detail = "This article is no longer part of the agreement; its text takes no changes."


class ArticleProposed(Conflict):
    """Carries `suggestion`: the one that proposes the article."""

    code = "article_proposed"
    detail = "This text belongs to a proposed article and is accepted with that article, as a whole."


class InPackage(Conflict):
    """Carries `package`: its id."""

    code = "in_package"
    detail = "This suggestion is part of a package, which is answered whole or not at all."


class PartTaken(Conflict):
    """Carries `suggestion` and `why`: resolved, accepted_in_part or in_package."""

    code = "part_taken"
    detail = "One of these suggestions cannot be part of a package: it is decided, or somebody accepted it already."


class StalePackage(Conflict):
    """Carries `current`: the package as it stands now."""

    code = "stale_package"
    detail = "The package moved since you saw it. Nothing was decided; look at it as it stands now."


class PackageResolved(Conflict):
    """Carries `package_status`: accepted, rejected, withdrawn or expired."""

    code = "package_resolved"
    detail = "This package has been decided, taken back, or has expired."


class AgreementSigned(Conflict):
    code = "agreement_signed"
    detail = "This agreement is signed; its text never changes again."


class WrongStage(Conflict):
    code = "wrong_stage"
    detail = "The agreement is not at the stage that this needs."


class AlreadyAnswered(Conflict):
    code = "already_answered"
    detail = "Somebody has answered this suggestion; its reason stands as they read it."


class AlreadyCountered(Conflict):
    """Carries `counter`: the one that stands."""

    code = "already_countered"
    detail = "Your party counters this already; change that counter, or withdraw it first."


class AlreadyReplied(Conflict):
    code = "already_replied"
    detail = "Somebody has replied; these words stand as they were read."


class NotAnAmendment(Conflict):
    code = "not_an_amendment"
    detail = "The suggestion named does not amend this one, or does no longer."


class OverlapsOwn(Conflict):
    """Carries `suggestion`: the one of the same party that strikes these words."""

    code = "overlaps_own"
    detail = "Another suggestion of your party strikes some of these words; counter with that one, or withdraw it."


class OpenSuggestions(Conflict):
    """Carries `pending`: how many."""

    code = "open_suggestions"
    detail = "Suggestions in this article are still pending; answer or withdraw them first."


class OpenArticles(Conflict):
    """Carries `articles`: the ids of those that are not under tentative agreement."""

    code = "open_articles"
    detail = "Every article has to be under tentative agreement before the agreement can be signed."


class NotSigned(Conflict):
    code = "not_signed"
    detail = "There is no final text until every signatory party has signed."


class SeatChanged(Conflict):
    code = "seat_changed"
    detail = "Your place at this table changed while you were at it. Nothing was done; look at it anew."


class LastLead(Conflict):
    code = "last_lead"
    detail = "A party keeps at least one lead; make somebody else a lead first."


class RulesReplaced(Conflict):
    """Carries `current`: the newest version's number."""

    code = "rules_replaced"
    detail = "A newer proposal has taken the place of these ground rules."


class SessionOverlaps(Conflict):
    """Carries `session`: the id of the other one."""

    code = "session_overlaps"
    detail = "Another session stands at about that time."


class SessionClosed(Conflict):
    code = "session_closed"
    detail = "This session is closed; what it recorded stays as it is."


class MinutesFrozen(Conflict):
    code = "minutes_frozen"
    detail = "Every signatory party has initialled these minutes; they never change again."


class CaucusDestroyed(Conflict):
    code = "caucus_destroyed"
    detail = "What this caucus held has been destroyed, as your party decided; load it anew."


class AlreadyExists(Conflict):
    code = "already_exists"
    detail = "That already exists."


class IdempotencyMismatch(Conflict):
    code = "idempotency_mismatch"
    detail = "This Idempotency-Key was used for a different request."


class ProposalClosed(Conflict):
    code = "proposal_closed"
    detail = "This proposal of the mediator is closed; nobody answers it any more."


class ConsentMissing(NotPermitted):
    """Carries `awaiting`: the parties that have still to agree."""

    code = "consent_missing"
    detail = "Every party that signs has to agree before a mediator is let in; not all have yet."


class Gone(DraftingError):
    code = "gone"
    detail = "This has been used, withdrawn or has run out."


class NotAcceptable(DraftingError):
    """Carries `available`: the media types that can be given."""

    code = "not_acceptable"
    detail = "This cannot be given in any of the forms asked for."


class InvalidRequest(DraftingError):
    """Carries `errors`: where the request is malformed, and how."""

    code = "invalid_request"
    detail = "The request is not well formed."


class InvalidContent(DraftingError):
    code = "invalid_content"
    detail = "The content cannot be read as what it says it is."


class NoSuchPart(InvalidContent):
    code = "no_such_part"
    detail = "The suggestion has no such part."


class UnknownMention(InvalidContent):
    code = "unknown_mention"
    detail = "Somebody is mentioned who cannot read this."


class LimitExceeded(DraftingError):
    code = "limit_exceeded"
    detail = "That is more than this service takes at once."


class TooLarge(LimitExceeded):
    """Carries `limit` and its `unit`, where one number says it."""

    code = "too_large"
    detail = "That is more than this service takes in one piece."


class PeerTooSlow(LimitExceeded):
    code = "peer_too_slow"
    detail = "The connection could not keep up and was closed; it may reconnect."


class ProtocolViolation(DraftingError):
    code = "protocol_violation"
    detail = "The frame does not follow the protocol."


class Unavailable(DraftingError):
    code = "unavailable"
    detail = "The service is not available right now; nothing was changed."
