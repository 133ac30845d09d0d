"""``python -m muster``, and the ``muster`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; ``muster --version`` answers before any library is loaded."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from muster import __version__

        sys.stdout.write(f"{__version__}\n")
        return
    from muster.cli.app import run_command_line

    sys.exit(run_command_line(sys.argv[1:]))


if __name__ == "__main__":
    main()
