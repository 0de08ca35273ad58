"""Ranking figures of a binary target, with ties counted as the definitions say."""

from collections.abc import Sequence

import numpy


def roc_auc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Probability that a positive outranks a negative, a tie counting one half (Mann-Whitney)."""
    values, marks = numpy.asarray(scores, float), numpy.asarray(positive, bool)
    _check(marks)
    _, inverse, counts = numpy.unique(values, return_inverse=True, return_counts=True)
    ranks = (counts.cumsum() - (counts - 1) / 2)[inverse]
    positives, negatives = marks.sum(), (~marks).sum()
    return float((ranks[marks].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def average_precision(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Sum over thresholds of precision times the recall gained there; equal scores share one threshold."""
    values, marks = numpy.asarray(scores, float), numpy.asarray(positive, bool)
    _check(marks)
    order = numpy.argsort(-values, kind="stable")
    last_of_ties = numpy.append(numpy.diff(values[order]) != 0, True)
    found = marks[order].cumsum()[last_of_ties]
    taken = numpy.flatnonzero(last_of_ties) + 1
    gained = numpy.diff(found, prepend=0) / marks.sum()
    return float((found / taken * gained).sum())


def _check(marks: numpy.ndarray) -> None:
    if marks.all() or not marks.any():
        raise ValueError(f"{marks.sum()} positives among {marks.size} (expected: both classes)")
