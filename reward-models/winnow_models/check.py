"""Proves a bundle: the rounded weights, the ONNX graph and a running service against the run in PyTorch."""

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy
import torch

from winnow_models import bundle, onnx_graph, service, toxic_spans, toxicity, train
from winnow_models.reference import LogitsByOutput, Reference, Row, run_in_torch
from winnow_models.rounding import round_parameters
from winnow_models.tokenizer_files import load_tokenizer

LOGIT_TOLERANCE = 1e-4
"""Largest difference of a logit between runtimes; they add the same numbers in different orders."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder with toxic-spans/")
    parser.add_argument("--run", default=toxicity.NAME, help=f"folder under runs/ (default: {toxicity.NAME})")
    parser.add_argument("--target", help="HOST:PORT of a service that serves the bundle")
    parser.add_argument("--posts", type=int, default=500, help="number of posts to compare on (default: 500)")


def run(arguments: argparse.Namespace) -> None:
    folder = toxicity.FOLDER
    manifest = bundle.read_manifest(folder)
    trained, exact_model = train.load(arguments.run), train.load(arguments.run).model
    model, tokenizer = trained.model, trained.tokenizer
    posts = toxic_spans.read(arguments.data / "toxic-spans" / "tsd_trial.csv")[: arguments.posts]
    responses = [post.text for post in posts]

    exact = Reference(manifest, tokenizer, run_in_torch(exact_model))
    round_parameters(model)
    rounded = Reference(manifest, tokenizer, run_in_torch(model))
    graph = Reference(manifest, load_tokenizer(folder / "tokenizer.json"), run_in_onnx(folder / "model.onnx"))

    print(f"{len(posts)} posts; largest differences")
    print(f"rounding of the weights, logits: {logit_difference(exact, rounded, responses):.2e}")
    _report("ONNX Runtime against PyTorch, logits", logit_difference(rounded, graph, responses), LOGIT_TOLERANCE)
    if arguments.target:
        vectors = service.score(
            arguments.target, manifest["name"], _asked(manifest), [{"response": response} for response in responses]
        )
        difference = value_difference(rounded, responses, vectors)
        _report("service against PyTorch, values", difference, manifest["golden_tolerance"])


def run_in_onnx(file: Path) -> Callable[[Row], LogitsByOutput]:
    """Runs a row alone in ONNX Runtime."""
    session = onnx_graph.session(file)
    names = [output.name for output in session.get_outputs()]
    inputs = [tensor.name for tensor in session.get_inputs()]

    def run_row(row: Row) -> LogitsByOutput:
        ids, types = numpy.array([row.input_ids]), numpy.array([row.token_type_ids])
        feeds = dict(zip(onnx_graph.INPUTS, (ids, numpy.ones_like(ids), types), strict=True))
        outputs = session.run(names, {name: feeds[name] for name in inputs})
        return {name: torch.from_numpy(output[0]) for name, output in zip(names, outputs, strict=True)}

    return run_row


def logit_difference(expected: Reference, actual: Reference, responses: list[str]) -> float:
    """Largest absolute difference of any logit of any response."""
    largest = 0.0
    for response in responses:
        sample = {"response": response}
        (_, left), (_, right) = expected.logits(sample, "response"), actual.logits(sample, "response")
        largest = max(largest, *((left[name] - right[name]).abs().max().item() for name in left))
    return largest


def value_difference(expected: Reference, responses: list[str], served: list[service.Vectors]) -> float:
    """Largest absolute difference of any value, recomputed at the segments that the service chose."""
    largest = 0.0
    for response, vectors in zip(responses, served, strict=True):
        row, logits = expected.logits({"response": response}, "response")
        for asked, vector in vectors.items():
            reward, density = asked.split("@")
            spans = zip(vector["starts"], vector["ends"], strict=True)
            values = expected.vector(reward, density, spans, row, logits)["values"]
            for value, own in zip(vector["values"], values, strict=True):
                largest = max(largest, abs(value - own))
    return largest


def _asked(manifest: dict) -> list[str]:
    """Every reward at every density that needs nothing but a response."""
    rewards = manifest["rewards"].items()
    return [f"{name}@{density}" for name, reward in rewards for density in reward["densities"] if density != "STEP"]


def _report(what: str, difference: float, tolerance: float) -> None:
    print(f"{what}: {difference:.2e} (tolerance {tolerance:.0e})")
    if difference > tolerance:
        raise SystemExit(f"{what}: {difference:.2e} (expected: at most {tolerance:.0e})")
