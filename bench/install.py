"""Installs the peers, each into its own virtual environment under bench/.envs: `make bench-peers`, or names behind this file.

What cannot be installed here is left out with a word; the race then skips it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
PEERS, ENVS = HERE / "peers", HERE / ".envs"
LONGEST = 1800  # seconds for one peer


def with_requirements() -> list[str]:
    """Peers that need an environment; variants share one."""
    return sorted(path.parent.name for path in PEERS.glob("*/requirements.txt"))


def _pip(folder: Path, *words: str) -> None:
    compilers = {"CC": str(folder / "bin" / "mpicc"), "CXX": str(folder / "bin" / "mpicxx")}
    own = compilers if Path(compilers["CC"]).exists() else {}  # of an environment that brought its own MPI
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *words]
    subprocess.run(command, check=True, timeout=LONGEST, env={**os.environ, **own}, stdout=subprocess.DEVNULL)


def install(peer: str) -> str:
    """Install one peer; a word on how it went."""
    folder, wanted = ENVS / peer, (PEERS / peer / "requirements.txt").read_text(encoding="utf-8")
    stamp = folder / "installed.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return "there already"
    venv.create(folder, with_pip=True)
    lines = [line for line in wanted.splitlines() if line and not line.startswith("#")]
    try:
        for first in [line for line in lines if line.startswith("mpich")]:
            _pip(folder, first)
        _pip(folder, *lines)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return f"left out: {type(error).__name__}"
    stamp.write_text(wanted, encoding="utf-8")
    return "installed"


def main() -> int:
    """Install all, or those named."""
    for peer in sys.argv[1:] or with_requirements():
        print(f"{peer:14s}", install(peer), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
