"""What a page says of itself for machines: title, site, day of publication, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from muster.evidence.read.blocks import Page
from muster.evidence.read.masthead import Said

_LONGEST_DATA = 300_000
_LONGEST = 300
_MOST_NODES = 2_000
_STAMPS = (
    "article:published_time", "datepublished", "og:article:published_time", "pubdate", "publishdate", "publish-date",
    "publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.date", "dc.date", "dcterms.created",
    "citation_publication_date", "date",
)  # fmt: skip
# "Guards change sides - Evening Post": the title of a window names the site too.
_SITE = re.compile(r"(?<=\w) [-|–—»] [^-|–—»]{2,40}\Z")
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S{4,1000})")


def said_by(page: Page, source: str) -> Said:
    """Title, site, stamp and address a page gives in its head, in data for search engines and in its marked times."""
    meta = dict(_meta(page))
    data = list(_data(page))
    saved = _SAVED.search(source[:4_000])
    canonical = next((tag.get("href") for tag in page.meta if tag.get("rel", "").lower() == "canonical"), None)
    heading = next((block.text for block in page.blocks if block.tag == "h1"), None)
    stamps = (meta.get(name) for name in _STAMPS)
    return Said(
        url=_address(canonical) or _address(meta.get("og:url")) or (saved[1] if saved else None),
        publisher=_short(
            meta.get("og:site_name") or _publisher(data) or meta.get("dc.publisher") or meta.get("application-name")
        ),
        title=_short(meta.get("og:title") or _named(data, "headline") or heading or _SITE.sub("", page.title)),
        published=_short(_named(data, "datePublished") or next(filter(None, stamps), None) or next(iter(page.times), None)),
    )


def _meta(page: Page) -> Iterator[tuple[str, str]]:
    for tag in reversed(page.meta):  # of two the first counts
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name and tag.get("content"):
            yield name.lower(), tag["content"]


def _data(page: Page) -> Iterator[dict[str, Any]]:
    """The objects of the data for search engines, those of an article first."""
    found: list[dict[str, Any]] = []
    for text in page.data[:20]:
        if len(text) > _LONGEST_DATA:
            continue
        try:
            waiting = [json.loads(text)]
        except (ValueError, RecursionError):
            continue
        while waiting and len(found) < _MOST_NODES:
            node = waiting.pop(0)
            if isinstance(node, dict):
                found.append(node)
                waiting.extend(node["@graph"] if isinstance(node.get("@graph"), list) else [])
            elif isinstance(node, list):
                waiting.extend(node[:_MOST_NODES])
    yield from sorted(found, key=lambda node: "rticle" not in str(node.get("@type"))[:100])


def _named(data: list[dict[str, Any]], name: str) -> str | None:
    return next((node[name] for node in data if isinstance(node.get(name), str)), None)


def _publisher(data: list[dict[str, Any]]) -> str | None:
    for node in data:
        house = node.get("publisher")
        if isinstance(house, dict) and isinstance(house.get("name"), str):
            return house["name"]
    return None


def _address(value: str | None) -> str | None:
    return value.strip()[:1_000] if value and value.strip().startswith(("http://", "https://")) else None


def _short(value: str | None) -> str | None:
    """One line of plain letters, or nothing."""
    if not value:
        return None
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in value[: 4 * _LONGEST]).split())
    return plain[:_LONGEST] or None
