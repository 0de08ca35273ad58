"""Graphs whose matrix products are computed in integers, for bundles with `precision: int8`."""

import tempfile
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process


def write(graph: Path, file: Path) -> None:
    """Quantises an fp32 graph: weights to int8 once, activations at each run by the scale of that run's batch.

    Constants are folded before, since a weight that is transposed in the graph would be passed over without a word.
    Weights keep to 7 bits (`reduce_range`): with 8, sums of two products overflow on processors without VNNI, and the
    values of a bundle would differ between machines by far more than rounding.
    """
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        folded, integer = Path(folder, "folded.onnx"), Path(folder, "integer.onnx")
        quant_pre_process(graph, folded, skip_symbolic_shape=True)
        quantize_dynamic(folded, integer, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        if not any(node.op_type == "MatMulInteger" for node in onnx.load(integer).graph.node):
            raise ValueError(f"{graph}: no matrix product with a constant weight (expected: at least one to quantise)")
        integer.replace(file)
