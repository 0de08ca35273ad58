"""Writes a small bundle whose model fails at will: four words make it throw, hang, give NaN or ask for all memory."""

import argparse
from pathlib import Path

import onnx
from onnx import TensorProto, helper
from tokenizers import Tokenizer, models, pre_tokenizers

from winnow_models import bundle, tiny
from winnow_models.check import run_in_onnx

FOLDER = tiny.FOLDER.parents[1] / "tiny-faulty/1"
WORDS = ["[UNK]", "[CLS]", "[SEP]", "throw", "hang", "nan", "allocate", "a", "good", "bad", "word", "."]
IDS = {word: index for index, word in enumerate(WORDS)}
# More than the addresses that a process has, so that no setting of the system grants it.
UNGRANTABLE_FLOATS = 2**46
MANIFEST = {
    "schema": 1,
    "name": "tiny-faulty",
    "version": "1",
    "description": "A model that fails where a word tells it to, for tests; its values mean nothing.",
    "license": "Apache-2.0",
    "precision": "fp32",
    "maximum_tokens": 64,
    "golden_tolerance": 1.0e-6,
    "tensors": {"input_ids": "input_ids"},
    "inputs": {
        "response": {"overflow": "refuse", "pieces": [{"special": "[CLS]"}, "response", {"special": "[SEP]"}]},
    },
    "rewards": {
        "faulty": {
            "meaning": "a tenth of the word's number",
            "input": "response",
            "range": [float("-inf"), float("inf")],
            "inverse": "number = value * 10",
            "link": "linear",
            "mean": 0.0,
            "std": 1.0,
            "scale": 1.0,
            "bias": 0.0,
            "default_density": "TOKEN",
            "densities": {"TOKEN": {"output": "logits", "label": 0, "read_out": "mean"}},
        },
    },
}
SAMPLES = [{"id": "words", "response": "a good word"}, {"id": "one", "response": "bad"}]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: the bundle is the same each time."""


def run(arguments: argparse.Namespace) -> None:
    write(FOLDER)
    print(f"wrote {FOLDER}")


def write(folder: Path) -> None:
    with bundle.complete(folder) as unfinished:
        onnx.save(model(), unfinished / "model.onnx")
        bundle.write_around_graph(unfinished, MANIFEST, tokenizer(), run_in_onnx(unfinished / "model.onnx"), SAMPLES)


def tokenizer() -> Tokenizer:
    result = Tokenizer(models.WordLevel(IDS, unk_token="[UNK]"))
    result.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    result.add_special_tokens(WORDS[:3])
    return result


def model() -> onnx.ModelProto:
    """`logits = ids / 10 + faults`, where each fault is 0 unless its word is in a row: `[rows, width, 1]`."""
    nodes = [
        helper.make_node("Cast", ["input_ids"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["numbers", "ten"], ["tenths"]),
        *_count("throw"),
        helper.make_node("Gather", ["one_zero", "throw"], ["throw_fault"]),
        *_count("hang"),
        helper.make_node("Mul", ["hang", "endless"], ["rounds"]),
        helper.make_node("Loop", ["rounds", "", "zero"], ["hang_fault"], body=_one_round()),
        *_count("nan"),
        helper.make_node("Cast", ["nan"], ["nan_number"], to=TensorProto.FLOAT),
        helper.make_node("Sub", ["one", "nan_number"], ["nan_divisor"]),
        helper.make_node("Div", ["zero", "nan_divisor"], ["nan_fault"]),
        *_count("allocate"),
        helper.make_node("Mul", ["allocate", "ungrantable"], ["allocate_size"]),
        helper.make_node("Unsqueeze", ["allocate_size", "first_axis"], ["allocate_shape"]),
        helper.make_node("ConstantOfShape", ["allocate_shape"], ["allocated"]),
        helper.make_node("ReduceSum", ["allocated"], ["allocate_fault"], keepdims=0),
        helper.make_node("Sum", ["throw_fault", "hang_fault", "nan_fault", "allocate_fault"], ["faults"]),
        helper.make_node("Add", ["tenths", "faults"], ["values"]),
        helper.make_node("Unsqueeze", ["values", "last_axis"], ["logits"]),
    ]
    constants = [
        helper.make_tensor("ten", TensorProto.FLOAT, [], [10]),
        helper.make_tensor("one", TensorProto.FLOAT, [], [1]),
        helper.make_tensor("zero", TensorProto.FLOAT, [], [0]),
        helper.make_tensor("one_zero", TensorProto.FLOAT, [1], [0]),
        helper.make_tensor("endless", TensorProto.INT64, [], [2**60]),
        helper.make_tensor("ungrantable", TensorProto.INT64, [], [UNGRANTABLE_FLOATS]),
        helper.make_tensor("first_axis", TensorProto.INT64, [1], [0]),
        helper.make_tensor("last_axis", TensorProto.INT64, [1], [-1]),
        *(helper.make_tensor(f"{word}_id", TensorProto.INT64, [], [IDS[word]]) for word in WORDS[3:7]),
    ]
    graph = helper.make_graph(
        nodes,
        "faulty",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["rows", "width"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["rows", "width", 1])],
        constants,
    )
    result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(result)
    return result


def _count(word: str) -> list[onnx.NodeProto]:
    """`word`: 1 where the word is in the batch, else 0."""
    return [
        helper.make_node("Equal", ["input_ids", f"{word}_id"], [f"{word}_places"]),
        helper.make_node("Cast", [f"{word}_places"], [f"{word}_numbers"], to=TensorProto.INT64),
        helper.make_node("ReduceMax", [f"{word}_numbers"], [word], keepdims=0),
    ]


def _one_round() -> onnx.GraphProto:
    """Adds nothing, as often as it is asked to."""
    return helper.make_graph(
        [
            helper.make_node("Identity", ["go_on"], ["goes_on"]),
            helper.make_node("Add", ["sum", "sum"], ["next_sum"]),
        ],
        "round",
        [
            helper.make_tensor_value_info("number", TensorProto.INT64, []),
            helper.make_tensor_value_info("go_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("sum", TensorProto.FLOAT, []),
        ],
        [
            helper.make_tensor_value_info("goes_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("next_sum", TensorProto.FLOAT, []),
        ],
    )
