"""Pictures of a binary target: how well a probability ranks, how true it is, and how it is spread in each class."""

from collections.abc import Mapping
from pathlib import Path

import numpy
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, precision_recall_curve

BINS = 10


def draw(file: Path, name: str, targets: Mapping[str, tuple[list[float], list[bool]]]) -> None:
    """A row of three pictures for each target, given as probabilities and whether each came true.

    Left, precision over recall; middle, the share that came true over the probability, in bins of equal width; right,
    the distribution of the probability in each class.
    """
    figure = Figure(figsize=(11, 3.1 * len(targets)), layout="tight")
    rows = figure.subplots(len(targets), 3, squeeze=False)
    for axes, (title, (probabilities, positive)) in zip(rows, targets.items(), strict=True):
        scores, marks = numpy.asarray(probabilities), numpy.asarray(positive)
        _precision_recall(axes[0], title, scores, marks)
        _calibration(axes[1], scores, marks)
        _distribution(axes[2], name, scores, marks)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=90, metadata={"Software": None})


def _precision_recall(axes: Axes, title: str, scores: numpy.ndarray, marks: numpy.ndarray) -> None:
    precision, recall, _ = precision_recall_curve(marks, scores)
    axes.plot(recall, precision, label=f"average precision {average_precision_score(marks, scores):.3f}")
    axes.axhline(marks.mean(), color="grey", linestyle=":", label=f"by chance {marks.mean():.3f}")
    axes.set(title=title, xlabel="recall", ylabel="precision", xlim=(0, 1), ylim=(0, 1.02))
    axes.legend(fontsize=8)


def _calibration(axes: Axes, scores: numpy.ndarray, marks: numpy.ndarray) -> None:
    share, mean = calibration_curve(marks, scores, n_bins=BINS)
    axes.plot(mean, share, marker="o", markersize=4)
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":")
    axes.set(xlabel="probability given", ylabel="share that came true", xlim=(0, 1), ylim=(0, 1))


def _distribution(axes: Axes, name: str, scores: numpy.ndarray, marks: numpy.ndarray) -> None:
    for label, chosen in ((f"not {name}", scores[~marks]), (name, scores[marks])):
        weights = numpy.full(chosen.size, 1 / chosen.size)
        axes.hist(chosen, bins=2 * BINS, range=(0, 1), weights=weights, alpha=0.6, label=f"{label} ({chosen.size:,})")
    axes.set(xlabel="probability given", ylabel="share of the class", xlim=(0, 1))
    axes.legend(fontsize=8)
