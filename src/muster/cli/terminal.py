"""Printing: data to stdout, talk and progress to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from muster.core.pool import Progress

_PIPE_WIDTH = 1000  # wide enough that no cell is cut when the table goes to a file


def say(text: str) -> None:
    """Talk: a line on stderr."""
    print(text, file=sys.stderr)


def print_json(value: Any) -> None:
    """Data for programs: indented JSON on stdout."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> Any:
    """Dates, paths, numpy numbers and arrays as JSON values."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, right: Iterable[str] = ()) -> None:
    """A table on stdout; the columns named in ``right`` are flush right, as numbers should be."""
    from rich.table import Table

    numeric = set(right)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    print_rich(table, width=None if sys.stdout.isatty() else _PIPE_WIDTH)


def print_rich(content: Any, *, width: int | None = None) -> None:
    """Something rich can lay out, on stdout: in colour on a terminal; elsewhere plain, 80 columns, no blanks at line ends."""
    from rich.console import Console

    if sys.stdout.isatty():
        Console(width=width, markup=False, highlight=False).print(content)
        return
    page = StringIO()
    Console(file=page, width=width or 80, color_system=None, markup=False, highlight=False).print(content)
    print("\n".join(line.rstrip() for line in page.getvalue().splitlines()))


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Progress | None]:
    """A bar on stderr while something long runs: only on a terminal, and not when ``quiet``.

    Yields the function to call with (done, total, what), or None where nothing is to be shown.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def tell(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=what)

        yield tell
