"""`kernel` and `loop`: the decorators by which Python loops become machine code, with a cache that cannot go stale.

numba's file cache does not notice an edit in an imported file and then answers with old code. So compiled code lives in a folder
named after a digest of the sources it is made of: the file of the function and every file of the floors with kernels that it
imports, directly or not. Edit one and the folder changes; edit anything else, or upgrade Muster, and it stays.
"""

from __future__ import annotations

import gc
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba import config, types

_F = TypeVar("_F", bound=Callable[..., Any])
_ROOT = Path(__file__).parents[2]
_IMPORT = re.compile(r"^(?:from|import) (muster[\w.]*)(?: import (\([^)]*\)|.*))?", re.MULTILINE)
_FLOORS = ("core", "model", "simulate")  # below and beside them nothing is compiled: data reaches a kernel by its types
_KEPT = 4  # compiled versions of a file kept on disk: switching between a few branches of the sources stays warm


def _base() -> Path:
    """Where compiled code is kept: MUSTER_CACHE, else the user's cache folder; a temporary one where home is read-only."""
    named = os.environ.get("MUSTER_CACHE")
    base = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "muster" / "compiled"
    try:
        base.mkdir(parents=True, exist_ok=True)
        if os.access(base, os.W_OK):
            return base
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="muster-compiled-"))


CACHE = _base()


def _imports(text: str) -> Iterator[Path]:
    """The files of our own that a source imports from the floors with kernels."""
    for module, names in _IMPORT.findall(text):
        for name in ("", *re.findall(r"\w+", names)):
            path = _ROOT.joinpath(*module.split("."), name).with_suffix(".py")
            if path.relative_to(_ROOT).parts[1:2] and path.relative_to(_ROOT).parts[1] in _FLOORS and path.is_file():
                yield path


def sources(path: Path) -> dict[Path, bytes]:
    """The files that code compiled from ``path`` is made of, with their content: itself and what it imports."""
    found: dict[Path, bytes] = {}
    waiting = [path]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found[file] = _read(file)
            waiting += _imports(found[file].decode())
    return found


@cache
def _read(path: Path) -> bytes:
    return path.read_bytes()


@cache
def folder_of(path: Path) -> Path:
    """The folder for code compiled from ``path``, made if need be; its oldest versions are removed."""
    total = hashlib.sha256(f"{numba.__version__} {sys.version}".encode())
    for file, content in sorted(sources(path).items()):
        total.update(file.name.encode() + b"\0" + content)
    home = CACHE / path.stem
    folder = home / total.hexdigest()[:16]
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        versions = sorted(home.iterdir(), key=lambda version: version.stat().st_mtime, reverse=True)
        for stale in versions[_KEPT:]:
            shutil.rmtree(stale, ignore_errors=True)
    return folder


_compiled_engines: set[Path] = set()  # seen on disk once: asked for each stretch of a run, which must not list folders


def is_compiled() -> bool:
    """Whether these sources have left a compiled engine behind, so that a run starts at once."""
    engine = folder_of(_ROOT / "muster" / "simulate" / "engine.py")
    if engine not in _compiled_engines and any(engine.rglob("*advance*.nbc")):
        _compiled_engines.add(engine)
    return engine in _compiled_engines


@contextmanager
def uncollected() -> Iterator[None]:
    """For the first run, which compiles: millions of small objects that stay, and no search among them for rubbish."""
    if is_compiled() or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _compile(function: _F, **options: Any) -> _F:
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder_of(Path(function.__code__.co_filename)))  # read once, when the decorator is applied
    try:
        # _nrt: nothing is allocated in compiled code, so no references are counted, which takes longer than the work itself
        compiled = numba.njit(cache=True, nogil=True, error_model="numpy", _nrt=False, **options)(function)
    finally:
        config.CACHE_DIR = before
    resolve = compiled.get_call_template
    compiled.get_call_template = lambda args, kws: resolve(tuple(map(_widened, args)), {key: _widened(kws[key]) for key in kws})
    return cast(_F, compiled)


def _widened(kind: types.Type) -> types.Type:
    """Whole numbers are handed on in 64 bits: a function is compiled once, not for each width and each constant."""
    plain = types.unliteral(kind)
    return types.int64 if isinstance(plain, types.Integer) and plain.bitwidth < 64 else plain


def kernel(function: _F) -> _F:
    """Compile a function: cached on disk, free of the interpreter lock, IEEE arithmetic only."""
    return _compile(function)


def loop(function: _F) -> _F:
    """Compile a function that only compiled code calls: as `kernel`, without the costly door for Python's objects.

    It becomes part of its callers: a call would hand over the whole state, a hundred words and more, each time.
    """
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True)
