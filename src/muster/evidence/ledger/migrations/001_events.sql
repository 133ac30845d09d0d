-- Version 1: what happened, in order and for ever, and the state that follows from it.

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  time TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  action TEXT NOT NULL,
  topic TEXT NOT NULL,
  subject TEXT NOT NULL,
  data TEXT NOT NULL,
  reason TEXT NOT NULL,
  software TEXT NOT NULL,
  previous TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE
) STRICT;

CREATE INDEX events_by_subject ON events (topic, subject, seq);

-- OR REPLACE would delete without firing a trigger of deletion: an event may only come after the last one.
CREATE TRIGGER events_follow BEFORE INSERT ON events
BEGIN
  SELECT RAISE(ABORT, 'an event must follow the last one')
  WHERE NEW.seq IS NOT (SELECT ifnull(max(seq), 0) + 1 FROM events)
     OR NEW.previous IS NOT ifnull((SELECT digest FROM events ORDER BY seq DESC LIMIT 1), '');
END;

CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are never changed');
END;

CREATE TRIGGER events_last BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are never deleted');
END;

-- Both tables can be rebuilt from the events at any time; `state` is JSON.
CREATE TABLE entries (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;

CREATE INDEX entries_by_document ON entries (document, position);
CREATE INDEX entries_by_status ON entries (type, status, position);

CREATE TABLE documents (
  sha256 TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
