"""Many runs to a few arrays, one run in memory at a time: means and spreads of everything, quantiles of what is national."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from muster.compare.month_file import add_variable
from muster.compare.plan import Plan
from muster.compare.store import Store
from muster.core.provenance import whole_file
from muster.core.vocabulary import EXITS, VOLUNTARY
from muster.simulate.monthly import MONTHLY

if TYPE_CHECKING:
    import pandas as pd

SUMMARY = "summary.csv"
MOMENTS = "moments.nc"
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_VOLUNTARY = [EXITS.index(fate) for fate in VOLUNTARY]


@dataclass(slots=True)
class Moments:
    """Running mean and sum of squared deviations (Welford 1962), in the order in which runs are added."""

    count: int = 0
    mean: dict[str, np.ndarray] = field(default_factory=dict)
    squares: dict[str, np.ndarray] = field(default_factory=dict)

    def add(self, data: Mapping[str, np.ndarray]) -> None:
        self.count += 1
        for name, values in data.items():
            mean = self.mean.setdefault(name, np.zeros(values.shape))
            apart = values - mean
            mean += apart / self.count
            self.squares.setdefault(name, np.zeros(values.shape))[...] += apart * (values - mean)

    def sd(self, name: str) -> np.ndarray:
        """Standard deviation over runs; 0 of a single run."""
        return np.sqrt(self.squares[name] / max(self.count - 1, 1))


def national(data: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What one run says of the nation: (month,) series. Shares of regions have no sum; ``mean_control`` stands for them."""
    series = {f"exits.{fate}": data["exits"][..., place].sum(axis=(1, 2)) for place, fate in enumerate(EXITS)}
    series["exits.voluntary"] = data["exits"][..., _VOLUNTARY].sum(axis=(1, 2, 3))
    for name, about in MONTHLY.items():
        if name != "exits" and (about.unit != "share" or len(about.dims) == 1):
            series[name] = data[name].reshape(len(data[name]), -1).sum(axis=1)
    return series


@dataclass(frozen=True, slots=True)
class Summary:
    """Of each scenario: ``series`` maps national quantities to (scenario, member, month); ``moments`` of everything."""

    plan: Plan
    series: dict[str, np.ndarray]
    moments: tuple[Moments, ...]

    def total(self, name: str, scenario: int) -> np.ndarray:
        """A national quantity of each member: the sum of its months if a flow, else the last."""
        values = self.series[name][scenario]
        return values.sum(axis=-1) if MONTHLY[name.partition(".")[0]].flow else values[:, -1]

    def to_frame(self) -> pd.DataFrame:
        """Tidy: scenario, quantity, month (its last day), mean, sd and quantiles over members."""
        import pandas as pd

        rows = []
        for place, scenario in enumerate(self.plan.names):
            for name, values in self.series.items():
                of = values[place]
                columns = [of.mean(axis=0), of.std(axis=0, ddof=min(1, len(of) - 1)), *np.quantile(of, QUANTILES, axis=0)]
                rows += [(scenario, name, month, *row) for month, row in zip(self.plan.months, np.stack(columns, 1), strict=True)]
        columns = ["scenario", "quantity", "month", "mean", "sd", *(f"q{100 * level:02.0f}" for level in QUANTILES)]
        return pd.DataFrame(rows, columns=pd.Index(columns))

    def save(self, folder: Path) -> tuple[str, str]:
        """Write the table and, for regions and branches, means and standard deviations. Returns the files' names."""
        with whole_file(folder / SUMMARY) as part:
            self.to_frame().to_csv(part, index=False, float_format="%.6g", lineterminator="\n")
        with whole_file(folder / MOMENTS) as part:
            _write_moments(part, self)
        return SUMMARY, MOMENTS


def reduce_store(plan: Plan, store: Store, whole: Mapping[str, Path]) -> Summary:
    """The summary of the runs of a plan that lie in a store, read one after the other.

    A scenario without any run is left out, and then a member that is not finished under every other scenario: what is compared
    has the same draws and seeds.
    """
    begun = {cell.place for cell in plan.cells() if cell.key in whole}
    plan = replace(plan, scenarios=tuple(one for place, one in enumerate(plan.scenarios) if place in begun))
    moments = tuple(Moments() for _ in plan.scenarios)
    series: dict[str, list[list[np.ndarray]]] = {}
    complete = _whole_members(plan, whole)
    for cell in plan.cells():
        if cell.member in complete:
            data = store.read(whole[cell.key]).data
            moments[cell.place].add(data)
            for name, values in national(data).items():
                series.setdefault(name, [[] for _ in plan.scenarios])[cell.place].append(values)
    return Summary(plan, {name: np.array(values) for name, values in series.items()}, moments)


def _whole_members(plan: Plan, whole: Iterable[str]) -> set[int]:
    """Members that are finished under every scenario."""
    keys = set(whole)
    lacking = {cell.member for cell in plan.cells() if cell.key not in keys}
    return set(range(len(plan.members))) - lacking


def _write_moments(path: Path, summary: Summary) -> None:
    from scipy.io import netcdf_file

    with netcdf_file(path, "w") as file:
        file.title = b"Means and standard deviations over the members of an ensemble, written by Muster"
        file.scenario = "\n".join(summary.plan.names).encode("ascii", "replace")
        for name, about in MONTHLY.items():
            of_all = {"mean": [of.mean[name] for of in summary.moments], "sd": [of.sd(name) for of in summary.moments]}
            for suffix, values in of_all.items():
                array = np.stack(values).astype("f4")
                add_variable(file, f"{name}_{suffix}", array, dims=("scenario", *about.dims), units=about.unit)
