"""Writes a trained run as the bundle `bundles/toxicity/1`, weights rounded to one byte each.

The manifest tells the statistics of the rewards over the training texts.
"""

import argparse
from pathlib import Path

from winnow_models import bundle, toxicity, train, training_set
from winnow_models.training_set import SOURCES

EVERY = 10
"""Statistics are taken over one training text in so many: 3,400 texts tell a mean as well as all do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder with toxic-spans/ and paradetox/")
    parser.add_argument("--runs", nargs="+", default=["toxicity"], help="folders under runs/ (default: toxicity)")


def run(arguments: argparse.Namespace) -> None:
    folder = toxicity.FOLDER
    model, tokenizer = train.load(arguments.runs)
    posts, edits = training_set.read_rows(arguments.data, SOURCES)
    texts = [*(post.text for post in posts), *(text for edit in edits for text in (edit.toxic, *edit.rewrites))]
    trained_on = [{"response": text} for text in texts[::EVERY]]
    bundle.write(folder, toxicity.MANIFEST, model, tokenizer, toxicity.GOLDEN_SAMPLES, trained_on=trained_on)
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"wrote {folder}: {size / 2**20:.1f} MiB")
