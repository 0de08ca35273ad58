import math

import pytest
import torch

from winnow_models import tiny
from winnow_models.reference import Reference, Row, link, read_out

LOGITS = torch.tensor([[0.0, 1.0], [1.0, 5.0], [3.0, 2.0], [7.0, 0.0]])


@pytest.fixture
def reference():
    return Reference(tiny.MANIFEST, tiny.tokenizer(), lambda row: {"fluency_logits": LOGITS})


def test_layout_has_specials_types_and_response_offsets(reference):
    row = reference.lay_out({"prompt": "why", "response": "the 🎉 a"}, "pair")
    tokens = [tiny.tokenizer().id_to_token(piece) for piece in row.input_ids]
    assert tokens == ["[CLS]", "why", "[SEP]", "the", "[UNK]", "a", "[SEP]"]
    assert row.token_type_ids == [0, 0, 0, 1, 1, 1, 1]
    assert row.offsets == [None, None, None, (0, 3), (4, 5), (6, 7), None]


def test_a_prompt_over_its_budget_keeps_its_last_tokens(reference):
    row = reference.lay_out({"prompt": "why " * 30 + "how ?", "response": ""}, "pair")
    tokens = [tiny.tokenizer().id_to_token(piece) for piece in row.input_ids]
    assert tokens == ["[CLS]", *["why"] * 14, "how", "?", "[SEP]", "[SEP]"]


def test_a_row_that_is_too_long_is_refused(reference):
    with pytest.raises(ValueError, match=r"65 tokens \(expected: at most 64\)"):
        reference.lay_out({"response": "a " * 63}, "response")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("mean", [2.0, 3.5]), ("max", [3.0, 5.0]), ("first_token", [0.0, 1.0]), ("last_token", [7.0, 0.0])],
)
def test_read_out_pools_the_pieces_that_overlap_the_segment(reference, rule, expected):
    row = reference.lay_out({"response": "the a"}, "response")
    assert read_out({"read_out": rule}, row, LOGITS, 0, 5).tolist() == expected
    assert row.offsets == [None, (0, 3), (4, 5), None]


def test_a_piece_of_no_characters_overlaps_nothing():
    row = Row([1, 2, 3], [0, 0, 0], [(0, 3), (4, 4), (4, 7)])
    assert read_out({"read_out": "mean"}, row, LOGITS, 0, 7).tolist() == [1.5, 1.5]
    assert read_out({"read_out": "mean"}, row, LOGITS, 4, 4) is None


def test_logits_that_the_graph_pooled_are_taken_as_they_are(reference):
    row = reference.lay_out({"response": ""}, "response")
    assert read_out({"read_out": "pooled"}, row, LOGITS[1], 0, 0).tolist() == [1.0, 5.0]


def test_a_prompt_that_is_cut_on_the_right_keeps_its_first_tokens():
    pieces = [{"prompt": {"truncate": "right", "budget": 2}}, "response"]
    cut = Reference(tiny.MANIFEST | {"inputs": {"pair": {"pieces": pieces}}}, tiny.tokenizer(), lambda row: {})
    row = cut.lay_out({"prompt": "why the time", "response": ""}, "pair")
    assert [tiny.tokenizer().id_to_token(piece) for piece in row.input_ids] == ["why", "the"]


def test_a_segment_without_pieces_has_no_value(reference):
    row = reference.lay_out({"response": "the a"}, "response")
    vector = reference.vector("fluency", "TOKEN", [(0, 3), (3, 4), (4, 5)], row, {"fluency_logits": LOGITS})
    assert (vector["starts"], vector["ends"]) == ([0, 4], [3, 5])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("linear", 5.0), ("sigmoid", 1 / (1 + math.exp(-5))), ("softmax", 1 / (1 + math.exp(-4)))],
)
def test_links(kind, expected):
    assert link(kind, LOGITS[1], label=1) == pytest.approx(expected)


def test_a_sigmoid_of_a_large_negative_logit_does_not_overflow():
    assert link("sigmoid", torch.tensor([-1e4]), label=0) == 0


def test_scale_and_bias_turn_raw_values_into_values():
    quality = Reference(tiny.MANIFEST, tiny.tokenizer(), lambda row: {"quality_logits": torch.full((3, 1), 4.25)})
    row, logits = quality.logits({"response": "the"}, "response")
    vector = quality.vector("quality", "SENTENCE", [(0, 3)], row, logits)
    assert vector["raw_values"] == [4.25]
    assert vector["values"] == [pytest.approx((4.25 - 0.25) / 2 * 0.5 + 0.1)]
