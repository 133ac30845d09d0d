"""Options that several commands share, with the words their help uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter, Token

from muster.core.dates import parse_date
from muster.core.errors import MusterError
from muster.core.provenance import refuse_other

Quiet = Annotated[bool, Parameter(name=("--quiet", "-q"), help="No talk and no progress bar.")]
Json = Annotated[bool, Parameter(name="--json", help="Print JSON instead of text.")]
CaseName = Annotated[str, Parameter(help="A shipped case (muster case list) or a folder.")]
Strength = Annotated[str | None, Parameter(help="Variant of the force's strength; muster case show CASE lists them.")]


def _read_whole(kind: type, tokens: Sequence[Token]) -> int:
    """A whole number; 1.5 is refused rather than rounded."""
    try:
        return int(tokens[0].value)
    except ValueError:
        raise ValueError(f'"{tokens[0].value}" is not a whole number.') from None


Seed = Annotated[
    int, Parameter(converter=_read_whole, help="Which history: the same seed gives the same history.", show_default=True)
]
Seeds = Annotated[int, Parameter(help="How many histories: draws of the pack's fit, or seeds 1, 2, ...", show_default=True)]
Until = Annotated[str | None, Parameter(help="Last day, as 2022-12-31; default: the end of the case's data.")]
ScenarioName = Annotated[str | None, Parameter(help="A scenario of the case, or a scenario file.")]
Workers = Annotated[int, Parameter(help="Threads; they change nothing but the time.", show_default=True)]


def read_until(text: str | None) -> date | None:
    """The last day as a date; nothing given stays nothing."""
    return None if text is None else parse_date(text)


def count_seeds(number: int) -> range:
    """Seeds 1 to ``number``."""
    if number < 1:
        raise MusterError(f"--seeds {number} asks for no history. Give 1 or more.")
    return range(1, number + 1)


def new_folder(folder: Path, command: str) -> Path:
    """A folder for what a command writes: made if need be, refused where it holds what another wrote."""
    if folder.exists() and not folder.is_dir():
        raise MusterError(f"{folder} is a file, not a folder. Give --out a folder.")
    refuse_other(folder, command)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def warn_of_compiling() -> str:
    """A sentence for the first use, when the engine must still be compiled; empty later."""
    from muster.core.compile import is_compiled

    return "" if is_compiled() else " The engine compiles itself first, once: up to a minute."
