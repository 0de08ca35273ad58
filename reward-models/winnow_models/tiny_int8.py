"""The tiny model with integer matrix products: a bundle with `precision: int8`, both of its rewards from one input."""

import argparse
import tempfile
from pathlib import Path

from winnow_models import bundle, onnx_graph, quantised, tiny
from winnow_models.check import run_in_onnx

FOLDER = tiny.FOLDER.parents[1] / "tiny-int8/1"
MANIFEST = {
    "schema": 1,
    "name": "tiny-int8",
    "version": "1",
    "description": "Random weights for tests, multiplied as integers; its values mean nothing.",
    "license": "Apache-2.0",
    "precision": "int8",
    "maximum_tokens": 64,
    "golden_tolerance": 0.2,
    "tensors": {name: name for name in onnx_graph.INPUTS},
    "inputs": {
        "response": {"overflow": "refuse", "pieces": [{"special": "[CLS]"}, "response", {"special": "[SEP]"}]},
    },
    "rewards": {
        "int8-quality": {
            "meaning": "a random number for a response",
            "input": "response",
            "range": [float("-inf"), float("inf")],
            "inverse": "logit = value",
            "link": "linear",
            "mean": 0.0,
            "std": 1.0,
            "scale": 1.0,
            "bias": 0.0,
            "default_density": "TOKEN",
            "densities": {
                "TOKEN": {"output": "quality_logits", "label": 0, "read_out": "mean"},
                "SEQUENCE": {"output": "quality_logits", "label": 0, "read_out": "last_token"},
            },
        },
        "int8-fluency": {
            "meaning": "a random probability for a response",
            "input": "response",
            "range": [0.0, 1.0],
            "inverse": "probability = value",
            "link": "softmax",
            "mean": 0.0,
            "std": 1.0,
            "scale": 1.0,
            "bias": 0.0,
            "default_density": "SENTENCE",
            "densities": {
                "SENTENCE": {"output": "fluency_logits", "label": 1, "read_out": "mean"},
                "SEQUENCE": {"output": "fluency_logits", "label": 1, "read_out": "first_token"},
            },
        },
    },
}
SAMPLES = [
    {"id": "plain", "response": "It is two in the afternoon."},
    {"id": "two-sentences", "response": "Good work. The last line was rude."},
    {"id": "long", "response": "This is a small test, and the answer is here. " * 3},
    {"id": "empty", "response": ""},
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: the bundle is the same each time."""


def run(arguments: argparse.Namespace) -> None:
    write(FOLDER)
    print(f"wrote {FOLDER}")


def write(folder: Path) -> None:
    """The golden values are those of ONNX Runtime: no other framework has this arithmetic."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as exact:
        onnx_graph.write(tiny.model(), {}, Path(exact, "model.onnx"))
        quantised.write(Path(exact, "model.onnx"), folder / "model.onnx")
    bundle.write_around_graph(folder, MANIFEST, tiny.tokenizer(), run_in_onnx(folder / "model.onnx"), SAMPLES)
