"""Trains the four heads at once: errors of segments by cross-entropy, comparisons by -log sigmoid(better - worse)."""

import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, logsigmoid

from winnow_models.optimisation import Optimisation
from winnow_models.qa_feedback.examples import COMPARED, FINE, Batch, EncodedQuestion, Targets, batches, collate
from winnow_models.reward_model import RewardModel, range_means

OWN_RATES = {"mark_heads.": 1e-3, "heads.": 1e-3}
"""Learning rates of what has few parameters; that of the settings is the trunk's."""


@dataclass(frozen=True)
class Settings:
    """What a run depends on; saved beside its weights."""

    base: str
    practice_epochs: int
    epochs: int
    learning_rate: float
    questions_per_step: int = 4
    seed: int = 1
    average_decay: float = 0.98
    """Weight of the old value in the moving average of the parameters, which is what the run saves."""
    device: str = "cpu"


def fit(model: RewardModel, questions: Sequence[EncodedQuestion], epochs: int, settings: Settings) -> RewardModel:
    """Trains in place under bfloat16 autocast and returns the moving average of the weights.

    Without any epoch the model stays as it is.
    """
    if epochs == 0:
        return model.eval()
    torch.manual_seed(settings.seed)
    torch.use_deterministic_algorithms(True)
    source = random.Random(settings.seed)
    model = model.to(settings.device).train()
    plan = [chosen for _ in range(epochs) for chosen in batches(questions, settings.questions_per_step, source)]
    optimisation = Optimisation(model, settings.learning_rate, len(plan), settings.average_decay, OWN_RATES)
    started, recent = time.monotonic(), []
    for step, chosen in enumerate(plan, start=1):
        parts = losses(model, collate(chosen), settings.device)
        optimisation.step(torch.stack(list(parts.values())).sum())
        recent.append({name: part.item() for name, part in parts.items()})
        if step % 25 == 0:
            print(f"step {step}/{len(plan)}  {_means(recent)}  {time.monotonic() - started:.0f} s", flush=True)
            recent = []
    return optimisation.average.cpu()


def losses(model: RewardModel, batch: Batch, device: str) -> dict[str, Tensor]:
    """Losses to add up, each a weighted mean over its own targets or pairs; there is none for a head without any."""
    inputs = (batch.input_ids, batch.attention_mask, batch.token_type_ids)
    with torch.autocast(device, torch.bfloat16):
        outputs = model(*(tensor.to(device) for tensor in inputs))
    logits = {
        name.removesuffix("_logits"): output.float().squeeze(-1)
        for name, output in zip(model.heads, outputs, strict=True)
    }
    found = {name: _segment_loss(logits[name], batch.targets[name]) for name in FINE if len(batch.targets[name].rows)}
    compared = {name: logits[name][:, 0] for name in COMPARED if len(batch.pairs[name])}
    return found | {name: _pair_loss(scores, batch.pairs[name]) for name, scores in compared.items()}


def _means(steps: Sequence[dict[str, float]]) -> str:
    """Each loss by name, averaged over the steps that had it."""
    names = dict.fromkeys(name for step in steps for name in step)
    return "  ".join(f"{name} {statistics.mean(step[name] for step in steps if name in step):.3f}" for name in names)


def _segment_loss(logits: Tensor, targets: Targets) -> Tensor:
    device = logits.device
    means = range_means(logits, targets.rows.to(device), targets.starts.to(device), targets.ends.to(device))
    weights = targets.weights.to(device)
    losses = binary_cross_entropy_with_logits(means, targets.errors.to(device), weight=weights, reduction="sum")
    return losses / weights.sum()


def _pair_loss(scores: Tensor, pairs: Tensor) -> Tensor:
    better, worse = scores[pairs.to(scores.device)].unbind(dim=1)
    return -logsigmoid(better - worse).mean()
