import pytest
import torch
from test_matching import ROW, SEP, TYPES

from winnow_models.bert import Bert, BertShape
from winnow_models.matching import MatchingRewardModel
from winnow_models.qa_feedback.examples import EncodedAnswer, EncodedQuestion, Target
from winnow_models.qa_feedback.manifest import HEADS
from winnow_models.qa_feedback.marks import fit_marks
from winnow_models.reference import Row


@pytest.fixture
def model():
    torch.manual_seed(1)
    shape = BertShape(vocabulary=20, width=8, inner_width=16, layers=1, heads=2, positions=32)
    return MatchingRewardModel(Bert(shape), HEADS, SEP).eval()


def test_what_is_copied_is_told_from_what_is_not(model):
    """An error is the token that stands nowhere before; the longer answer is the better."""
    targets = [Target(7 + i, 8 + i, i == 3, 1.0) for i in range(6)]
    long = EncodedAnswer(Row(ROW, TYPES, []), {"relevance": targets, "factuality": targets})
    short = EncodedAnswer(Row([*ROW[:9], SEP], TYPES[:10], []), {"relevance": [], "factuality": []})
    fit_marks(model, [EncodedQuestion([long, short], {"completeness": [(0, 1)], "preference": [(1, 0)]})])

    def run(row, types):
        ids = torch.tensor([row])
        outputs = model(ids, torch.ones_like(ids), torch.tensor([types]))
        return dict(zip(HEADS, (output[0, :, 0] for output in outputs), strict=True))

    whole, part = run(ROW, TYPES), run([*ROW[:9], SEP], TYPES[:10])
    for name in ("relevance_logits", "factuality_logits"):
        assert (whole[name][7:13] > 0).tolist() == [False, False, False, True, False, False]
    assert whole["completeness_logits"][0] > part["completeness_logits"][0]
    assert whole["preference_logits"][0] < part["preference_logits"][0]
