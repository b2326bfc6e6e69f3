"""Which acts are news, and when a mail may go."""

from datetime import UTC, datetime

import pytest

from app.domain.ids import MemberId, PartyKey
from app.domain.news import Circle, Seat, news_of
from app.domain.roles import Role
from app.domain.telling import Preference, due

SEATS = [
    Seat(MemberId("u1"), PartyKey("union"), Role.LEAD),
    Seat(MemberId("u2"), PartyKey("union"), Role.DRAFTER),
    Seat(MemberId("d1"), PartyKey("district"), Role.LEAD),
    Seat(MemberId("d2"), PartyKey("district"), Role.OBSERVER),
]


def entry(seq: int, kind: str, by: str | None = "u1", at: str = "t", **payload: object) -> dict:
    party = {"u": "union", "d": "district"}[by[0]] if by else None
    member = {"id": by, "name": by.upper()} if by else None
    return {"seq": seq, "at": at, "kind": kind, "party": party, "member": member, "payload": payload}


def heard(*entries: dict, observers_see: str = "tabled", proposers: dict | None = None) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for news in news_of(entries, Circle(SEATS, proposers or {}, observers_see)):
        found.setdefault(news.kind, set()).update(news.to)
    return found


def test_a_proposal_is_news_to_the_other_parties() -> None:
    assert heard(entry(1, "suggestion.proposed", suggestion="s")) == {"suggestion.proposed": {"d1", "d2"}}


@pytest.mark.parametrize(
    ("observers_see", "proposed", "tentative", "convened"),
    [("nothing", False, False, True), ("tentative", False, True, True), ("tabled", True, True, True)],
)
def test_an_observer_hears_as_much_as_the_ground_rules_let_it_see(
    observers_see: str, proposed: bool, tentative: bool, convened: bool
) -> None:
    kinds = heard(
        entry(1, "suggestion.proposed", suggestion="s"),
        entry(2, "article.tentative", article="a"),
        entry(3, "session.convened", session="n"),
        observers_see=observers_see,
    )

    assert ["d2" in kinds[kind] for kind in ("suggestion.proposed", "article.tentative", "session.convened")] == [
        proposed,
        tentative,
        convened,
    ]


def test_what_the_service_records_after_an_act_is_no_news_to_who_acted() -> None:
    told = heard(entry(1, "article.initialled", "d1", article="a"), entry(2, "article.tentative", None, article="a"))

    assert told["article.tentative"] == {"u1", "u2", "d2"}


def test_what_was_before_somebody_came_is_no_news_to_them() -> None:
    late = Seat(MemberId("d3"), PartyKey("district"), Role.LEAD, "2026-03-02T16:00:00.000000Z")
    before, after = "2026-03-02T15:00:00.000000Z", "2026-03-02T17:00:00.000000Z"
    told = [news_of([entry(1, "article.initialled", at=at, article="a")], Circle([late], {})) for at in (before, after)]

    assert [len(news) for news in told] == [0, 1]


def test_two_hundred_tabled_at_once_are_one_notice() -> None:
    made = entry(1, "tabling.made", tabling="t", suggestions=[f"s{one}" for one in range(200)])
    proposed = [entry(2 + one, "suggestion.proposed", suggestion=f"s{one}", tabling="t") for one in range(200)]

    [news] = news_of([made, *proposed], Circle(SEATS, {}))

    assert (news.kind, news.subject["count"], len(news.subject["suggestions"])) == ("tabling.made", 200, 50)


def test_whoever_is_mentioned_is_told_that_and_not_twice() -> None:
    told = heard(entry(1, "thread.opened", thread="t", mentions=["d1"]))

    assert told == {"thread.mentioned": {"d1"}, "thread.opened": {"u2", "d2"}}


def test_what_an_enactment_swept_away_by_itself_is_no_news() -> None:
    assert heard(entry(1, "suggestion.withdrawn", suggestion="s", overtaken=True)) == {}


def test_the_reasons_and_texts_of_an_act_stay_in_the_ledger() -> None:
    [news] = news_of(
        [entry(1, "suggestion.withdrawn", suggestion="s", reason="why", content={"after": "x"})], Circle(SEATS, {})
    )

    assert set(news.subject) == {"by", "suggestions", "count"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wishes", "happened", "goes"),
    [
        (Preference("immediate"), "2026-03-02 16:00:05", "2026-03-02 16:01:05"),
        (Preference("hourly"), "2026-03-02 16:00:05", "2026-03-02 17:00:00"),
        (Preference("daily", 7, time_zone="America/Los_Angeles"), "2026-03-02 16:00", "2026-03-03 15:00"),
        (Preference("daily", 7, time_zone="America/Los_Angeles"), "2026-03-07 16:00", "2026-03-08 14:00"),
        (Preference("immediate", 7, 20, 7, "America/Los_Angeles"), "2026-03-03 05:00", "2026-03-03 15:00"),
        (Preference("immediate", 7, 9, 17), "2026-03-03 08:59:30", "2026-03-03 17:00"),
        (Preference("daily", 21, 20, 7), "2026-03-03 12:00", "2026-03-04 07:00"),
        (Preference("immediate", 7, 5, 5), "2026-03-03 05:30", "2026-03-03 05:31"),
        (Preference("daily", 2, time_zone="America/Los_Angeles"), "2026-03-08 09:00", "2026-03-08 10:00"),
    ],
)
def test_mail_goes_at_its_hour_and_never_within_quiet_ones(wishes: Preference, happened: str, goes: str) -> None:
    assert due(at(happened), wishes) == at(goes)
