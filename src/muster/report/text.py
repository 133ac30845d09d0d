"""What templates of the report and of the dashboard write numbers, dates, anchors and addresses with."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from muster.report.comparison import say_date, say_day
from muster.report.render import claim_anchor
from muster.report.spread import say_exactly


def page_tools() -> dict[str, Any]:
    """Filters by name."""
    return {"link": web_address, "when": say_date, "day": say_day, "exact": say_exactly, "anchor": claim_anchor}


def web_address(address: str) -> str:
    """The address if a browser may follow it (http or https), else nothing."""
    address = address.strip()
    return address if urlsplit(address).scheme in ("http", "https") and " " not in address else ""


def plain(text: str) -> str:
    """Words of a case for Markdown: on one line, with nothing in them that would be read as markup."""
    return re.sub(r"([\\`*_<>|~]|](?=\())", r"\\\1", " ".join(str(text).split()))
