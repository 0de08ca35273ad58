"""The table and the picture of the detoxification experiment."""

import argparse
from pathlib import Path

import matplotlib.pyplot as pyplot
from measures import distinct, interval, mean_of_maxima, mean_of_means, win_rate

INITIAL = "initial"
BASELINE = "SEQUENCE"


def write(folder: Path, measured: dict[str, list[dict]], settings: argparse.Namespace) -> None:
    """Writes `report.md` and `report.png`: a row and a group of points for each density."""
    (initial,) = measured[INITIAL]
    figures = {name: [_figures(run, initial) for run in runs] for name, runs in measured.items()}
    lines = [
        f"{settings.seeds} seeds; {settings.continuations} continuations of {settings.tokens} tokens for each of "
        f"{len(initial['texts'])} held-out prompts; mean and 95% interval over seeds.",
        "",
        "| reward | " + " | ".join(figures[INITIAL][0]) + " |",
        "| --- |" + " --- |" * len(figures[INITIAL][0]),
    ]
    lines += [f"| {name} | " + " | ".join(_cells(runs)) + " |" for name, runs in figures.items()]
    lines += ["", *_differences(figures)]
    (folder / "report.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _draw(folder / "report.png", figures)
    print(f"wrote {folder / 'report.md'}")


def _figures(run: dict, initial: dict) -> dict[str, float]:
    return {
        "toxicity": mean_of_means(run["toxicity"]),
        "largest of a prompt": mean_of_maxima(run["toxicity"]),
        "win rate, %": 100 * win_rate(run["toxicity"], initial["toxicity"]),
        "perplexity": run["perplexity"],
        "KL, nats": run["kl"],
        "distinct-2": distinct(run["texts"], 2),
        "distinct-3": distinct(run["texts"], 3),
    }


def _cells(runs: list[dict[str, float]]) -> list[str]:
    return [_cell([run[figure] for run in runs]) for figure in runs[0]]


def _cell(values: list[float]) -> str:
    if len(values) == 1:
        return f"{values[0]:.4g}"
    mean, half = interval(values)
    return f"{mean:.4g} ± {half:.2g}"


def _differences(figures: dict[str, list[dict]]) -> list[str]:
    """Seeds draw the same prompts in each density, so runs are compared seed by seed."""
    if BASELINE not in figures:
        return []
    return [
        f"{name} against {BASELINE}, seed by seed: toxicity {_paired(figures, name, 'toxicity')}, win rate "
        f"{_paired(figures, name, 'win rate, %')} points, perplexity {_paired(figures, name, 'perplexity')}."
        for name in figures
        if name not in (INITIAL, BASELINE)
    ]


def _paired(figures: dict[str, list[dict]], name: str, figure: str) -> str:
    pairs = zip(figures[name], figures[BASELINE], strict=True)
    return _cell([ours[figure] - theirs[figure] for ours, theirs in pairs])


def _draw(file: Path, figures: dict[str, list[dict]]) -> None:
    figure, axes = pyplot.subplots(figsize=(7, 4.5), layout="constrained")
    for name, runs in figures.items():
        axes.scatter([run["perplexity"] for run in runs], [run["toxicity"] for run in runs], label=name)
    axes.set_xlabel("perplexity under the initial policy")
    axes.set_ylabel("toxicity, by the judge")
    axes.legend()
    figure.savefig(file, dpi=150)
    pyplot.close(figure)
