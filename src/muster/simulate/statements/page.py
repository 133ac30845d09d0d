"""The statements as a table with what was measured on a case."""

from __future__ import annotations

from muster.model.describe import table
from muster.simulate.statements import Histories, statements


def write_table(histories: Histories) -> str:
    """All statements: words, mechanism, observable, label, measured effect."""
    rows = []
    for one in statements():
        finding = one.measure(histories)
        effect = finding.figure if finding.holds else f"**not shown:** {finding.figure}"
        rows.append((one.number, one.says, one.mechanism, one.observable, one.label, effect))
    return table(("", "statement", "carried by", "shows in", "label", "measured"), rows)
