"""The table and the picture of the experiment with long-form answers."""

import argparse
import re
import statistics
from pathlib import Path

import matplotlib.pyplot as pyplot
from measures import interval
from rouge_score.rouge_scorer import RougeScorer

REWARDS = ("relevance", "factuality", "completeness", "preference")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def write(folder: Path, answers: dict[str, list[list[dict]]], settings: argparse.Namespace) -> None:
    """Writes `report.md` and `report.png`. A row has the mean over held-out questions and its 95% interval; of several
    seeds, the mean over seeds of a question counts."""
    rows = {name: _by_question([[figures(answer) for answer in run] for run in runs]) for name, runs in answers.items()}
    columns = list(next(iter(rows.values())))
    count = len(next(iter(answers.values()))[0])
    lines = [
        f"{count} held-out questions; {settings.steps} steps; seeds: {settings.seeds}, which differ besides.",
        "Mean and 95% interval over questions.",
        "",
        "| policy | " + " | ".join(columns) + " |",
        "| --- |" + " --- |" * len(columns),
    ]
    lines += [
        f"| {name} | " + " | ".join(_cell(row[column]) for column in columns) + " |" for name, row in rows.items()
    ]
    lines += ["", "Differences by question:", "", *_differences(rows)]
    (folder / "report.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _draw(folder / "report.png", rows)
    print(f"wrote {folder / 'report.md'}")


def figures(answer: dict) -> dict[str, float]:
    """Rewards of segments are averaged over an answer, so that a long one has no more of them."""
    rewards = {name: statistics.fmean(answer["values"][name]) for name in REWARDS}
    return {
        **rewards,
        "words": len(answer["answer"].split()),
        "cut, %": 100.0 * answer["cut"],
        "Rouge-Lsum": rouge(answer["reference"], answer["answer"]),
    }


def rouge(reference: str, answer: str) -> float:
    """Rouge-Lsum takes the longest common subsequences sentence by sentence, which it finds on lines of their own."""
    reference, answer = (SENTENCE_END.sub("\n", text) for text in (reference, answer))
    return 100 * RougeScorer(["rougeLsum"], use_stemmer=True).score(reference, answer)["rougeLsum"].fmeasure


def _by_question(runs: list[list[dict[str, float]]]) -> dict[str, list[float]]:
    columns = runs[0][0]
    return {name: [statistics.fmean(row[name] for row in rows) for rows in zip(*runs, strict=True)] for name in columns}


def _differences(rows: dict[str, dict[str, list[float]]]) -> list[str]:
    """All policies answer the same questions, so what two differ by is surer than what each has."""
    return [
        f"- {name} less {baseline}: {_difference(rows[name], rows[baseline])}."
        for baseline in list(rows)[:2]
        for name in list(rows)[1:]
        if name != baseline
    ]


def _difference(ours: dict[str, list[float]], theirs: dict[str, list[float]]) -> str:
    gains = {name: [a - b for a, b in zip(ours[name], theirs[name], strict=True)] for name in ours}
    return ", ".join(f"{name} {_cell(values)}" for name, values in gains.items())


def _cell(values: list[float]) -> str:
    mean, half = interval(values)
    return f"{mean:.3g} ± {half:.2g}"


def _draw(file: Path, rows: dict[str, dict[str, list[float]]]) -> None:
    figure, places = pyplot.subplots(1, len(REWARDS), figsize=(11, 3.5), layout="constrained", sharey=True)
    for axes, reward in zip(places, REWARDS, strict=True):
        means, halves = zip(*(interval(row[reward]) for row in rows.values()), strict=True)
        axes.errorbar(means, range(len(rows)), xerr=halves, fmt="o")
        axes.set_title(reward)
    places[0].set_yticks(range(len(rows)), list(rows))
    figure.savefig(file, dpi=150)
    pyplot.close(figure)
