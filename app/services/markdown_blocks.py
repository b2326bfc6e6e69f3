"""From Markdown tokens to the paragraphs of the text model.

What an agreement has a style for gets it; everything else keeps its words as plain paragraphs. Numbers that
counting would not give back exactly stay in the wording, for an agreement is cited by its numbers.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from markdown_it.token import Token

from app.domain.numbering import Counter, article_number
from app.domain.text import DEEPEST_LEVEL

Run = dict[str, Any]
Paragraph = dict[str, Any]
"""`{style, level, runs: [{text, marks}]}`; see the text model."""

_MARKS = {"strong": "bold", "em": "italic", "s": "strike"}
_TITLE, _ARTICLE = 1, 2


def blocks(tokens: Sequence[Token]) -> Iterator[Paragraph | str]:
    """Yield paragraphs in their order, and the title of each article where it starts."""
    place = _Place()
    titled = False
    for index, token in enumerate(tokens):
        place.enter(tokens, index)
        if token.type == "fence":
            yield from (
                place.paragraph([{"text": line, "marks": {"code": True}}]) for line in token.content.split("\n")
            )
        elif token.type == "tr_close":
            yield place.row()
        elif token.type == "inline" and place.in_row:
            place.cells.append(_joined(token))
        elif token.type == "inline":
            heading = int(tokens[index - 1].tag[1]) if tokens[index - 1].type == "heading_open" else 0
            if heading == _TITLE and not titled and not place.styles:
                titled = True
            elif heading == _ARTICLE and not place.styles:
                yield place.begin_article("".join(run["text"] for run in _joined(token)).strip())
            else:
                yield from place.paragraphs(token, heading)


class _Place:
    """Where in lists, quotes and tables the reading stands, and what the next number of each level will be."""

    def __init__(self) -> None:
        self.styles: list[str] = []
        self.in_row = False
        self.cells: list[list[Run]] = []
        self._marker: str | None = None
        self._counter = Counter("")

    def begin_article(self, title: str) -> str:
        self._counter = Counter(article_number(title))
        return title

    def enter(self, tokens: Sequence[Token], index: int) -> None:
        token = tokens[index]
        kind = token.type
        if kind == "ordered_list_open":
            depth = min(DEEPEST_LEVEL, len(self._lists()) + 1)
            counted = _counts_itself(tokens, index, self._counter.expects(depth))
            self.styles.append("numbered" if counted else "literal")
        elif kind in {"bullet_list_open", "blockquote_open"}:
            self.styles.append("bulleted" if kind == "bullet_list_open" else "quote")
        elif kind in {"bullet_list_close", "ordered_list_close", "blockquote_close"}:
            self.styles.pop()
            self._marker = None
        elif kind == "list_item_open":
            self._marker = f"{token.info}{token.markup} " if token.info else ""
        elif kind in {"tr_open", "tr_close"}:
            self.in_row = kind == "tr_open"

    def paragraphs(self, token: Token, heading: int) -> Iterator[Paragraph]:
        """Lay out one block. Outside of lists a hard line break ends a paragraph, for it has no other lines."""
        lists, marker = self._lists(), self._marker
        self._marker = None
        if heading:
            yield self.paragraph(_joined(token), "heading", heading)
        elif lists and marker is not None and lists[-1] == "literal":
            yield self.paragraph([{"text": marker, "marks": {}}, *_joined(token)])
        elif lists and marker is not None:
            yield self.paragraph(_joined(token), lists[-1], min(len(lists), DEEPEST_LEVEL))
        else:
            style = "quote" if "quote" in self.styles else "paragraph"
            yield from (self.paragraph(line, style) for line in _lines(token))

    def row(self) -> Paragraph:
        """Lay out a row of a table as one paragraph."""
        cells, self.cells = self.cells, []
        runs: list[Run] = []
        for number, cell in enumerate(cells):
            runs += [{"text": " | ", "marks": {}}] if number else []
            runs += cell
        return self.paragraph(runs)

    def paragraph(self, line: Sequence[Run], style: str = "paragraph", level: int = 1) -> Paragraph:
        """Lay out one paragraph, and count it."""
        self._counter.next(style, level)
        runs: list[Run] = []
        for run in (run for run in line if run["text"]):
            if runs and runs[-1]["marks"] == run["marks"]:
                runs[-1] = {"text": runs[-1]["text"] + run["text"], "marks": run["marks"]}
            else:
                runs.append(run)
        return {"style": style, "level": level, "runs": runs}

    def _lists(self) -> list[str]:
        return [style for style in self.styles if style != "quote"]


def _counts_itself(tokens: Sequence[Token], index: int, expected: int) -> bool:
    """Tell whether counting paragraphs gives an ordered list the very numbers that it was written with.

    A list that says 1 throughout is meant to be counted.
    """
    level = tokens[index].level
    written: list[int] = []
    for place, token in enumerate(islice(tokens, index + 1, None), start=index + 1):
        if token.level <= level:
            break
        if token.type == "heading_open":
            return False
        if token.level == level + 1 and token.type == "list_item_open":
            if tokens[place + 1].type == "list_item_close":
                return False
            written.append(int(token.info))
    if set(written) == {1}:
        return expected == 1
    return written == list(range(expected, expected + len(written)))


def _joined(token: Token) -> list[Run]:
    """Read a block's runs as one line."""
    runs: list[Run] = []
    for line in _lines(token):
        runs += [{"text": " ", "marks": {}}, *line] if runs else line
    return runs


def _lines(token: Token) -> Iterator[list[Run]]:
    """Read a block's runs, cut at hard line breaks; soft ones join with a space."""
    marks: dict[str, Any] = {}
    line: list[Run] = []
    for child in token.children or ():
        if child.type == "hardbreak":
            yield line
            line = []
        elif child.nesting:
            name = "link" if child.tag == "a" else _MARKS[child.tag]
            value = str(child.attrGet("href")) if name == "link" else True
            kept = {mark: known for mark, known in marks.items() if mark != name}
            marks = {**kept, name: value} if child.nesting > 0 else kept
        else:
            text = " " if child.type == "softbreak" else child.content
            line.append({"text": text, "marks": {**marks, "code": True} if child.type == "code_inline" else marks})
    yield line
