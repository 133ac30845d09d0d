"""A folder of finished runs, each under a name that says what was asked and what came out.

``runs/<key>-<digest>.nc``: the key is a digest of everything the run depends on, the digest is of the file's own bytes. So a
finished run is found without a list, a damaged file betrays itself, and two workers that write the same run write the same
file. A file appears under its name when it is whole; several processes and machines may share the folder.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from muster.compare.month_file import Months, decode
from muster.core.errors import MusterError
from muster.core.provenance import whole_file

_LENGTH = 32  # hexadecimal digits of each half of a name
_STALE = 3600.0  # seconds after which an unfinished file belongs to nobody who is still alive


def shortened(digest: str) -> str:
    """The part of a SHA-256 that names bear."""
    return digest[:_LENGTH]


def key_and_digest(path: Path) -> tuple[str, str]:
    """What the name of a run's file says: the key of what was asked, the digest of what came out."""
    key, _, digest = path.stem.partition("-")
    return key, digest


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a look at the folder found: one whole file a key, and files that are not what their names say."""

    whole: Mapping[str, Path] = field(default_factory=dict)
    damaged: tuple[Path, ...] = ()


class Store:
    """The finished runs in a folder."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.runs = self.folder / "runs"

    def look(self) -> Shelf:
        """Read every file and hold its bytes against its name."""
        found: dict[str, list[Path]] = {}
        damaged = []
        for path in sorted(self.runs.glob("[0-9a-f]*.nc")):  # not ".part-...", which is being written
            key, digest = key_and_digest(path)
            if shortened(sha256(path.read_bytes()).hexdigest()) == digest:
                found.setdefault(key, []).append(path)
            else:
                damaged.append(path)
        for paths in found.values():
            damaged += paths if len(paths) > 1 else []  # one question, two answers: neither can be relied on
        return Shelf({key: paths[0] for key, paths in found.items() if len(paths) == 1}, tuple(damaged))

    def write(self, key: str, content: bytes) -> str:
        """Keep a run. Returns the file's name."""
        name = f"{key}-{shortened(sha256(content).hexdigest())}.nc"
        path = self.runs / name
        if not path.exists():
            with whole_file(path) as part:
                part.write_bytes(content)
        return name

    def read(self, path: Path) -> Months:
        """What a file holds. Errors: a :class:`MusterError` when it is not what its name says."""
        content = path.read_bytes()
        if shortened(sha256(content).hexdigest()) != key_and_digest(path)[1]:
            raise MusterError(f"{path} is damaged: its bytes are not those it was written with. Run the ensemble again.")
        return decode(content)

    def clear(self, damaged: tuple[Path, ...]) -> None:
        """Take damaged files away, and what writers that were killed left unfinished long ago."""
        for path in damaged:
            path.unlink(missing_ok=True)
        now = time.time()
        for part in self.runs.glob(".part-*"):
            try:
                if now - part.stat().st_mtime > _STALE:
                    part.unlink(missing_ok=True)
            except FileNotFoundError:
                continue  # its writer has just finished
