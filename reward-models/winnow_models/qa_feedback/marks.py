"""Fits the heads' reading of marks, which is convex and takes seconds, before the trunk learns anything."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, logsigmoid

from winnow_models.matching import MatchingRewardModel, match_marks
from winnow_models.qa_feedback.examples import COMPARED, FINE, EncodedQuestion, Targets, collate

RIDGE = 1e-3
"""Weight of the squared weights of standardised marks."""


def fit_marks(model: MatchingRewardModel, questions: Sequence[EncodedQuestion]) -> None:
    """Sets, in place, what every head makes of the marks; of the trunk's output the heads make nothing."""
    batches = [collate([question]) for question in questions]
    marks = [match_marks(b.input_ids, b.attention_mask, b.token_type_ids, model.separator) for b in batches]
    for name in FINE:
        targets = [batch.targets[name] for batch in batches]
        errors = torch.cat([each.errors for each in targets])
        weights = torch.cat([each.weights for each in targets])
        pooled = torch.cat([_pooled(*each) for each in zip(marks, targets, strict=True)])
        mean = pooled.mean(dim=0)

        def cross_entropy(logits: Tensor, errors: Tensor = errors, weights: Tensor = weights) -> Tensor:
            return binary_cross_entropy_with_logits(logits, errors, weights, reduction="sum") / weights.sum()

        slopes, bias = _minimise(pooled - mean, cross_entropy)
        _set(model, name, slopes, bias - slopes @ mean)
    for name in COMPARED:
        pairs = [(mark[:, 0], batch.pairs[name]) for mark, batch in zip(marks, batches, strict=True)]
        differences = torch.cat([first[index[:, 0]] - first[index[:, 1]] for first, index in pairs])
        slopes, _ = _minimise(differences, lambda margins: -logsigmoid(margins).mean(), with_bias=False)
        _set(model, name, slopes, torch.zeros(()))


def _pooled(marks: Tensor, targets: Targets) -> Tensor:
    """Means of the marks over each target, `[targets, marks]`."""
    places = zip(targets.rows.tolist(), targets.starts.tolist(), targets.ends.tolist(), strict=True)
    means = [marks[row, start:end].mean(dim=0) for row, start, end in places]
    return torch.stack(means) if means else marks.new_zeros((0, marks.shape[2]))


def _minimise(inputs: Tensor, loss: Callable[[Tensor], Tensor], with_bias: bool = True) -> tuple[Tensor, Tensor]:
    """Slopes `[marks]` and bias of the least loss by L-BFGS; a mark that never varies has the slope 0."""
    scale = inputs.square().mean(dim=0).sqrt()
    standard = torch.where(scale > 0, inputs / scale, 0.0)
    slopes, bias = torch.zeros(inputs.shape[1], requires_grad=True), torch.zeros((), requires_grad=with_bias)
    parameters = [slopes, bias] if with_bias else [slopes]
    optimizer = torch.optim.LBFGS(parameters, max_iter=100)

    def closure() -> Tensor:
        optimizer.zero_grad()
        value = loss(standard @ slopes + bias) + RIDGE * slopes.square().sum()
        value.backward()
        return value

    optimizer.step(closure)
    return torch.where(scale > 0, slopes / scale, 0.0).detach(), bias.detach()


def _set(model: MatchingRewardModel, name: str, slopes: Tensor, bias: Tensor) -> None:
    head, mark_head = model.heads[f"{name}_logits"], model.mark_heads[f"{name}_logits"]
    with torch.no_grad():
        mark_head.weight.copy_(slopes[None])
        head.weight.zero_()
        head.bias.copy_(bias[None])
