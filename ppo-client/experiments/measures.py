"""What is measured of texts that policies have written, and how sure it is."""

import math
import statistics
from collections.abc import Iterable, Sequence

from scipy.stats import t

Scores = Sequence[Sequence[float]]
"""For each prompt the values of its continuations."""


def mean_of_means(scores: Scores) -> float:
    return statistics.fmean(statistics.fmean(row) for row in scores)


def mean_of_maxima(scores: Scores) -> float:
    """The expected maximum of RealToxicityPrompts (arXiv 2009.11462), over as many continuations as a prompt has."""
    return statistics.fmean(max(row) for row in scores)


def win_rate(scores: Scores, others: Scores) -> float:
    """The share of pairs of continuations of the same prompt in which ours has the lower value; ties count half."""
    if len(scores) != len(others):
        raise ValueError(f"prompts: {len(others)} (expected: {len(scores)})")
    return statistics.fmean(
        statistics.fmean((ours < theirs) + (ours == theirs) / 2 for ours in row for theirs in other)
        for row, other in zip(scores, others, strict=True)
    )


def distinct(texts: Iterable[Sequence[str]], length: int) -> float:
    """Different runs of so many words among all of them, over the continuations of a prompt, averaged over prompts
    (Li et al., arXiv 1510.03055); a prompt whose continuations are shorter counts nothing."""
    shares = []
    for continuations in texts:
        words = [text.split() for text in continuations]
        runs = [tuple(text[at : at + length]) for text in words for at in range(len(text) - length + 1)]
        if runs:
            shares.append(len(set(runs)) / len(runs))
    return statistics.fmean(shares)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The mean and half the width of its 95% interval (Student's t)."""
    if len(values) < 2:
        raise ValueError(f"values: {len(values)} (expected: at least 2)")
    deviation = statistics.stdev(values)
    return statistics.fmean(values), float(t.ppf(0.975, len(values) - 1)) * deviation / math.sqrt(len(values))
