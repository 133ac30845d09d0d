"""Answers kept by content: the same question to the same code and case is worked out once, also over restarts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock

from muster.core.provenance import digest_files, find_versions, whole_file

LARGEST = 400_000_000  # bytes on disk, oldest go first


class Kept:
    """Bytes by name, in memory and in a folder; ``about`` is all the answers depend on beside their name."""

    def __init__(self, about: str, *, folder: Path | None = None) -> None:
        self._about = f"{_code()}\n{about}"
        self._folder = folder or default_folder()
        self.runs = self._folder / f"runs-{sha256(self._about.encode()).hexdigest()[:16]}"  # a store of histories of this study
        self._memory: dict[str, bytes] = {}
        self._lock = Lock()
        prune(self._folder, most=LARGEST)

    def get(self, name: str) -> bytes | None:
        """The answer of that name, if there is one."""
        with self._lock:
            found = self._memory.get(name)
        if found is None:
            try:
                found = self._path(name).read_bytes()
            except OSError:
                return None
            self._remember(name, found)
        return found

    def put(self, name: str, answer: bytes) -> bytes:
        """Keep an answer. A folder that cannot be written is no harm: the answer then lasts as long as the program."""
        self._remember(name, answer)
        try:
            with whole_file(self._path(name)) as part:
                part.write_bytes(answer)
        except OSError:
            pass
        return answer

    def _remember(self, name: str, answer: bytes) -> None:
        with self._lock:
            self._memory[name] = answer

    def _path(self, name: str) -> Path:
        # The name may hold words of a request; only its digest reaches the disk.
        return self._folder / sha256(f"{self._about}\n{name}".encode()).hexdigest()


def default_folder() -> Path:
    """Beside the compiled engine: MUSTER_CACHE, else the user's cache folder."""
    named = os.environ.get("MUSTER_CACHE")
    if named:
        return Path(f"{named}-pages")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "muster" / "pages"


def prune(folder: Path, *, most: int) -> None:
    """Remove the oldest answers beyond ``most`` bytes."""
    total = 0
    for path, size in sorted(_files(folder), key=lambda pair: -_age(pair[0])):
        total += size
        if total > most:
            path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[tuple[Path, int]]:
    try:
        yield from ((path, path.stat().st_size) for path in folder.rglob("*") if path.is_file())
    except OSError:
        return


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


@cache
def _code() -> str:
    """Digest of all code and templates and of the libraries that draw: an answer of other code is not this one's."""
    root = Path(__file__).parents[1]
    files = [path for path in root.rglob("*") if path.suffix in (".py", ".j2", ".css", ".toml") and "packs" not in path.parts]
    return digest_files(root, files) + repr(sorted(find_versions().items()))
