"""Reading an agreement from Markdown: `##` starts an article, and every word stays.

CommonMark without HTML (scripts are words like any others) and without indented code (text taken from a PDF is
indented at random). Structure that an agreement does not have is kept as plain paragraphs, and never dropped:
what nests deeper than can be read is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.domain.text import is_link, unwritable
from app.errors import InvalidContent, TooLarge
from app.services.markdown_blocks import Paragraph, blocks

MOST_CHARACTERS = 4_000_000
LONGEST_PARAGRAPH = 50_000
MOST_ARTICLES = 1_000
MOST_PARAGRAPHS = 100_000
_LONGEST_TITLE = 500
_DEEPEST = 24
# Finding links takes time by the square of the open brackets in a paragraph.
_MOST_BRACKETS = 2_000
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_OTHER_LINE_ENDS = re.compile("\r\n|[\r\f\x85\u2028\u2029]")


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
    parser.validateLink = is_link  # type: ignore[method-assign, assignment]
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
        longest = max(map(len, token.content.split("\n"))) if token.type == "fence" else len(token.content)
        if longest > LONGEST_PARAGRAPH:
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
    for block in blocks(tokens):
        if isinstance(block, str):
            sections.append(Section(block[:_LONGEST_TITLE] or f"Article {len(sections)}"))
        elif any(run["text"].strip() for run in block["runs"]):
            sections[-1].paragraphs.append(block)
    return sections if preamble.paragraphs else sections[1:]
