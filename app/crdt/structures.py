"""What a suggestion about an article as a whole says, and the hash that an answer to it has to name.

The hash covers the places and titles as they would be read out now, and the words that would come or go: the agreed
text of an article to be struck, and the proposing party's text of one to be added. Whatever moves one of these moves
the hash, so that nobody accepts a place that has become another (promise P2).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from app.crdt import views
from app.crdt.canonical import content_hash
from app.crdt.content import Content, enclosing
from app.crdt.pieces import Piece
from app.crdt.runs import ArticleText, Proposal
from app.domain.ids import ArticleId, SuggestionId
from app.domain.log import Register
from app.domain.structure import KINDS, Op, Outline, State, Structure
from app.domain.text import PARAGRAPH_MARK

Texts = Mapping[ArticleId, ArticleText]


def proposals(register: Register) -> dict[ArticleId, Proposal]:
    """Name what proposes each article that is not yet part of the agreement."""
    return {
        structure.article: Proposal(suggestion, register.owners[suggestion].party)
        for suggestion, structure in register.structures.items()
        if structure.op is Op.ADD
    }


def content_of(register: Register, texts: Texts, suggestion: SuggestionId) -> Content:
    """Tell what a pending suggestion about an article as a whole says now."""
    structure, outline = register.structures[suggestion], register.outline
    said = told(structure, outline)
    paragraphs = _paragraphs(structure, texts)
    words = "\n".join("".join(run["text"] for run in paragraph["runs"]) for paragraph in paragraphs)
    before, after = _read_out(structure.op, said, words)
    hashed = {"suggestion": suggestion, "article": structure.article, "structure": said, "paragraphs": paragraphs}
    return Content(
        suggestion,
        structure.article,
        KINDS[structure.op],
        content_hash(hashed),
        before,
        after,
        [],
        _amended(register, suggestion, structure),
        said,
    )


def is_moot(structure: Structure, outline: Outline) -> bool:
    """Whether carrying a pending suggestion out would change nothing any more."""
    state = outline.state(structure.article)
    if structure.op is Op.ADD:
        return state is not State.PROPOSED
    if state is State.PROPOSED:
        return outline.retitled(structure.article, structure.title or "") == outline
    return outline.carried_out(structure) == outline


def entering(text: ArticleText) -> Iterator[tuple[int, Piece]]:
    """Give the pieces of a proposed article that enter the agreement with it: its own party's, amendments left out."""
    proposal = text.proposal
    foreign = any(piece.marks.inserter not in {None, _party(proposal)} for piece in text.pieces())
    at = 0
    for piece in text.pieces():
        own = piece.marks.insertion is not None and piece.marks.inserter == _party(proposal)
        if own and not (foreign and enclosing(text, at, piece) is not None):
            yield at, piece
        at += piece.size


def entering_suggestions(text: ArticleText) -> list[SuggestionId]:
    """Name the suggestions whose text that is, in the order of their first character."""
    named = (piece.marks.insertion for _, piece in entering(text))
    return list(dict.fromkeys(one for one in named if one is not None))


def _party(proposal: Proposal | None) -> str | None:
    return proposal.party if proposal is not None else None


def told(structure: Structure, outline: Outline) -> dict[str, Any]:
    """Spell the change with the titles of what it names, as they are now."""
    article, op = structure.article, structure.op
    unit = outline.find(article)
    said: dict[str, Any] = {"op": op.value, "article": article, "title": unit.title if unit is not None else ""}
    if op is Op.ADD:
        said["title"] = structure.title
    elif structure.title is not None:
        said["new_title"] = structure.title
    if op in {Op.ADD, Op.MOVE}:
        said["after"] = _named(outline, outline.anchor(structure.after, without=article))
    if op is Op.MOVE:
        said["was_after"] = _named(outline, outline.before(article))
    return said


def _named(outline: Outline, article: ArticleId | None) -> dict[str, str] | None:
    unit = outline.find(article)
    return None if unit is None else {"id": unit.id, "title": unit.title}


def _paragraphs(structure: Structure, texts: Texts) -> list[views.Paragraph]:
    text = texts.get(structure.article)
    if text is None or structure.op in {Op.MOVE, Op.RETITLE}:
        return []
    if structure.op is Op.STRIKE:
        return text.agreed()
    paragraphs = views.Paragraphs()
    for _, piece in entering(text):
        paragraphs.add(piece.text, piece.marks.plain)
    if not paragraphs.all():
        # An article has at least one paragraph, and enacting it gives it that.
        paragraphs.add(PARAGRAPH_MARK, {})
    return paragraphs.all()


def _read_out(op: Op, told: Mapping[str, Any], words: str) -> tuple[str, str]:
    """Put into words how it reads before and after."""
    title = told["title"]
    now = told.get("new_title", title)
    if op is Op.ADD:
        return "", f"{title}\n{words}".rstrip("\n")
    if op is Op.STRIKE:
        return f"{title}\n{words}".rstrip("\n"), ""
    if op is Op.RETITLE:
        return title, now
    return f"{title} ({_place(told['was_after'])})", f"{now} ({_place(told['after'])})"


def _place(named: Mapping[str, str] | None) -> str:
    return "the first article" if named is None else f"after {named['title']}"


def _amended(register: Register, suggestion: SuggestionId, structure: Structure) -> SuggestionId | None:
    """Name the proposal of an article that another party would have under another title."""
    proposal = proposals(register).get(structure.article) if structure.op is not Op.ADD else None
    return proposal.suggestion if proposal is not None and proposal.suggestion != suggestion else None
