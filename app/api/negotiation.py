"""Choosing the form of an answer by the `Accept` header (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence

from app.errors import NotAcceptable

JSON, MARKDOWN, PLAIN, HTML = "application/json", "text/markdown", "text/plain", "text/html"
CSV = "text/csv"


def negotiate(accept: str | None, available: Sequence[str]) -> str:
    """Choose the media type that the client likes best; the first available one where it likes several alike.

    Raises `NotAcceptable` where it takes none of them.
    """
    if not accept or not accept.strip():
        return available[0]
    wishes = [_wish(part) for part in accept.split(",")[:64]]
    liked = max(available, key=lambda offered: _quality(offered, wishes))
    if _quality(liked, wishes) <= 0:
        raise NotAcceptable(available=list(available))
    return liked


def _wish(part: str) -> tuple[str, float]:
    name, *parameters = [piece.strip().lower() for piece in part.split(";")]
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, float(parameter[2:])
            except ValueError:
                return name, 0.0
    return name, 1.0


def _quality(offered: str, wishes: Sequence[tuple[str, float]]) -> float:
    """Take the quality of the most specific wish that fits."""
    ranges = [offered, offered.partition("/")[0] + "/*", "*/*"]
    for fitting in ranges:
        found = [quality for name, quality in wishes if name == fitting]
        if found:
            return max(found)
    return 0.0
