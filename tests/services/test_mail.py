import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from app.config import Settings
from app.services.mail import Mail


@asynccontextmanager
async def post_office(received: list[str], *, refuse: bool = False) -> AsyncIterator[int]:
    """Speak as much SMTP as takes one mail in."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 office\r\n")
        data = False
        while line := (await reader.readline()).decode():
            received.append(line.rstrip("\r\n"))
            if data and line == ".\r\n":
                data = False
            if data:
                continue
            if line.upper().startswith("DATA"):
                data = True
                writer.write(b"354 go on\r\n")
            elif line.upper().startswith("QUIT"):
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"550 no\r\n" if refuse and line.upper().startswith("RCPT") else b"250 fine\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_it_reaches_the_server_that_the_operator_named() -> None:
    received: list[str] = []
    async with post_office(received) as port:
        mail = Mail(Settings(smtp_url=f"smtp://127.0.0.1:{port}", mail_from="parley@example.org"))

        mail.post("dana@district.example", "Invitation", "Open http://parley.test/join/x")
        await mail.close()

    assert "From: parley@example.org" in received
    assert "To: dana@district.example" in received
    assert "Open http://parley.test/join/x" in received


async def test_one_that_is_refused_is_logged_and_costs_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    async with post_office([], refuse=True) as port:
        mail = Mail(Settings(smtp_url=f"smtp://127.0.0.1:{port}"))

        mail.post("dana@district.example", "Invitation", "text")
        await mail.close()

    assert "could not be sent" in caplog.text


async def test_without_a_server_it_goes_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    Mail(Settings()).post("dana@district.example", "Invitation", "the link")

    assert "dana@district.example" in caplog.text
    assert "the link" in caplog.text


async def test_a_name_cannot_smuggle_a_header_in() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        Mail(Settings()).post("dana@district.example", "Hello\r\nBcc: eve@example.org", "text")
