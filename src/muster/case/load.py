"""Finding, loading, checking and listing case packs."""

from __future__ import annotations

import os
from pathlib import Path

from muster.case.records import Case, CaseListing
from muster.core.errors import Fault, InputError, MusterError
from muster.core.suggest import did_you_mean, one_of, quote

HEAD = "pack.toml"


def load_case(name_or_folder: str | os.PathLike[str], *, strength: str | None = None) -> Case:
    """A shipped case by its name, or the case in a folder.

    ``strength`` picks a variant of pack.toml (the default is the pack's own). Raises :class:`InputError` with all
    faults of the pack at once, :class:`MusterError` for a case or strength that does not exist.
    """
    from muster.case.assemble import assemble

    case, faults = assemble(find_case(name_or_folder), strength)
    if case is None:
        raise InputError(faults)
    return case


def check_case(name_or_folder: str | os.PathLike[str]) -> list[Fault]:
    """All faults of a pack; an empty list if it can be loaded."""
    from muster.case.assemble import assemble

    folder = find_case(name_or_folder)
    try:
        return assemble(folder)[1]
    except InputError as error:
        return list(error.faults)


def list_cases() -> list[CaseListing]:
    """The cases that are shipped with Muster, by name."""
    listings = []
    for folder in _shipped().values():
        head = _read_head(folder)
        title, summary = (str(head.get(key, "")) for key in ("title", "summary"))
        listings.append(CaseListing(folder.name, title, summary, folder))
    return listings


def find_case(name_or_folder: str | os.PathLike[str]) -> Path:
    """The folder of a shipped case or of a path; a shipped name wins, ``./name`` means the folder."""
    given = os.fspath(name_or_folder)
    shipped = _shipped()
    if given in shipped:
        return shipped[given]
    path = Path(given)
    try:
        if path.name == HEAD and path.is_file():
            return path.parent
        if given and path.is_dir():
            return path
        is_file = bool(given) and path.exists()
    except (OSError, ValueError):
        is_file = False
    if is_file:
        raise MusterError(f"{quote(given)} is a file. Write the folder that holds {HEAD}.")
    hint = did_you_mean(given, shipped)
    names = (
        f"Write one of {one_of(list(shipped))}, or a folder that holds {HEAD}."
        if shipped
        else f"Write a folder that holds {HEAD}."
    )
    raise MusterError(f"There is no case {quote(given)}. {hint}{names}")


def case_address(case: Case) -> str:
    """How to find a case again: its name if it is a shipped one, else its folder."""
    return case.name if _shipped().get(case.name) == case.folder else str(case.folder.resolve())


def _shipped() -> dict[str, Path]:
    from importlib.resources import files

    root = Path(str(files("muster"))) / "packs"
    if not root.is_dir():
        return {}
    return {folder.name: folder for folder in sorted(root.iterdir()) if (folder / HEAD).is_file()}


def _read_head(folder: Path) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads((folder / HEAD).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}
