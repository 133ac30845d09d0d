"""A run as one tidy table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean
from muster.core.vocabulary import BRANCHES, ENTRIES, EXITS, MOTIVES, TERMS
from muster.simulate.recorder import RECORDED

if TYPE_CHECKING:
    import pandas as pd

    from muster.case import Case

_FURTHER = {"fate": EXITS, "entry": ENTRIES, "term": TERMS, "motive": MOTIVES}


def _columns(case: Case, name: str, array: np.ndarray) -> list[tuple[str, str, str, np.ndarray]]:
    """(region, branch, quantity, series) of a quantity."""
    dims = RECORDED[name].dims[1:]
    regions = [region.name for region in case.regions]
    rows = []
    for index in np.ndindex(*array.shape[1:]):
        place = dict(zip(dims, index, strict=True))
        further = [labels[place[dim]] for dim, labels in _FURTHER.items() if dim in place]
        region = regions[place["region"]] if "region" in place else "national"
        branch = BRANCHES[place["branch"]] if "branch" in place else "all"
        rows.append((region, branch, ".".join([name, *further]), array[(slice(None), *index)]))
    return rows


def tidy_frame(case: Case, days: int, data: dict[str, np.ndarray], quantities: tuple[str, ...] | None) -> pd.DataFrame:
    """Columns date, region, branch, quantity, value. Raises MusterError for an unknown quantity."""
    import pandas as pd

    names = quantities or tuple(RECORDED)
    for name in names:
        if name not in RECORDED:
            raise MusterError(f'"{name}" is not a recorded quantity. {did_you_mean(name, RECORDED)}')
    columns = [column for name in names for column in _columns(case, name, data[name])]
    dates = np.datetime64(case.start, "ns") + np.arange(days + 1) * np.timedelta64(1, "D")
    repeat, count = days + 1, len(columns)

    def label(position: int) -> Any:
        words = [str(column[position]) for column in columns]
        known = list(dict.fromkeys(words))
        codes = np.repeat([known.index(word) for word in words], repeat)
        return pd.Categorical.from_codes(codes, categories=pd.Index(known))

    return pd.DataFrame(
        {
            "date": np.tile(dates, count),
            "region": label(0),
            "branch": label(1),
            "quantity": label(2),
            "value": np.concatenate([column[3] for column in columns]).astype(np.float64),
        }
    )
