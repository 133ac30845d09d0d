"""Bringing an older ledger up to the schema of this version: numbered SQL files, one transaction, a copy made before."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from importlib.resources import files
from pathlib import Path

from muster.core.errors import MusterError
from muster.core.provenance import whole_file

# "Must" in ASCII: tells a ledger from any other SQLite file.
APPLICATION_ID = 0x4D757374

_NAME = re.compile(r"^(\d{3})_[a-z_]+\.sql$")


@cache
def migrations() -> dict[int, str]:
    """The SQL that leads to each version, in order."""
    found = {}
    for entry in files("muster.evidence.ledger").joinpath("migrations").iterdir():
        named = _NAME.match(entry.name)
        if named:
            found[int(named.group(1))] = entry.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def newest_version() -> int:
    """The schema version this Muster writes."""
    return max(migrations())


def schema_version(connection: sqlite3.Connection) -> int:
    """The schema version of an open file, 0 when it is empty."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, path: Path) -> Path | None:
    """Bring the ledger to the newest version, and return the copy that was made of the older one, if there was one.

    Errors: a :class:`MusterError` when the file was written by a newer version. On any error the ledger is untouched.
    """
    begun = schema_version(connection)
    refuse_newer(begun, path)
    if begun == newest_version():
        return None
    copy = _copy_before(connection, path, begun) if begun else None
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited for the lock.
        reached = schema_version(connection)
        for version, script in migrations().items():
            if version > reached:
                for statement in statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return copy


def refuse_newer(version: int, path: Path) -> None:
    """Errors: a :class:`MusterError` when the schema is newer than this version knows."""
    if version > newest_version():
        raise MusterError(
            f"{path.name} is a ledger of schema {version}, and this Muster reads up to {newest_version()}. "
            "Install the version of Muster that wrote it, or a newer one."
        )


def statements(script: str) -> list[str]:
    """The single statements of an SQL file. (``executescript`` would commit the transaction it runs in.)"""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


def _copy_before(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    copy = path.with_name(f"{path.name}.schema{version}.bak")
    with whole_file(copy) as part, closing(sqlite3.connect(part)) as target:
        connection.backup(target)
    return copy
