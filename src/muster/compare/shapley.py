"""Shapley's shares of a whole, over players who may be in or out, by permutations.

A share is a player's mean gain on joining those before it, over the orders in which all may join. In any one order the gains sum
to the whole exactly; so do their means, whatever orders were drawn. Orders come in pairs, each with its reverse: a gain early
in one is a gain late in the other, which takes much of the chance of the draw away (Castro, Gomez, Tejada 2009; Mitchell et
al. 2022).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

Coalition = frozenset[str]
Order = tuple[str, ...]


def draw_orders(players: Sequence[str], pairs: int, *, seed: int) -> tuple[Order, ...]:
    """``pairs`` random orders, each followed by its reverse."""
    luck = np.random.default_rng(seed)
    orders: list[Order] = []
    for _ in range(pairs):
        order = tuple(players[place] for place in luck.permutation(len(players)))
        orders += [order, order[::-1]]
    return tuple(orders)


def coalitions_of(orders: Iterable[Order]) -> tuple[Coalition, ...]:
    """Every coalition whose value the orders ask for, once, nobody and everybody included."""
    found: dict[Coalition, None] = {}
    for order in orders:
        for count in range(len(order) + 1):
            found.setdefault(frozenset(order[:count]))
    return tuple(found)


def share_out(value: Callable[[Coalition], np.ndarray], orders: Sequence[Order]) -> dict[str, np.ndarray]:
    """The mean gain of each player over the orders; together they are the value of all less the value of nobody."""
    gains: dict[str, list[np.ndarray]] = {player: [] for player in orders[0]}
    for order in orders:
        before = value(frozenset())
        for count, player in enumerate(order, start=1):
            after = value(frozenset(order[:count]))
            gains[player].append(after - before)
            before = after
    return {player: np.mean(found, axis=0) for player, found in gains.items()}
