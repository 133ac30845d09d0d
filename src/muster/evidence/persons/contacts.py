"""What leads to a person without being a name: addresses, handles, telephone and identity numbers, coordinates, other scripts."""

from __future__ import annotations

import re
from typing import NamedTuple

# Letters that are neither Latin nor marks common to all scripts.
SCRIPTS = "\u0370-\u1cff\u2c00-\u2dff\u3040-\ud7ff\ua800-\uabff\uf900-\ufdff\ufe70-\ufeff"

PATTERNS = (
    ("e-mail", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    (
        "link",
        re.compile(
            r"(?<![\w.])(?:https?://)?(?:www\.|m\.)?(?:facebook|fb|twitter|x|t|vk|ok|instagram|tiktok|linkedin|telegram|youtube)"
            r"\.(?:com|me|ru)/[^\s\"”’)>,]{2,80}",
            re.IGNORECASE,
        ),
    ),
    ("handle", re.compile(r"(?<![\w@/.])@[A-Za-z_][\w.]{1,29}\b")),
    ("id", re.compile(r"(?<![\w/])\d{1,2}/[A-Za-z]{3,12}\s?\([A-Za-z]{1,3}\)\s?\d{5,6}\b")),
    (
        "id",
        re.compile(
            r"\b(?:ID|NRC|passport|identity card|identity|service|army|military|personal|serial|badge|registration|tag)"
            r"(?:\s+(?:card|tag))?(?:\s+(?:no\.?|number|nr\.?|#)|\s?[:#])\s*(?:is |was |:|#)?\s?"
            r"(?P<id>[A-Za-z]{0,4}[-/ ]?\d[\w/()-]{2,20})",
            re.IGNORECASE,
        ),
    ),
    ("phone", re.compile(r"(?<![\w.,+])(?:\+|\b00)\d[\d \u00a0().-]{5,18}\d(?!\w)")),
    (
        "phone",
        re.compile(
            r"\b(?:phone|tel|telephone|mobile|cell|whatsapp|viber|signal|hotline|number|call|text)\b[^\w\n+]{0,4}"
            r"(?:(?:no\.?|number|is|was|on|at|him|her)[^\w\n+]{1,3}){0,3}(?P<id>\d[\d ().-]{5,18}\d)(?![\w,])",
            re.IGNORECASE,
        ),
    ),
    ("place", re.compile(r"(?<![\w.])\d{1,3}\.\d{3,8}\s?°?\s?[NS]?\s?,\s?-?\d{1,3}\.\d{3,8}\s?°?\s?[EW]?")),
    # A name in its own script beside the English one.
    (
        "script",
        re.compile(f"[{SCRIPTS}]+(?:[ \u00a0.-]?[{SCRIPTS}]+)*"),
    ),
)


class Contact(NamedTuple):
    """A passage that leads to somebody, and of what sort."""

    start: int
    end: int
    sort: str


def find_contacts(text: str) -> list[Contact]:
    """All such passages, in order, without overlaps (the earlier pattern goes first)."""
    found: list[Contact] = []
    for sort, pattern in PATTERNS:
        if sort == "script" and text.isascii():
            continue
        for match in pattern.finditer(text):
            group = "id" if "id" in pattern.groupindex else 0
            found.append(Contact(match.start(group), match.end(group), sort))
    found.sort(key=lambda contact: (contact.start, -contact.end))
    kept: list[Contact] = []
    for contact in found:
        if not kept or contact.start >= kept[-1].end:
            kept.append(contact)
    return kept
