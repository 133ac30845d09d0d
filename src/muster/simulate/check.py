"""Everything that is wrong with a case pack: its files, and what its parameters and scenarios would ask of the model."""

from __future__ import annotations

from pathlib import Path

from muster.case import Case, load_case
from muster.case import check_case as check_files
from muster.core.dates import day_index
from muster.core.errors import Fault, InputError, MusterError
from muster.simulate.scenario import Scenario, load_scenario
from muster.simulate.settings import parameter_days, parameters_on, tabulate_drivers


def check_case(name_or_folder: str | Path) -> list[Fault]:
    """All faults of a pack; none if every file can be read and the case and each of its scenarios can be run."""
    faults = check_files(name_or_folder)
    if faults:
        return faults
    case = load_case(name_or_folder)
    faults = _try(case, "parameters.toml", Scenario())
    for name, path in sorted(case.scenarios.items()):
        try:
            scenario = load_scenario(case, name)
        except InputError as error:
            faults.extend(error.faults)
        else:
            faults.extend([] if faults else _try(case, f"scenarios/{path.name}", scenario))
    return faults


def _try(case: Case, file: str, scenario: Scenario) -> list[Fault]:
    """What the model refuses of a scenario's parameters and drivers."""
    days = day_index(case.until, case.start)
    try:
        tabulate_drivers(case, scenario, days)
        for day in (1, *parameter_days(case, scenario, days)):
            parameters_on(case, scenario, case.start.fromordinal(case.start.toordinal() + day))
    except InputError as error:
        return list(error.faults)
    except MusterError as error:
        problem, _, remedy = str(error).removeprefix(f"{file}, ").partition(". ")
        return [Fault(file, None, None, f"{problem}.", remedy)]
    return []
