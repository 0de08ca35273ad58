"""A reward model as one ONNX file, and the runtime session that runs it as the service does."""

import warnings
from pathlib import Path

import onnx
import onnxruntime
import torch

from winnow_models.reward_model import RewardModel
from winnow_models.rounding import RoundedWeight, store_rounded

OPSET = 17
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


def write(model: RewardModel, rounded: dict[str, RoundedWeight], file: Path) -> None:
    """Inputs are int64 `[rows, width]`, outputs float32 `[rows, width, labels]`, rows and width dynamic."""
    outputs = list(model.heads)
    example = torch.ones((2, 8), dtype=torch.long)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracing exporter announces its successor at each call
        torch.onnx.export(
            model.eval(),
            (example, example, torch.zeros_like(example)),
            str(file),
            input_names=INPUTS,
            output_names=outputs,
            dynamic_axes={name: {0: "rows", 1: "width"} for name in INPUTS + outputs},
            opset_version=OPSET,
            do_constant_folding=False,  # keeps a matrix under its parameter's name
            dynamo=False,
        )
    graph = onnx.load(file)
    store_rounded(graph.graph, rounded)
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, file)


def session(file: Path, threads: int = 0) -> onnxruntime.InferenceSession:
    """Folds DequantizeLinear at load and computes in fp32; without the key the runtime would fuse int8 kernels.

    With 0 `threads` the runtime takes as many as there are cores.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
