"""``muster serve``: the dashboard of a case in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from muster.cli.evidence import DEFAULT_LEDGER
from muster.cli.options import Quiet, Strength, warn_of_compiling
from muster.cli.terminal import say

StudyName = Annotated[str, Parameter(help="A case, its folder, or a folder that muster fit or ensemble wrote.")]
Port = Annotated[int, Parameter(help="Port to listen on; 0 is any free one.", show_default=True)]
Host = Annotated[str, Parameter(help="Address to listen on; off this machine a token is asked for.", show_default=True)]
NoBrowser = Annotated[bool, Parameter(name="--no-browser", help="Print the address and open nothing.")]
LedgerFile = Annotated[
    Path | None,
    Parameter(name="--ledger", help="Ledger to review in; default: evidence.ledger, else the case's claims."),
]
Draws = Annotated[
    int, Parameter(help="How many histories: draws of the fit, or seeds; a comparison takes 12 pairs.", show_default=True)
]
Watch = Annotated[tuple[Path, ...], Parameter(help="Folder of a fit or ensemble under way: shows its progress.")]


def serve(
    study: StudyName,
    /,
    *,
    port: Port = 8765,
    host: Host = "127.0.0.1",
    no_browser: NoBrowser = False,
    ledger: LedgerFile = None,
    strength: Strength = None,
    draws: Draws = 24,
    watch: Watch = (),
    quiet: Quiet = False,
) -> int:
    """Show a case in the browser: map, series, claims, scenarios, evidence. Twin of ``muster.serve``."""
    import webbrowser

    import muster

    chosen = ledger or (DEFAULT_LEDGER if DEFAULT_LEDGER.exists() else None)
    shown = muster.open_study(study, ledger=chosen, strength=strength, draws=draws, watched=watch)

    def opened(address: str) -> None:
        print(address, flush=True)
        if shown.ledger is not None and not shown.ledger.exists():
            say(f"{shown.ledger} is not there yet: it is begun with the first document that is added.")
        if not quiet:
            say(f"Serving {shown.title}. Ctrl-C ends it.{warn_of_compiling()}")
        if not no_browser:
            webbrowser.open(address)

    muster.serve(shown, host=host, port=port, opened=opened)
    return 0
