"""The `parley` command: serving, migrating, and checking a record offline.

Every command ends with a status that a script can rely on: 0 done, 1 refused with a sentence that says why, 2 misused.
"""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from uvicorn.config import LOGGING_CONFIG

from app.api.wire import SocketProtocol
from app.config import Settings
from app.db import Database
from app.domain.ids import AgreementId
from app.main import opened
from app.services import mail_orders, migrating
from app.services.demo import PEOPLE, Demonstration, Person
from app.services.keys import KeyRing
from app.services.migrating import SchemaBehind
from app.verifier import parley_verify

_LOGGING = {
    **LOGGING_CONFIG,
    "loggers": {**LOGGING_CONFIG["loggers"], "app": {"handlers": ["default"], "level": "INFO", "propagate": False}},
}
Command = Callable[[argparse.Namespace], int]
T = TypeVar("T")


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
    demo = commands.add_parser("demo", help="make a demonstration agreement and print its people's passwords")
    demo.set_defaults(command=_demo)
    verify = commands.add_parser("verify", help="check an exported ledger, final text or archive, offline")
    verify.add_argument("file", help="the exported file")
    verify.add_argument("--keys", help="the service's published keys (its /.well-known/jwks.json)")
    verify.set_defaults(command=_verify)
    keys = commands.add_parser("keys", help="manage the keys that final texts are signed with")
    acts = keys.add_subparsers(required=True, metavar="ACT")
    rotate = acts.add_parser("rotate", help="sign with a new key from now on; what was signed stays verifiable")
    rotate.set_defaults(command=_rotate)
    mail = commands.add_parser("mail", help="see what mail waits or could not be sent, and try it again")
    orders = mail.add_subparsers(required=True, metavar="ACT")
    listing = orders.add_parser("list", help="list what waits and what is dead, without addresses")
    listing.set_defaults(command=_list_mail)
    retry = orders.add_parser("retry", help="try dead letters again")
    retry.add_argument("letter", nargs="*", help="their ids; without any, all of them")
    retry.set_defaults(command=_retry_mail)
    return parser


def _serve(arguments: argparse.Namespace) -> int:
    settings = Settings()
    if arguments.workers > 1 and (settings.embedded or not settings.redis_url):
        return _refuse(
            "More than one worker needs a server database (PARLEY_DATABASE_URL) and Redis (PARLEY_REDIS_URL)."
        )
    asyncio.run(migrating.prepare(settings))
    uvicorn.run(
        "app.main:create_server",
        factory=True,
        host=arguments.host,
        port=arguments.port,
        workers=arguments.workers,
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        http="httptools",
        ws=SocketProtocol,
        # Addresses carry invitations and tickets; the log is no place for them.
        access_log=False,
        log_config=_LOGGING,
        timeout_graceful_shutdown=10,
    )
    return 0


def _migrate(_arguments: argparse.Namespace) -> int:
    settings = Settings()
    asyncio.run(migrating.migrate(settings))
    print("The database is up to date.")
    return 0


def _demo(_arguments: argparse.Namespace) -> int:
    settings = Settings()
    asyncio.run(migrating.prepare(settings))
    agreement, people = asyncio.run(_demonstrate(settings))
    print(f"The demonstration agreement {agreement} is ready. Log in at {settings.public_url} as one of:\n")
    for person, password in people:
        print(f"  {person.party:<12} {person.role.value:<8} {person.email:<32} {password}")
    print()
    return 0


async def _demonstrate(settings: Settings) -> tuple[AgreementId, list[tuple[Person, str]]]:
    async with opened(settings) as (database, rooms):
        demonstration = Demonstration(database, rooms, settings)
        agreement = await demonstration.make()
    return agreement, [(person, demonstration.password_of(person)) for person in PEOPLE]


def _verify(arguments: argparse.Namespace) -> int:
    keys = ["--keys", arguments.keys] if arguments.keys else []
    return parley_verify.main([arguments.file, *keys])


def _rotate(_arguments: argparse.Namespace) -> int:
    settings = Settings()
    asyncio.run(migrating.prepare(settings))
    print(f"Signing with {asyncio.run(_rotated(settings))} from now on.")
    return 0


async def _rotated(settings: Settings) -> str:
    async with opened(settings) as (database, _):
        return await KeyRing(database, settings).rotate()


def _list_mail(_arguments: argparse.Namespace) -> int:
    found = asyncio.run(_with_database(mail_orders.queue))
    for letter in found.letters:
        due = letter.due_at.isoformat(timespec="seconds")
        print(
            f"{letter.id}  {letter.status:<8} {letter.purpose:<11} {letter.attempts:>2}  {due}  {letter.problem or ''}"
        )
    print(", ".join(f"{number} {status}" for status, number in sorted(found.counts.items())) or "The queue is empty.")
    return 0


def _retry_mail(arguments: argparse.Namespace) -> int:
    tried = asyncio.run(_with_database(lambda database: mail_orders.retry(database, arguments.letter)))
    if arguments.letter and tried < len(arguments.letter):
        return _refuse(f"{tried} will be tried again; the others are not among the dead.")
    print(f"{tried} will be tried again.")
    return 0


async def _with_database(order: Callable[[Database], Awaitable[T]]) -> T:
    settings = Settings()
    await migrating.prepare(settings)
    async with opened(settings) as (database, _):
        return await order(database)


def _refuse(reason: str) -> int:
    print(f"parley: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
