"""Parameters as declared, and as one record for compiled loops."""

from typing import NamedTuple

import numpy as np

from muster.model.order import Parameters, mechanisms
from muster.model.parameter import packed
from muster.model.state import copied


def test_a_packed_parameter_is_where_its_name_says():
    record = packed(Parameters())
    for one in mechanisms():
        for parameter in one.parameters:
            mechanism, _, field = parameter.name.partition(".")
            assert record[mechanism][field] == parameter.default


class Pair(NamedTuple):
    first: np.ndarray
    second: tuple


def test_a_copy_shares_nothing():
    pair = Pair(np.zeros(2), Pair(np.zeros(1), ()))
    twin = copied(pair)
    twin.first[0] = twin.second.first[0] = 1.0
    assert pair.first[0] == pair.second.first[0] == 0.0
    assert type(twin) is type(twin.second) is Pair
