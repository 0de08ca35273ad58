import numpy
import pytest
import torch

from winnow_models import onnx_graph
from winnow_models.bert import Bert, BertShape
from winnow_models.matching import GLOBAL, LENGTH_UNIT, LOCAL, MatchingRewardModel, match_marks
from winnow_models.rounding import round_parameters

CLS, SEP, A, B, C, D, E = 1, 2, 10, 11, 12, 13, 14
# [CLS] A [SEP] B C D [SEP] | A B C E B C [SEP]
ROW = [CLS, A, SEP, B, C, D, SEP, A, B, C, E, B, C, SEP]
TYPES = [0] * 7 + [1] * 7
RESPONSE = slice(7, 14)


def marks(row, types, mask=None):
    ids = torch.tensor([row])
    mask = torch.ones_like(ids) if mask is None else torch.tensor([mask])
    return match_marks(ids, mask, torch.tensor([types]), SEP)[0]


def test_marks_by_hand():
    found = marks(ROW, TYPES)[RESPONSE, :6].T.tolist()
    assert found[0] == [1, 1, 1, 0, 1, 1, 1]  # all but E stand before
    assert found[1] == [0, 0, 1, 0, 0, 1, 0]  # pairs "B C"; [SEP] A, A B, C E, E B and C [SEP] stand nowhere
    assert found[2] == [0, 1, 0, 0, 1, 0, 0]
    assert found[3] == [0, 0, 0, 0, 0, 0, 0]
    assert found[4] == [1, 0, 0, 0, 0, 0, 0]  # the question is "A"
    assert found[5] == [0, 0, 0, 0, 0, 1, 0]  # the second "B C"


def test_three_in_a_row_are_marked_in_the_middle():
    found = marks([CLS, A, SEP, B, C, D, SEP, B, C, D, SEP], [0] * 7 + [1] * 4)
    # "[SEP] B C", "B C D" and "C D [SEP]" stand in the evidence with its separators; "D [SEP]" ends the row.
    assert found[7:, 3].tolist() == [1, 1, 1, 0]


def test_places_sums_and_length():
    found = marks(ROW, TYPES)
    assert found.shape == (14, LOCAL + GLOBAL)
    assert found[RESPONSE, 6].tolist() == pytest.approx([place / LENGTH_UNIT for place in range(1, 8)])
    assert found[RESPONSE, 7].tolist() == pytest.approx([place / 7 for place in range(1, 8)])
    assert (found[:7, :LOCAL] == 0).all()
    sums = [6, 2, 2, 0, 1, 1, 28 / LENGTH_UNIT, 4, 7]
    assert found[0, LOCAL:].tolist() == pytest.approx([value / LENGTH_UNIT for value in sums])
    assert (found[:, LOCAL:] == found[0, LOCAL:]).all()


def test_padding_changes_nothing():
    padded = marks([*ROW, 0, 0], [*TYPES, 0, 0], [1] * 14 + [0] * 2)
    assert torch.equal(padded[:14], marks(ROW, TYPES))


def test_the_graph_computes_what_the_model_computes(tmp_path):
    torch.manual_seed(1)
    shape = BertShape(vocabulary=20, width=8, inner_width=16, layers=1, heads=2, positions=32)
    model = MatchingRewardModel(Bert(shape), {"one": 1, "two": 1}, SEP).eval()
    for head in model.mark_heads.values():
        torch.nn.init.normal_(head.weight)
    onnx_graph.write(model, round_parameters(model), tmp_path / "model.onnx")
    session = onnx_graph.session(tmp_path / "model.onnx")
    for row, types in ((ROW, TYPES), (ROW[3:12], TYPES[3:12])):
        feeds = [numpy.array([values]) for values in (row, [1] * len(row), types)]
        with torch.inference_mode():
            expected = model(*map(torch.from_numpy, feeds))
        actual = session.run(["one", "two"], dict(zip(onnx_graph.INPUTS, feeds, strict=True)))
        for left, right in zip(expected, actual, strict=True):
            assert numpy.abs(left.numpy() - right).max() < 1e-5
