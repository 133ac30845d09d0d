-- Version 2: how reliable a source is, as a registry of its own with the same history.

CREATE TABLE sources (
  name TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
