"""Where the work of an ensemble is done: threads, processes, a Dask cluster, or any executor of ``concurrent.futures``."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from muster.core.errors import MusterError

_Piece = TypeVar("_Piece")
_Result = TypeVar("_Result")
_PATIENCE = 60.0  # seconds without any worker of a cluster before we give up
_AHEAD = 3  # pieces a worker has waiting: results never pile up, workers never idle


@dataclass(frozen=True, slots=True)
class Crew:
    """An executor, how many pieces it works on at a time, and how many runs make a piece. ``look`` raises if it is gone."""

    executor: Executor
    workers: int
    size: int = 1
    look: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Lost(Generic[_Piece]):
    """A piece at which workers died again and again."""

    piece: _Piece


@contextmanager
def hire(where: str | Executor, workers: int) -> Iterator[Crew]:
    """``"threads"``, ``"processes"``, the address of a Dask scheduler (``tcp://...``), or an executor, which is left open."""
    if isinstance(where, Executor):
        yield Crew(where, workers)
    elif where == "threads":
        with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
            yield from _until_done(Crew(pool, workers))
    elif where == "processes":
        with _processes(workers) as pool:
            yield from _until_done(Crew(pool, workers, size=4))
    elif "://" in where:
        yield from _cluster(where)
    else:
        raise MusterError(f'"{where}" is no place to work. Write threads, processes or tcp://HOST:PORT of a Dask scheduler.')


def map_over(crew: Crew, work: Callable[[_Piece], _Result], pieces: Iterable[_Piece]) -> Iterator[_Result | Lost[_Piece]]:
    """``work`` of each piece, in the order in which they are finished; few are under way at any time.

    Errors: a :class:`MusterError` when the workers are lost.
    """
    waiting: dict[Future[_Result], _Piece] = {}
    rest = iter(pieces)
    try:
        while True:
            while len(waiting) < _AHEAD * crew.workers and (piece := next(rest, None)) is not None:
                waiting[crew.executor.submit(work, piece)] = piece
            if not waiting:
                return
            done, _ = wait(waiting, timeout=1.0, return_when=FIRST_COMPLETED)
            if not done:
                crew.look()
            for future in done:
                piece = waiting.pop(future)
                try:
                    yield future.result()
                except Exception as error:
                    if type(error).__name__ != "KilledWorker":  # Dask's word for work at which several workers died
                        raise
                    yield Lost(piece)
    except (BrokenExecutor, CancelledError) as error:
        crew.look()
        raise MusterError(
            "A worker process ended before its work: killed, or out of memory. What was finished is kept; "
            "give the same command again to go on, with fewer --workers if memory is short."
        ) from error
    finally:
        for future in waiting:
            future.cancel()


def _until_done(crew: Crew) -> Iterator[Crew]:
    try:
        yield crew
    finally:
        crew.executor.shutdown(wait=True, cancel_futures=True)


def _processes(workers: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    return ProcessPoolExecutor(max_workers=max(1, workers), mp_context=context, initializer=follow_parent)


def follow_parent() -> None:
    """In a worker process: leave interrupts to the parent, and end when it ends, however that was."""
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def end() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=end, daemon=True).start()


def _cluster(address: str) -> Iterator[Crew]:
    try:
        from distributed import Client
    except ImportError:
        raise MusterError('Dask is not installed. Install it with: pip install "muster[dask]"') from None
    known = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    for name in (*known, "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # a lost cluster is told in a sentence of our own
    try:
        client = Client(address, timeout=10, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise MusterError(f"No Dask scheduler answers at {address} ({error}). Start one, or mend the address.") from None
    with client:
        threads = _count_threads(client, address)
        yield Crew(client.get_executor(pure=False), max(1, threads), size=2, look=_watch(client, address))


def _count_threads(client: Any, address: str) -> int:
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise MusterError(f"The Dask scheduler at {address} has no workers. Start some: dask worker {address}") from None
    return sum(client.nthreads().values())


def _watch(client: Any, address: str) -> Callable[[], None]:
    """A look at the cluster that raises when its scheduler is gone, or all workers have been for a while."""
    import time

    last_seen = time.monotonic()

    def look() -> None:
        nonlocal last_seen
        if client.status != "running":
            raise _lost(f"The Dask scheduler at {address} is gone.")
        try:
            workers = client.nthreads()
        except Exception:
            raise _lost(f"The Dask scheduler at {address} is gone.") from None
        if workers:
            last_seen = time.monotonic()
        elif time.monotonic() - last_seen > _PATIENCE:
            raise _lost(f"All workers of the Dask scheduler at {address} are gone.")

    return look


def _lost(what: str) -> MusterError:
    return MusterError(f"{what} What was finished is kept; start it and give the same command again to go on.")
