"""Pieces of work come back in their order, whatever the number of threads, and progress is told."""

import time

import pytest

from muster.core.pool import map_pieces


@pytest.mark.parametrize("workers", [1, 3])
def test_results_stand_in_the_order_of_the_pieces(workers):
    told = []

    def slow_at_first(piece):
        time.sleep(0.02 if piece == 0 else 0.0)
        return piece * piece

    found = map_pieces(slow_at_first, 6, workers=workers, progress=lambda *step: told.append(step), what="pieces")
    assert found == [0, 1, 4, 9, 16, 25]
    assert told == [(done, 6, "pieces") for done in range(1, 7)]


def test_nothing_to_do_and_a_piece_that_fails():
    assert map_pieces(str, 0, workers=2) == []
    with pytest.raises(ZeroDivisionError):
        map_pieces(lambda piece: 1 // piece, 3, workers=2)
