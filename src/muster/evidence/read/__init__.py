"""Reading: a file on disk becomes a document, its text plain, every character traceable to the file."""

from muster.evidence.read.reader import read_document

__all__ = ["read_document"]
