"""One training loop for all recipes: AdamW under bfloat16 autocast, warm-up and linear decay, averaged weights."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor, nn

Step = TypeVar("Step")
WARM_UP = 0.1
"""Share of the steps over which the learning rate rises from 0; it then falls linearly to 0."""


@dataclass(frozen=True)
class Optimisation:
    """How the weights are fitted; saved beside them."""

    learning_rate: float
    average_decay: float = 0.998
    """Weight of the old value in the moving average of the parameters, which is what training returns."""
    device: str = "cpu"


def optimise(
    model: nn.Module,
    epochs: Sequence[Sequence[Step]],
    loss: Callable[[nn.Module, Step], Tensor],
    settings: Optimisation,
) -> nn.Module:
    """Takes one step for each item of each epoch and returns the moving average of the weights, on the CPU.

    The same seed, items and machine give the same weights. Raises FloatingPointError where the loss is not finite.
    """
    torch.use_deterministic_algorithms(True)
    model = model.to(settings.device).train()
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(settings.average_decay)
    )
    optimizer = torch.optim.AdamW(model.parameters(), lr=settings.learning_rate, weight_decay=0.01, fused=True)
    steps = sum(len(epoch) for epoch in epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    step, started, total = 0, time.monotonic(), 0.0
    for number, epoch in enumerate(epochs, start=1):
        for item in epoch:
            with torch.autocast(settings.device, torch.bfloat16):
                current = loss(model, item)
            if not math.isfinite(current.item()):
                raise FloatingPointError(f"loss {current.item()} at step {step + 1} (expected: finite)")
            optimizer.zero_grad()
            current.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
            step += 1
            total += current.item()
            if step % 100 == 0:
                print(
                    f"epoch {number}  step {step}/{steps}  loss {total / 100:.4f}  {time.monotonic() - started:.0f} s",
                    flush=True,
                )
                total = 0.0
    return average.module.cpu().eval()


def _rate(step: int, steps: int) -> float:
    warm_up = WARM_UP * steps
    return step / warm_up if step < warm_up else (steps - step) / (steps - warm_up)
