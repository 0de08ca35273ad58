"""How often the better of two scores higher, and how sure one can be of a figure over groups."""

from collections.abc import Callable, Sequence

import numpy


def order_accuracy(margins: Sequence[float]) -> float:
    """Share of pairs whose better one scores higher; a margin is its score minus the other's, and a tie one half."""
    if not margins:
        raise ValueError("0 pairs (expected: at least 1)")
    return sum((margin > 0) + 0.5 * (margin == 0) for margin in margins) / len(margins)


def bootstrap_interval(
    groups: Sequence[Sequence[float]], figure: Callable[[list[float]], float], seed: int = 1, draws: int = 2000
) -> tuple[float, float]:
    """The 95% percentile interval of a figure when whole groups, such as questions, are drawn with replacement."""
    source = numpy.random.default_rng(seed)
    figures = []
    for _ in range(draws):
        drawn = source.integers(len(groups), size=len(groups))
        figures.append(figure([value for index in drawn for value in groups[index]]))
    low, high = numpy.quantile(figures, [0.025, 0.975])
    return float(low), float(high)
