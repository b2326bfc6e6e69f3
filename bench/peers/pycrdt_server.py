"""pycrdt-websocket with its SQLite store, as its manual sets it up: `python pycrdt_server.py PORT FOLDER`."""

import asyncio
import sys
from contextlib import suppress

import uvicorn
from pycrdt.store import SQLiteYStore, YDocNotFound
from pycrdt.websocket import ASGIServer, WebsocketServer, YRoom

PORT, FOLDER = int(sys.argv[1]), sys.argv[2]


class Store(SQLiteYStore):
    """The store's path is a class attribute in this library."""

    db_path = f"{FOLDER}/pycrdt.sqlite"


class Server(WebsocketServer):
    """A server whose rooms are stored; one room is read back before it answers."""

    async def get_room(self, name: str) -> YRoom:
        if name not in self.rooms:
            store = Store(name)
            room = self.rooms[name] = YRoom(ready=False, ystore=store)
            await self.start_room(room)
            with suppress(YDocNotFound):
                await store.apply_updates(room.ydoc)
            room.ready = True
        room = self.rooms[name]
        await self.start_room(room)
        return room


async def serve() -> None:
    server = Server(auto_clean_rooms=False)
    config = uvicorn.Config(ASGIServer(server), host="127.0.0.1", port=PORT, log_level="warning")
    async with server:
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(serve())
