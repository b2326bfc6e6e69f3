"""Orders what clients wrote so that everything follows what it refers to, without recursion."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import heappop, heappush
from typing import Protocol, TypeVar

from app.errors import ProtocolViolation

Id = tuple[int, int]


class Written(Protocol):
    """Something that a client wrote at a clock."""

    @property
    def client(self) -> int: ...
    @property
    def clock(self) -> int: ...
    @property
    def length(self) -> int: ...


WrittenT = TypeVar("WrittenT", bound=Written)


def in_causal_order(
    written: Mapping[int, Iterable[WrittenT]],
    clock: Callable[[int], int],
    refers_to: Callable[[WrittenT], Iterable[Id]],
) -> Iterator[WrittenT]:
    """Give what each client wrote beyond its `clock`, each after what it refers to among the rest.

    The caller moves a client's clock on before it asks for the next. What refers to something that nobody here wrote
    is given all the same. Raises `ProtocolViolation` where some refer to each other in a circle.
    """
    left = {client: iter(items) for client, items in written.items()}
    next_up: dict[int, WrittenT] = {}
    waiting: dict[int, list[tuple[int, int]]] = {}
    ready = list(left)
    while ready:
        client = ready.pop()
        while (item := next_up.pop(client, None) or next(left[client], None)) is not None:
            if item.clock + item.length <= clock(client):
                continue
            missing = None
            for ref in refers_to(item):
                if ref[0] in left and ref[1] >= clock(ref[0]):
                    missing = ref
                    break
            if missing is not None:
                next_up[client] = item
                heappush(waiting.setdefault(missing[0], []), (missing[1], client))
                break
            yield item
        others = waiting.get(client)
        while others and others[0][0] < clock(client):
            ready.append(heappop(others)[1])
    if next_up:
        raise ProtocolViolation("The update refers to what it does not hold.")
