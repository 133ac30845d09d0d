"""The first compilation, shared with a second process: numba compiles in one thread, and most machines have more cores.

What the second process compiles reaches this one through the cache on disk. Should it fail, nothing is lost but time: what is
not in the cache is compiled here.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from muster.core.compile import CACHE

_LONGEST = 120.0  # seconds the second process is waited for
_COMMAND = "from muster.core.beside import compile_told; compile_told()"


def compile_beside(here: Sequence[Any], beside: Sequence[Any], arguments: Sequence[Any]) -> None:
    """Compile kernels and loops for the types of ``arguments``: those of ``here`` in this process, the others meanwhile."""
    if (os.cpu_count() or 1) < 2 or not sys.executable:
        return
    import numba

    kinds = tuple(map(numba.typeof, arguments))
    with tempfile.TemporaryFile() as told:
        names = [(function.__module__, function.__name__) for function in beside]
        pickle.dump((names, kinds), told)
        told.seek(0)
        quiet, there = subprocess.DEVNULL, {**os.environ, "MUSTER_CACHE": str(CACHE)}  # this process's, wherever that is
        second = subprocess.Popen([sys.executable, "-c", _COMMAND], stdin=told, stdout=quiet, stderr=quiet, env=there)
        try:
            for function in here:
                function.compile(kinds)
            second.wait(_LONGEST)
        except subprocess.TimeoutExpired:
            pass
        finally:
            second.kill()
            second.wait()


def compile_told() -> None:
    """What the second process does: compile the functions, for the types, that were written to its input by this module."""
    gc.disable()  # millions of small objects that stay
    names, kinds = pickle.load(sys.stdin.buffer)
    for module, name in names:
        getattr(import_module(module), name).compile(kinds)
