"""Checks of the engine against known answers: closed forms, recursions, exact laws, and itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from muster.simulate.verify.check import Check

if TYPE_CHECKING:
    from muster.core.pool import Progress

__all__ = ["Check", "verify"]


def verify(ids: Sequence[str] | None = None, *, progress: Progress | None = None) -> list[Check]:
    """Hold the engine against the laws of ``ids`` (``V2``, ``V4b``; case does not matter), or all of them.

    Returns one `Check` a number, in the order of the laws; several share an id. ``progress`` is told of each law.
    Raises MusterError for an id that is no law's.
    """
    from muster.core.errors import MusterError
    from muster.core.suggest import did_you_mean, one_of, quote
    from muster.simulate.verify.catalogue import LAWS

    known = {identity.lower(): identity for identity in LAWS}
    for identity in ids or ():
        if identity.lower() not in known:
            hint = did_you_mean(identity, LAWS)
            raise MusterError(f"{quote(identity)} is not a check. {hint}Write one of {one_of(list(LAWS), 30)}.")
    wanted = {known[identity.lower()] for identity in ids} if ids else set(LAWS)
    chosen = [law for law in LAWS.values() if law.id in wanted]
    found: list[Check] = []
    for done, law in enumerate(chosen):
        if progress:
            progress(done, len(chosen), f"{law.id} {law.title}")
        found += law.check()
    if progress:
        progress(len(chosen), len(chosen), "checked")
    return found
