"""The file that a page or a figure is written to: its name must say what is in it, and its folder must be there."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from muster.core.errors import MusterError

Format = Literal["html", "md"]
PAGES: dict[str, tuple[str, ...]] = {"html": (".html", ".htm"), "md": (".md", ".txt")}
FIGURE = (".svg",)


def page_target(to: Path | str, format: Format | None = None) -> tuple[Path, Format]:
    """Where a report goes and in what format: the one asked for, else the one its ending names. Errors: a MusterError."""
    path = Path(to)
    if format is not None and format not in PAGES:
        raise MusterError(f'"{format}" is not a format of the report. Write html or md.')
    chosen: Format = format or ("md" if path.suffix.lower() == ".md" else "html")
    return check_target(path, PAGES[chosen], also="" if format else ", or .md for text to paste"), chosen


def check_target(to: Path | str, endings: tuple[str, ...], *, also: str = "") -> Path:
    """The path, if a file of one of these endings can be written there. ``also`` names what else could be asked for."""
    path = Path(to)
    if path.is_dir():
        raise MusterError(f"{path} is a folder. Give the name of a file, such as {path / ('report' + endings[0])}.")
    if path.suffix.lower() not in endings:
        raise MusterError(f"{path} does not end in {' or '.join(endings)}, which is what is written. Use that ending{also}.")
    if not path.parent.is_dir():
        raise MusterError(f"The folder {path.parent} does not exist. Make it, or give another place for {path.name}.")
    return path
