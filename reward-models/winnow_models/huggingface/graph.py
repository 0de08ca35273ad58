"""A model as an ONNX file, of any size: the traced graph first, then its weights, one after the other, beside it."""

import io
import warnings
from pathlib import Path

import numpy
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from winnow_models import bundle, onnx_graph
from winnow_models.huggingface.heads import OUTPUT, Exportable, Head
from winnow_models.huggingface.refusal import Refusal, first_line
from winnow_models.rounding import RoundedWeight

LARGEST_FILE = 1_900_000_000
"""Bytes of weights that a graph holds itself. Protocol buffers end at 2 GiB, names and nodes included."""
ALIGNMENT = 65536
"""Of weights in the data file, in bytes, so that every platform can map them."""


def write(model: Exportable, rounded: dict[str, RoundedWeight], folder: Path, largest_file: int = LARGEST_FILE) -> None:
    """Writes `model.onnx`, and beside it the weights where they are more than `largest_file` bytes.

    `rounded` are the matrices, by their name in the model, that are stored as bytes with a scale a row.
    """
    traced = model.for_tracing()
    proto = _trace(traced, model)
    weights = _take_weights(proto.graph, traced.state_dict(), rounded)
    if sum(array.nbytes for array in weights.values()) <= largest_file:
        proto.graph.initializer.extend(numpy_helper.from_array(array, name) for name, array in weights.items())
    else:
        _store_beside(proto.graph, weights, folder / bundle.MODEL_DATA)
    onnx.save(proto, folder / "model.onnx")
    onnx.checker.check_model(folder / "model.onnx", full_check=True)


def _trace(traced: torch.nn.Module, model: Exportable) -> onnx.ModelProto:
    """The graph with its weights as inputs, rows and width free."""
    example = torch.ones((2, 8), dtype=torch.long)
    axes = {0: "rows", 1: "width"}
    file = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the tracing exporter announces its successor, and each frozen number
            torch.onnx.export(
                traced,
                tuple(example if name != "token_type_ids" else example * 0 for name in model.inputs),
                file,
                export_params=False,
                input_names=model.inputs,
                output_names=[OUTPUT],
                dynamic_axes={name: axes for name in model.inputs}
                | {OUTPUT: {0: "rows"} if model.head is Head.POOLED else axes},
                opset_version=onnx_graph.OPSET,
                do_constant_folding=False,  # keeps a matrix under its parameter's name
                dynamo=False,
            )
    except Exception as fault:  # torch's own errors, or whatever the model's code raises while it is traced
        raise Refusal(f"{type(model.model).__name__} does not become an ONNX graph: {first_line(fault)}") from fault
    return onnx.load_from_string(file.getvalue())


def _take_weights(
    graph: onnx.GraphProto, state: dict[str, torch.Tensor], rounded: dict[str, RoundedWeight]
) -> dict[str, numpy.ndarray]:
    """Turns the weights from inputs of the graph into initialisers to be stored, and returns those by name."""
    names = [value.name for value in graph.input if value.name in state]
    kept = [value for value in graph.input if value.name not in state]
    del graph.input[:]
    graph.input.extend(kept)
    weights = {}
    for name in names:
        if name in rounded:
            inputs = [f"{name}.bytes", f"{name}.scales"]
            weights |= dict(zip(inputs, (rounded[name].bytes, rounded[name].scales), strict=True))
            node = helper.make_node("DequantizeLinear", inputs, [name], name=f"{name}.dequantize", axis=0)
            graph.node.insert(0, node)
        else:
            weights[name] = state[name].numpy()
    return weights


def _store_beside(graph: onnx.GraphProto, weights: dict[str, numpy.ndarray], file: Path) -> None:
    with file.open("wb") as data:
        for name, array in weights.items():
            data.seek(-(-data.tell() // ALIGNMENT) * ALIGNMENT)
            tensor = graph.initializer.add(
                name=name,
                data_type=helper.np_dtype_to_tensor_dtype(array.dtype),
                dims=array.shape,
                data_location=TensorProto.EXTERNAL,
            )
            place = {"location": file.name, "offset": data.tell(), "length": array.nbytes}
            for key, value in place.items():
                tensor.external_data.add(key=key, value=str(value))
            data.write(numpy.ascontiguousarray(array).data)
