"""Which attributes a text may carry, which values they take, and which characters it may hold.

One canonical form each: an attribute at its default is absent, so that two texts that read alike are alike.
Paragraph attributes belong on the paragraph mark (a line feed), inline attributes on every other character.
"""

import re
from typing import Any, Final
from urllib.parse import urlsplit

PARAGRAPH_MARK: Final = "\n"
INLINE_FLAGS: Final = frozenset({"bold", "italic", "underline", "strike", "code"})
INLINE_ATTRIBUTES: Final = INLINE_FLAGS | {"link"}
PARAGRAPH_ATTRIBUTES: Final = frozenset({"style", "level"})
PLAIN_ATTRIBUTES: Final = INLINE_ATTRIBUTES | PARAGRAPH_ATTRIBUTES
PARAGRAPH_STYLES: Final = frozenset({"paragraph", "heading", "numbered", "bulleted", "quote"})
DEFAULT_STYLE: Final = "paragraph"
DEFAULT_LEVEL: Final = 1
DEEPEST_LEVEL: Final = 6
LONGEST_LINK: Final = 2048
LINK_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})

SUGGESTION_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
PARTY_KEY: Final = re.compile(r"[a-z0-9-]{1,32}")

# Tab and the paragraph mark are text; every other control character, the two Unicode line separators and the
# non-characters are not. Bidirectional controls stay: they are part of some scripts, and people see them flagged.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
_LINK_CHARACTERS: Final = re.compile('[^\x00-\x20\x7f-\xa0\u2028\u2029\ufeff<>"`\\\\]+')


def unwritable(text: str) -> list[tuple[int, int]]:
    """Find the stretches (code points, start and end) that no text may hold."""
    return [match.span() for match in _UNWRITABLE.finditer(text)]


def clean(text: str) -> str:
    """Take out the characters that no text may hold."""
    return _UNWRITABLE.sub("", text)


def belongs(name: str, *, on_paragraph_mark: bool) -> bool:
    """Whether an attribute of that name may stand on such a character."""
    return name in (PARAGRAPH_ATTRIBUTES if on_paragraph_mark else INLINE_ATTRIBUTES)


def canonical_value(name: str, value: Any) -> tuple[bool, Any]:
    """Judge a value: whether it may stand, and its canonical form (None where it is the default)."""
    if value is None:
        return True, None
    if name in INLINE_FLAGS:
        return (isinstance(value, bool), True if value is True else None)
    if name == "link":
        return (True, value) if is_link(value) else (False, None)
    if name == "style":
        known = isinstance(value, str) and value in PARAGRAPH_STYLES
        return known, (value if known and value != DEFAULT_STYLE else None)
    if name == "level":
        known = isinstance(value, int) and not isinstance(value, bool) and DEFAULT_LEVEL <= value <= DEEPEST_LEVEL
        return known, (value if known and value != DEFAULT_LEVEL else None)
    return False, None


def is_link(value: Any) -> bool:
    """Whether a value is an address that may be followed: no script, no data, nothing that hides its end."""
    if not isinstance(value, str) or len(value) > LONGEST_LINK or not _LINK_CHARACTERS.fullmatch(value):
        return False
    try:
        scheme = urlsplit(value).scheme
    except ValueError:
        return False
    return scheme.lower() in LINK_SCHEMES or value.startswith("#")


def canonical_attributes(attributes: dict[str, Any], *, on_paragraph_mark: bool) -> dict[str, Any]:
    """Keep the plain attributes that may stand on such a character, in canonical form."""
    kept: dict[str, Any] = {}
    for name, value in attributes.items():
        if belongs(name, on_paragraph_mark=on_paragraph_mark):
            valid, canonical = canonical_value(name, value)
            if valid and canonical is not None:
                kept[name] = canonical
    return kept
