"""The file of a ledger: opening it, reading and writing in transactions, and a sentence for whatever goes wrong.

The journal is a rollback journal, not a write-ahead log. Both survive ``kill -9``, but a write-ahead log keeps decisions
already acknowledged in a second file until a checkpoint, so whoever copies, mails or backs up "the ledger" may copy it
without them; it also fails on network folders. With a rollback journal one file is the whole ledger whenever nobody is
writing. ``synchronous = EXTRA`` also syncs the folder after the journal is deleted, so that what was acknowledged
outlives a loss of power. A decision is made by a person, so the few milliseconds of a sync do not matter.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from muster.core.errors import MusterError
from muster.evidence.ledger.migrate import APPLICATION_ID, migrate, newest_version, refuse_newer, schema_version

# STRICT tables came with 3.37.
OLDEST_SQLITE = (3, 37, 0)

Create = Literal["if_missing", "never"]

_REASONS = {
    sqlite3.SQLITE_BUSY: "is being written by somebody else. Wait until the other review or add has ended, then try again.",
    sqlite3.SQLITE_LOCKED: "is being written by somebody else. Wait until the other review or add has ended, then try again.",
    sqlite3.SQLITE_FULL: "cannot grow, because the disk is full. Free some space, then try again; nothing was changed.",
    sqlite3.SQLITE_READONLY: "cannot be written. Allow writing to it and to its folder, or copy it to a folder of your own.",
    sqlite3.SQLITE_PERM: "may not be opened by you. Allow reading and writing it, or copy it to a folder of your own.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Check that its folder is there and that you may write to it.",
    sqlite3.SQLITE_NOTADB: "is not a ledger. Name another file; a new ledger needs a name that is not taken yet.",
    sqlite3.SQLITE_CORRUPT: "is damaged. Put back your last copy of it, or import your last JSONL export into a new ledger.",
    sqlite3.SQLITE_IOERR: "cannot be read or written, because the disk reports an error. Copy it to another disk.",
    sqlite3.SQLITE_TOOBIG: "cannot take a text this long. Shorten the text.",
}


class Store:
    """One open ledger file. Every access is a transaction; writers wait for each other up to ``wait`` seconds."""

    def __init__(self, path: Path, *, create: Create, wait: float) -> None:
        self.path = path
        self.backup: Path | None = None
        _check_place(path, create=create)
        with self._explained():
            self._connection = sqlite3.connect(path.absolute(), timeout=wait, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self) -> None:
        connection = self._connection
        connection.execute("PRAGMA trusted_schema = OFF")
        version = schema_version(connection)
        marked = int(connection.execute("PRAGMA application_id").fetchone()[0])
        empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if not empty and marked != APPLICATION_ID:
            raise MusterError(f"{self.path.name} {_REASONS[sqlite3.SQLITE_NOTADB]}")
        refuse_newer(version, self.path)
        if version < newest_version():
            # Only a writer may change the journal; a ledger of this version has it already.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = EXTRA")
            self.backup = migrate(connection, self.path)
        connection.execute("PRAGMA synchronous = EXTRA")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept whole when the block ends, and leaves no trace when it raises."""
        connection = self._connection
        with self._explained():
            # IMMEDIATE takes the lock before anything is read, so that no decision rests on a state already overtaken.
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One state of the ledger, however long the block takes."""
        connection = self._connection
        with self._explained():
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def close(self) -> None:
        """Let go of the file; harmless when done twice."""
        self._connection.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError as error:
            if "closed" not in str(error):
                raise
            raise MusterError(f"{self.path.name} has been closed. Open it again with open_ledger.") from error
        except sqlite3.DatabaseError as error:
            raise MusterError(f"{self.path.name} {_reason(error)}") from error


def _reason(error: sqlite3.DatabaseError) -> str:
    # Extended codes carry the plain one in their lowest byte.
    code = getattr(error, "sqlite_errorcode", None)
    known = None if code is None else _REASONS.get(code & 0xFF)
    return known or f"refused a change ({error}). Check it with `verify`; nothing was changed."


def _check_place(path: Path, *, create: Create) -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise MusterError(f"A ledger needs SQLite 3.37; this Python brings {sqlite3.sqlite_version}. Install a newer Python.")
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        if create == "never":
            raise MusterError(f"There is no ledger {path.name}. Check the name, or add a document to begin one.") from None
        if not path.parent.is_dir():
            raise MusterError(
                f"{path.name} cannot be made: the folder {path.parent.name} does not exist. Make it first."
            ) from None
    except (OSError, ValueError) as error:
        raise MusterError(f"{path.name!r} cannot be opened as a ledger. Give the name of an ordinary file.") from error
    else:
        if not stat.S_ISREG(mode):
            raise MusterError(f"{path.name} is not an ordinary file. Give the name of a ledger file.")
