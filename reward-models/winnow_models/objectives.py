"""What a run of training minimises."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy
from torch.nn.functional import softplus

from winnow_models.examples import WORD_HEADS, Batch, Example
from winnow_models.reward_model import RewardModel, range_means
from winnow_models.training_set import TrainingSet


@dataclass(frozen=True)
class Objective:
    """`groups` gives the examples of an epoch, those together that must share a step; `loss` is of such a batch."""

    groups: Callable[[TrainingSet, random.Random], list[tuple[Example, ...]]]
    loss: Callable[[RewardModel, Batch], Tensor]


def label_loss(model: RewardModel, batch: Batch) -> Tensor:
    """Sum of the heads' binary cross-entropies, each a mean over its own targets."""
    logits = _logits(model, batch)
    sentence_means = range_means(logits["sentence_logits"], batch.range_rows, batch.range_starts, batch.range_ends)
    loss = cross_entropy(sentence_means, batch.range_targets)
    loss = loss + cross_entropy(logits["sequence_logits"][:, 0], batch.sequence_targets)
    for head, mask in zip(WORD_HEADS, batch.piece_masks, strict=True):
        if mask.any():
            loss = loss + cross_entropy(logits[head], batch.piece_targets, weight=mask, reduction="sum") / mask.sum()
    return loss


def preference_loss(model: RewardModel, batch: Batch) -> Tensor:
    """Mean of -log sigmoid(toxic - rewrite) over pairs in rows 2i and 2i + 1 (Bradley & Terry, 1952)."""
    sequence = _logits(model, batch)["sequence_logits"]
    return softplus(sequence[1::2, 0] - sequence[0::2, 0]).mean()


def _logits(model: RewardModel, batch: Batch) -> dict[str, Tensor]:
    outputs = model(batch.input_ids, batch.attention_mask, torch.zeros_like(batch.input_ids))
    return {name: logits.float().squeeze(-1) for name, logits in zip(model.heads, outputs, strict=True)}


OBJECTIVES = {
    "labels": Objective(lambda examples, source: [(each,) for each in examples.epoch(source)], label_loss),
    "preferences": Objective(lambda examples, source: examples.pairs(source), preference_loss),
}
