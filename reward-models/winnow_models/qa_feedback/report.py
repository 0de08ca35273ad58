"""The figures of a cross-validation as a Markdown table, beside those of deciding without a model."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sklearn.metrics import accuracy_score, f1_score, matthews_corrcoef, roc_auc_score

from winnow_models.comparisons import bootstrap_interval, order_accuracy
from winnow_models.qa_feedback.cross_validation import Comparison, Decision, Judged, choose_threshold

DECIDED = ("relevance", "factuality", "copied")
FIGURES = {
    "accuracy": accuracy_score,
    "F1 of errors": partial(f1_score, zero_division=0.0),
    "macro-F1": partial(f1_score, average="macro", zero_division=0.0),
    "MCC": matthews_corrcoef,
}
"""Of what is true and what was found."""


@dataclass(frozen=True)
class Fold:
    """The held-out questions of one fold, and the thresholds that the other folds chose."""

    judged: list[Judged]
    thresholds: dict[str, float]


Figure = Callable[[Fold], float]


def with_thresholds(by_fold: Sequence[Sequence[Judged]]) -> list[Fold]:
    """The threshold of each fold and reward is the one with the greatest macro-F1 over the other folds' questions."""
    result = []
    for held_out in range(len(by_fold)):
        others = [judged for fold, group in enumerate(by_fold) if fold != held_out for judged in group]
        thresholds = {name: choose_threshold(decisions_of(others, name), FIGURES["macro-F1"]) for name in DECIDED}
        result.append(Fold(list(by_fold[held_out]), thresholds))
    return result


def table(folds: Sequence[Fold]) -> str:
    """Mean and standard deviation over folds; a line is a figure of the model beside that of a trivial baseline."""
    records = sum(len(fold.judged) for fold in folds)
    rows = [
        f"| figure ({records} records, {len(folds)} folds by question) | mean | spread | baseline | of the baseline |",
        "| --- | ---: | ---: | --- | ---: |",
    ]
    for reward in ("relevance", "factuality"):
        for name in FIGURES:
            figure, trivial = _fixed(reward, name), _all(reward, name)
            rows.append(_row(f"{reward} {name}, below 0.50", folds, figure, "all errors", trivial))
        for name in ("accuracy", "macro-F1"):
            figure, trivial = _decided(reward, name), _all(reward, name)
            rows.append(_row(f"{reward} {name}, chosen threshold", folds, figure, "all errors", trivial))
        rows.append(_row(f"{reward} ROC AUC", folds, _ranked(reward), "any order", lambda fold: 0.5))
    for name in ("accuracy", "macro-F1", "MCC"):
        figure, copied = _fixed("factuality", name), _decided("copied", name)
        rows.append(
            _row(f"factuality {name}, below 0.50", folds, figure, "words found in one passage sentence", copied)
        )
    for reward in ("completeness", "preference"):
        for name, near_only in (("pair accuracy", False), ("pair accuracy, near lengths", True)):
            right, longer = _ordered(reward, near_only), _longer(reward, near_only)
            rows.append(_row(f"{reward} {name}", folds, right, "the longer", longer))
    margins = [_margin(folds, reward) for reward in ("completeness", "preference")]
    return "\n".join([*rows, "", *margins, _chosen(folds)])


def targets(by_fold: Sequence[Sequence[Judged]]) -> dict[str, tuple[list[float], list[bool]]]:
    """Of all folds together the probability of an error in each segment, and whether people marked one."""
    judged = [question for fold in by_fold for question in fold]
    return {
        f"{reward}, held-out questions": (
            [1 - decision.value for decision in decisions_of(judged, reward)],
            [decision.error for decision in decisions_of(judged, reward)],
        )
        for reward in ("relevance", "factuality")
    }


def decisions_of(judged: Sequence[Judged], reward: str) -> list[Decision]:
    return [decision for question in judged for decision in getattr(question, reward)]


def _row(name: str, folds: Sequence[Fold], figure: Figure, baseline_name: str, baseline: Figure) -> str:
    values = [figure(fold) for fold in folds]
    trivial = statistics.mean(baseline(fold) for fold in folds)
    spread = statistics.stdev(values)
    return f"| {name} | {statistics.mean(values):.3f} | {spread:.3f} | {baseline_name} | {trivial:.3f} |"


def _decided(reward: str, name: str) -> Figure:
    """By the threshold that the other folds chose."""
    return lambda fold: _figure(fold, reward, name, fold.thresholds[reward])


def _fixed(reward: str, name: str) -> Figure:
    return lambda fold: _figure(fold, reward, name, 0.5)


def _figure(fold: Fold, reward: str, name: str, threshold: float) -> float:
    decisions = decisions_of(fold.judged, reward)
    found = [decision.value < threshold for decision in decisions]
    return FIGURES[name]([decision.error for decision in decisions], found)


def _all(reward: str, name: str) -> Figure:
    def of(fold: Fold) -> float:
        errors = [decision.error for decision in decisions_of(fold.judged, reward)]
        return FIGURES[name](errors, [True] * len(errors))

    return of


def _ranked(reward: str) -> Figure:
    def of(fold: Fold) -> float:
        decisions = decisions_of(fold.judged, reward)
        return roc_auc_score([decision.error for decision in decisions], [-decision.value for decision in decisions])

    return of


def _comparisons(judged: Sequence[Judged], reward: str, near_only: bool = False) -> list[Comparison]:
    return [c for question in judged for c in getattr(question, reward) if c.near or not near_only]


def _ordered(reward: str, near_only: bool) -> Figure:
    return lambda fold: order_accuracy([c.margin for c in _comparisons(fold.judged, reward, near_only)])


def _longer(reward: str, near_only: bool) -> Figure:
    return lambda fold: order_accuracy([c.length_margin for c in _comparisons(fold.judged, reward, near_only)])


def _margin(folds: Sequence[Fold], reward: str) -> str:
    """How far the model is ahead of the longer answer, over all folds' pairs, questions drawn with replacement."""
    gains = [
        [order_accuracy([c.margin]) - order_accuracy([c.length_margin]) for c in _comparisons([question], reward)]
        for fold in folds
        for question in fold.judged
    ]
    pairs = [gain for group in gains for gain in group]
    low, high = bootstrap_interval(gains, lambda drawn: sum(drawn) / len(drawn))
    return (
        f"{reward} pair accuracy over 'the longer wins': {sum(pairs) / len(pairs):+.3f}"
        f" (95% interval {low:+.3f} to {high:+.3f}, {len(pairs)} pairs)  "
    )


def _chosen(folds: Sequence[Fold]) -> str:
    return "thresholds, by the other folds: " + "; ".join(
        f"{reward} {', '.join(f'{fold.thresholds[reward]:.2f}' for fold in folds)}"
        for reward in ("relevance", "factuality")
    )
