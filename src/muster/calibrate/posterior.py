"""What a fit leaves: draws of the parameters and of the claimants' biases, and the record of how they were found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from muster.calibrate.plan import Plan
from muster.core.errors import MusterError
from muster.core.provenance import find_changed, read_manifest, refuse_other, whole_file, write_manifest
from muster.observe.evidence import KINDS, Kind

FILE = "posterior.nc"
# A parameter of which the evidence took away less than this share of the variance is labelled assumed.
ASSUMED_BELOW = 0.2


@dataclass(frozen=True, slots=True)
class Wave:
    """One round of a fit: runs so far, mean and sd of the posterior (sd of the prior = 1), error of the emulator, how far
    the furthest mean moved since the wave before, and the log-evidence."""

    runs: int
    mean: np.ndarray
    sd: np.ndarray
    emulator_sd: float
    moved: float
    log_evidence: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """Equally weighted draws.

    ``z`` and ``values`` are (draws, parameters), the first on the scale where the prior is N(0, 1); ``biases`` is (draws,
    groups), natural logarithms of reported over true; ``expected`` is (draws, terms), the simulated truth of each claim.
    """

    case: str
    case_folder: str
    case_sha256: str
    strength: str
    until: date
    seed: int
    plan: Plan
    parameters: tuple[str, ...]
    z: np.ndarray
    values: np.ndarray
    groups: tuple[tuple[str, str], ...]
    biases: np.ndarray
    terms: tuple[str, ...]
    expected: np.ndarray
    emulator_sd: np.ndarray
    waves: tuple[Wave, ...]
    runs: int
    acceptance: float
    unique_share: float
    evidence: tuple[Kind, ...] = KINDS

    @property
    def draws(self) -> int:
        return len(self.z)

    @property
    def hash(self) -> str:
        """SHA-256 over the draws: the same fit always gives the same one."""
        total = sha256("\n".join((*self.parameters, *map(str, self.groups), *self.terms)).encode())
        for array in (self.z, self.values, self.biases, self.expected):
            total.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
        return total.hexdigest()

    @property
    def learned(self) -> np.ndarray:
        """Share of the variance of each prior that the evidence took away, (parameters,); 0 where it took none."""
        return np.maximum(0.0, 1.0 - self.z.std(axis=0) ** 2)

    def draw(self, index: int) -> Mapping[str, float]:
        """The parameters of one draw by name."""
        return dict(zip(self.parameters, map(float, self.values[index]), strict=True))

    def bias(self, group: tuple[str, str]) -> np.ndarray | None:
        """The bias of a claimant on a subject, (draws,), the log of reported over true; ``None`` if it was not heard."""
        return self.biases[:, self.groups.index(group)] if group in self.groups else None

    def save(self, folder: str | Path) -> Path:
        """Write ``posterior.nc`` and its manifest. Returns the folder."""
        target = Path(folder)
        refuse_other(target, "fit")
        with whole_file(target / FILE) as part:
            self.to_xarray().to_netcdf(part, engine="h5netcdf")
        settings: dict[str, Any] = {
            "case": self.case,
            "case_folder": self.case_folder,
            "case_sha256": self.case_sha256,
            "strength": self.strength,
            "until": self.until.isoformat(),
            "seed": self.seed,
            "plan": asdict(self.plan),
            "parameters": list(self.parameters),
            "evidence": list(self.evidence),
            "runs": self.runs,
            "acceptance": self.acceptance,
            "unique_share": self.unique_share,
            "posterior_hash": self.hash,
        }
        write_manifest(target, "fit", settings=settings, inputs={}, outputs=[FILE])
        return target

    def to_xarray(self) -> Any:
        """The draws as a dataset with named dimensions."""
        import xarray as xr

        waves = {
            name: ("wave", [getattr(wave, name) for wave in self.waves])
            for name in ("runs", "emulator_sd", "moved", "log_evidence")
        }
        return xr.Dataset(
            {
                "z": (("draw", "parameter"), self.z),
                "value": (("draw", "parameter"), self.values),
                "bias": (("draw", "group"), self.biases),
                "expected": (("draw", "claim"), self.expected),
                "emulator_error": ("claim", self.emulator_sd),
                "wave_mean": (("wave", "parameter"), np.array([wave.mean for wave in self.waves])),
                "wave_sd": (("wave", "parameter"), np.array([wave.sd for wave in self.waves])),
                **{f"wave_{name}": value for name, value in waves.items()},
            },
            coords={
                "parameter": list(self.parameters),
                "group": [json.dumps(group) for group in self.groups],
                "claim": list(self.terms),
            },
        )


def load_posterior(folder: str | Path) -> Posterior:
    """The posterior that :meth:`Posterior.save` wrote. Errors: a :class:`MusterError` when it is not whole."""
    import xarray as xr

    source = Path(folder)
    manifest = read_manifest(source)
    if manifest.command != "fit":
        raise MusterError(f"{source} holds what muster {manifest.command} wrote. Give the folder that muster fit --out wrote.")
    settings = manifest.settings
    if "evidence" not in settings:
        raise MusterError(f"{source} was fitted by an older version, which did not say to what evidence. Fit again.")
    if changed := find_changed(source):
        raise MusterError(f"{source}/{changed[0]} is not what the manifest says: it was changed or lost. Fit again.")
    with xr.open_dataset(source / FILE, engine="h5netcdf") as data:
        arrays = {str(name): variable.values for name, variable in data.data_vars.items()}
        groups = tuple(tuple(json.loads(str(name))) for name in data["group"].values)
        claims = tuple(str(name) for name in data["claim"].values)
    waves = tuple(
        Wave(**{item.name: arrays[f"wave_{item.name}"][place] for item in fields(Wave)})
        for place in range(len(arrays["wave_runs"]))
    )
    return Posterior(
        case=settings["case"],
        case_folder=settings["case_folder"],
        case_sha256=settings["case_sha256"],
        strength=settings["strength"],
        until=date.fromisoformat(settings["until"]),
        seed=settings["seed"],
        plan=Plan(**settings["plan"]),
        parameters=tuple(settings["parameters"]),
        z=arrays["z"],
        values=arrays["value"],
        groups=groups,
        biases=arrays["bias"],
        terms=claims,
        expected=arrays["expected"],
        emulator_sd=arrays["emulator_error"],
        waves=waves,
        runs=settings["runs"],
        acceptance=settings["acceptance"],
        unique_share=settings["unique_share"],
        evidence=tuple(settings["evidence"]),
    )
