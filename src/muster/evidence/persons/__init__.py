"""Persons in a text, and whether they are public."""

from muster.evidence.persons.find import PersonMention, find_persons

__all__ = ["PersonMention", "find_persons"]
