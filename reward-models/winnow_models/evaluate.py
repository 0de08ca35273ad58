"""Figures and pictures of the toxicity reward as a running service gives it, beside baselines without a model."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from winnow_models import lexicon, model_card, pictures, served, toxic_spans, toxicity
from winnow_models.scored import ScoredEdits, ScoredPosts, ScoredSegments, best_threshold
from winnow_models.segments import Segments, segment
from winnow_models.toxic_spans import Post

ON_POSTS = ("toxicity@TOKEN", "toxicity@SENTENCE", "toxicity@SEQUENCE")
ON_EDITS = ("toxicity@TOKEN", "detoxification@TOKEN", "toxicity@SEQUENCE")
PICTURE = toxicity.FOLDER / "evaluation.png"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--target", required=True, help="HOST:PORT of a service that serves the bundle")
    parser.add_argument("--data", type=Path, required=True, help="folder with toxic-spans/ and paradetox/")


def run(arguments: argparse.Namespace) -> None:
    spans = arguments.data / "toxic-spans"
    train = toxic_spans.read(spans / "tsd_train.csv")
    trial, test = (
        served.posts(arguments.target, toxicity.NAME, ON_POSTS, spans / f"tsd_{name}.csv")
        for name in ("trial", "test_a")
    )
    file = arguments.data / "paradetox" / "paradetox.tsv"
    edits = served.held_back_edits(arguments.target, toxicity.NAME, ON_EDITS, file)
    table = "\n\n".join(
        [report_posts(train, trial, test, lambda texts: segment(texts, "TOKEN")), report_edits(trial, edits)]
    )
    segments = {f"{reward}, test posts": test.segments(reward) for reward in ON_POSTS}
    segments["detoxification@TOKEN, edits held back"] = edits.words("detoxification@TOKEN")
    pictures.draw(PICTURE, "toxic", {title: (each.probabilities, each.toxic) for title, each in segments.items()})
    model_card.write_figures(table, PICTURE)
    print(table)


def report_posts(
    train: Sequence[Post], trial: ScoredPosts, test: ScoredPosts, words: Callable[[Sequence[str]], list[Segments]]
) -> str:
    """A Markdown table; the threshold is the best on the trial posts, never on the test posts."""
    known = lexicon.learn(train, words([post.text for post in train]))
    threshold = best_threshold(trial)

    def row(name: str, figure: Callable[[ScoredPosts], float]) -> str:
        return f"| {name} | {figure(trial):.4f} | {figure(test):.4f} |"

    rows = [
        f"| figure | trial ({len(trial.posts):,} posts) | test ({len(test.posts):,} posts) |",
        "| --- | ---: | ---: |",
        row(f"character F1, threshold {threshold:.2f} (best over trial)", lambda it: it.character_f1(threshold)),
        row("character F1, threshold 0.50 (not chosen)", lambda it: it.character_f1(0.5)),
        row("character F1, baseline: nothing marked", lambda it: it.character_f1_of(_none)),
        row("character F1, baseline: all marked", lambda it: it.character_f1_of(_all)),
        row(f"character F1, baseline: list of {len(known):,} words", lambda it: it.character_f1_of(_listed(known))),
    ]
    for density in ("SENTENCE", "SEQUENCE"):
        both = [each.segments(f"toxicity@{density}") for each in (trial, test)]
        rows += [
            _row(f"`{density}` ROC AUC", [roc_auc_score(it.toxic, it.probabilities) for it in both]),
            _row(
                f"`{density}` ROC AUC, baseline: longer is more toxic",
                [roc_auc_score(it.toxic, it.lengths) for it in both],
            ),
            _row(
                f"`{density}` average precision", [average_precision_score(it.toxic, it.probabilities) for it in both]
            ),
            _row(
                f"`{density}` average precision, baseline: share marked",
                [sum(it.toxic) / len(it.toxic) for it in both],
            ),
        ]
    return "\n".join(rows)


def report_edits(trial: ScoredPosts, edits: ScoredEdits) -> str:
    """A Markdown table of minimal edits that were held back; toxicity at the threshold best on the trial posts."""
    toxicity_words, detoxification_words = (edits.words(f"{name}@TOKEN") for name in ("toxicity", "detoxification"))
    threshold = best_threshold(trial)
    pairs = sum(len(edit.rewrites) for edit in edits.edits)
    return "\n".join(
        [
            f"| figure | {len(edits.edits):,} edits held back |",
            "| --- | ---: |",
            _row(f"rewrite ranked above the toxic side, `SEQUENCE`, {pairs:,} pairs", [edits.ranked_right()]),
            _row("the same, baseline: the shorter is better", [edits.shorter_rewrites()]),
            _row(f"F1 of the edited words, `toxicity`, threshold {threshold:.2f}", [_f1(toxicity_words, threshold)]),
            _row("F1 of the edited words, `detoxification`, threshold 0.50", [_f1(detoxification_words, 0.5)]),
            _row("F1 of the edited words, baseline: all edited", [_f1(toxicity_words, 0)]),
        ]
    )


def _f1(words: ScoredSegments, threshold: float) -> float:
    return float(f1_score(words.toxic, [probability >= threshold for probability in words.probabilities]))


def _row(name: str, figures: Sequence[float]) -> str:
    return f"| {name} | {' | '.join(f'{figure:.4f}' for figure in figures)} |"


def _none(_post: Post, words: dict) -> list[bool]:
    return [False] * len(words["values"])


def _all(_post: Post, words: dict) -> list[bool]:
    return [True] * len(words["values"])


def _listed(known: frozenset[str]) -> Callable[[Post, dict], list[bool]]:
    def flags(post: Post, words: dict) -> list[bool]:
        spans = zip(words["starts"], words["ends"], strict=True)
        return [post.text[start:end].lower() in known for start, end in spans]

    return flags
