"""Muster simulates how an armed force holds together or comes apart in an uprising.

Everything public is a name of this module, and each name is loaded when it is first used: ``import muster`` costs
next to nothing and brings in no numerical library.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# public name -> the module it lives in, and its name there
_NAMES: dict[str, tuple[str, str]] = {
    "InputError": ("muster.core.errors", "InputError"),
    "MusterError": ("muster.core.errors", "MusterError"),
    "add_files": ("muster.case.desk", "add_files"),
    "calibrate": ("muster.calibrate.fit", "calibrate"),
    "check_case": ("muster.simulate.check", "check_case"),
    "check_fit": ("muster.calibrate.checked", "check_fit"),
    "check_predictive": ("muster.calibrate.predictive", "check_predictive"),
    "compare": ("muster.compare.contrast", "contrast"),
    "complete_ensemble": ("muster.compare.complete", "complete_ensemble"),
    "doctor": ("muster.cli.checkup", "doctor"),
    "draw_changes": ("muster.report.changes", "write_changes"),
    "explain_claim": ("muster.calibrate.meaning", "explain_claim"),
    "export_ledger": ("muster.case.desk", "export_ledger"),
    "extract_file": ("muster.case.desk", "extract_file"),
    "find_registered": ("muster.forecast.register", "find_registered"),
    "forecast": ("muster.forecast.predict", "forecast"),
    "frontier": ("muster.compare.frontier", "frontier"),
    "import_ledger": ("muster.case.desk", "import_ledger"),
    "list_assumptions": ("muster.forecast.assumed", "list_assumptions"),
    "list_cases": ("muster.case", "list_cases"),
    "list_holdings": ("muster.compare.holdings", "list_holdings"),
    "list_levers": ("muster.simulate.lever", "list_levers"),
    "load_case": ("muster.case", "load_case"),
    "load_ensemble": ("muster.compare.ensemble", "load_ensemble"),
    "load_forecast": ("muster.forecast.predict", "load_forecast"),
    "load_posterior": ("muster.calibrate.posterior", "load_posterior"),
    "load_run": ("muster.simulate.result", "load_run"),
    "load_scenario": ("muster.simulate.scenario", "load_scenario"),
    "mechanisms": ("muster.model.order", "mechanisms"),
    "motives": ("muster.compare.motives", "motives"),
    "new_case": ("muster.case", "new_case"),
    "open_ledger": ("muster.evidence.ledger", "open_ledger"),
    "open_shelf": ("muster.case.shelf", "open_shelf"),
    "open_study": ("muster.dashboard.study", "open_study"),
    "plan_ensemble": ("muster.compare.plan", "plan_ensemble"),
    "profile": ("muster.simulate.profile", "profile"),
    "rank_reports": ("muster.forecast.worth", "rank_reports"),
    "read_register": ("muster.forecast.register", "read_register"),
    "register": ("muster.forecast.register", "register"),
    "report": ("muster.report.page", "write_report"),
    "rerun": ("muster.cli.again", "rerun"),
    "resume": ("muster.simulate.checkpoint", "resume"),
    "roll": ("muster.forecast.rolling", "roll"),
    "save_checkpoint": ("muster.simulate.checkpoint", "save_checkpoint"),
    "scenario": ("muster.simulate.scenario", "scenario"),
    "score": ("muster.forecast.judge", "score"),
    "score_extraction": ("muster.case.desk", "score_extraction"),
    "sensitivity": ("muster.compare.sensitivity", "sensitivity"),
    "serve": ("muster.dashboard.serve", "serve"),
    "shipped_posterior": ("muster.calibrate.shipped", "shipped_posterior"),
    "simulate": ("muster.simulate.run", "simulate"),
    "simulate_draws": ("muster.calibrate.draws", "simulate_draws"),
    "simulate_ensemble": ("muster.compare.ensemble", "simulate_ensemble"),
    "simulate_seeds": ("muster.simulate.ensemble", "simulate_seeds"),
    "start": ("muster.simulate.run", "start"),
    "sweep": ("muster.compare.sweep", "sweep"),
    "verify": ("muster.simulate.verify", "verify"),
    "verify_store": ("muster.compare.holdings", "verify_store"),
    "why": ("muster.compare.why", "why"),
}

__all__ = [
    "InputError",
    "MusterError",
    "__version__",
    "add_files",
    "calibrate",
    "check_case",
    "check_fit",
    "check_predictive",
    "compare",
    "complete_ensemble",
    "doctor",
    "draw_changes",
    "explain_claim",
    "export_ledger",
    "extract_file",
    "find_registered",
    "forecast",
    "frontier",
    "import_ledger",
    "list_assumptions",
    "list_cases",
    "list_holdings",
    "list_levers",
    "load_case",
    "load_ensemble",
    "load_forecast",
    "load_posterior",
    "load_run",
    "load_scenario",
    "mechanisms",
    "motives",
    "new_case",
    "open_ledger",
    "open_shelf",
    "open_study",
    "plan_ensemble",
    "profile",
    "rank_reports",
    "read_register",
    "register",
    "report",
    "rerun",
    "resume",
    "roll",
    "save_checkpoint",
    "scenario",
    "score",
    "score_extraction",
    "sensitivity",
    "serve",
    "shipped_posterior",
    "simulate",
    "simulate_draws",
    "simulate_ensemble",
    "simulate_seeds",
    "start",
    "sweep",
    "verify",
    "verify_store",
    "why",
]

if TYPE_CHECKING:
    from muster.calibrate.checked import check_fit
    from muster.calibrate.draws import simulate_draws
    from muster.calibrate.fit import calibrate
    from muster.calibrate.meaning import explain_claim
    from muster.calibrate.posterior import load_posterior
    from muster.calibrate.predictive import check_predictive
    from muster.calibrate.shipped import shipped_posterior
    from muster.case import list_cases, load_case, new_case
    from muster.case.desk import add_files, export_ledger, extract_file, import_ledger, score_extraction
    from muster.case.shelf import open_shelf
    from muster.cli.again import rerun
    from muster.cli.checkup import doctor
    from muster.compare.complete import complete_ensemble
    from muster.compare.contrast import contrast as compare
    from muster.compare.ensemble import load_ensemble, simulate_ensemble
    from muster.compare.frontier import frontier
    from muster.compare.holdings import list_holdings, verify_store
    from muster.compare.motives import motives
    from muster.compare.plan import plan_ensemble
    from muster.compare.sensitivity import sensitivity
    from muster.compare.sweep import sweep
    from muster.compare.why import why
    from muster.core.errors import InputError, MusterError
    from muster.dashboard.serve import serve
    from muster.dashboard.study import open_study
    from muster.evidence.ledger import open_ledger
    from muster.forecast.assumed import list_assumptions
    from muster.forecast.judge import score
    from muster.forecast.predict import forecast, load_forecast
    from muster.forecast.register import find_registered, read_register, register
    from muster.forecast.rolling import roll
    from muster.forecast.worth import rank_reports
    from muster.model.order import mechanisms
    from muster.report.changes import write_changes as draw_changes
    from muster.report.page import write_report as report
    from muster.simulate.check import check_case
    from muster.simulate.checkpoint import resume, save_checkpoint
    from muster.simulate.ensemble import simulate_seeds
    from muster.simulate.lever import list_levers
    from muster.simulate.profile import profile
    from muster.simulate.result import load_run
    from muster.simulate.run import simulate, start
    from muster.simulate.scenario import load_scenario, scenario
    from muster.simulate.verify import verify


def _load(name: str) -> Any:
    """The object behind a public name."""
    module, attribute = _NAMES[name]
    return getattr(import_module(module), attribute)


class _CallablePackage(ModuleType):
    """A package that is also the public function of the same name: ``muster.simulate``, ``muster.report``..."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _load(self.__name__.rpartition(".")[2])(*args, **kwargs)

    @property
    def __signature__(self) -> Any:
        from inspect import signature

        return signature(_load(self.__name__.rpartition(".")[2]))


class _Facade(ModuleType):
    """This module, which makes a sub-package callable at the moment the import system binds it to its public name."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _NAMES and isinstance(value, ModuleType):
            value.__class__ = _CallablePackage
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Facade


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module 'muster' has no attribute {name!r}")
    value = _load(name)
    # Loading `muster.simulate.run` has bound the package `muster.simulate` by now: keep that one, it is callable.
    return globals().setdefault(name, value)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
