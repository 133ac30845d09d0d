"""The templates of the report and of the dashboard, and what they write numbers, dates, anchors and addresses with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from muster.report.comparison import say_date, say_day
from muster.report.render import claim_anchor
from muster.report.spread import say_exactly

if TYPE_CHECKING:
    from jinja2 import Environment


def open_templates(*packages: str, escaped: bool = True) -> Environment:
    """The templates of packages, of the first that has one of a name; a value that is not given is an error, not a blank."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package, "templates") for package in packages]),
        autoescape=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(link=web_address, when=say_date, day=say_day, exact=say_exactly, anchor=claim_anchor, plain=plain)
    return environment


def web_address(address: str) -> str:
    """The address if a browser may follow it (http or https), else nothing."""
    address = address.strip()
    return address if urlsplit(address).scheme in ("http", "https") and " " not in address else ""


def plain(text: str) -> str:
    """Words of a case for Markdown: on one line, with nothing in them that would be read as markup."""
    return re.sub(r"([\\`*_<>|~]|](?=\())", r"\\\1", " ".join(str(text).split()))
