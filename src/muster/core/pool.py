"""Work of equal pieces spread over threads, in order and with progress. Kernels hold no interpreter lock."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Progress = Callable[[int, int, str], None]
_Result = TypeVar("_Result")


def map_pieces(
    one: Callable[[int], _Result], count: int, *, workers: int, progress: Progress | None = None, what: str = ""
) -> list[_Result]:
    """``one(0)`` to ``one(count - 1)``, in that order; the number of workers changes nothing but the time.

    ``progress`` is called with (done, total, what) after each piece.
    """
    results: list[_Result] = []
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        for done, result in enumerate(pool.map(one, range(count)), start=1):
            results.append(result)
            if progress:
                progress(done, count, what)
    return results
