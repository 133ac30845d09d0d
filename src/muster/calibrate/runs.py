"""Runs of a fit: many draws of the parameters, each answered by one history, kept so that a killed fit loses nothing.

Draw ``i`` of a fit is simulated with seed ``i + 1``. Finished blocks of draws lie in the folder of the fit; a fit that is
started again reads them instead of running them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from muster.calibrate.answer import simulate_with
from muster.calibrate.prior import Prior, values_of
from muster.case import Case
from muster.core.pool import Progress, map_pieces
from muster.core.provenance import whole_file
from muster.simulate.result import Run

Read = Callable[[Run], np.ndarray]
BLOCK = 64


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the runs of one fit are made: the case as known, what is asked of a run, and where answers are kept.

    ``question`` names what is asked; kept answers to another question are not used.
    """

    case: Case
    priors: Sequence[Prior]
    read: Read
    question: str = ""
    workers: int = 2
    folder: Path | None = None
    progress: Progress | None = None

    def answer(self, z: np.ndarray, *, first: int, what: str) -> np.ndarray:
        """What ``read`` gives, (draws, answers), of the draws ``z``; the first of them is number ``first`` of the fit."""
        blocks = []
        for start in range(0, len(z), BLOCK):
            part = z[start : start + BLOCK]
            blocks.append(self._kept(part, first + start) if self.folder else self._run(part, first + start))
            if self.progress:
                self.progress(min(start + BLOCK, len(z)), len(z), what)
        return np.concatenate(blocks)

    def _kept(self, z: np.ndarray, first: int) -> np.ndarray:
        assert self.folder is not None
        path = self.folder / "runs" / f"{first:06d}.npz"
        digest = sha256(self.question.encode() + np.ascontiguousarray(z).tobytes()).hexdigest()
        if path.is_file():
            with np.load(path, allow_pickle=False) as kept:
                if str(kept["digest"]) == digest:
                    return kept["answers"]
        answers = self._run(z, first)
        with whole_file(path) as part, open(part, "wb") as stream:
            np.savez(stream, answers=answers, z=z, digest=np.array(digest))
        return answers

    def _run(self, z: np.ndarray, first: int) -> np.ndarray:
        def one(index: int) -> np.ndarray:
            return self.read(simulate_with(self.case, values_of(self.priors, z[index]), seed=first + index + 1))

        return np.array(map_pieces(one, len(z), workers=self.workers))
