"""Turns a bundle into one whose matrix products are computed in integers, about twice as fast on a CPU."""

import argparse
import tempfile
from pathlib import Path

import onnx

from winnow_models import bundle, json_lines, quantised
from winnow_models.check import run_in_onnx
from winnow_models.launcher import LAUNCHER
from winnow_models.repository import BUNDLES
from winnow_models.rounding import restore_rounded
from winnow_models.tokenizer_files import load_tokenizer

TOLERANCE = 0.05
"""Largest difference of a value between machines: a last bit that differs may round an activation to the next step."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--bundle", type=Path, default=BUNDLES / "toxicity" / "1", help="(default: toxicity, version 1)"
    )
    parser.add_argument("--bundles", type=Path, required=True, help="folder to write NAME-int8/VERSION to")


def run(arguments: argparse.Namespace) -> None:
    manifest = bundle.read_manifest(arguments.bundle)
    if manifest["precision"] != "fp32":
        raise SystemExit(f"{arguments.bundle}: precision {manifest['precision']} (expected: fp32)")
    folder = arguments.bundles / f"{manifest['name']}-int8" / manifest["version"]
    write(arguments.bundle, folder)
    print(f"wrote {folder}: {(folder / 'model.onnx').stat().st_size / 2**20:.1f} MiB")


def write(exact: Path, folder: Path, launcher: Path = LAUNCHER) -> None:
    """Rewards keep their names, so a caller names the bundle; statistics of values stay those of the exact bundle."""
    manifest = bundle.read_manifest(exact)
    samples = [row["sample"] for row in json_lines.read(exact / "golden.jsonl")]
    changed = {"name": folder.parent.name, "precision": "int8", "golden_tolerance": TOLERANCE}
    tokenizer = load_tokenizer(exact / "tokenizer.json")
    with bundle.complete(folder) as unfinished, tempfile.TemporaryDirectory() as scratch:
        graph = onnx.load(exact / "model.onnx")
        restore_rounded(graph.graph)
        onnx.save(graph, Path(scratch, "model.onnx"))
        quantised.write(Path(scratch, "model.onnx"), unfinished / "model.onnx")
        run_integer = run_in_onnx(unfinished / "model.onnx")
        bundle.write_around_graph(unfinished, manifest | changed, tokenizer, run_integer, samples, launcher)
