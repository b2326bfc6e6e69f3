"""Acts as CSV (RFC 4180: CRLF, quotes doubled) for whoever opens it in a spreadsheet.

It begins with a byte order mark, because without one the commonest spreadsheet reads UTF-8 as something else. A cell
that a spreadsheet would take for a formula gets an apostrophe in front; one that already looks so gets one more, so
that taking one apostrophe off gives every cell back as it was.
"""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from app.services.histories import Row, Rows

COLUMNS: Final = (
    "entry",
    "at",
    "act",
    "party",
    "member",
    "article",
    "suggestion",
    "proposed_by",
    "author",
    "version",
    "reason",
    "before",
    "after",
)
BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA: Final = re.compile("'*[=+\\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]")


def header() -> str:
    """Write the first line, with what comes before it."""
    return BYTE_ORDER_MARK + _written([COLUMNS])


def lines(found: Rows) -> str:
    """Write acts, one a record."""
    return _written([_cells(row, found) for row in found.rows])


def guarded(cell: str) -> str:
    """Keep a cell from being taken for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _cells(row: Row, found: Rows) -> list[str]:
    act, life = row.act, row.life
    return [
        str(act.seq),
        act.at,
        act.kind,
        found.names.get(act.party, act.party) if act.party is not None else "",
        act.member_name or "",
        row.article_title,
        act.suggestion or "",
        found.names.get(life.party, life.party) if life is not None else "",
        life.author_name if life is not None else "",
        str(row.version) if row.version is not None else "",
        row.reason or "",
        row.before,
        row.after,
    ]


def _written(records: Sequence[Sequence[str]]) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerows([guarded(cell) for cell in record] for record in records)
    return written.getvalue()
