"""The manifest of an exported model."""

from collections.abc import Sequence

from winnow_models.huggingface.directory import Directory
from winnow_models.huggingface.heads import Exportable
from winnow_models.huggingface.layout import Layout
from winnow_models.huggingface.rewards import Reward

TOLERANCE = 1e-4
"""Least `golden_tolerance`; machines with other instructions add in other orders."""
MARGIN = 10
"""How much further than here a machine may be from PyTorch."""


def build(
    name: str,
    version: str,
    source: Directory,
    model: Exportable,
    rewards: Sequence[Reward],
    layout: Layout,
    maximum_tokens: int,
    word_read_out: str,
) -> dict:
    return {
        "schema": 1,
        "name": name,
        "version": version,
        "description": f"{source.architecture}, exported from the Hugging Face directory {source.path.resolve().name}.",
        "license": source.license or "unknown",
        "precision": "fp32",
        "maximum_tokens": maximum_tokens,
        "golden_tolerance": TOLERANCE,
        "tensors": {tensor: tensor for tensor in model.inputs},
        "inputs": {layout.name: {"overflow": "refuse", "pieces": layout.pieces}},
        "rewards": {reward.name: reward.definition(model.head, layout.name, word_read_out) for reward in rewards},
    }


def tolerance(difference: float) -> float:
    """A golden tolerance for a graph that is this far from PyTorch here, with one significant digit."""
    return max(TOLERANCE, float(f"{MARGIN * difference:.0e}"))
