"""A fine-tuning step: AdamW, a learning rate that rises and falls, clipped gradients, averaged weights."""

import math
from collections.abc import Mapping
from types import MappingProxyType

import torch
from torch import Tensor, nn

WARM_UP = 0.1
"""Share of the steps over which the learning rate rises from 0; it then falls linearly to 0."""


class Optimisation:
    """Trains `model` for a known number of steps and keeps a moving average of its parameters."""

    def __init__(
        self,
        model: nn.Module,
        learning_rate: float,
        steps: int,
        average_decay: float,
        own_rates: Mapping[str, float] = MappingProxyType({}),
    ):
        """`own_rates` are learning rates of the parameters whose name begins so."""
        self._model = model
        self._average = torch.optim.swa_utils.AveragedModel(
            model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(average_decay)
        )
        self._optimizer = torch.optim.AdamW(_groups(model, own_rates), lr=learning_rate, weight_decay=0.01, fused=True)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, lambda step: _rate(step, steps))

    def step(self, loss: Tensor) -> float:
        """Follows the gradient of the loss once and returns the loss."""
        value = loss.item()
        if not math.isfinite(value):
            raise FloatingPointError(f"loss {value} at step {self._schedule.last_epoch + 1} (expected: finite)")
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._schedule.step()
        self._average.update_parameters(self._model)
        return value

    @property
    def average(self) -> nn.Module:
        """The model with the averaged parameters, ready to infer."""
        return self._average.module.eval()


def _groups(model: nn.Module, own_rates: Mapping[str, float]) -> list[dict]:
    def prefix(name: str) -> str:
        return next((prefix for prefix in own_rates if name.startswith(prefix)), "")

    groups = {key: [p for name, p in model.named_parameters() if prefix(name) == key] for key in ("", *own_rates)}
    return [{"params": groups[""]}, *({"params": groups[key], "lr": rate} for key, rate in own_rates.items())]


def _rate(step: int, steps: int) -> float:
    warm_up = WARM_UP * steps
    return step / warm_up if step < warm_up else (steps - step) / (steps - warm_up)
