"""Writes a trained run as the bundle of its name, weights rounded to one byte each.

The manifest tells the statistics of the rewards over the training texts.
"""

import argparse
from pathlib import Path

from winnow_models import bundle, toxicity, train, training_set
from winnow_models.repository import BUNDLES

EVERY = 10
"""Statistics are taken over one training text in so many: 3,400 texts tell a mean as well as all do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder with toxic-spans/ and paradetox/")
    parser.add_argument("--run", default=toxicity.NAME, help=f"folder under runs/ (default: {toxicity.NAME})")
    parser.add_argument("--bundles", type=Path, default=BUNDLES, help="folder to write RUN/1 to")


def run(arguments: argparse.Namespace) -> None:
    trained = train.load(arguments.run)
    manifest = toxicity.manifest(arguments.run, trained.settings.sources, trained.settings.objective)
    posts, edits = training_set.read_rows(arguments.data, trained.settings.sources)
    texts = [*(post.text for post in posts), *(text for edit in edits for text in (edit.toxic, *edit.rewrites))]
    trained_on = [{"response": text} for text in texts[::EVERY]]
    folder = arguments.bundles / arguments.run / toxicity.VERSION
    bundle.write(folder, manifest, trained.model, trained.tokenizer, toxicity.GOLDEN_SAMPLES, trained_on=trained_on)
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"wrote {folder}: {size / 2**20:.1f} MiB")
