"""Which acts are news, to whom, and what an observer may hear of: one table, read off the ledger's kinds.

An act makes no news for whoever did it. What the table does not name is told to nobody.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from app.domain.ids import MemberId, PartyKey
from app.domain.roles import Role

_MOST_NAMED = 50
_CARRIED = (
    "article",
    "suggestion",
    "package",
    "session",
    "thread",
    "proposal",
    "tabling",
    "counter",
    "role",
    "version",
)


class Topic(StrEnum):
    """What a notice is about, for members to choose by."""

    PROPOSALS = "proposals"
    ANSWERS = "answers"
    CONVERSATION = "conversation"
    ARTICLES = "articles"
    PACKAGES = "packages"
    MEETINGS = "meetings"
    PEOPLE = "people"
    MEDIATION = "mediation"
    MAIL = "mail"


Heard = Literal["always", "tentative", "tabled", "never"]
"""From which ground rule on observers hear of it: always, or where they see tentative agreements, or what is tabled."""


class Audience(StrEnum):
    """Who is told, besides that the one who did it never is."""

    EVERYONE = "everyone"
    OTHER_PARTIES = "other_parties"
    PROPOSER = "proposer"
    LEADS = "leads"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the topic, who is told, what observers hear, and whether more of the same joins one notice."""

    topic: Topic
    audience: Audience = Audience.EVERYONE
    heard: Heard = "tabled"
    gathers: bool = False


_PROPOSED = Rule(Topic.PROPOSALS, Audience.OTHER_PARTIES, gathers=True)
_ANSWERED = Rule(Topic.ANSWERS, Audience.PROPOSER, gathers=True)
_PACKAGE, _MEETING = Rule(Topic.PACKAGES), Rule(Topic.MEETINGS, heard="always")
_STANDING, _RULES = Rule(Topic.ARTICLES, heard="tentative"), Rule(Topic.PEOPLE, Audience.EVERYONE, "always")

RULES: Mapping[str, Rule] = {
    "agreement.confirmed": Rule(Topic.PEOPLE, heard="always"),
    "member.joined": Rule(Topic.PEOPLE, Audience.LEADS, "never"),
    "member.changed": Rule(Topic.PEOPLE, Audience.LEADS, "never"),
    "member.removed": Rule(Topic.PEOPLE, Audience.LEADS, "never"),
    "suggestion.proposed": _PROPOSED,
    "suggestion.withdrawn": _PROPOSED,
    "suggestion.revised": _PROPOSED,
    "tabling.made": Rule(Topic.PROPOSALS),
    "suggestion.countered": Rule(Topic.ANSWERS, Audience.PROPOSER),
    "suggestion.questioned": _ANSWERED,
    "suggestion.accepted": _ANSWERED,
    "suggestion.rejected": _ANSWERED,
    "suggestion.declined": _ANSWERED,
    "suggestion.accepted_as_amended": _ANSWERED,
    "suggestion.enacted": _ANSWERED,
    "thread.opened": Rule(Topic.CONVERSATION),
    "thread.replied": Rule(Topic.CONVERSATION),
    "thread.mentioned": Rule(Topic.CONVERSATION),
    "article.initialled": Rule(Topic.ARTICLES),
    "article.tentative": _STANDING,
    "article.reopening": Rule(Topic.ARTICLES),
    "article.reopened": _STANDING,
    "agreement.signature": Rule(Topic.ARTICLES),
    "agreement.signed": Rule(Topic.ARTICLES, heard="always"),
    **dict.fromkeys(("package.offered", "package.responded", "package.accepted", "package.rejected"), _PACKAGE),
    **dict.fromkeys(("package.withdrawn", "package.expired"), _PACKAGE),
    **dict.fromkeys(("session.convened", "session.moved", "session.opened", "session.closed"), _MEETING),
    "reconvening.refused": _MEETING,
    **dict.fromkeys(("minutes.drafted", "minutes.initialled"), Rule(Topic.MEETINGS, heard="never")),
    **dict.fromkeys(("ground_rules.proposed", "ground_rules.signed", "ground_rules.adopted"), _RULES),
    "publication.made": _RULES,
    "mediation.agreed": Rule(Topic.MEDIATION, heard="never"),
    "mediation.consented": Rule(Topic.MEDIATION, Audience.LEADS, "never"),
}
"""Ledger kinds that are news; a notice bears the kind of the entry that it was made from."""

POSTED: Mapping[str, Topic] = {
    "session.near": Topic.MEETINGS,
    "table.stalled": Topic.MEETINGS,
    "package.expiring": Topic.PACKAGES,
    "thread.mentioned": Topic.CONVERSATION,
    "mediation.consent_asked": Topic.MEDIATION,
    "mediation.noted": Topic.MEDIATION,
    "mediation.proposed": Topic.MEDIATION,
    "mediation.closing": Topic.MEDIATION,
    "mediation.ended": Topic.MEDIATION,
    "mail.refused": Topic.MAIL,
}
"""Kinds that no entry stands behind."""


def topic_of(kind: str) -> Topic:
    """Tell what a notice is about; of a kind that nobody named, its first word's."""
    if kind in RULES:
        return RULES[kind].topic
    if kind in POSTED:
        return POSTED[kind]
    return {
        "session": Topic.MEETINGS,
        "table": Topic.MEETINGS,
        "clock": Topic.MEETINGS,
        "package": Topic.PACKAGES,
        "thread": Topic.CONVERSATION,
        "mediation": Topic.MEDIATION,
    }.get(kind.partition(".")[0], Topic.PEOPLE)


@dataclass(frozen=True, slots=True)
class Seat:
    """A member where it sits now."""

    member: MemberId
    party: PartyKey
    role: Role
    since: str = ""
    """When it took the seat, as the ledger writes times: what was before is no news to it."""


@dataclass(slots=True)
class News:
    """What some members are to be told of one act, or of several of a kind."""

    seq: int
    kind: str
    subject: dict[str, Any]
    to: frozenset[MemberId]
    gathers: str | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """Who could be told, and what is needed to choose: whose each suggestion is, and what observers may see."""

    seats: Collection[Seat]
    proposers: Mapping[str, str]
    observers_see: str = "tabled"


_SEEN = {"nothing": {"always"}, "tentative": {"always", "tentative"}}


def news_of(entries: Sequence[Mapping[str, Any]], circle: Circle) -> list[News]:
    """Read the news off committed entries, those of a kind by one member in one article as one."""
    told: dict[tuple[Any, ...], News] = {}
    spoken_for = _spoken_for(entries)
    before: Mapping[str, Any] | None = None
    for entry in entries:
        doer, before = _doer(entry, before), entry
        rule = RULES.get(entry["kind"])
        if rule is None or entry["seq"] in spoken_for:
            continue
        for kind, to in _listeners(entry, rule, doer, circle):
            news = News(entry["seq"], kind, _subject(entry), to)
            if rule.gathers:
                news.gathers = "/".join((kind, doer or "", str(entry["payload"].get("article", ""))))
            key = (news.gathers or entry["seq"], kind, to)
            if key in told:
                merge(told[key].subject, news.subject)
            elif to:
                told[key] = news
    return list(told.values())


def merge(subject: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Add more of the same to what a notice tells of; some dozens are named, all are counted."""
    names = [*subject.get("suggestions", ()), *more.get("suggestions", ())]
    subject["suggestions"] = list(dict.fromkeys(names))[:_MOST_NAMED]
    subject["count"] = subject.get("count", 1) + more.get("count", 1)


def _spoken_for(entries: Sequence[Mapping[str, Any]]) -> set[int]:
    """Find entries that others tell of better, or that are no news: what a tabling tabled, an enactment accepted."""
    enacted = {entry["payload"].get("suggestion") for entry in entries if entry["kind"] == "suggestion.enacted"}
    counters = {entry["payload"].get("counter") for entry in entries if entry["kind"] == "suggestion.countered"}
    found = set()
    for entry in entries:
        # Whoever invites a mediator asks the others, who are told of that.
        if entry["payload"].get("overtaken") or entry["payload"].get("inviting"):
            found.add(entry["seq"])
        suggestion = entry["payload"].get("suggestion")
        if entry["kind"] == "suggestion.proposed" and (entry["payload"].get("tabling") or suggestion in counters):
            found.add(entry["seq"])
        if entry["kind"] == "suggestion.accepted" and suggestion in enacted:
            found.add(entry["seq"])
    return found


def _doer(entry: Mapping[str, Any], before: Mapping[str, Any] | None) -> str | None:
    """Tell whose act an entry belongs to; one that names nobody belongs to the act just before it."""
    if entry["member"] is not None:
        return str(entry["member"]["id"])
    if before is not None and before["at"] == entry["at"] and before["member"] is not None:
        return str(before["member"]["id"])
    return None


def _listeners(
    entry: Mapping[str, Any], rule: Rule, doer: str | None, circle: Circle
) -> Iterable[tuple[str, frozenset[MemberId]]]:
    there = [seat for seat in circle.seats if seat.member != doer and seat.since <= entry["at"]]
    hearing = [seat for seat in there if _hears(seat, rule, circle)]
    mentioned = set(entry["payload"].get("mentions") or ())
    named = frozenset(seat.member for seat in hearing if seat.member in mentioned)
    if named:
        yield "thread.mentioned", named
    party = circle.proposers.get(str(entry["payload"].get("suggestion")))
    chosen = (seat.member for seat in hearing if _is_meant(seat, rule.audience, entry["party"], party))
    yield entry["kind"], frozenset(chosen) - named


def _is_meant(seat: Seat, audience: Audience, doing: str | None, proposing: str | None) -> bool:
    if audience is Audience.OTHER_PARTIES:
        return seat.party != doing
    if audience is Audience.PROPOSER:
        return seat.party == proposing
    return audience is Audience.EVERYONE or seat.role is Role.LEAD


def _hears(seat: Seat, rule: Rule, circle: Circle) -> bool:
    if seat.role is not Role.OBSERVER:
        return True
    return rule.heard in _SEEN.get(circle.observers_see, {"always", "tentative", "tabled"})


def _subject(entry: Mapping[str, Any]) -> dict[str, Any]:
    payload, member = entry["payload"], entry["member"]
    subject: dict[str, Any] = {name: payload[name] for name in _CARRIED if isinstance(payload.get(name), str | int)}
    subject["by"] = {"id": member["id"], "name": member["name"], "party": entry["party"]} if member else None
    if (suggestion := subject.pop("suggestion", None)) is not None:
        subject |= {"suggestions": [suggestion], "count": 1}
    elif isinstance(named := payload.get("suggestions"), list):
        ids = [one["suggestion"] if isinstance(one, dict) and "suggestion" in one else one for one in named]
        subject |= {"suggestions": [one for one in ids if isinstance(one, str)][:_MOST_NAMED], "count": len(named)}
    return subject
