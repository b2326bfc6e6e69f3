"""Word between workers: how far a log reaches, and who is where.

Nothing rests on it. A worker that hears nothing reads the log a moment later, so a lost message, or a
Redis that is gone, only delays; sending never waits, and what cannot be sent soon is dropped.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable

import redis.asyncio as redis
from redis.exceptions import RedisError

from app.domain.ids import DocumentId, agreement_of

logger = logging.getLogger(__name__)

_SEQ, _PRESENCE = b"s", b"p"
_WORKER_BYTES = 8
_MOST_UNSENT = 10_000
_RETRY_SECONDS = 1.0
_HEALTH_SECONDS = 15


class LocalBus:
    """The bus of a single process: there is nobody else to tell."""

    def announce(self, document: DocumentId, seq: int) -> None:
        pass

    def share_presence(self, document: DocumentId, presence: bytes) -> None:
        pass

    async def subscribe(
        self, _document: DocumentId, _on_seq: Callable[[int], None], _on_presence: Callable[[bytes], None]
    ) -> Callable[[], Awaitable[None]]:
        return _nothing

    async def close(self) -> None:
        pass


class RedisBus:
    """The bus of several workers, over Redis publish and subscribe: one channel a document."""

    def __init__(self, url: str, prefix: str = "parley") -> None:
        self._redis = redis.Redis.from_url(url, health_check_interval=_HEALTH_SECONDS)
        self._pubsub = self._redis.pubsub()
        self._prefix = prefix
        self._me = secrets.token_bytes(_WORKER_BYTES)
        self._listeners: dict[str, list[tuple[Callable[[int], None], Callable[[bytes], None]]]] = {}
        self._unsent: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue(_MOST_UNSENT)
        self._tasks: list[asyncio.Task[None]] = []

    def announce(self, document: DocumentId, seq: int) -> None:
        """Tell the other workers how far the log of a document reaches."""
        self._send(document, _SEQ + self._me + seq.to_bytes(8, "big"))

    def share_presence(self, document: DocumentId, presence: bytes) -> None:
        """Tell the other workers of presence here; `b""` asks them for theirs."""
        self._send(document, _PRESENCE + self._me + presence)

    async def subscribe(
        self, document: DocumentId, on_seq: Callable[[int], None], on_presence: Callable[[bytes], None]
    ) -> Callable[[], Awaitable[None]]:
        """Listen to a document's other workers; the answer ends the subscription."""
        channel = self._channel(document)
        listener = (on_seq, on_presence)
        self._listeners.setdefault(channel, []).append(listener)
        with contextlib.suppress(RedisError, OSError):
            await self._pubsub.subscribe(channel)
        self._start()

        async def unsubscribe() -> None:
            others = self._listeners.get(channel, [])
            others.remove(listener)
            if others:
                return
            self._listeners.pop(channel, None)
            with contextlib.suppress(RedisError, OSError):
                await self._pubsub.unsubscribe(channel)

        return unsubscribe

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._pubsub.aclose()  # type: ignore[no-untyped-call]
        await self._redis.aclose()

    def _channel(self, document: DocumentId) -> str:
        return f"{self._prefix}:{document}"

    def _send(self, document: DocumentId, message: bytes) -> None:
        self._start()
        try:
            self._unsent.put_nowait((self._channel(document), message))
        except asyncio.QueueFull:
            logger.warning("Redis is behind; dropped word about %s", agreement_of(document))

    def _start(self) -> None:
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._publish()), asyncio.create_task(self._listen())]

    async def _publish(self) -> None:
        while True:
            channel, message = await self._unsent.get()
            try:
                async with self._redis.pipeline(transaction=False) as pipeline:
                    pipeline.publish(channel, message)
                    while not self._unsent.empty():
                        pipeline.publish(*self._unsent.get_nowait())
                    await pipeline.execute()
            except (RedisError, OSError) as error:
                logger.warning("Redis cannot be told: %s", error)

    async def _listen(self) -> None:
        while True:
            try:
                if not self._pubsub.subscribed:
                    # Redis was gone when they were asked for, or the last one was dropped.
                    await self._resubscribe()
                message = await self._pubsub.get_message(ignore_subscribe_messages=True, timeout=_RETRY_SECONDS)
            except (RedisError, OSError) as error:
                logger.warning("Redis cannot be heard: %s", error)
                await asyncio.sleep(_RETRY_SECONDS)
                continue
            if message is not None and message["type"] == "message":
                self._hear(message["channel"].decode(), message["data"])

    async def _resubscribe(self) -> None:
        if self._listeners:
            await self._pubsub.subscribe(*self._listeners)
        else:
            await asyncio.sleep(_RETRY_SECONDS)

    def _hear(self, channel: str, message: bytes) -> None:
        sender, content = message[1 : 1 + _WORKER_BYTES], message[1 + _WORKER_BYTES :]
        if sender == self._me:
            return
        for on_seq, on_presence in list(self._listeners.get(channel, ())):
            if message[:1] == _SEQ:
                on_seq(int.from_bytes(content, "big"))
            elif message[:1] == _PRESENCE:
                on_presence(content)


async def _nothing() -> None:
    return
