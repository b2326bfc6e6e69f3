"""Everybody's acts, party by party, as JSON a page at a time or as one CSV."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse

from app.api.deps import CurrentMember
from app.api.errors import problems
from app.api.moments import read_when
from app.api.negotiation import CSV, JSON, negotiate
from app.api.pages import Cursor, PageSize, cursor_of, read_cursor
from app.api.positions import ALookout, AnArticle
from app.api.schemas.base import Page
from app.api.schemas.histories import ActShape, ArticleNamed, ProposerShape
from app.api.schemas.suggestions import PersonShape
from app.domain.ids import ArticleId, SuggestionId
from app.errors import InvalidRequest, MissingScope, NotAcceptable, NotFound
from app.services import histories, history_csv
from app.services.acting import Acting
from app.services.histories import Row, Wanted
from app.services.positions import Lookout

router = APIRouter(tags=["standing"])
_DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": Page[ActShape],
        "description": "Acts, oldest first; as CSV all of them, whatever `cursor` and `limit` say.",
        "content": {CSV: {"example": "entry,at,act,party,member,…\r\n"}},
    }
}
_Time = Annotated[str | None, Query(max_length=40, description="A time (RFC 3339), inclusive.", examples=[None])]


@router.get(
    "/agreements/{agreement_id}/history",
    response_class=Response,
    responses=_DOCUMENTED | problems(NotFound, NotAcceptable, MissingScope),
)
async def read_history(
    acting: CurrentMember,
    look: ALookout,
    party: Annotated[str | None, Query(max_length=64, description="Acts of this party.", examples=["union"])] = None,
    article: AnArticle = None,
    author: Annotated[
        str | None, Query(max_length=64, description="Suggestions of this member.", examples=["mem_91xd"])
    ] = None,
    suggestion: Annotated[str | None, Query(max_length=64, description="One suggestion's life.")] = None,
    kind: Annotated[
        str | None, Query(max_length=64, description="Acts of this kind.", examples=["suggestion.accepted"])
    ] = None,
    since: Annotated[_Time, Query(alias="from")] = None,
    until: Annotated[_Time, Query(alias="to")] = None,
    cursor: Cursor = None,
    limit: PageSize = 50,
    accept: Annotated[str | None, Header(max_length=1_000)] = None,
) -> Response:
    """Read who proposed, answered, withdrew and accepted what, when, and why.

    The CSV is RFC 4180 in UTF-8 and begins with a byte order mark. A cell that a spreadsheet would take for a formula
    has an apostrophe in front; taking one off such a cell gives it back as it was.
    """
    form = negotiate(accept, [JSON, CSV])
    only, named = ArticleId(article) if article is not None else None, SuggestionId(suggestion) if suggestion else None
    wanted = Wanted(party, author, only, named, kind, _time(since, "from"), _time(until, "to"))
    headers = {"Vary": "Accept, Authorization, Cookie"}
    if form == CSV:
        pieces = _csv(look, acting, wanted)
        # Whatever is refused is refused before the first byte.
        first = await anext(pieces)
        headers["Content-Disposition"] = f'attachment; filename="{acting.agreement_id}-history.csv"'
        return StreamingResponse(_behind(first, pieces), media_type=f"{CSV}; charset=utf-8", headers=headers)
    after = read_cursor(cursor, int)
    found = await histories.page(look, acting, wanted, after[0] if after is not None else 0, limit)
    content = Page[ActShape](
        items=[_shape(row) for row in found.rows],
        next=cursor_of(found.next) if found.next is not None else None,
    )
    return Response(content.model_dump_json(), media_type=JSON, headers=headers)


def _time(given: str | None, name: str) -> datetime | None:
    when = read_when(given, name)
    if isinstance(when, int):
        detail = f"`{name}` is a time with its UTC offset, as RFC 3339 has it."
        raise InvalidRequest(detail, errors=[{"at": ["query", name], "code": "moment", "detail": detail}])
    return when


async def _csv(look: Lookout, acting: Acting, wanted: Wanted) -> AsyncIterator[bytes]:
    head = history_csv.header()
    async for rows in histories.every(look, acting, wanted):
        yield (head + history_csv.lines(rows)).encode()
        head = ""


async def _behind(first: bytes, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in pieces:
        yield piece


def _shape(row: Row) -> ActShape:
    act, life = row.act, row.life
    by = None
    if life is not None:
        by = ProposerShape(party=life.party, author=PersonShape(id=life.author_id, name=life.author_name))
    return ActShape(
        seq=act.seq,
        at=act.at,
        kind=act.kind,
        party=act.party,
        member=PersonShape(id=act.member_id, name=act.member_name or "") if act.member_id is not None else None,
        article=ArticleNamed(id=row.article, title=row.article_title) if row.article is not None else None,
        suggestion=act.suggestion,
        proposed_by=by,
        version=row.version,
        reason=row.reason,
        before=row.before,
        after=row.after,
    )
