"""The forecast: what the truth will be, month by month, as draws; kept in a folder so that it can be judged later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from muster.calibrate.posterior import Posterior, load_posterior
from muster.case import Case, Claim, load_case
from muster.case.load import case_address
from muster.core.dates import Interval
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.core.provenance import find_changed, read_manifest, refuse_other, whole_file, write_manifest
from muster.forecast.histories import DriversAhead, read_histories
from muster.forecast.rolling import recorded_widths
from muster.forecast.width import Widths
from muster.observe.quantities import DEFINITIONS
from muster.observe.window import NATIONAL

FILE = "forecast.nc"
POSTERIOR = "posterior"
DRAWS = 200
_MOST_MONTHS = 120
_FEWEST_DRAWS = 2
FEW_DRAWS = 40  # fewer say little of a 90 per cent interval
_FEWEST_TO_RANK = 10


@dataclass(frozen=True, slots=True)
class Forecast:
    """Draws of the truth: ``truth`` (draws, quantities, days), in the unit of each quantity, national.

    ``drivers`` says what was assumed of the drivers beyond the cut: ``"prior"`` (unknown, drawn) or ``"known"`` (given by
    the pack: a conditional forecast). ``widths`` are what forecasts judged by the cut had taught (``forecast.width``): they
    stretch what sources are expected to report when the forecast is judged, not the draws of the truth.
    """

    case: Case
    posterior: Posterior
    months: int
    seed: int
    drivers: DriversAhead
    quantities: tuple[str, ...]
    days: tuple[date, ...]
    truth: np.ndarray
    widths: Widths

    @property
    def until(self) -> date:
        """The last day the forecast speaks of."""
        return months_after(self.posterior.until, self.months)

    @property
    def hash(self) -> str:
        """SHA-256 over the draws of the truth and what they stand for."""
        total = sha256("\n".join((*self.quantities, *map(str, self.days), *_told(self.widths), self.posterior.hash)).encode())
        total.update(np.ascontiguousarray(self.truth, "<f8").tobytes())
        return total.hexdigest()

    def series(self, quantity: str) -> np.ndarray:
        """Draws of one quantity by day, (draws, days)."""
        if quantity not in self.quantities:
            raise MusterError(f'The forecast has no "{quantity}". It has {", ".join(self.quantities)}.')
        return self.truth[:, self.quantities.index(quantity)]

    def save(self, folder: str | Path) -> Path:
        """Write ``forecast.nc``, the posterior it rests on, and the manifest. Returns the folder."""
        target = Path(folder)
        refuse_other(target, "forecast")
        self.posterior.save(target / POSTERIOR)
        with whole_file(target / FILE) as part:
            self.to_xarray().to_netcdf(part, engine="h5netcdf")
        settings: dict[str, Any] = {
            "case": self.case.name,
            "case_folder": case_address(self.case),
            "case_sha256": self.case.sha256,
            "strength": self.case.strength,
            "until": self.posterior.until.isoformat(),
            "months": self.months,
            "seed": self.seed,
            "draws": len(self.truth),
            "drivers": self.drivers,
            "widths": dict(self.widths),
            "posterior_hash": self.posterior.hash,
            "forecast_hash": self.hash,
        }
        write_manifest(target, "forecast", settings=settings, inputs={}, outputs=[FILE, f"{POSTERIOR}/posterior.nc"])
        return target

    def to_xarray(self) -> Any:
        """The draws as a dataset with named dimensions."""
        import xarray as xr

        return xr.Dataset(
            {"truth": (("draw", "quantity", "day"), self.truth)},
            coords={"quantity": list(self.quantities), "day": np.array(self.days, "datetime64[ns]")},
        )


def forecast(
    posterior: Posterior,
    case: Case,
    *,
    months: int,
    draws: int = DRAWS,
    seed: int = 1,
    drivers: DriversAhead = "prior",
    widths: Widths | None = None,
    workers: int = 2,
    progress: Progress | None = None,
) -> Forecast:
    """Forecast the truth for ``months`` months after the cut of a posterior.

    Drivers beyond the cut are drawn from a stated prior (``forecast.ahead``) unless ``drivers="known"``, which takes them
    from the pack and makes the forecast conditional. ``widths`` are those the record of the case had taught by the cut, unless
    given. Errors: a :class:`MusterError` when ``months`` is not 1 to 120.
    """
    if draws < _FEWEST_DRAWS:
        raise MusterError(f"{draws} draws make no forecast. Give at least {_FEWEST_DRAWS}.")
    if not 1 <= months <= _MOST_MONTHS:
        raise MusterError(f"{months} months cannot be forecast. Give 1 to {_MOST_MONTHS}.")
    until = months_after(posterior.until, months)
    days = month_ends(case.start, until)
    names = tuple(name for name, one in DEFINITIONS.items() if one.same_unit and one.kind != "flow")
    asked = [_asked(name, day) for name in names for day in days]
    seen = read_histories(
        case, posterior, asked, until=until, draws=draws, seed=seed, drivers=drivers, workers=workers, progress=progress
    )
    truth = seen.reshape(draws, len(names), len(days))
    taught = recorded_widths(case, posterior.until, drivers) if widths is None else dict(widths)
    return Forecast(case, posterior, months, seed, drivers, names, days, truth, taught)


def _told(widths: Widths) -> list[str]:
    return [f"{kind} {width!r}" for kind, width in sorted(widths.items())]


def _asked(quantity: str, day: date) -> Claim:
    """A question about one quantity on one day, in the form of a claim nobody made."""
    span = Interval(day, day)
    unit = DEFINITIONS[quantity].unit
    return Claim("", quantity, None, None, None, unit, None, span, NATIONAL, "", "independent", None, "", "", "")


def month_ends(start: date, until: date) -> tuple[date, ...]:
    """The last days of the months after ``start`` that come before ``until``, and ``until``."""
    last = months_after(start.replace(day=1) - timedelta(days=1), 1)
    found: list[date] = []
    while last < until:
        if last > start:
            found.append(last)
        last = months_after(last, 1)
    return (*found, until)


def months_after(day: date, months: int) -> date:
    """The day so many months later; of a last day of a month, the last day of that month."""
    after = day + timedelta(days=1)
    year, month = divmod(after.year * 12 + after.month - 1 + months, 12)
    return date(year, month + 1, min(after.day, 28)) - timedelta(days=1)


def refuse_few(made: Forecast) -> None:
    """Errors: a :class:`MusterError` where a forecast has too few draws to say what moves it."""
    if len(made.truth) < _FEWEST_TO_RANK:
        raise MusterError(f"{len(made.truth)} draws cannot tell what moves a forecast. Make one with {FEW_DRAWS} or more.")


def refuse_other_forecast(folder: Path, **asked: Any) -> None:
    """Refuse a folder that holds a forecast with other settings than ``asked``: it may have been registered, or cited."""
    if not (folder / FILE).is_file():
        return
    held = read_manifest(folder).settings
    if differing := [name for name, value in asked.items() if held.get(name) != value]:
        kept = ", ".join(f"{name} {held.get(name)}" for name in differing)
        raise MusterError(f"{folder} holds another forecast ({kept}), which would be lost. Give another --out.")


def load_forecast(folder: str | Path) -> Forecast:
    """The forecast that :meth:`Forecast.save` wrote. Errors: a :class:`MusterError` when it, or its case, has changed."""
    import xarray as xr

    source = Path(folder)
    settings = read_manifest(source).settings
    if "forecast_hash" not in settings:
        raise MusterError(f"{source} does not hold a forecast. Give the folder that muster forecast --out wrote.")
    if "widths" not in settings:
        raise MusterError(f"{source} was made by an older version, which learned no width from the record. Forecast again.")
    if changed := find_changed(source):
        raise MusterError(f"{source}/{changed[0]} is not what the manifest says: it was changed or lost. Forecast again.")
    case = load_case(settings["case_folder"], strength=settings["strength"])
    if case.sha256 != settings["case_sha256"]:
        raise MusterError(f"The case {case.name} has changed since {source} was written, so the forecast cannot be judged by it.")
    with xr.open_dataset(source / FILE, engine="h5netcdf") as data:
        truth = data["truth"].values
        names = tuple(str(name) for name in data["quantity"].values)
        days = tuple(_days(data["day"].values))
    posterior = load_posterior(source / POSTERIOR)
    return Forecast(
        case, posterior, settings["months"], settings["seed"], settings["drivers"], names, days, truth, settings["widths"]
    )


def _days(values: np.ndarray) -> list[date]:
    return [value.astype("datetime64[D]").item() for value in values]
