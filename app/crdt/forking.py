"""Forking a caucus from its table anew: the table's own items, and every draft written once more where it stood.

Needed where the two are not one text any more: a member who writes under one Yjs client id at the table and in the
caucus gives one clock two texts. The drafts are kept; only their characters are new.
"""

from collections.abc import Iterable, Iterator

from app.crdt.caucus import Caucus
from app.crdt.caucus_marks import CaucusMarks
from app.crdt.corrections import Correction
from app.crdt.document import Broken, Document
from app.crdt.pieces import Piece, runs_of


def fork_anew(caucus: Document, table: Document) -> bytes:
    """Build the one update that a caucus begins with anew, where caucus and table stand at the same update."""
    if not isinstance(caucus, Caucus):
        raise TypeError("Only a caucus is forked.")
    fork = Caucus([table.state()], caucus.register, party=caucus.party)
    corrections = {article: list(_drafted(text.pieces())) for article, text in caucus.articles.items()}

    def run() -> None:
        for article, listed in corrections.items():
            for correction in listed:
                correction.carry_out(fork.yjs.texts[article])

    fork.take(fork.yjs.edit(run))
    if any(
        runs_of(text.pieces()) != runs_of(fork.articles[article].pieces()) for article, text in caucus.articles.items()
    ):
        raise Broken("A caucus could not be forked anew.")
    return fork.state()


def _drafted(pieces: Iterable[Piece]) -> Iterator[Correction]:
    """Tell what to write into the table's text, from its start, so that the drafts stand in it."""
    at = 0
    for piece in pieces:
        if isinstance(piece.marks, CaucusMarks):
            if not piece.marks.agreed:
                yield Correction(at, 0, dict(piece.marks.attributes), piece.text)
            elif piece.marks.drafted:
                yield Correction(at, piece.size, piece.marks.drafted)
        at += piece.size
