"""A chart becomes plain SVG that can stand in a page: no script, no outside address, unique ids, short numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from muster.report.style import Width, configuration

if TYPE_CHECKING:
    import altair as alt

_NUMBER = re.compile(r"-?\d*\.\d{2,}")
_PATH = re.compile(r'(?<= d=")[^"]*(?=")')
_REPEATED = re.compile(r"(L-?[\d.]+,-?[\d.]+)(?:\1)+")
_ID = re.compile(r'\bid="([^"]+)"')
_LINK = re.compile(r'<a xlink:href="[^"#]*#(claim-[\w-]+)"[^>]*>')
_OUTER = re.compile(r'<svg[^>]*?width="(\d+(?:\.\d+)?)" height="(\d+(?:\.\d+)?)"[^>]*>')


def render_svg(
    chart: alt.TopLevelMixin, *, name: str, width: Width, alt_text: str, hints: Mapping[str, str] | None = None
) -> str:
    """The SVG text of ``chart``.

    ``name`` makes the ids unique within a page; ``alt_text`` is what a screen reader says. A mark whose ``href`` is
    ``#claim-X`` links to the row of that claim and shows ``hints["X"]`` when pointed at.
    """
    import vl_convert

    spec = chart.to_dict(validate=False)  # checked once by a test; on every run it costs more than the drawing
    spec["config"] = configuration(width)
    return _tidy(vl_convert.vegalite_to_svg(spec), f"{name}-{width}", alt_text, hints or {})


def plain_spec(chart: alt.TopLevelMixin, width: Width) -> dict[str, Any]:
    """``chart`` as a Vega-Lite specification in the look of all figures, for a page that draws it in the browser."""
    return {**chart.to_dict(validate=False), "config": configuration(width)}


def claim_anchor(claim_id: str) -> str:
    """The anchor of a claim's row: letters, digits, ``-`` and ``_`` only."""
    return "claim-" + re.sub(r"[^\w-]", "_", claim_id, flags=re.ASCII)


def _tidy(svg: str, prefix: str, alt_text: str, hints: Mapping[str, str]) -> str:
    svg = _OUTER.sub(lambda m: _opening(m.group(1), m.group(2), alt_text), svg, count=1)
    svg = _PATH.sub(lambda m: _REPEATED.sub(r"\1", _NUMBER.sub(_shorten, m.group(0))), svg)
    for identity in dict.fromkeys(_ID.findall(svg)):
        svg = svg.replace(f'id="{identity}"', f'id="{prefix}-{identity}"').replace(
            f"url(#{identity})", f"url(#{prefix}-{identity})"
        )
    by_anchor = {claim_anchor(key): text for key, text in hints.items()}
    # Vega resolves a fragment against an address of its own: put the bare fragment back.
    return _LINK.sub(lambda m: f'<a href="#{m.group(1)}"><title>{escape(by_anchor.get(m.group(1), m.group(1)))}</title>', svg)


def _opening(width: str, height: str, alt_text: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="group" aria-label="{escape(alt_text)}">'
    )


def _shorten(found: re.Match[str]) -> str:
    short = f"{float(found.group(0)):.1f}".removesuffix(".0")
    return "0" if short in ("-0", "") else short
