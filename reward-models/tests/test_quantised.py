import numpy
import onnx
import pytest
from onnx import TensorProto, helper

from winnow_models import onnx_graph, quantised, tiny, tiny_int8


@pytest.fixture(scope="module")
def graphs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quantised")
    onnx_graph.write(tiny.model(), {}, folder / "exact.onnx")
    quantised.write(folder / "exact.onnx", folder / "integer.onnx")
    return folder / "exact.onnx", folder / "integer.onnx"


def run(file, *rows):
    ids = numpy.array(rows)
    feeds = dict(zip(onnx_graph.INPUTS, (ids, numpy.ones_like(ids), numpy.zeros_like(ids)), strict=True))
    return onnx_graph.session(file).run(["quality_logits"], feeds)[0]


def test_every_product_with_a_weight_is_of_integers(graphs):
    _, integer = graphs
    graph = onnx.load(integer).graph
    weights = {tensor.name for tensor in graph.initializer}
    products = [node for node in graph.node if node.op_type in ("MatMul", "Gemm")]
    assert not [node.name for node in products if weights & set(node.input)]
    assert sum(node.op_type == "MatMulInteger" for node in graph.node) == 14


def test_values_are_near_those_of_the_exact_graph(graphs):
    exact, integer = graphs
    row = list(range(5, 45))
    difference = numpy.abs(run(exact, row) - run(integer, row)).max()
    assert 0 < difference < 0.5


def test_a_row_depends_on_its_neighbours_and_must_run_alone(graphs):
    exact, integer = graphs
    row, other = list(range(5, 25)), list(range(60, 80))
    assert (run(exact, row, other)[0] == run(exact, row)[0]).all()
    assert numpy.abs(run(integer, row, other)[0] - run(integer, row)[0]).max() > 1e-3
    assert (run(integer, row)[0] == run(integer, row)[0]).all()


def test_the_bundle_of_the_services_tests_has_this_graph(graphs):
    _, integer = graphs
    assert (tiny_int8.FOLDER / "model.onnx").read_bytes() == integer.read_bytes()


def test_a_graph_without_products_is_refused(tmp_path):
    value = helper.make_tensor_value_info("value", TensorProto.FLOAT, [1, 2])
    result = helper.make_tensor_value_info("result", TensorProto.FLOAT, [1, 2])
    node = helper.make_node("Relu", ["value"], ["result"])
    graph = helper.make_graph([node], "none", [value], [result])
    onnx.save(helper.make_model(graph, ir_version=8), tmp_path / "none.onnx")
    with pytest.raises(ValueError, match="no matrix product with a constant weight"):
        quantised.write(tmp_path / "none.onnx", tmp_path / "integer.onnx")
    assert [file.name for file in tmp_path.iterdir()] == ["none.onnx"]
