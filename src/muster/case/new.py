"""A small valid pack of an invented country, to be edited into a real one."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

from muster.core.errors import MusterError
from muster.core.suggest import quote

_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_PLACEHOLDER = 'name = "template"'


def new_case(folder: str | os.PathLike[str], *, name: str | None = None) -> Path:
    """Write the template pack into a new folder and return it.

    ``name`` is the name of the case (default: that of the folder). The folder appears whole or not at all; one that
    exists already is never touched. Raises :class:`MusterError`.
    """
    target = Path(os.path.abspath(os.fspath(folder)))
    chosen = target.name.lower().replace(" ", "-") if name is None else name
    if not _SLUG.fullmatch(chosen):
        raise MusterError(
            f"{quote(chosen)} cannot be the name of a case. Write small letters, digits and hyphens, such as my-country."
        )
    if target.exists() or target.is_symlink():
        raise MusterError(f"{quote(folder)} exists already, and nothing is overwritten. Write the name of a new folder.")
    if not target.parent.is_dir():
        raise MusterError(f"There is no folder {quote(target.parent)}. Make it first, or write another place.")
    try:
        _write(target, chosen)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise MusterError(f"{quote(folder)} cannot be written ({reason}). Write a place where you may make folders.") from error
    return target


def _write(target: Path, name: str) -> None:
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        template = files("muster.case") / "template"
        for entry in sorted(template.iterdir(), key=lambda entry: entry.name):
            text = entry.read_text(encoding="utf-8")
            if entry.name == "pack.toml":
                text = text.replace(_PLACEHOLDER, f'name = "{name}"', 1)
            where = draft / ("scenarios" if entry.name == "more-places.toml" else "") / entry.name
            where.parent.mkdir(exist_ok=True)
            where.write_text(text, encoding="utf-8")
        draft.chmod(0o755)
        os.rename(draft, target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
