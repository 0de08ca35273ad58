"""Writes a trained run as the bundle `bundles/toxicity/1`, weights rounded to one byte each."""

import argparse

from winnow_models import bundle, toxicity, train


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", nargs="+", default=["toxicity"], help="folders under runs/ (default: toxicity)")


def run(arguments: argparse.Namespace) -> None:
    folder = toxicity.FOLDER
    model, tokenizer = train.load(arguments.runs)
    bundle.write(folder, toxicity.MANIFEST, model, tokenizer, toxicity.GOLDEN_SAMPLES)
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"wrote {folder}: {size / 2**20:.1f} MiB")
