"""`kernel`: the one decorator by which Python loops become machine code, with a cache that cannot go stale.

numba's file cache does not notice an edit in an imported file and then answers with old code. So the cache lives in a
folder named after a digest of every source file that kernels are written in: edit one and the folder changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba import config

_F = TypeVar("_F", bound=Callable[..., Any])
_NO_KERNELS = ("simulate/verify/", "simulate/statements/")  # they call compiled code and hold none: no need to compile anew
_KEPT = 4  # compiled versions kept on disk: switching between a few branches of the sources stays warm


def _digest() -> str:
    """Names and bytes of the sources of the floors that hold kernels, and the versions that compile them."""
    root = Path(__file__).parent.parent
    total = hashlib.sha256(f"{numba.__version__} {sys.version}".encode())
    for floor in ("core", "model", "simulate"):
        for path in sorted((root / floor).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            if not name.startswith(_NO_KERNELS):
                total.update(name.encode())
                total.update(path.read_bytes())
    return total.hexdigest()[:16]


def _base() -> Path:
    """Where compiled code is kept: MUSTER_CACHE, else the user's cache folder."""
    named = os.environ.get("MUSTER_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "muster" / "compiled"


def _prepare() -> Path:
    """The folder of this version of the sources, made if need be; a private temporary one where home is read-only."""
    base = _base()
    try:
        base.mkdir(parents=True, exist_ok=True)
        older = sorted((p for p in base.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime, reverse=True)
        for stale in older[_KEPT:]:
            shutil.rmtree(stale, ignore_errors=True)
        folder = base / _digest()
        folder.mkdir(exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(folder)
        os.utime(folder)
        return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="muster-compiled-"))


CACHE = _prepare()


def is_compiled() -> bool:
    """Whether this version of the sources has left compiled code behind, so that a run starts at once."""
    return any(CACHE.rglob("*.nbc"))


def _compile(function: _F, **options: Any) -> _F:
    before = config.CACHE_DIR
    config.CACHE_DIR = str(CACHE)  # read once, when the decorator is applied: other users of numba are left alone
    try:
        # _nrt: nothing is allocated in compiled code, so no references are counted, which takes longer than the work itself
        return cast(_F, numba.njit(cache=True, nogil=True, error_model="numpy", _nrt=False, **options)(function))
    finally:
        config.CACHE_DIR = before


def kernel(function: _F) -> _F:
    """Compile a function: cached on disk, free of the interpreter lock, IEEE arithmetic only."""
    return _compile(function)


def loop(function: _F) -> _F:
    """Compile a function that only compiled code calls: as `kernel`, without the costly door for Python's objects.

    It becomes part of its callers: a call would hand over the whole state, a hundred words and more, each time.
    """
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True)
