"""Reading CSV, TOML and JSON that may be broken or hostile. (Files are written whole by ``core.provenance``.)

Every reader is bounded (bytes, rows, columns, letters of a cell), takes UTF-8 only, and reports faults
with the row a text editor would show. A reader that finds a file unusable returns ``None``.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from muster.core.faults import FaultList
from muster.core.suggest import did_you_mean, one_of, quote

MAX_TABLE_BYTES = 20_000_000
MAX_JSON_BYTES = 50_000_000
MAX_TOML_BYTES = 500_000
MAX_TOML_LINE = 4_000
MAX_TOML_DOTS = 200
MAX_TOML_DEPTH = 20
MAX_ROWS = 100_000
MAX_COLUMNS = 60
MAX_CELL = 4_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table. ``number`` is the line it starts on; the header is row 1."""

    number: int
    cells: dict[str, str]


def read_bytes(path: Path, *, file: str, limit: int, faults: FaultList) -> bytes | None:
    """The bytes of a regular file of at most ``limit`` bytes."""
    try:
        with open(path, "rb", opener=_open_without_waiting) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                faults.add(file, None, None, "is not an ordinary file.", "Put a plain file in its place.")
                return None
            data = stream.read(limit + 1)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        faults.add(file, None, None, f"cannot be read ({reason}).", "Check that the file is there and that you may read it.")
        return None
    if len(data) > limit:
        faults.add(file, None, None, f"is larger than {limit:,} bytes.", "Split it or leave out what the model does not need.")
        return None
    return data


def _open_without_waiting(path: str, flags: int) -> int:
    # A named pipe in place of a file would otherwise hold us for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def decode(data: bytes, *, file: str, faults: FaultList) -> str | None:
    """UTF-8 text (a byte order mark is dropped) without control characters."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        faults.add(file, row, None, "holds bytes that are not UTF-8 text.", 'Save the file again with the encoding "UTF-8".')
        return None
    found = _CONTROL.search(text)
    if found:
        row = text.count("\n", 0, found.start()) + 1
        code = f"U+{ord(found.group()):04X}"
        faults.add(
            file, row, None, f"holds the control character {code}.", "Delete it, or save the file again as plain UTF-8 text."
        )
        return None
    return text


def parse_csv(
    text: str, *, file: str, required: Sequence[str], optional: Sequence[str] = (), faults: FaultList, max_rows: int = MAX_ROWS
) -> list[Row] | None:
    """Records of a comma separated table with a header. Columns left out are read as empty cells."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    columns: list[str] | None = None
    started = 1
    try:
        for cells in reader:
            number, started = started, reader.line_num + 1
            cells = [cell.strip() for cell in cells]
            if columns is None:
                columns = cells
                if not _check_header(columns, file=file, required=required, optional=optional, faults=faults):
                    return None
            elif any(cells):
                if len(rows) >= max_rows:
                    faults.add(file, number, None, f"is past the limit of {max_rows:,} rows.", "Leave out rows or merge them.")
                    return None
                if _check_row(cells, columns, file=file, number=number, faults=faults):
                    given = dict(zip(columns, cells, strict=True))
                    rows.append(Row(number, {name: given.get(name, "") for name in (*required, *optional)}))
    except csv.Error as error:
        _report_broken_csv(str(error), file=file, number=started, faults=faults)
        return None
    if columns is None:
        faults.add(file, None, None, "is empty.", f"Write a first line with the columns {','.join(required)}.")
        return None
    return rows


def _check_header(columns: list[str], *, file: str, required: Sequence[str], optional: Sequence[str], faults: FaultList) -> bool:
    known = (*required, *optional)
    if len(columns) == 1 and (";" in columns[0] or "\t" in columns[0]):
        faults.add(file, 1, None, "is not separated by commas.", 'Save it as "CSV, comma separated".')
        return False
    if len(columns) > MAX_COLUMNS:
        faults.add(file, 1, None, f"has {len(columns)} columns.", f"Keep only {one_of(known, 30)}.")
        return False
    before = len(faults)
    for name in sorted({name for name in columns if columns.count(name) > 1}):
        faults.add(file, 1, name, "stands twice in the header.", "Keep one of the two columns.")
    for name in dict.fromkeys(columns):
        if name not in known:
            missing = [column for column in known if column not in columns]
            hint = did_you_mean(name, missing)
            faults.add(
                file, 1, name, "is not a column of this file.", f"{hint}Rename or delete it; known are {one_of(known, 30)}."
            )
    for name in required:
        if name not in columns:
            faults.add(
                file,
                1,
                name,
                "is a column this file needs, and it is missing.",
                f"Add {quote(name)} to the first line and fill it in.",
            )
    return len(faults) == before


def _check_row(cells: list[str], columns: list[str], *, file: str, number: int, faults: FaultList) -> bool:
    if len(cells) != len(columns):
        remedy = "Add or delete commas; put text that holds a comma in double quotation marks."
        faults.add(file, number, None, f"has {len(cells)} cells where the header has {len(columns)}.", remedy)
        return False
    for name, cell in zip(columns, cells, strict=True):
        if len(cell) > MAX_CELL:
            faults.add(file, number, name, f"holds {len(cell):,} letters.", f"Shorten it to {MAX_CELL:,} at most.")
            return False
    return True


def _report_broken_csv(message: str, *, file: str, number: int, faults: FaultList) -> None:
    if "field larger" in message:
        faults.add(
            file,
            number,
            None,
            f"has a cell longer than {MAX_CELL:,} letters.",
            "Shorten it, or close the quotation mark that was left open.",
        )
    else:
        remedy = "Close every double quotation mark, and write a quotation mark inside a quoted cell twice."
        faults.add(file, number, None, "has quotation marks that do not match.", remedy)


def parse_toml(text: str, *, file: str, faults: FaultList) -> dict[str, Any] | None:
    """The tables of a TOML file."""
    for row, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_TOML_LINE:
            faults.add(file, row, None, f"is longer than {MAX_TOML_LINE:,} letters.", "Break the line, or shorten the text.")
            return None
        # A key of very many parts costs the parser time by the square of their number.
        if line.count(".") > MAX_TOML_DOTS:
            faults.add(file, row, None, f"has more than {MAX_TOML_DOTS} dots.", "Write short keys and flat tables.")
            return None
    try:
        found = tomllib.loads(text)
        if not _is_deeper(found, MAX_TOML_DEPTH):
            return found
        faults.add(file, None, None, f"has tables more than {MAX_TOML_DEPTH} deep.", "Write flat tables.")
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _TOML_PLACE.search(message)
        row = int(place.group(1)) if place and place.group(1) else text.count("\n") + 1
        reason = _TOML_PLACE.sub("", message).rstrip(".")[:120]
        if (
            "overwrite" in reason
            or "declare" in reason
            or "twice" in reason
            or "redefine" in reason
            or "duplicate" in reason.lower()
        ):
            faults.add(file, row, None, "repeats a key or table of this file.", "Keep one of the two.")
        else:
            reason = reason[:1].lower() + reason[1:]
            remedy = 'Write lines such as key = 1.5, key = "text" or key = 2021-02-01.'
            faults.add(file, row, None, f"is not valid TOML ({reason}).", remedy)
    except (ValueError, RecursionError, OverflowError):
        faults.add(
            file, None, None, "holds a value too long or too deeply nested to read.", "Write plain numbers and flat tables."
        )
    return None


def _is_deeper(found: Any, depth: int) -> bool:
    """Whether tables or lists lie within each other more than ``depth`` times (without recursion)."""
    layer = [found]
    while layer and depth >= 0:
        layer = [
            inner
            for outer in layer
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
        depth -= 1
    return bool(layer)


def parse_json(text: str, *, file: str, faults: FaultList) -> Any:
    """The value of a JSON file; NaN and Infinity are refused."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        faults.add(
            file, error.lineno, None, f"is not valid JSON ({error.msg.lower()}).", "Export the file again from your map program."
        )
    except (ValueError, RecursionError, OverflowError):
        faults.add(
            file,
            None,
            None,
            "holds NaN, Infinity, or something too long or too deep to read.",
            "Export it again with finite numbers.",
        )
    return None


def _refuse_constant(word: str) -> float:
    raise ValueError(word)
