"""Promise P4 over random histories: of a caucus nothing reaches anybody else but what its party tabled.

Whoever is not of the caucus asks, after every stretch of drafting, for everything that the service answers, and hears
its sockets; what they are told must be the same, byte for byte, as if nobody had drafted. Everything written in the
caucus is a canary, which appears nowhere before it is tabled; one that was deleted before never does, not even in the
bytes that replicas are made of.
"""

import asyncio
import os
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.crdt.update_reader import OWN_LIMITS, read
from tests.harness.bargaining import MARKDOWN, PARTIES, Table, serving
from tests.harness.eavesdropping import Interface, leaks, logs_heard
from tests.harness.random_caucus import CAUCUS, CROSSING, TABLE, Operation, RandomCaucus
from tests.harness.watching import Watch, betrayed, counted, differences

HISTORIES = int(os.environ.get("PARLEY_HISTORIES", "2"))
SECONDS_A_HISTORY = 30
MEDIATION = {"key": "mediation", "name": "Mediation Service", "signatory": False}
CLOSEST = ["District Lead"]
"""Who sees most of the table, and asks before and after every stretch of drafting."""
OTHERS = [*CLOSEST, "observer of the union"]
"""Who asks in the end; everybody asks, in every form, in the one history that is written out below."""


def operations(kinds: dict[str, int], least: int, most: int) -> st.SearchStrategy[list[Operation]]:
    weighted = [name for name, weight in kinds.items() for _ in range(weight)]
    numbers = st.lists(st.integers(0, 999), min_size=5, max_size=5)
    return st.lists(
        st.fixed_dictionaries({"op": st.sampled_from(weighted), "args": numbers}), min_size=least, max_size=most
    )


rounds = st.lists(
    st.tuples(operations(TABLE, 0, 3), operations(CAUCUS, 1, 8), operations({**CROSSING, **TABLE}, 0, 3)),
    min_size=1,
    max_size=2,
)


async def watched(app: FastAPI, folder: Path, stack: AsyncExitStack) -> tuple[RandomCaucus, Watch]:
    """Found an agreement with everybody at it; the union's caucus is what nobody else may know of."""
    table = Table(app, folder)
    stack.push_async_callback(table.close)
    union, district, mediator = await table.found([*PARTIES, MEDIATION], MARKDOWN)
    uli = await table.join("Uli", "union", "drafter")
    dora = await table.join("Dora", "district", "drafter")
    observers = [await table.join(f"{side} Observer", side, "observer") for side in ("union", "district")]
    stranger = await table.person("Stranger")
    anonymous = await stack.enter_async_context(httpx.AsyncClient(transport=httpx.ASGITransport(app=app)))
    others = {
        "District Lead": district.http,
        "Dora": dora.http,
        "mediator": mediator.http,
        "observer of the union": observers[0].http,
        "observer of the district": observers[1].http,
        "stranger": stranger.http,
        "anonymous": anonymous,
    }
    watch = Watch(table, union, others, Interface(app))
    await watch.sit_down(district, dora, mediator)
    return RandomCaucus(table, [union, district], uli), watch


async def run(app: FastAPI, folder: Path, history: list[Any], logs: list[str]) -> None:
    async with AsyncExitStack() as stack:
        caucus, watch = await watched(app, folder, stack)
        del logs[:]
        for beside, drafting, crossing in history:
            await carry_out(caucus, beside)
            before, frames, figures = await watch.sweep(CLOSEST, thorough=False), watch.frames(), counted()

            await carry_out(caucus, drafting)

            assert counted() == figures
            assert watch.frames() == frames
            watch.drafts = caucus.ids
            after = await watch.sweep(CLOSEST, thorough=False)
            assert differences(before, after) == []
            assert betrayed(after, caucus.ids) == []
            await assert_silence(caucus, watch, after, logs)
            await carry_out(caucus, crossing)
        await assert_silence(caucus, watch, await watch.sweep(OTHERS, thorough=False), logs)
        await assert_no_client_of_the_caucus_wrote_at_the_table(caucus, watch)


async def carry_out(caucus: RandomCaucus, listed: list[Operation]) -> None:
    for operation in listed:
        await caucus.do(operation)
    await caucus.settle()
    # What was done at the table is told in the background: let that be over before anybody compares.
    await caucus.table.app.state.errands.run()


async def assert_silence(caucus: RandomCaucus, watch: Watch, answers: dict[str, Any], logs: list[str]) -> None:
    """Nothing that left the service, and nothing that replicas are made of, holds what is private now."""
    heard = [(f"the answer to {name}", answer.whole) for name, answer in answers.items()]
    heard += watch.heard() + await watch.logged() + await watch.posted()
    heard += [("a line of the log", line.encode()) for line in logs]
    assert leaks(heard, caucus.aviary.private) == []


async def assert_no_client_of_the_caucus_wrote_at_the_table(caucus: RandomCaucus, watch: Watch) -> None:
    private = {(await drafter.enter()).client for drafter in caucus.drafters}
    for where, update in await watch.logged():
        frame = read(update, OWN_LIMITS)
        assert private.isdisjoint(frame.structs), where


@pytest.mark.timeout(HISTORIES * SECONDS_A_HISTORY + 120)
def test_a_caucus_reaches_nobody_but_by_tabling(tmp_path: Path) -> None:
    with asyncio.Runner() as runner, logs_heard() as logs:
        stack = AsyncExitStack()
        app = runner.run(stack.enter_async_context(serving(tmp_path)))

        @settings(
            max_examples=HISTORIES,
            deadline=None,
            print_blob=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            # A history takes seconds: one that fails is told as it was drawn.
            phases=[Phase.generate],
        )
        @given(history=rounds)
        def holds(history: list[Any]) -> None:
            runner.run(run(app, tmp_path, history, logs))

        try:
            holds()
        finally:
            runner.run(stack.aclose())


async def test_whoever_asks_in_whatever_form_learns_nothing_but_what_was_tabled(tmp_path: Path) -> None:
    """Every operation once: everybody asks for everything, in every form, before, between and after."""
    numbers = [1, 40, 3, 7, 2]
    with logs_heard() as logs:
        async with serving(tmp_path) as app, AsyncExitStack() as stack:
            caucus, watch = await watched(app, tmp_path, stack)
            for name in (*CAUCUS, *TABLE, "paste", "type", "restyle"):
                await carry_out(caucus, [{"op": name, "args": numbers}])
            await carry_out(
                caucus, [{"op": "table", "args": [2, 1]}, *({"op": name, "args": numbers} for name in CAUCUS)]
            )
            watch.drafts = caucus.ids
            answers = await watch.sweep()

            assert betrayed(answers, caucus.ids) == []
            await assert_silence(caucus, watch, answers, logs)
            assert caucus.aviary.tabled
            assert caucus.aviary.private


async def test_what_everybody_is_answered_does_not_change_by_itself(tmp_path: Path) -> None:
    """Were it otherwise, that nothing changed while others drafted would say nothing."""
    async with serving(tmp_path) as app, AsyncExitStack() as stack:
        _, watch = await watched(app, tmp_path, stack)

        assert differences(await watch.sweep(CLOSEST), await watch.sweep(CLOSEST)) == []


async def test_a_sweep_hears_what_is_said_at_the_table(tmp_path: Path) -> None:
    """The ears are not deaf: the same canary, typed at the table, is heard by every member, and by nobody else."""
    async with serving(tmp_path) as app, AsyncExitStack() as stack:
        caucus, watch = await watched(app, tmp_path, stack)
        words = [caucus.aviary.word("the table"), caucus.aviary.letter("the table")]
        await caucus.union.type(caucus.table.articles[0], "seven", " ".join(words))

        answers = await watch.sweep()

        heard = [(name.split(":")[0], answer.whole) for name, answer in answers.items()]
        ears = {leak.partition(" in ")[2] for leak in leaks(heard, caucus.aviary.private)}
        assert ears == watch.others.keys() - {"stranger", "anonymous"}
        assert leaks(watch.heard(), caucus.aviary.private)
        assert leaks(await watch.logged(), caucus.aviary.private)
