"""Independent pieces of work: one after the other here, or as tasks on Dask (extra `group`), with the same results."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, TypeVar

from xl_retention.errors import WrongRequest

Item = TypeVar("Item")
Answer = TypeVar("Answer")

WORTH_PROCESSES = 8
"""With fewer pieces, starting processes takes longer than it saves."""
ANSWERS_WITHIN = 30
"""Seconds that a scheduler may take to answer."""


def each_done(
    work: Callable[[Item], Answer], items: Sequence[Item], scheduler: str = "", workers: int = 0
) -> Iterator[tuple[Item, Answer]]:
    """
    The items with their answers, as they get done.

    Args:
        work: A function of a module, which travels to other processes by its name.
        scheduler: Address of a Dask cluster, such as `tcp://10.0.0.5:8786`, whose computers see the same files;
            without one the processors of this computer are used.
        workers: Processes on this computer; 0 is one per processor.

    Raises:
        WrongRequest: A scheduler is named and Dask is not installed, or nobody answers there.
    """
    there = find_spec("distributed") is not None
    if scheduler and not there:
        raise WrongRequest("--scheduler needs Dask: pip install 'xl-retention[group]'.")
    workers = workers or min(os.cpu_count() or 1, len(items))
    if there and (scheduler or (workers > 1 and len(items) >= WORTH_PROCESSES)):
        yield from _on_dask(work, items, scheduler, workers)
    else:
        for item in items:
            yield item, work(item)


def _on_dask(
    work: Callable[[Item], Answer], items: Sequence[Item], scheduler: str, workers: int
) -> Iterator[tuple[Item, Answer]]:
    from distributed import as_completed

    with _client(scheduler, workers) as client:
        futures = {client.submit(work, item, pure=False): item for item in items}
        for done in as_completed(list(futures)):
            yield futures.pop(done), done.result()
            done.release()  # the answers of thousands of stores need not be kept on the cluster


@contextmanager
def _client(scheduler: str, workers: int) -> Iterator[Any]:
    from distributed import Client, LocalCluster

    if scheduler:
        try:
            client = Client(scheduler, timeout=ANSWERS_WITHIN)
        except (OSError, ValueError) as error:
            raise WrongRequest(f"No Dask scheduler answers at {scheduler}.") from error
        with client:
            yield client
        return
    # No dashboard and no port open to others: the data are personal.
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", silence_logs=50
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client
