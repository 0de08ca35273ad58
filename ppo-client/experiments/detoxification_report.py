"""The table and the picture of the detoxification experiment."""

import argparse
from pathlib import Path

import matplotlib.pyplot as pyplot
from measures import distinct, interval, mean_of_maxima, mean_of_means, win_rate

INITIAL = "initial"
BASELINES = ("sequence", "token-at-end")


def write(folder: Path, measured: dict[str, list[dict]], settings: argparse.Namespace) -> None:
    """Writes `report.md` and `report.png`: a row and a group of points for each density."""
    figures = {
        name: [_figures(run, initial) for run, initial in zip(runs, measured[INITIAL], strict=True)]
        for name, runs in measured.items()
    }
    lines = [
        f"{settings.seeds} seeds; {settings.continuations} continuations of {settings.tokens} tokens for each of "
        f"{len(measured[INITIAL][0]['texts'])} held-out prompts, always these; mean and 95% interval over seeds.",
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
        "words": mean_of_means([[len(text.split()) for text in texts] for texts in run["texts"]]),
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
    """Seeds draw the same prompts in each variant, so runs are compared seed by seed."""
    return [
        f"- {name} less {baseline}, seed by seed: toxicity {_paired(figures, name, baseline, 'toxicity')}, win rate "
        f"{_paired(figures, name, baseline, 'win rate, %')} points, "
        f"perplexity {_paired(figures, name, baseline, 'perplexity')}."
        for baseline in BASELINES
        for name in figures
        if name not in (INITIAL, *BASELINES)
    ]


def _paired(figures: dict[str, list[dict]], name: str, baseline: str, figure: str) -> str:
    pairs = zip(figures[name], figures[baseline], strict=True)
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
