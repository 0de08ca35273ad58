import pytest
import torch

from winnow_models.bert import Bert, BertShape
from winnow_models.optimisation import Optimisation
from winnow_models.qa_feedback import training
from winnow_models.qa_feedback.examples import EncodedAnswer, EncodedQuestion, Target, collate
from winnow_models.qa_feedback.manifest import HEADS
from winnow_models.reference import Row
from winnow_models.reward_model import RewardModel

GOOD, BAD = 5, 6


def answer(*pieces):
    """[CLS] evidence [SEP] response [SEP], where each bad piece of the response is an error."""
    row = Row([2, 4, 3, *pieces, 3], [0, 0, 0, *[1] * len(pieces), 1], [])
    targets = [Target(3 + i, 4 + i, piece == BAD, 1.0) for i, piece in enumerate(pieces)]
    return EncodedAnswer(row, {"relevance": targets, "factuality": targets})


def question():
    """The second answer is worse, the third the most complete."""
    answers = [answer(GOOD, BAD), answer(BAD, BAD), answer(GOOD, GOOD, GOOD)]
    return EncodedQuestion(answers, {"completeness": [(2, 0), (0, 1)], "preference": [(2, 1)]})


def model(vocabulary=8):
    torch.manual_seed(1)
    shape = BertShape(vocabulary, width=8, inner_width=16, layers=1, heads=2, positions=16, dropout=0.0)
    return RewardModel(Bert(shape), HEADS)


def settings(rate=0.05):
    return training.Settings("none", 0, 1, rate, questions_per_step=2, average_decay=0.5)


def fit(epochs):
    return training.fit(model(), [question()] * 8, epochs, settings())


def test_every_head_learns_its_targets():
    batch, trained = collate([question()]), fit(12)
    with torch.inference_mode():
        outputs = trained(batch.input_ids, batch.attention_mask, batch.token_type_ids)
    relevance, factuality, completeness, preference = (output.squeeze(-1) for output in outputs)
    for logits in (relevance, factuality):
        assert (logits[0, 3:5] > 0).tolist() == [False, True]
        assert (logits[1, 3:5] > 0).tolist() == [True, True]
    assert completeness[2, 0] > completeness[0, 0] > completeness[1, 0]
    assert preference[2, 0] > preference[1, 0]


def test_the_same_seed_gives_the_same_weights():
    first, second = (fit(1).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_losses_by_hand():
    """All weights of the heads are zero, so every logit is the head's bias."""
    constant = model().eval()
    for name, bias in zip(HEADS, (0.0, 1.0, 2.0, 3.0), strict=True):
        torch.nn.init.zeros_(constant.heads[name].weight)
        torch.nn.init.constant_(constant.heads[name].bias, bias)
    # Relevance: log 2 for each target. Factuality: 3 of 7 targets are errors. Pairs: margins of 0.
    log_2 = torch.tensor(2.0).log()
    right, wrong = torch.tensor(-1.0).exp().log1p(), torch.tensor(1.0).exp().log1p()
    expected = {
        "relevance": log_2,
        "factuality": (3 * right + 4 * wrong) / 7,
        "completeness": log_2,
        "preference": log_2,
    }
    losses = training.losses(constant, collate([question()]), "cpu")
    assert losses.keys() == expected.keys()
    for name, loss in losses.items():
        assert loss.item() == pytest.approx(expected[name].item(), abs=1e-3)


def test_a_head_without_targets_has_no_loss():
    alone = EncodedQuestion([EncodedAnswer(answer(BAD).row, {"relevance": [], "factuality": []})], question().pairs)
    alone.pairs.update(completeness=[], preference=[(0, 0)])
    assert training.losses(model(), collate([alone]), "cpu").keys() == {"preference"}


def test_weights_of_targets_weigh():
    logits = torch.tensor([[0.0, 2.0]])
    light = EncodedQuestion(
        [EncodedAnswer(Row([1, 1], [0, 0], []), {"relevance": [Target(0, 1, True, 1.0), Target(1, 2, False, 0.25)]})],
        {"completeness": [], "preference": []},
    )
    light.answers[0].targets["factuality"] = []
    targets = collate([light]).targets["relevance"]
    expected = (torch.tensor(2.0).log() + 0.25 * torch.tensor(2.0).exp().log1p()) / 1.25
    assert training._segment_loss(logits, targets).item() == pytest.approx(expected.item())


def test_a_loss_that_is_not_finite_stops_the_training():
    optimisation = Optimisation(model(), 0.01, steps=2, average_decay=0.5)
    with pytest.raises(FloatingPointError, match=r"loss nan at step 1 \(expected: finite\)"):
        optimisation.step(torch.tensor(float("nan")))


def test_parameters_have_the_rate_that_their_name_asks_for():
    layers = torch.nn.ModuleDict({name: torch.nn.Linear(1, 1, bias=False) for name in ("slow", "fast")})
    before = {name: layer.weight.item() for name, layer in layers.items()}
    optimisation = Optimisation(layers, 0.01, steps=10, average_decay=0.5, own_rates={"fast.": 0.1})
    for _ in range(2):  # the rate of the first step is 0
        optimisation.step(sum(layer(torch.ones(1, 1)).sum() for layer in layers.values()))
    moved = {name: before[name] - layer.weight.item() for name, layer in layers.items()}
    assert moved["slow"] == pytest.approx(0.01, rel=0.05)
    assert moved["fast"] == pytest.approx(0.1, rel=0.05)


def test_the_average_follows_the_weights_at_the_given_pace():
    weight = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.zeros_(weight.weight)
    optimisation = Optimisation(weight, 0.1, steps=10, average_decay=0.75)
    optimisation.step(weight(torch.ones(1, 1)).sum())
    first = weight.weight.item()
    optimisation.step(weight(torch.ones(1, 1)).sum())
    assert optimisation.average.weight.item() == pytest.approx(0.75 * first + 0.25 * weight.weight.item())


def test_no_epochs_leave_the_model_as_it_is():
    before = model().state_dict()
    after = fit(0).state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)
