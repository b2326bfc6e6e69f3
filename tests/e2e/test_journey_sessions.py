"""Two sides meet, agree on ground rules, and show observers and the public exactly what the rules say."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.harness.server import running_server
from tests.harness.windows import Table, bargaining, opened, retype

pytestmark = pytest.mark.e2e

STARTING_TEXT = """## Article 1 - Hours

Meetings are limited to two each month.

## Article 2 - Leaves

Each teacher is credited with ten days of sick leave.
"""
MEMBERS = [("ursula", "union", "lead"), ("dana", "district", "lead"), ("olga", "union", "observer")]
HOURS, LEAVES, PENDING = "Meetings are limited", "Each teacher is credited", "exactly"
# What is read under each rule: the closed article, the open one, and what waits in it.
READ_UNDER = {
    "nothing": set(),
    "tentative": {HOURS},
    "tabled": {HOURS, LEAVES, PENDING},
    "live": {HOURS, LEAVES, PENDING},
}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    with (
        running_server(tmp_path_factory.mktemp("sessions"), registration="open") as base,
        bargaining(base, STARTING_TEXT, MEMBERS) as begun,
    ):
        yield begun


def local(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def rule(table: Table, **rules: object) -> None:
    """Put rules in force over HTTP."""
    path = f"/agreements/{table.id}/ground-rules"
    version = table.clients["ursula"].post(path, json=rules).raise_for_status().json()
    for lead in ("ursula", "dana"):
        seen = {"content_hash": version["content_hash"]}
        table.clients[lead].post(f"{path}/{version['version']}/signatures", json=seen).raise_for_status()


def close_first_article(table: Table) -> None:
    for lead in ("ursula", "dana"):
        article = table.clients[lead].get(f"/agreements/{table.id}").json()["articles"][0]
        path = f"/agreements/{table.id}/articles/{article['id']}/initials"
        table.clients[lead].post(path, json={"content_hash": article["content_hash"]}).raise_for_status()


def words_on(page: Page) -> set[str]:
    shown = page.locator("body").inner_text()
    return {words for words in (HOURS, LEAVES, PENDING) if words in shown}


def test_a_session_is_held_minuted_and_closed_with_the_next_date(browser: Browser, table: Table) -> None:
    ursula, dana = table.window(browser, "ursula"), table.window(browser, "dana")
    for page in (ursula, dana):
        page.goto(f"{table.address}/sessions")

    ursula.get_by_role("button", name="Set a date").first.click()
    ursula.get_by_label("Day and time").fill(local(datetime.now().astimezone() + timedelta(minutes=5)))
    ursula.get_by_label("Place").fill("District office, room 4")
    ursula.get_by_label("Agenda").fill("Article 2, leaves")
    ursula.get_by_role("dialog").get_by_role("button", name="Set the date").click()
    ursula.get_by_role("button", name="Open the session").click()
    ursula.get_by_role("button", name="Write down who is here").click()
    ursula.get_by_label("Guests, one name a line").fill("Dr. Ames, actuary")
    ursula.get_by_role("button", name="Save").click()
    expect(ursula.get_by_text("Ursula, Dr. Ames, actuary")).to_be_visible()
    ursula.get_by_role("button", name="Leave to caucus").click()
    ursula.get_by_role("button", name="Back at the table").click()
    ursula.get_by_role("button", name="Write", exact=True).click()
    ursula.get_by_label("Joint minutes").last.fill("Both sides exchanged their positions on leaves.")
    ursula.get_by_role("button", name="Save the draft").click()
    ursula.get_by_role("button", name="Initial these minutes").click()
    dana.reload()
    dana.get_by_role("button", name="Initial these minutes").click()
    expect(dana.get_by_text("These minutes never change again.")).to_be_visible()
    dana.get_by_role("button", name="Close the session").click()
    dana.get_by_role("dialog").get_by_role("button", name="Close", exact=True).last.click()
    expect(dana.get_by_role("heading", name="Session 2")).to_be_visible()

    dana.goto(table.address)
    expect(dana.locator(".head-line")).to_contain_text("session 1 of")
    expect(dana.locator(".head-line")).to_contain_text("next")
    ursula.context.close()
    dana.context.close()


def test_ground_rules_hold_when_both_have_signed(browser: Browser, table: Table) -> None:
    ursula, dana = table.window(browser, "ursula"), table.window(browser, "dana")
    for page in (ursula, dana):
        page.goto(f"{table.address}/rules")

    ursula.get_by_role("button", name="Propose a change").click()
    ursula.get_by_label("The public sees").select_option("tentative")
    ursula.get_by_label("Further rules").fill("Caucuses last at most thirty minutes.")
    ursula.get_by_role("button", name="Propose", exact=True).click()
    ursula.get_by_role("button", name="Sign this version").click()
    dana.reload()
    expect(dana.get_by_text("was: nothing")).to_be_visible()
    dana.get_by_role("button", name="Sign this version").click()

    expect(dana.get_by_text("Caucuses last at most thirty minutes.")).to_be_visible()
    expect(dana.get_by_role("button", name="Sign this version")).to_have_count(0)
    ursula.context.close()
    dana.context.close()


def test_observers_and_the_public_see_what_each_rule_shows_and_nothing_else(browser: Browser, table: Table) -> None:
    ursula = table.window(browser, "ursula")
    expect(ursula.get_by_text("ten days")).to_be_visible()
    retype(ursula, "ten", [*"exactly"])
    ursula.context.close()
    close_first_article(table)
    anybody, seen_by_olga, seen_by_all = opened(browser, table.failures), {}, {}

    for sees, expected in READ_UNDER.items():
        shown = sees if sees != "live" else "nothing"
        rule(table, observers_see=sees, public_sees=shown, further=f"Rules for {sees}.")
        olga = table.window(browser, "olga")
        expect(olga.locator(".observer-note")).to_be_visible()
        if HOURS in expected:
            expect(olga.get_by_text(HOURS).first).to_be_visible()
        seen_by_olga[sees] = words_on(olga)
        olga.context.close()
        anybody.goto(f"{table.base}/public/{table.id}")
        expect(anybody.locator("main h1")).to_be_visible()
        seen_by_all[shown] = words_on(anybody)

    assert seen_by_olga == READ_UNDER
    assert seen_by_all == {sees: READ_UNDER[sees] for sees in ("nothing", "tentative", "tabled")}
    assert table.failures == []
    anybody.context.close()
