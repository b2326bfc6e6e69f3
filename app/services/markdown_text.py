"""Reading an agreement from Markdown: `##` starts an article, and every word stays.

CommonMark without HTML (scripts are words like any others) and without indented code (text taken from a PDF is
indented at random). Structure that an agreement does not have is kept as plain paragraphs, and never dropped:
what nests deeper than can be read is refused.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.domain.text import is_link, unwritable
from app.errors import InvalidContent, TooLarge

Paragraph = dict[str, Any]
"""`{style, level, runs: [{text, marks}]}`; see the text model."""

MOST_CHARACTERS = 4_000_000
LONGEST_PARAGRAPH = 50_000
MOST_ARTICLES = 1_000
MOST_PARAGRAPHS = 100_000
_DEEPEST = 24
# Finding links takes time by the square of the open brackets in a paragraph.
_MOST_BRACKETS = 2_000
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_OTHER_LINE_ENDS = re.compile("\r\n|[\r\f\x85\u2028\u2029]")
_MARKS = {"strong": "bold", "em": "italic", "s": "strike"}


@dataclass(slots=True)
class Section:
    """An article as read: its title and its paragraphs."""

    title: str
    paragraphs: list[Paragraph] = field(default_factory=list)


def read_markdown(content: str) -> list[Section]:
    """Cut a Markdown text into articles; raises `InvalidContent` and `TooLarge`, naming what and where.

    The `#` title and YAML front matter are left out: an agreement has its title elsewhere. What stands before the
    first `##` becomes an article of its own, "Preamble", if it says anything.
    """
    source = _readable(content)
    parser = _parser()
    environment: dict[str, Any] = {}
    tokens = parser.parse(source, environment)
    _judge(tokens)
    for token in tokens:
        if token.type == "inline":
            token.children = []
            parser.inline.parse(token.content, parser, environment, token.children)
    sections = _sections(tokens)
    if not sections:
        raise InvalidContent("The text is empty; an agreement begins with at least one article.")
    if len(sections) > MOST_ARTICLES:
        raise TooLarge(f"An agreement has at most {MOST_ARTICLES} articles.", limit=MOST_ARTICLES, unit="articles")
    if sum(len(section.paragraphs) for section in sections) > MOST_PARAGRAPHS:
        raise TooLarge(f"A text has at most {MOST_PARAGRAPHS} paragraphs.", limit=MOST_PARAGRAPHS, unit="paragraphs")
    return sections


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"])
    # Rows of dashes under a line are furniture of extracted text; only `##` starts an article.
    # "inline" and what follows it run afterwards, on blocks that were judged.
    parser.disable(["code", "lheading", "image", "inline", "text_join"])
    parser.validateLink = is_link  # type: ignore[method-assign]
    return parser


def _readable(content: str) -> str:
    if len(content) > MOST_CHARACTERS:
        raise TooLarge("The text is too long.", limit=MOST_CHARACTERS, unit="characters")
    text = _OTHER_LINE_ENDS.sub("\n", content.removeprefix("\ufeff"))
    surrogate = _SURROGATE.search(text)
    forbidden = [surrogate.start()] if surrogate else [start for start, _ in unwritable(text)]
    if forbidden:
        line, character = text.count("\n", 0, forbidden[0]) + 1, f"U+{ord(text[forbidden[0]]):04X}"
        raise InvalidContent(
            f"Line {line} holds the character {character}, which no text of an agreement can carry.",
            line=line,
            character=character,
        )
    return _FRONT_MATTER.sub("", text, count=1)


def _judge(tokens: Sequence[Token]) -> None:
    """Refuse what is over a limit before the costlier reading of what is inside the blocks."""
    for token in tokens:
        if token.level >= _DEEPEST - 1:
            levels = _DEEPEST // 2
            raise InvalidContent(f"Line {_line(token)} is nested more than {levels} levels deep.", line=_line(token))
        if token.type == "inline" and token.content.count("[") > _MOST_BRACKETS:
            raise InvalidContent(f"The paragraph at line {_line(token)} holds too many brackets.", line=_line(token))
        if token.type == "inline" and len(token.content) > LONGEST_PARAGRAPH:
            raise TooLarge(
                f"The paragraph at line {_line(token)} is longer than {LONGEST_PARAGRAPH} characters.",
                limit=LONGEST_PARAGRAPH,
                unit="characters",
                line=_line(token),
            )


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _sections(tokens: Sequence[Token]) -> list[Section]:
    preamble = Section("Preamble")
    sections = [preamble]
    for paragraph, starts_article in _paragraphs(tokens):
        if starts_article:
            title = "".join(run["text"] for run in paragraph["runs"]).strip()
            sections.append(Section(title[:500] or f"Article {len(sections)}"))
        elif _says_something(paragraph):
            sections[-1].paragraphs.append(paragraph)
    return sections if preamble.paragraphs else sections[1:]


def _says_something(paragraph: Paragraph) -> bool:
    return any(run["text"].strip() for run in paragraph["runs"])


def _paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[Paragraph, bool]]:
    """Yield paragraphs in order, each with whether it is the heading of a new article."""
    place = _Place()
    titled = False
    for index, token in enumerate(tokens):
        place.enter(tokens, index)
        if token.type == "fence":
            yield from ((paragraph, False) for paragraph in _code(token))
        elif token.type == "inline" and not place.in_row:
            heading = int(tokens[index - 1].tag[1]) if tokens[index - 1].type == "heading_open" else 0
            if heading == 1 and not titled and not place.styles:
                titled = True
            elif heading == 2 and not place.styles:  # noqa: PLR2004
                yield _paragraph(_joined(token)), True
            else:
                yield from ((paragraph, False) for paragraph in place.paragraphs(token, heading))
        elif token.type == "inline":
            place.cells.append(_joined(token))
        elif token.type == "tr_close":
            yield place.row(), False


class _Place:
    """Where in lists, quotes and tables the reading stands."""

    def __init__(self) -> None:
        self.styles: list[str] = []
        self.marker: str | None = None
        self.in_row = False
        self.cells: list[list[dict[str, Any]]] = []

    def enter(self, tokens: Sequence[Token], index: int) -> None:
        token = tokens[index]
        kind = token.type
        if kind == "ordered_list_open":
            self.styles.append("numbered" if _counts_itself(tokens, index) else "literal")
        elif kind in {"bullet_list_open", "blockquote_open"}:
            self.styles.append("bulleted" if kind == "bullet_list_open" else "quote")
        elif kind in {"bullet_list_close", "ordered_list_close", "blockquote_close"}:
            self.styles.pop()
            self.marker = None
        elif kind == "list_item_open":
            self.marker = f"{token.info}{token.markup} " if token.info else ""
        elif kind in {"tr_open", "tr_close"}:
            self.in_row = kind == "tr_open"

    def paragraphs(self, token: Token, heading: int) -> Iterator[Paragraph]:
        """Lay out one block; a hard line break ends a paragraph, for a paragraph has no other lines."""
        style, level = self._style()
        if heading:
            yield _paragraph(_joined(token), "heading", heading)
        elif style == "literal":
            yield _paragraph([{"text": self.marker or "", "marks": {}}, *_joined(token)])
        elif style in {"numbered", "bulleted"}:
            yield _paragraph(_joined(token), style, level)
        else:
            yield from (_paragraph(line, style) for line in _lines(token))
        self.marker = None

    def row(self) -> Paragraph:
        """Lay out a row of a table as one paragraph."""
        cells, self.cells = self.cells, []
        runs: list[dict[str, Any]] = []
        for number, cell in enumerate(cells):
            runs += [{"text": " | ", "marks": {}}] if number else []
            runs += cell
        return _paragraph(runs)

    def _style(self) -> tuple[str, int]:
        listed = [style for style in self.styles if style != "quote"]
        if listed and self.marker is not None:
            return listed[-1], min(len(listed), 6)
        return ("quote" if "quote" in self.styles else "paragraph"), 1


def _counts_itself(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether counting paragraphs gives an ordered list the very numbers it was written with.

    An agreement is cited by its numbers. Where a list starts elsewhere, skips, or is interrupted by paragraphs
    without a number, its numbers are kept as part of the wording.
    """
    level = tokens[index].level
    numbers: list[int] = []
    blocks = 0
    for token in islice(tokens, index + 1, None):
        if token.level <= level:
            break
        if token.level == level + 1 and token.type == "list_item_open":
            numbers.append(int(token.info))
            blocks = 0
        elif token.level == level + 2 and token.nesting >= 0 and not token.type.endswith("_list_open"):
            blocks += 1
            if blocks > 1 or token.type != "paragraph_open":
                return False
    return numbers == list(range(1, len(numbers) + 1)) or set(numbers) == {1}


def _paragraph(line: list[dict[str, Any]], style: str = "paragraph", level: int = 1) -> Paragraph:
    runs: list[dict[str, Any]] = []
    for run in (run for run in line if run["text"]):
        if runs and runs[-1]["marks"] == run["marks"]:
            runs[-1] = {"text": runs[-1]["text"] + run["text"], "marks": run["marks"]}
        else:
            runs.append(run)
    return {"style": style, "level": level, "runs": runs}


def _code(token: Token) -> Iterator[Paragraph]:
    for line in token.content.split("\n"):
        if len(line) > LONGEST_PARAGRAPH:
            raise TooLarge(f"A line of the code at line {_line(token)} is too long.", limit=LONGEST_PARAGRAPH)
        yield _paragraph([{"text": line, "marks": {"code": True}}])


def _joined(token: Token) -> list[dict[str, Any]]:
    """Read a block's runs as one line."""
    runs: list[dict[str, Any]] = []
    for line in _lines(token):
        runs += [{"text": " ", "marks": {}}, *line] if runs else line
    return runs


def _lines(token: Token) -> Iterator[list[dict[str, Any]]]:
    """Read a block's runs, cut at hard line breaks; soft ones join with a space."""
    marks: dict[str, Any] = {}
    line: list[dict[str, Any]] = []
    for child in token.children or ():
        if child.type == "hardbreak":
            yield line
            line = []
        elif child.nesting:
            name = "link" if child.tag == "a" else _MARKS[child.tag]
            value = str(child.attrGet("href")) if name == "link" else True
            marks = {**marks, name: value} if child.nesting > 0 else {k: v for k, v in marks.items() if k != name}
        elif child.type == "softbreak":
            line.append({"text": " ", "marks": marks})
        else:
            line.append(
                {"text": child.content, "marks": {**marks, **({"code": True} if child.type == "code_inline" else {})}}
            )
    yield line
