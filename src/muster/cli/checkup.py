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
from time import perf_counter
from typing import Annotated

from cyclopts import Parameter

from muster.cli.options import Json
from muster.cli.terminal import print_json, print_table
from muster.core.errors import MusterError
from muster.core.provenance import find_versions

Profile = Annotated[bool, Parameter(help="Also run the shipped case twice and time it: compiling included, then without.")]

_NAME = re.compile(r"[^\w.-]")  # whatever follows the name of a distribution: bounds, extras, markers
_MODULES = {"vl-convert-python": "vl_convert"}  # distributions whose module has another name


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, whether it will do, and what to do if not."""

    what: str
    found: str
    ok: bool
    remedy: str = ""


def doctor(*, profile: bool = False) -> list[Finding]:
    """Look at Python, the libraries, the compiled-code cache and the shipped cases.

    With ``profile`` the first shipped case is simulated twice and timed, in seconds of wall time.
    """
    findings = [_python(), *_libraries(), _processors(), _cache(), *_cases()]
    if profile:
        findings += _timings()
    return findings


def print_checkup(*, profile: Profile = False, json: Json = False) -> int:
    """Say whether Muster works on this machine; exit code 1 if not. Twin of ``muster.doctor``."""
    findings = doctor(profile=profile)
    if json:
        print_json([asdict(finding) for finding in findings])
    else:
        rows = [(one.what, one.found, "ok" if one.ok else "NOT OK", one.remedy) for one in findings]
        print_table(["what", "found", "", "to do"], rows)
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


def _timings() -> Iterator[Finding]:
    """Two runs of the first shipped case; the second shows the speed without compiling."""
    import muster

    listings = muster.list_cases()
    if not listings:
        raise MusterError("No case is shipped with this installation. Install Muster again.")
    case = muster.load_case(listings[0].name)
    days = (case.until - case.start).days
    hashes = []
    for what in ("first run", "second run"):
        began = perf_counter()
        hashes.append(muster.simulate(case, seed=1).result_hash)
        seconds = perf_counter() - began
        yield Finding(what, f"{seconds:.2f} s for {days} days of {case.name}, {days / seconds:.0f} days a second", True)
    same = hashes[0] == hashes[1]
    yield Finding(
        "same seed, same result", "yes" if same else "no", same, "" if same else "Report this: it is a fault of Muster."
    )
