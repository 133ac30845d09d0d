"""The register of forecasts: what was foretold, written down before anybody could know, so that it can be judged later.

A text file with one JSON object a line. Each line has the hash of the line before it and its own, so a line that is changed,
taken out or put in between is found. To prove to others when a forecast was made, give them the last hash: it stands for
every line above it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from muster.core.errors import MusterError
from muster.forecast.predict import Forecast

_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Registered:
    """One line: what identifies a forecast, the day it was written down, and the chain of hashes."""

    number: int
    written: str
    case: str
    case_sha256: str
    until: str
    months: int
    drivers: str
    seed: int
    draws: int
    posterior_hash: str
    forecast_hash: str
    before: str
    hash: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 over everything but the hash itself."""
        told = {key: value for key, value in asdict(self).items() if key != "hash"}
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def register(made: Forecast, path: str | Path, *, written: date) -> Registered:
    """Write a forecast down at the end of a register, which is begun if there is none. The same forecast is written once.

    Errors: a :class:`MusterError` when the register is damaged; then nothing is written.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        lines = read_register(target) if target.exists() else ()
        known = next((line for line in lines if line.forecast_hash == made.hash), None)
        if known is not None:
            return known
        bare = Registered(
            number=len(lines) + 1,
            written=written.isoformat(),
            case=made.case.name,
            case_sha256=made.case.sha256,
            until=made.posterior.until.isoformat(),
            months=made.months,
            drivers=made.drivers,
            seed=made.seed,
            draws=len(made.truth),
            posterior_hash=made.posterior.hash,
            forecast_hash=made.hash,
            before=lines[-1].hash if lines else _FIRST,
        )
        line = Registered(**{**asdict(bare), "hash": bare.digest})
        with open(target, "a", encoding="utf-8", newline="\n") as stream:
            stream.write(json.dumps(asdict(line)) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    return line


def read_register(path: str | Path) -> tuple[Registered, ...]:
    """All lines of a register. Errors: a :class:`MusterError` naming the first line that does not fit the chain."""
    source = Path(path)
    if not source.is_file():
        raise MusterError(f"{source} is not there. muster forecast ... --register {source} begins it.")
    lines: list[Registered] = []
    for number, text in enumerate(source.read_text(encoding="utf-8").splitlines(), start=1):
        line = _read(text)
        before = lines[-1].hash if lines else _FIRST
        if line is None and not lines:
            raise MusterError(f"{source} is not a register of forecasts. Name another file; it is begun if it is not there.")
        if line is None or (line.number, line.before, line.hash) != (number, before, line.digest):
            raise MusterError(f"{source}, line {number}: this is not what was written. Take the register from a copy.")
        lines.append(line)
    return tuple(lines)


def find_registered(made: Forecast, path: str | Path) -> Registered:
    """The line of a forecast. Errors: a :class:`MusterError` when it was never written down."""
    for line in read_register(path):
        if line.forecast_hash == made.hash:
            return line
    raise MusterError(f"{path} does not have this forecast. Only what was written down before can be proved.")


def _read(text: str) -> Registered | None:
    try:
        values: Any = json.loads(text)
    except json.JSONDecodeError:
        return None
    wanted = {item.name for item in fields(Registered)}
    return Registered(**values) if isinstance(values, dict) and set(values) == wanted else None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One writer at a time; a writer that dies leaves nothing behind, for the lock is the system's."""
    with open(f"{path}.lock", "w") as stream:
        try:
            import fcntl
        except ImportError:  # Windows
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
        else:
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
