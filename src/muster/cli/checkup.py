"""``muster doctor``: whether Muster works on this machine, and how fast."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from muster.cli.options import Json, Quiet
from muster.cli.terminal import print_json, print_table, show_progress
from muster.core.errors import MusterError
from muster.core.provenance import find_versions

if TYPE_CHECKING:
    from muster.simulate.profile import Spent

Profile = Annotated[bool, Parameter(help="Also run a case, and say where the time of a day goes, by mechanism.")]
Case = Annotated[str | None, Parameter(help="The case to profile; default: the first that is shipped.")]

_NAME = re.compile(r"[^\w.-]")  # whatever follows the name of a distribution: bounds, extras, markers
_MODULES = {"vl-convert-python": "vl_convert"}  # distributions whose module has another name


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, whether it will do, and what to do if not."""

    what: str
    found: str
    ok: bool
    remedy: str = ""


def doctor() -> list[Finding]:
    """Look at Python, the libraries, the compiled-code cache and the shipped cases."""
    return [_python(), *_libraries(), _processors(), _cache(), *_cases()]


def print_checkup(*, profile: Profile = False, case: Case = None, json: Json = False, quiet: Quiet = False) -> int:
    """Say whether Muster works on this machine; exit code 1 if not. Twin of ``muster.doctor`` and ``muster.profile``."""
    if case is not None and not profile:
        raise MusterError("--case says which case to profile. Give --profile too.")
    findings = doctor()
    spent = _profile(case, quiet=quiet) if profile else []
    if json:
        print_json({"findings": [asdict(one) for one in findings], "profile": [asdict(one) for one in spent]})
    else:
        rows = [(one.what, one.found, "ok" if one.ok else "NOT OK", one.remedy) for one in findings]
        print_table(["what", "found", "", "to do"], rows)
        if spent:
            _print_profile(spent)
    return 0 if all(one.ok for one in findings) else 1


def _python() -> Finding:
    ok = sys.version_info >= (3, 11)
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding("Python", found, ok, "" if ok else "Install Python 3.11 or newer.")


def _libraries() -> Iterator[Finding]:
    """The libraries Muster asks for: installed, and to be found by the import system. None of them is imported."""
    try:
        wanted = [line for line in requires("muster") or () if "extra ==" not in line]
    except PackageNotFoundError:
        yield Finding("Muster", "runs from its sources: libraries not looked at", True)
        return
    names = [_NAME.split(line.strip())[0] for line in wanted]
    for name, found in find_versions(names).items():
        if name == "python":
            continue
        ok = found != "not installed" and find_spec(_MODULES.get(name, name)) is not None
        yield Finding(name, found, ok, "" if ok else f"Run: python -m pip install {name}")


def _processors() -> Finding:
    count = os.cpu_count() or 1
    return Finding("processors", str(count), True)


def _cache() -> Finding:
    from muster.core.compile import CACHE, is_compiled

    if not os.access(CACHE, os.W_OK):
        return Finding("compiled code", f"{CACHE} cannot be written", False, "Set MUSTER_CACHE to a folder you may write to.")
    return Finding("compiled code", "ready" if is_compiled() else "none yet: the first run takes up to a minute longer", True)


def _cases() -> Iterator[Finding]:
    import muster

    for listing in muster.list_cases():
        faults = muster.check_case(listing.name)
        found = "no faults" if not faults else f"{len(faults)} faults"
        yield Finding(f"case {listing.name}", found, not faults, "" if not faults else f"muster case check {listing.name}")


def _profile(name: str | None, *, quiet: bool) -> list[Spent]:
    """Where the time of a run of a case goes."""
    import muster

    case = muster.load_case(name or muster.list_cases()[0].name)
    with show_progress(quiet=quiet) as tell:
        return muster.profile(case, progress=tell)


def _print_profile(spent: list[Spent]) -> None:
    """Mechanisms from the costliest down, then every step in the order of the day."""
    from muster.simulate.profile import by_mechanism

    total = sum(one.seconds for one in spent)
    print(f"\nOne run takes {total:.3f} CPU seconds.")
    rows = [(name, f"{1000 * seconds:.1f}", f"{seconds / total:.0%}") for name, seconds in by_mechanism(spent).items()]
    print_table(["where", "ms", "share"], rows, right=("ms", "share"))
    print()
    steps = [(f"{one.mechanism}.{one.step}", f"{1000 * one.seconds:.1f}", f"{one.share:.1%}", one.does) for one in spent]
    print_table(["step of the day", "ms", "share", "what it does"], steps, right=("ms", "share"))
