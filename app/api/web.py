"""The built web application: its files, and its one page for every address that it shows.

The page is served for whatever looks like an address of a person; what looks like a file or an interface and is
not there stays not found.
"""

from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from app.errors import NotFound

_NOT_PAGES = ("api/", "collab/", ".well-known/", "assets/", "healthz", "readyz", "metrics", "openapi.json")
_UNCHANGING = "public, max-age=31536000, immutable"
_PACKAGE = Path(__file__).resolve().parents[1]
_PLACES = (_PACKAGE.parent / "frontend" / "dist", _PACKAGE / "web")


class _Assets(StaticFiles):
    """Files whose names carry their content's hash: a browser need never ask again."""

    def file_response(self, *arguments: object, **named: object) -> Response:
        response = super().file_response(*arguments, **named)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = _UNCHANGING
        return response


def serve_web(app: FastAPI, chosen: Path | None) -> None:
    """Serve the web application from the folder that was built, or say plainly that none was."""
    folder = chosen or next((place for place in _PLACES if (place / "index.html").is_file()), None)
    router = APIRouter(include_in_schema=False)
    if folder is not None and (folder / "assets").is_dir():
        app.mount("/assets", GZipMiddleware(_Assets(directory=folder / "assets"), minimum_size=1_024), name="assets")

    @router.get("/{path:path}")
    async def page(path: str) -> Response:
        looks_like_a_file = "." in path.rpartition("/")[2]
        if path.startswith(_NOT_PAGES) or (looks_like_a_file and folder is None):
            raise NotFound
        if folder is None:
            return PlainTextResponse("The web application has not been built; `make web` builds it.", 503)
        file = (folder / path).resolve()
        if path and file.is_file() and file.is_relative_to(folder.resolve()):
            return FileResponse(file, headers={"Cache-Control": "no-cache"})
        if looks_like_a_file:
            raise NotFound
        return FileResponse(folder / "index.html", headers={"Cache-Control": "no-cache"})

    app.include_router(router)
