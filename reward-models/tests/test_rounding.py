import numpy
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from winnow_models import onnx_graph
from winnow_models.rounding import RoundedWeight, restore_rounded, store_rounded

WEIGHT = numpy.random.default_rng(1).normal(size=(6, 4)).astype(numpy.float32)


def graph(weight):
    return helper.make_graph(
        [helper.make_node("Gemm", ["x", "weight"], ["y"], transB=1)],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", 4])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", 6])],
        [numpy_helper.from_array(weight, "weight")],
    )


def save(contents, file):
    opsets = [helper.make_opsetid("", onnx_graph.OPSET)]
    onnx.save(helper.make_model(contents, opset_imports=opsets, ir_version=8), file)
    return file


def test_an_error_is_at_most_half_a_step_of_its_row():
    rounded = RoundedWeight.of(WEIGHT)
    assert rounded.bytes.dtype == numpy.int8
    assert (abs(rounded.values() - WEIGHT) <= rounded.scales[:, None] * 0.5001).all()
    assert (abs(rounded.bytes).max(axis=1) == 127).all()


def test_rounding_twice_changes_nothing():
    once = RoundedWeight.of(WEIGHT)
    assert (RoundedWeight.of(once.values()).bytes == once.bytes).all()


def test_a_row_of_zeros_stays_zero():
    assert (RoundedWeight.of(numpy.zeros((1, 3), numpy.float32)).values() == 0).all()


def test_the_runtime_computes_bit_for_bit_with_the_rounded_weights(tmp_path):
    rounded = RoundedWeight.of(WEIGHT)
    plain = save(graph(rounded.values()), tmp_path / "plain.onnx")
    stored = graph(WEIGHT)
    store_rounded(stored, {"weight": rounded})
    small = save(stored, tmp_path / "small.onnx")
    rows = numpy.random.default_rng(2).normal(size=(5, 4)).astype(numpy.float32)
    expected = onnxruntime.InferenceSession(str(plain)).run(None, {"x": rows})[0]
    assert (onnx_graph.session(small).run(None, {"x": rows})[0] == expected).all()


def test_a_stored_matrix_comes_back_as_it_was_rounded():
    rounded = RoundedWeight.of(WEIGHT)
    stored = graph(WEIGHT)
    store_rounded(stored, {"weight": rounded})
    restore_rounded(stored)
    assert stored == graph(rounded.values())


def test_of_equal_matrices_the_graph_has_one():
    """So the exporter leaves it: what reads the other reads the one."""
    rounded, stored = RoundedWeight.of(WEIGHT), graph(WEIGHT)
    store_rounded(stored, {"weight": rounded, "other": RoundedWeight.of(WEIGHT)})
    assert [node.output[0] for node in stored.node if node.op_type == "DequantizeLinear"] == ["weight"]


def test_a_matrix_that_the_graph_lacks_is_named():
    with pytest.raises(ValueError, match=r"no initializers \['other'\]"):
        store_rounded(graph(WEIGHT), {"weight": RoundedWeight.of(WEIGHT), "other": RoundedWeight.of(2 * WEIGHT)})
