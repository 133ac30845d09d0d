"""From a document to proposed claims, with the rules that fired; what no rule understands is queued."""

from __future__ import annotations

from muster.evidence.extract.assemble import extract

__all__ = ["extract"]
