import numpy
import onnx
import pytest
import torch

from winnow_models import onnx_graph, tiny
from winnow_models.rounding import round_parameters


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    file = tmp_path_factory.mktemp("exported") / "model.onnx"
    model = tiny.model()
    onnx_graph.write(model, round_parameters(model), file)
    return model, file


@pytest.mark.parametrize(("rows", "width", "padding"), [(1, 2, 0), (1, 64, 0), (3, 17, 5)])
def test_the_graph_computes_what_the_model_computes(exported, rows, width, padding):
    model, file = exported
    ids = torch.randint(5, 200, (rows, width), generator=torch.Generator().manual_seed(width))
    mask = torch.ones_like(ids)
    mask[-1, width - padding :] = 0
    types = (torch.arange(width) > width // 2).long().expand_as(ids)
    with torch.inference_mode():
        expected = model(ids, mask, types)
    feeds = {name: tensor.numpy() for name, tensor in zip(onnx_graph.INPUTS, (ids, mask, types), strict=True)}
    actual = onnx_graph.session(file).run(list(model.heads), feeds)
    for left, right in zip(expected, actual, strict=True):
        assert numpy.abs(left.numpy() - right).max() < 1e-5


def test_every_matrix_is_stored_in_bytes(exported):
    _, file = exported
    matrices = [t for t in onnx.load(file).graph.initializer if len(t.dims) == 2]
    assert matrices
    assert {t.data_type for t in matrices} == {onnx.TensorProto.INT8}


def test_the_graph_says_nothing_about_the_machine_that_wrote_it(exported):
    _, file = exported
    contents = file.read_bytes()
    assert str(onnx_graph.__file__).encode() not in contents
    assert not any(node.doc_string for node in onnx.load(file).graph.node)
