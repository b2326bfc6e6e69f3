"""The `parley` command: serving, migrating, and checking a record offline.

Every command ends with a status that a script can rely on: 0 done, 1 refused with a sentence that says why, 2 misused.
"""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence

import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from app.api.wire import SocketProtocol
from app.config import Settings
from app.services import migrating
from app.services.migrating import SchemaBehind

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its status."""
    parsed = _parser().parse_args(arguments)
    command: Command = parsed.command
    try:
        return command(parsed)
    except ValidationError as wrong:
        return _refuse("; ".join(str(place["msg"]) for place in wrong.errors()))
    except (SchemaBehind, SQLAlchemyError, OSError) as refused:
        return _refuse(str(refused))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="parley", description="One living agreement, written together.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="serve the application")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    serve.add_argument(
        "--workers", type=int, default=1, help="processes; more than one needs a database server and Redis"
    )
    serve.set_defaults(command=_serve)
    migrate = commands.add_parser("migrate", help="bring the database's schema up to date")
    migrate.set_defaults(command=_migrate)
    return parser


def _serve(arguments: argparse.Namespace) -> int:
    settings = Settings()
    if arguments.workers > 1 and (settings.embedded or not settings.redis_url):
        return _refuse(
            "More than one worker needs a server database (PARLEY_DATABASE_URL) and Redis (PARLEY_REDIS_URL)."
        )
    asyncio.run(migrating.prepare(settings))
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=arguments.host,
        port=arguments.port,
        workers=arguments.workers,
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        http="httptools",
        ws=SocketProtocol,
        # Addresses carry invitations and tickets; the log is no place for them.
        access_log=False,
        timeout_graceful_shutdown=10,
    )
    return 0


def _migrate(_arguments: argparse.Namespace) -> int:
    settings = Settings()
    asyncio.run(migrating.migrate(settings))
    print("The database is up to date.")
    return 0


def _refuse(reason: str) -> int:
    print(f"parley: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
