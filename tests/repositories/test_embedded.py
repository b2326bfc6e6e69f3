"""Whose turn it is to write on SQLite: a lone write stays where it is, and never makes anyone else wait for a lock."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from app.embedded import WriteTurns

TABLE = "CREATE TABLE notes (words TEXT)"
COUNT = text("SELECT count(*) FROM notes")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    with sqlite3.connect(path) as connection:
        connection.execute(TABLE)
    return path


@pytest.fixture
async def turns(path: Path) -> AsyncIterator[WriteTurns]:
    turns = WriteTurns(f"sqlite+aiosqlite:///{path}")
    await turns.submit(note)
    yield turns
    await turns.close()


def note(connection: Connection) -> threading.Thread:
    """Write a note; tell on which thread."""
    connection.execute(text("INSERT INTO notes VALUES ('a note')"))
    return threading.current_thread()


def slow(connection: Connection) -> None:
    note(connection)
    time.sleep(0.05)


def faulty(connection: Connection) -> None:
    note(connection)
    raise KeyError("a bug")


def count(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        return int(connection.execute("SELECT count(*) FROM notes").fetchone()[0])


async def test_a_lone_write_is_committed_where_it_stands(turns, path):
    assert await turns.submit(note) is threading.current_thread()
    assert count(path) == 2


async def test_writes_that_come_together_are_one_commit_on_the_writers_thread(turns, path):
    threads = await asyncio.gather(*(turns.submit(note) for _ in range(5)))

    assert threading.current_thread() not in threads
    assert count(path) == 6


async def test_while_commits_are_slow_none_is_made_on_the_event_loop(turns):
    await turns.submit(slow)

    assert await turns.submit(note) is not threading.current_thread()


async def test_a_lock_held_elsewhere_keeps_the_write_waiting_and_nobody_else(turns, path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(turns.submit(note))
    began = time.monotonic()
    await asyncio.sleep(0.1)
    assert time.monotonic() - began < 1.0
    assert not writing.done()
    other.execute("ROLLBACK")
    other.close()

    await asyncio.wait_for(writing, 5)

    assert count(path) == 2


async def test_a_lone_write_that_fails_leaves_nothing_behind(turns, path):
    with pytest.raises(KeyError):
        await turns.submit(faulty)
    await turns.submit(note)

    assert count(path) == 2


async def test_of_writes_that_come_together_only_the_faulty_one_fails(turns, path):
    outcome = await asyncio.gather(*(turns.submit(write) for write in (note, faulty, note)), return_exceptions=True)

    assert [isinstance(each, KeyError) for each in outcome] == [False, True, False]
    assert count(path) == 3


async def test_whoever_stops_waiting_keeps_nobody_from_writing(turns, path):
    leaving = asyncio.create_task(turns.submit(note))
    await asyncio.sleep(0)
    staying = asyncio.create_task(turns.submit(note))
    leaving.cancel()

    await asyncio.wait_for(staying, 5)

    assert count(path) in (2, 3)
