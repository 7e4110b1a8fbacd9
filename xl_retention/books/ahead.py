"""Works on one piece ahead of whoever takes the pieces."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator
from contextlib import closing
from typing import TypeVar

from xl_retention.books.one_heap import one_heap

Pieces = Generator[bytes, None, None]
"""The bytes of a part in turn; to be closed by whoever stops before the end."""

Item = TypeVar("Item")


def ahead(pieces: Generator[Item, None, None], most: int) -> Generator[Item, None, None]:
    """The same pieces, taken from *pieces* by a thread of its own that stays up to *most* in front.

    zlib lets go of the interpreter's lock and so do array operations, so the two work at the same time.
    What *pieces* raises is raised here, in its turn; closing this iterator ends the thread.
    """
    one_heap()
    waiting: queue.SimpleQueue[Item | BaseException | None] = queue.SimpleQueue()
    room = threading.Semaphore(most)
    unwanted = threading.Event()

    def work() -> None:
        try:
            with closing(pieces):
                room.acquire()
                for piece in pieces:
                    waiting.put(piece)
                    del piece  # whoever took it may let go of it
                    room.acquire()
                    if unwanted.is_set():
                        return
            waiting.put(None)
        except BaseException as error:
            waiting.put(error)

    thread = threading.Thread(target=work, name="ahead", daemon=True)
    thread.start()
    try:
        while (piece := waiting.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            room.release()
            yield piece
            del piece
    finally:
        unwanted.set()
        room.release()
        thread.join()
