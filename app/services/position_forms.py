"""Positions as an exhibit: status quo, each party's position and what is agreed, side by side.

What a party would change against the agreed text is told by `ins` and `del`, and in plain text by signs, so that no
colour has to carry it. Every word of the text is data to these forms.
"""

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.alignment import aligned
from app.domain.difference import ADDED, REMOVED, Stretch, differences
from app.domain.numbering import numbers
from app.services.positions import ArticlePositions, Positions, Reading

_STANDINGS = {
    "status_quo": "Status quo",
    "open": "Open",
    "in_package": "In a package",
    "tentative": "Tentative agreement",
}
_STYLE = (
    "body{font:15px/1.45 Georgia,serif;margin:2rem;color:#111;background:#fff}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed;margin:.5rem 0 2rem}"
    "th,td{border:1px solid #777;padding:.4rem .6rem;vertical-align:top;text-align:left;overflow-wrap:anywhere}"
    "th{font:600 13px/1.3 system-ui,sans-serif;background:#eee}caption{text-align:left;font-style:italic}"
    "td p{margin:0 0 .4rem}ins{text-decoration:underline;font-weight:600}del{text-decoration:line-through}"
    "@media print{thead{display:table-header-group}tr{break-inside:avoid}body{margin:0}}"
)


@dataclass(frozen=True, slots=True)
class _Column:
    """One reading as paragraphs with their numbers."""

    heading: str
    lines: list[str]

    @classmethod
    def of(cls, heading: str, title: str, paragraphs: Sequence[Mapping[str, Any]]) -> "_Column":
        styles = [(paragraph["style"], paragraph["level"]) for paragraph in paragraphs]
        lines = []
        for paragraph, number in zip(paragraphs, numbers(title, styles), strict=True):
            text = "".join(run["text"] for run in paragraph["runs"])
            lines.append(f"{number.label} {text}" if number is not None else text)
        return cls(heading, lines)


def page(positions: Positions) -> str:
    """Write an HTML page without script: a table an article."""
    title = html.escape(positions.title)
    body = "\n".join(_section(article, positions) for article in positions.articles)
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}: positions of the parties</title><style>{_STYLE}</style></head>\n"
        f"<body>\n<h1>{title}</h1>\n<p>{html.escape(_when(positions))}</p>\n{body}\n</body>\n</html>\n"
    )


def plain(positions: Positions) -> str:
    """Write plain text: under each article one reading after the other."""
    blocks = [positions.title, _when(positions)]
    for article in positions.articles:
        blocks.append(f"{article.title} ({_standing(article)})")
        agreed, *others = _columns(article, positions)
        for column in (*others, agreed):
            blocks.append(f"-- {column.heading} --")
            blocks.append("\n".join(_signed(cell) for cell in _compared(agreed, column)) or "(nothing)")
    return "\n\n".join(blocks) + "\n"


def _when(positions: Positions) -> str:
    at = positions.placed.at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return f"Positions of the parties at {at}, entry {positions.placed.ledger_seq} of the record."


def _standing(article: ArticlePositions) -> str:
    return _STANDINGS.get(article.standing, article.standing)


def _columns(article: ArticlePositions, positions: Positions) -> list[_Column]:
    """Lay out the readings: the agreed one first, for it leads; then status quo and the parties'."""
    agreed = _Column.of("Agreed", article.title, article.agreed.paragraphs)
    status_quo = _Column.of("Status quo", article.title, _paragraphs(article.status_quo))
    held = [
        _Column.of(party["name"], article.title, article.positions[party["key"]].reading.paragraphs)
        for party in positions.parties
        if party["key"] in article.positions and (party["signatory"] or article.positions[party["key"]].differs)
    ]
    return [agreed, status_quo, *held]


def _paragraphs(reading: Reading | None) -> list[dict[str, Any]]:
    return reading.paragraphs if reading is not None else []


def _section(article: ArticlePositions, positions: Positions) -> str:
    agreed, status_quo, *held = columns = _columns(article, positions)
    shown = [status_quo, *held, agreed]
    head = "".join(f'<th scope="col">{html.escape(column.heading)}</th>' for column in shown)
    rows = []
    for lead, *others in aligned([column.lines for column in columns]):
        cells = [_cell(_row(agreed, column, lead, part)) for column, part in zip(columns[1:], others, strict=True)]
        cells.append("".join(f"<p>{html.escape(agreed.lines[number])}</p>" for number in lead))
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return (
        f'<section id="{html.escape(article.id, quote=True)}">\n<h2>{html.escape(article.title)}</h2>\n<table>'
        f"<caption>{html.escape(_standing(article))}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody></table>\n</section>"
    )


def _row(agreed: _Column, column: _Column, lead: list[int], part: list[int]) -> Iterator[list[Stretch]]:
    """Tell the paragraphs of one column in one row by what they would change of the agreed one beside them."""
    before = [agreed.lines[number] for number in lead] + [""] * len(part)
    if not part and lead:
        yield differences(agreed.lines[lead[0]], "")
    for was, number in zip(before, part, strict=False):
        yield differences(was, column.lines[number])


def _compared(agreed: _Column, column: _Column) -> Iterator[list[Stretch]]:
    if column is agreed:
        for line in agreed.lines:
            yield differences(line, line)
        return
    for lead, part in aligned([agreed.lines, column.lines]):
        yield from _row(agreed, column, lead, part)


def _cell(paragraphs: Iterator[list[Stretch]]) -> str:
    return "".join(f"<p>{''.join(_marked(stretch) for stretch in paragraph)}</p>" for paragraph in paragraphs)


def _marked(stretch: Stretch) -> str:
    text = html.escape(stretch.text)
    return {ADDED: f"<ins>{text}</ins>", REMOVED: f"<del>{text}</del>"}.get(stretch.kind, text)


def _signed(paragraph: list[Stretch]) -> str:
    signs = {ADDED: "[+{}+]", REMOVED: "[-{}-]"}
    return "".join(signs.get(stretch.kind, "{}").replace("{}", stretch.text) for stretch in paragraph)
