"""A caucus over a small table: how drafts are read, what following does, and what tabling brings."""

from typing import Any

import pytest

from app.crdt.admission import Writer, admit
from app.crdt.caucus import Caucus
from app.crdt.document import Document, seed
from app.crdt.following import Forked, follow
from app.crdt.tabling import draft_content, table
from app.domain.ids import ArticleId, MemberId, SuggestionId
from app.domain.log import Owner, Register
from app.errors import ArticleClosed, NotFound, StaleSuggestion
from tests.harness.builders import ASSOCIATION, DISTRICT, paragraph, runs_in
from tests.harness.honest import apply_delta
from tests.harness.replicas import PycrdtReplica

A = ArticleId("a")
ANN = MemberId("ann")


class Over:
    """A table, a caucus of the association over it, and a page in each."""

    def __init__(self, *paragraphs: dict[str, Any]) -> None:
        begun = seed([(A, list(paragraphs) or [paragraph("The workday is seven hours.")])])
        self.at_table = Document([begun], Register(articles=[A]))
        self.copy = Document([begun], Register(articles=[A]))
        self.caucus = Caucus([begun], Register(articles=[A]), party=ASSOCIATION)
        self._made = 0

    def _edit(self, document: Document, steps: list[dict[str, Any]], party: str, member: str) -> bytes | None:
        self._made += 1
        replica = PycrdtReplica(document.state(), 100 + self._made, ("a",))
        apply_delta(replica.texts["a"], replica.runs("a"), steps)
        return admit(document, replica.outbox, Writer(MemberId(member), party)).update

    def draft(self, *steps: dict[str, Any]) -> None:
        """Edit in caucus as a page that says itself what it drafts."""
        self._edit(self.caucus, list(steps), ASSOCIATION, ANN)

    def suggest(self, *steps: dict[str, Any], party: str = DISTRICT) -> None:
        """Edit at the table; the caucus follows."""
        update = self._edit(self.at_table, list(steps), party, f"{party}-lead")
        assert update is not None
        self.follow(update)

    def follow(self, update: bytes) -> None:
        follow(self.caucus, self.copy, [update])

    def bring(self, *drafts: str) -> dict[SuggestionId, SuggestionId]:
        names = {SuggestionId(one): SuggestionId(f"tabled-{one}") for one in drafts}
        tabled = table(self.caucus, self.at_table, names, ASSOCIATION, MemberId("lea"))
        self.follow(tabled.table_update)
        return names


def ins(draft: str) -> dict[str, Any]:
    return {"draft:ins": {"id": draft, "party": "assoc"}}


@pytest.fixture
def over() -> Over:
    return Over()


def test_a_draft_reads_as_it_would_at_the_table(over):
    over.draft(
        {"retain": 15},
        {"retain": 5, "attributes": {"draft:del": {"id": "d"}}},
        {"insert": "six", "attributes": ins("d")},
    )

    content = draft_content(over.caucus, SuggestionId("d"))

    assert content is not None
    assert (content.kind, content.before, content.after) == (
        "replacement",
        "The workday is seven hours.",
        "The workday is six hours.",
    )


def test_a_drafts_hash_moves_with_it_and_not_with_another_draft(over):
    over.draft({"retain": 3}, {"insert": " long", "attributes": ins("d")})
    first = draft_content(over.caucus, SuggestionId("d")).content_hash

    over.draft({"insert": "Now: ", "attributes": ins("other")})
    beside = draft_content(over.caucus, SuggestionId("d")).content_hash
    over.draft({"retain": 13}, {"insert": "er", "attributes": ins("d")})

    assert beside == first
    assert draft_content(over.caucus, SuggestionId("d")).content_hash != first


def test_a_draft_under_the_id_of_a_suggestion_is_not_that_suggestion(over):
    over.suggest({"retain": 3}, {"insert": " long"})
    taken = over.at_table.pending()[0]

    over.draft({"retain": 32}, {"insert": " Lunch too.", "attributes": ins(taken)})

    assert draft_content(over.caucus, taken).after == "The workday is seven hours. Lunch too."
    assert over.at_table.content(taken).after == "The long workday is seven hours."


def test_what_the_table_inserts_inside_a_draft_is_no_part_of_it(over):
    over.draft({"retain": 4}, {"retain": 7, "attributes": {"draft:del": {"id": "d"}}})

    over.suggest({"retain": 8}, {"insert": "-"})

    inserted = [marks for text, marks in runs_in(over.caucus) if text == "-"]
    assert [list(marks) for marks in inserted] == [["ins"]]


def test_formatting_at_the_table_reaches_its_text_and_no_drafted_text(over):
    over.draft({"retain": 8}, {"insert": "X", "attributes": {**ins("d"), "bold": True}})

    over.suggest({"retain": 4}, {"retain": 7, "attributes": {"bold": True}})

    drafted = [marks for text, marks in runs_in(over.caucus) if text == "X"]
    assert [sorted(marks) for marks in drafted] == [["bold", "draft:ins"]]


def test_an_article_that_comes_to_the_table_comes_to_the_caucus(over):
    added = seed([(ArticleId("b"), [paragraph("Leaves.")])])
    over.at_table.catch_up(added)

    over.follow(added)

    assert runs_in(over.caucus, "b") == [("Leaves.\n", {})]


def test_a_draft_in_an_article_that_another_party_proposes_amends_it(over):
    proposed = {A: (SuggestionId("whole"), DISTRICT)}
    over.caucus.register = Register(owners=over.caucus.register.owners, articles=[A], proposed=proposed)

    over.draft({"retain": 3}, {"insert": " long", "attributes": ins("d")})

    assert draft_content(over.caucus, SuggestionId("d")).amends == "whole"


def test_what_is_tabled_stands_there_and_the_drafts_beside_it_stay_where_they_were(over):
    over.draft(
        {"retain": 3},
        {"insert": " one", "attributes": ins("first")},
        {"insert": " two", "attributes": ins("second")},
        {"insert": " three", "attributes": ins("third")},
    )

    over.bring("second")

    assert "".join(text for text, _ in runs_in(over.caucus)) == "The one two three workday is seven hours.\n"
    assert "".join(text for text, _ in runs_in(over.at_table)) == "The two workday is seven hours.\n"
    assert over.caucus.pending() == ["first", "third"]


def test_a_draft_goes_on_with_the_format_that_its_party_suggests_already(over):
    over.suggest({"retain": 4}, {"retain": 7, "attributes": {"bold": True}}, party=ASSOCIATION)
    over.draft({"retain": 4}, {"retain": 7, "attributes": {"draft:fmt": {"id": "d", "set": {"italic": True}}}})

    names = over.bring("d")

    marks = next(marks for text, marks in runs_in(over.at_table) if text == "workday")
    assert marks["fmt:assoc"] == {"id": names["d"], "set": {"bold": True, "italic": True}}
    assert over.at_table.pending() == [names["d"]]


def test_of_a_draft_that_says_nothing_more_nothing_is_tabled(over):
    over.draft({"retain": 4}, {"retain": 7, "attributes": {"draft:del": {"id": "d"}}})
    over.suggest({"retain": 4}, {"delete": 7}, party=ASSOCIATION)

    with pytest.raises(StaleSuggestion):
        over.bring("d")


def test_no_draft_comes_to_a_closed_article_nor_anything_that_is_no_draft(over):
    over.draft({"retain": 3}, {"insert": " long", "attributes": ins("d")})
    before = runs_in(over.at_table)
    over.caucus.register.closed = {A: "article_closed"}

    with pytest.raises(ArticleClosed):
        over.bring("d")
    with pytest.raises(NotFound):
        over.bring("nothing")

    assert runs_in(over.at_table) == before


def test_a_colleagues_draft_may_be_rewritten_and_stays_hers(over):
    over.caucus.register.owners[SuggestionId("hers")] = Owner(ASSOCIATION, MemberId("bea"), A, pending=True)
    fork = over.caucus.yjs.edit(lambda: over.caucus.yjs.texts[A].insert(3, " long", ins("hers")))
    over.caucus.take(fork)

    over.draft({"retain": 4}, {"delete": 3})

    assert [(text, marks) for text, marks in runs_in(over.caucus) if marks] == [(" g", ins("hers"))]
    assert over.caucus.register.owners[SuggestionId("hers")].author == "bea"


def test_an_id_drafted_under_and_then_used_at_the_table_is_noticed_before_anything_is_applied(over):
    over.draft({"retain": 3}, {"insert": " long", "attributes": ins("d")})
    before = runs_in(over.caucus)
    replica = PycrdtReplica(over.at_table.state(), 101, ("a",))
    replica.texts["a"].insert(0, "Forged. ")
    update = admit(over.at_table, replica.outbox, Writer(ANN, ASSOCIATION)).update

    with pytest.raises(Forked):
        over.follow(update)

    assert runs_in(over.caucus) == before
