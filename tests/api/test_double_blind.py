"""Double blindness, over everything: nobody outside a party can tell its answer to a mediator, unless all said yes.

Not what anybody may read (bodies, headers, ledger, notices, the agreement's state), byte for byte; and not what the
store holds, which is all that could ever be mailed, exported or measured.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.harness.actors import Table
from tests.harness.mediating import let_in, proposed, seen_by, stored

LEADS = ("union", "district")
EVERYBODY = ("union lead", "union drafter", "union observer", "district lead", "district drafter", "maya", "mediator")
HISTORIES = st.lists(st.tuples(st.sampled_from(LEADS), st.sampled_from(["yes", "no"])), min_size=1, max_size=4)


@pytest.fixture
async def mediated(bargaining: Table) -> Table:
    await let_in(bargaining)
    return bargaining


SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=3, deadline=None, suppress_health_check=SHARED)
@given(history=HISTORIES)
async def test_an_answer_is_seen_by_its_own_party_alone_until_all_have_said_yes(
    mediated: Table, history: list[tuple[str, str]]
) -> None:
    await answer_unseen(mediated, history)


@pytest.mark.soak
@settings(max_examples=60, deadline=None, suppress_health_check=SHARED)
@given(history=HISTORIES)
async def test_no_history_of_answers_is_seen(mediated: Table, history: list[tuple[str, str]]) -> None:
    await answer_unseen(mediated, history)


async def answer_unseen(table: Table, history: list[tuple[str, str]]) -> None:
    """Answer a new proposal step by step, and hold every step to what others can tell of it."""
    proposal = await proposed(table, changes=[])
    await table.service.app.state.errands.run()
    path = f"{table.path}/mediation/proposals/{proposal['id']}/answer"
    said: dict[str, str] = {}
    for party, answer in history:
        others = [name for name in EVERYBODY if not name.startswith(party)]
        before = {name: await seen_by(table, name) for name in others}
        kept = await stored(table)

        shown = (await table[f"{party} lead"].client.put(path, json={"answer": answer})).json()

        said[party] = answer
        if list(said.values()) == ["yes", "yes"]:
            assert shown["status"] == "agreed"
            assert {name: await seen_by(table, name) for name in others} != before
            break
        assert shown["status"] == "open"
        assert await stored(table) == kept
        assert {name: await seen_by(table, name) for name in others} == before
        await table.service.app.state.errands.run()
        assert await stored(table) == kept
