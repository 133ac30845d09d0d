"""A ledger of schema 1, built here as that version wrote it, opens as one of today."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from tests.evidence.ledger.builders import claim, document

from muster.core.errors import MusterError
from muster.evidence.ledger import migrate, open_ledger
from muster.evidence.ledger.entry import Event, record_to_json
from muster.evidence.ledger.events import dump, seal
from muster.evidence.ledger.fold import fold_document, fold_entry

VERSION_1 = """
CREATE TABLE events (seq INTEGER PRIMARY KEY, time TEXT NOT NULL, reviewer TEXT NOT NULL, action TEXT NOT NULL,
  topic TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL, reason TEXT NOT NULL, software TEXT NOT NULL,
  previous TEXT NOT NULL, digest TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE entries (id TEXT PRIMARY KEY, position INTEGER NOT NULL, document TEXT NOT NULL, type TEXT NOT NULL,
  status TEXT NOT NULL, revision INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
CREATE TABLE documents (sha256 TEXT PRIMARY KEY, position INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
CREATE TRIGGER events_follow BEFORE INSERT ON events BEGIN
  SELECT RAISE(ABORT, 'an event must follow the last one')
  WHERE NEW.seq IS NOT (SELECT ifnull(max(seq), 0) + 1 FROM events)
     OR NEW.previous IS NOT ifnull((SELECT digest FROM events ORDER BY seq DESC LIMIT 1), '');
END;
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_last BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
PRAGMA user_version = 1;
PRAGMA application_id = 0x4D757374;
"""


def write_version_1(path):
    of = document()
    record = claim(of)
    facts = {"name": of.name, "origin": of.sha256[:12], "url": None, "publisher": None, "title": None}
    facts |= {"published": None, "published_until": None, "metadata": {}}
    proposal = {"type": "claim", "document": of.sha256, "record": record_to_json(record)}
    told = [
        ("muster", "document_added", "document", of.sha256, facts),
        ("muster", "proposed", "claim", record.id, proposal),
        ("A", "accepted", "claim", record.id, {}),
    ]
    events, previous = [], ""
    with closing(sqlite3.connect(path)) as made:
        made.executescript(VERSION_1)
        for seq, (who, action, topic, subject, data) in enumerate(told, start=1):
            body = (seq, "2025-01-01T00:00:00.000Z", who, action, topic, subject, dump(data), "", "muster 0.1", previous)
            events.append(Event(*body[:6], json.loads(body[6]), *body[7:], seal(body)))
            previous = events[-1].digest
            made.execute("INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?)", (*body, previous))
        state, entry = fold_document(events[:1]), fold_entry(events[1:])
        made.execute("INSERT INTO documents VALUES (?,?,?)", (of.sha256, 1, dump(state)))
        row = (record.id, 2, of.sha256, "claim", "accepted", 3, dump(entry))
        made.execute("INSERT INTO entries VALUES (?,?,?,?,?,?,?)", row)
        made.commit()
    return record


def test_an_older_ledger_is_brought_up_with_a_copy_made_before(tmp_path):
    path = tmp_path / "case.ledger"
    record = write_version_1(path)
    before = path.read_bytes()
    with open_ledger(path) as ledger:
        assert ledger.backup.name == "case.ledger.schema1.bak"
        assert ledger.verify().problems == ()
        assert ledger.entry(record.id).record == record
        ledger.rate_source("Harbour Radio", "B", reviewer="A")
        assert ledger.entry(record.id).status == "accepted"
    with closing(sqlite3.connect(tmp_path / "case.ledger.schema1.bak")) as copy:
        assert migrate.schema_version(copy) == 1
        assert copy.execute("SELECT count(*) FROM events").fetchone() == (3,)
    assert path.read_bytes() != before
    with open_ledger(path) as ledger:
        assert ledger.backup is None


def test_a_migration_that_fails_changes_nothing(tmp_path, monkeypatch):
    path = tmp_path / "case.ledger"
    write_version_1(path)
    known = migrate.migrations()
    broken = {**known, 2: known[2] + "\nINSERT INTO nowhere VALUES (1);\n"}
    monkeypatch.setattr(migrate, "migrations", lambda: broken)
    with pytest.raises(MusterError, match="nothing was changed"):
        open_ledger(path)
    with closing(sqlite3.connect(path)) as raw:
        assert migrate.schema_version(raw) == 1
        assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sources'").fetchone() == (0,)


def test_a_newer_ledger_is_refused_untouched(tmp_path):
    path = tmp_path / "case.ledger"
    open_ledger(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(MusterError, match="schema 99, and this Muster reads up to 2"):
        open_ledger(path)
    assert path.read_bytes() == before


def test_statements_are_cut_where_they_end():
    script = "-- a; comment\nCREATE TABLE a (x);\nCREATE TRIGGER t BEFORE DELETE ON a\nBEGIN\n  SELECT 1;\nEND;\n"
    assert len(migrate.statements(script)) == 2
    assert sorted(migrate.migrations()) == list(range(1, migrate.newest_version() + 1))
