"""What other services ask of threads: destroying a party's own, and letting them follow what was tabled."""

from pathlib import Path

from app.domain.ids import AgreementId, PartyKey, SuggestionId
from app.services import threads
from tests.harness.bargaining import Person, bargaining


async def said(person: Person) -> list[str]:
    items = (await person.call("GET", "/threads"))["items"]
    return [post["text"] for one in items for post in one["posts"]]


async def test_destroying_a_partys_own_threads_leaves_everybody_elses(tmp_path: Path) -> None:
    async with bargaining(tmp_path) as (table, (union, district)):
        on = {"article": table.articles[0]}
        for person, scope, text in (
            (union, "party", "Ours."),
            (district, "party", "Theirs."),
            (union, "table", "Everyone's."),
        ):
            await person.call("POST", "/threads", 201, json={"scope": scope, "on": on, "text": text})

        async with table.app.state.database.transaction() as session:
            gone = await threads.destroy_private(session, AgreementId(table.id), PartyKey("union"))

        assert gone == 1
        assert await said(union) == ["Everyone's."]
        assert await said(district) == ["Theirs.", "Everyone's."]


async def test_following_what_was_tabled_moves_nobody_elses_thread(tmp_path: Path) -> None:
    async with bargaining(tmp_path) as (table, (union, _)):
        tabled = {SuggestionId("d1"): SuggestionId("s1")}
        on = {"article": table.articles[0]}
        await union.call("POST", "/threads", 201, json={"scope": "party", "on": on, "text": "Ours."})

        async with table.app.state.database.transaction() as session:
            await threads.follow_tabling(session, AgreementId(table.id), PartyKey("union"), tabled)

        [left] = (await union.call("GET", "/threads"))["items"]
        assert (left["on"]["suggestion"], left["on"]["article"]) == (None, table.articles[0])
