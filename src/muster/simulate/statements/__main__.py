"""Measure the statements anew and write them into a page: ``python -m muster.simulate.statements docs/explanation/seed.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from muster.case import load_case
from muster.model.describe import rewrite
from muster.simulate.statements import Histories
from muster.simulate.statements.page import write_table

if __name__ == "__main__":
    histories = Histories(load_case("myanmar"))
    rewrite(Path(sys.argv[1]), {"statements": lambda: write_table(histories)})
