import numpy
import pytest
from onnx import helper, numpy_helper

from winnow_models.base import read_weights

TRANSPOSED = numpy.arange(6, dtype=numpy.float32).reshape(2, 3)
BIAS = numpy.ones(3, numpy.float32)


def graph(node_name):
    """What an exporter makes of one linear layer, beside a product of two activations."""
    nodes = [
        helper.make_node("MatMul", ["x", "onnx::MatMul_7"], ["product"], name=node_name),
        helper.make_node("Add", ["encoder.layer.0.output.dense.bias", "product"], ["y"]),
        helper.make_node("MatMul", ["y", "y"], ["z"], name="/encoder/layer.0/attention/self/MatMul"),
    ]
    initializers = [
        numpy_helper.from_array(TRANSPOSED, "onnx::MatMul_7"),
        numpy_helper.from_array(BIAS, "encoder.layer.0.output.dense.bias"),
        numpy_helper.from_array(numpy.arange(4), "embeddings.position_ids"),
    ]
    return helper.make_graph(nodes, "layer", [], [], initializers)


def test_a_linear_layer_is_found_by_its_node_and_turned_back():
    weights = read_weights(graph("/encoder/layer.0/output/dense/MatMul"))
    assert weights.keys() == {"encoder.layer.0.output.dense.weight", "encoder.layer.0.output.dense.bias"}
    assert (weights["encoder.layer.0.output.dense.weight"] == TRANSPOSED.T).all()


def test_an_unknown_node_with_a_weight_is_named():
    with pytest.raises(ValueError, match="named 'MatMul_3'"):
        read_weights(graph("MatMul_3"))
