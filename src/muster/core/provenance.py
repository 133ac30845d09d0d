"""Where a result comes from: digests of files, versions of libraries, and the manifest that lies beside each output."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from secrets import token_hex
from typing import Any

from muster.core.errors import MusterError

MANIFEST = "manifest.json"
FORMAT = 1

# The libraries that can change a number or a page.
LIBRARIES = (
    *("altair", "h5netcdf", "h5py", "jinja2", "llvmlite", "numba", "numpy", "pydantic", "scipy", "vl-convert-python"),
    "xarray",
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was run, on what, with what, and what came out.

    ``settings`` is all that is needed to run it again; ``inputs`` and ``outputs`` map a file name (relative to the
    input's or the output's folder, with ``/``) to its SHA-256. There is no clock in it: the same run writes the same
    manifest.
    """

    command: str
    settings: dict[str, Any]
    inputs: dict[str, str]
    outputs: dict[str, str]
    versions: dict[str, str]
    system: str
    format: int = FORMAT


def digest_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    total = sha256()
    with open(path, "rb") as stream:
        while block := stream.read(1 << 20):
            total.update(block)
    return total.hexdigest()


def digest_files(folder: Path, paths: Iterable[Path]) -> str:
    """One SHA-256 over the names (relative to ``folder``) and the bytes of some files, whatever their order."""
    total = sha256()
    for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in paths):
        total.update(f"{name}\0{digest_file(path)}\n".encode())
    return total.hexdigest()


@cache
def digest_sources(*floors: str) -> str:
    """Digest of the code of some floors, ``digest_sources("core", "model")``: what they gave must not pass for other code's."""
    root = Path(__file__).parents[1]
    return digest_files(root, [path for floor in floors for path in (root / floor).rglob("*.py")])


def find_versions(libraries: Iterable[str] = LIBRARIES) -> dict[str, str]:
    """Versions of Muster, Python and the libraries, read from their metadata: nothing is imported for it."""
    from muster import __version__

    found = {"muster": __version__, "python": platform.python_version()}
    for name in libraries:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A place to write a file that appears under its name only when it is complete.

    Yields a temporary path in the same folder; on success it takes the name ``path``, on any error it is removed and
    what stood there before is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".part-{os.getpid()}-{token_hex(4)}-{path.name}")  # others, on other machines, may write it too
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file (UTF-8, lines end in ``\\n``) whole or not at all."""
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def refuse_other(folder: Path, command: str) -> None:
    """Refuse to write where another command wrote. Errors: a :class:`MusterError` naming it."""
    if (folder / MANIFEST).is_file() and (other := read_manifest(folder).command) != command:
        raise MusterError(f"{folder} holds what muster {other} wrote, which would be lost. Give another --out.")


def write_manifest(
    folder: Path, command: str, *, settings: Mapping[str, Any], inputs: Mapping[str, str], outputs: Iterable[str]
) -> Manifest:
    """Write ``folder/manifest.json``.

    ``settings`` must be plain JSON values; ``inputs`` maps names to digests; ``outputs`` are names of files that
    already lie in ``folder``, which are digested here. Errors: see `refuse_other`.
    """
    refuse_other(folder, command)
    manifest = Manifest(
        command=command,
        settings=dict(settings),
        inputs=dict(sorted(inputs.items())),
        outputs={name: digest_file(folder / name) for name in sorted(outputs)},
        versions=find_versions(),
        system=f"{platform.system()} {platform.machine()}",
    )
    write_text(folder / MANIFEST, json.dumps(asdict(manifest), indent=2, ensure_ascii=False) + "\n")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read ``folder/manifest.json``. Raises MusterError if there is none or it cannot be understood."""
    path = folder / MANIFEST
    if not path.is_file():
        raise MusterError(f"{folder} holds no {MANIFEST}. Give the folder that --out wrote.")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise MusterError(f"{path} is not valid JSON ({error}). Write the folder again with --out.") from error
    wanted = {field.name for field in fields(Manifest)}
    missing = sorted(wanted - set(content)) if isinstance(content, dict) else sorted(wanted)
    if missing:
        raise MusterError(f"{path} lacks {', '.join(missing)}. Write the folder again with --out.")
    if content["format"] != FORMAT:
        raise MusterError(f"{path} has format {content['format']}; this Muster reads {FORMAT}. Use the version that wrote it.")
    return Manifest(**{name: content[name] for name in wanted})


def find_changed(folder: Path) -> list[str]:
    """Names of the outputs that are missing or no longer have the digest their manifest gives."""
    outputs = read_manifest(folder).outputs
    return [name for name, digest in outputs.items() if not (folder / name).is_file() or digest_file(folder / name) != digest]
