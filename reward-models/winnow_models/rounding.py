"""Weights rounded to one signed byte each, with one scale a row: a small bundle that still computes in fp32."""

from dataclasses import dataclass

import numpy
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn


@dataclass(frozen=True)
class RoundedWeight:
    """`bytes` `[rows, columns]` int8 and `scales` `[rows]` float32; the weight is `bytes * scales` in float32."""

    bytes: numpy.ndarray
    scales: numpy.ndarray

    @staticmethod
    def of(weight: numpy.ndarray) -> "RoundedWeight":
        """Symmetric rounding to -127..127; a row of zeros keeps the scale 1."""
        largest = numpy.abs(weight).max(axis=1)
        scales = numpy.where(largest > 0, largest / 127, 1).astype(numpy.float32)
        return RoundedWeight(numpy.rint(weight / scales[:, None]).astype(numpy.int8), scales)

    def key(self) -> tuple:
        """Equal for equal matrices."""
        return self.bytes.shape, self.bytes.tobytes(), self.scales.tobytes()

    def values(self) -> numpy.ndarray:
        return self.bytes.astype(numpy.float32) * self.scales[:, None]


def round_parameters(model: nn.Module) -> dict[str, RoundedWeight]:
    """Replaces every matrix of the model by its rounded values, in place, and returns them by parameter name."""
    rounded = {}
    for name, parameter in model.named_parameters():
        if parameter.dim() == 2:
            rounded[name] = RoundedWeight.of(parameter.detach().numpy())
            parameter.data = torch.from_numpy(rounded[name].values())
    return rounded


def store_rounded(graph: onnx.GraphProto, rounded: dict[str, RoundedWeight]) -> None:
    """Swaps each initializer of these names for its bytes, its scales and a DequantizeLinear node.

    Of matrices with equal values the exporter leaves one.
    """
    positions = {tensor.name: index for index, tensor in enumerate(graph.initializer)}
    present = {name: weight for name, weight in rounded.items() if name in positions}
    stored = {weight.key() for weight in present.values()}
    missing = sorted(name for name, weight in rounded.items() if weight.key() not in stored)
    if missing:
        raise ValueError(f"the graph has no initializers {missing} (expected: one for every rounded matrix)")
    for name, weight in present.items():
        graph.initializer[positions[name]].CopyFrom(numpy_helper.from_array(weight.bytes, f"{name}.bytes"))
        graph.initializer.append(numpy_helper.from_array(weight.scales, f"{name}.scales"))
        inputs = [f"{name}.bytes", f"{name}.scales"]
        graph.node.insert(0, helper.make_node("DequantizeLinear", inputs, [name], name=f"{name}.dequantize", axis=0))


def restore_rounded(graph: onnx.GraphProto) -> None:
    """Swaps what `store_rounded` made back for float32 initializers of the same values."""
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    for node in [node for node in graph.node if node.op_type == "DequantizeLinear"]:
        stored, scales = (tensors.pop(name) for name in node.input)
        weight = RoundedWeight(numpy_helper.to_array(stored), numpy_helper.to_array(scales))
        graph.initializer.append(numpy_helper.from_array(weight.values(), node.output[0]))
        graph.initializer.remove(stored)
        graph.initializer.remove(scales)
        graph.node.remove(node)
