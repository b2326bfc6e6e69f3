"""An agreement's text for people's eyes: plain, Markdown and HTML, with pending changes marked where asked.

Every word of the text is data to these forms: whatever it looks like, it comes out as the words it is. A pending
change names its kind and its party in words, so that neither colour nor style has to carry it.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.numbering import Number, numbers

Articles = Sequence[Mapping[str, Any]]
Names = Mapping[str, str]
"""Party key → name."""

_DELETION, _FORMAT = "del:", "fmt:"
_INDENT = "   "
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&])")
_LEADING = re.compile(r"^(\s*)([-+]|\d{1,9}[.)]|=+|-+)(?=\s|$)")
_HTML_MARKS = {"bold": "strong", "italic": "em", "underline": "u", "strike": "s", "code": "code"}
_MARKDOWN_MARKS = {"bold": "**", "italic": "*", "strike": "~~"}


def plain(title: str, articles: Articles, names: Names) -> str:
    """Write plain text; pending changes as `[+ Union: … +]`, `[- District: … -]`, `[~ Union: … ~]`."""
    blocks = [title]
    for article in articles:
        blocks.append(str(article["title"]))
        blocks += [_lead(p, number) + _plain_runs(p, names) for p, number in _counted(article)]
    return "\n\n".join(blocks) + "\n"


def markdown(title: str, articles: Articles, names: Names) -> str:
    """Write Markdown that reads back as the same paragraphs; pending changes in CriticMarkup, with their party."""
    blocks = [f"# {_escaped(title)}"]
    for article in articles:
        blocks.append(f"## {_escaped(str(article['title']))}")
        blocks += [_markdown_block(p, number, names) for p, number in _counted(article)]
    return "\n\n".join(blocks) + "\n"


def page(title: str, articles: Articles, names: Names) -> str:
    """Write an HTML page without script; pending changes as `ins` and `del` that name their party."""
    body = "\n".join(
        f'<section id="{html.escape(str(article["id"]), quote=True)}">\n<h2>{html.escape(str(article["title"]))}</h2>\n'
        + "\n".join(_html_block(p, number, names) for p, number in _counted(article))
        + "\n</section>"
        for article in articles
    )
    name = html.escape(title)
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{name}</title></head>\n'
        f"<body>\n<h1>{name}</h1>\n{body}\n</body>\n</html>\n"
    )


def _counted(article: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Number | None]]:
    paragraphs = article["paragraphs"]
    styles = [(paragraph["style"], paragraph["level"]) for paragraph in paragraphs]
    return zip(paragraphs, numbers(str(article["title"]), styles), strict=True)


def _lead(paragraph: Mapping[str, Any], number: Number | None) -> str:
    indent = _INDENT * (paragraph["level"] - 1)
    if number is not None:
        return f"{indent}{number.label} "
    return f"{indent}- " if paragraph["style"] == "bulleted" else ""


def _changes(marks: Mapping[str, Any], names: Names) -> Iterator[tuple[str, str]]:
    """List the pending changes on a run as (sign, party's name)."""
    for mark, value in marks.items():
        if mark == "ins":
            yield "+", names.get(value["party"], value["party"])
        elif mark.startswith(_DELETION):
            yield "-", names.get(key := mark.removeprefix(_DELETION), key)
        elif mark.startswith(_FORMAT):
            yield "~", names.get(key := mark.removeprefix(_FORMAT), key)


def _spans(paragraph: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """List a paragraph's runs, and its mark as one where that is what is changing."""
    spans = list(paragraph["runs"])
    if paragraph.get("marks"):
        spans.append({"text": "¶", "marks": paragraph["marks"]})
    return spans


def _plain_runs(paragraph: Mapping[str, Any], names: Names) -> str:
    written = []
    for run in _spans(paragraph):
        text = run["text"]
        for sign, party in _changes(run["marks"], names):
            text = f"[{sign} {party}: {text} {sign}]"
        written.append(text)
    return "".join(written)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _markdown_block(paragraph: Mapping[str, Any], number: Number | None, names: Names) -> str:
    text = "".join(_markdown_run(run, names) for run in _spans(paragraph))
    style = paragraph["style"]
    if style == "heading":
        return f"{'#' * max(3, paragraph['level'])} {text}"
    if style == "quote":
        return f"> {text}"
    indent = _INDENT * (paragraph["level"] - 1)
    if number is not None:
        return f"{indent}{number.position}. {text}"
    if style == "bulleted":
        return f"{indent}- {text}"
    return _LEADING.sub(_escape_leading, text)


def _escape_leading(found: re.Match[str]) -> str:
    """Keep a paragraph that begins like a list from becoming one."""
    marker = found[2]
    return f"{found[1]}{marker[:-1]}\\{marker[-1]}"


def _markdown_run(run: Mapping[str, Any], names: Names) -> str:
    text, marks = str(run["text"]), run["marks"]
    core = text.strip()
    if core:
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        text = before + _markdown_marked(core, marks) + after
    for sign, party in _changes(marks, names):
        open_, close = {"+": ("{++", "++}"), "-": ("{--", "--}"), "~": ("{==", "==}")}[sign]
        text = f"{open_}{text}{close}{{>>{_escaped(party)}<<}}"
    return text


def _markdown_marked(core: str, marks: Mapping[str, Any]) -> str:
    if marks.get("code"):
        fence = "`" * (max((len(ticks) for ticks in re.findall("`+", core)), default=0) + 1)
        padding = " " if core.startswith("`") or core.endswith("`") else ""
        written = f"{fence}{padding}{core}{padding}{fence}"
    else:
        written = _escaped(core)
    for mark, sign in _MARKDOWN_MARKS.items():
        if marks.get(mark):
            written = f"{sign}{written}{sign}"
    if link := marks.get("link"):
        written = f"[{written}](<{link}>)"
    return written


def _html_block(paragraph: Mapping[str, Any], number: Number | None, names: Names) -> str:
    text = "".join(_html_run(run, names) for run in _spans(paragraph))
    style, level = paragraph["style"], paragraph["level"]
    if style == "heading":
        rank = min(6, max(3, level))
        return f"<h{rank}>{text}</h{rank}>"
    if style == "quote":
        return f"<blockquote><p>{text}</p></blockquote>"
    if number is not None:
        return f'<p data-style="numbered" data-level="{level}"><span>{html.escape(number.label)}</span> {text}</p>'
    if style == "bulleted":
        return f'<ul data-level="{level}"><li>{text}</li></ul>'
    return f"<p>{text}</p>"


def _html_run(run: Mapping[str, Any], names: Names) -> str:
    text, marks = html.escape(run["text"]), run["marks"]
    for mark, tag in _HTML_MARKS.items():
        if marks.get(mark):
            text = f"<{tag}>{text}</{tag}>"
    if link := marks.get("link"):
        text = f'<a href="{html.escape(str(link), quote=True)}" rel="noopener noreferrer nofollow">{text}</a>'
    for sign, party in _changes(marks, names):
        tag, word = {"+": ("ins", "insertion"), "-": ("del", "deletion"), "~": ("mark", "format")}[sign]
        label = html.escape(f"Suggested {word}, {party}", quote=True)
        text = f'<{tag} data-party="{html.escape(party, quote=True)}" title="{label}">{text}</{tag}>'
    return text
