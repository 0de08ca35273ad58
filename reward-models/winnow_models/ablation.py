"""Sets the toxicity bundle beside variants that are trained on less, each as a running service gives it."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from sklearn.metrics import f1_score

from winnow_models import bundle, model_card, served, toxicity
from winnow_models.scored import ScoredEdits, ScoredPosts, best_threshold

WORDS, WHOLE = "toxicity@TOKEN", "toxicity@SEQUENCE"
HEADER = (
    "| bundle | posts: threshold, best over trial | posts: character F1, trial | posts: character F1, test "
    "| edits: F1 of the edited words, threshold 0.50 | edits: rewrite ranked above the toxic side |"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--target", required=True, help="HOST:PORT of a service that serves the bundles")
    parser.add_argument("--data", type=Path, required=True, help="folder with toxic-spans/ and paradetox/")
    parser.add_argument("--bundles", type=Path, required=True, help="folder that the service has its bundles from")


def run(arguments: argparse.Namespace) -> None:
    rows = [HEADER, "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for folder in sorted(arguments.bundles.glob(f"*/{toxicity.VERSION}")):
        manifest = bundle.read_manifest(folder)
        rewards = [f"toxicity@{density}" for density in manifest["rewards"]["toxicity"]["densities"]]
        if "detoxification" in manifest["rewards"]:
            rewards.append("detoxification@TOKEN")
        rows.append(_measure(arguments, manifest["name"], rewards))
        print(rows[-1], flush=True)
    model_card.replace_section("ablation", "\n".join(rows), toxicity.FOLDER / "MODEL_CARD.md")


def _measure(arguments: argparse.Namespace, name: str, rewards: Sequence[str]) -> str:
    spans, edits = arguments.data / "toxic-spans", arguments.data / "paradetox" / "paradetox.tsv"
    asked = [reward for reward in rewards if reward in (WORDS, WHOLE, "detoxification@TOKEN")]
    held_back = served.held_back_edits(arguments.target, name, asked, edits)
    if WORDS not in rewards:
        return row(name, None, None, held_back, asked)
    trial, test = (
        served.posts(arguments.target, name, [WORDS], spans / f"tsd_{part}.csv") for part in ("trial", "test_a")
    )
    return row(name, trial, test, held_back, asked)


def row(
    name: str, trial: ScoredPosts | None, test: ScoredPosts | None, edits: ScoredEdits, rewards: Sequence[str]
) -> str:
    """A line of the table; a bundle without a value for words has none in the columns that are of words."""
    cells = ["-", "-", "-", "-"]
    if trial is not None and test is not None:
        threshold = best_threshold(trial)
        words = edits.words("detoxification@TOKEN" if "detoxification@TOKEN" in rewards else WORDS)
        flagged = [probability >= 0.5 for probability in words.probabilities]
        figures = trial.character_f1(threshold), test.character_f1(threshold), f1_score(words.toxic, flagged)
        cells = [f"{threshold:.2f}", *(f"{figure:.4f}" for figure in figures)]
    return f"| `{name}` | {' | '.join(cells)} | {edits.ranked_right():.4f} |"
