"""Longformer's attention (arXiv 2004.05150) computed over a whole row at once.

The published code cuts a row, padded to a multiple of the window, into chunks: control flow that a traced graph would
freeze at one width. A mask over all pairs of tokens gives the same numbers at any width, for memory that grows with the
square of it.
"""

import math

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel


class WholeRowLongformer(nn.Module):
    """Maps int64 `[rows, width]` tensors to the logits of the given classifier, whose weights it shares.

    A sequence classifier's first token attends to all others, and they to it; a token classifier has no such token.
    """

    def __init__(self, model: PreTrainedModel):
        super().__init__()
        self.model = model
        self.first_is_global = type(model).__name__.endswith("ForSequenceClassification")

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor | None = None) -> Tensor:
        hidden = self.model.longformer.embeddings(input_ids=input_ids, token_type_ids=token_type_ids)
        known = attention_mask[:, None, None, :].bool()
        for layer in self.model.longformer.encoder.layer:
            attended = layer.attention.output(self._attend(layer.attention.self, hidden, known), hidden)
            hidden = layer.output(layer.intermediate(attended), attended)
        return self.model.classifier(hidden)

    def _attend(self, attention: nn.Module, hidden: Tensor, known: Tensor) -> Tensor:
        positions = torch.arange(hidden.shape[1], device=hidden.device)
        near = (positions[:, None] - positions[None, :]).abs() <= attention.one_sided_attn_window_size
        if not self.first_is_global:
            return self._mix(attention, "", hidden, hidden, known & near)
        local = self._mix(attention, "", hidden, hidden, known & (near | (positions == 0)))
        first = self._mix(attention, "_global", hidden[:, :1], hidden, known)
        return torch.cat([first, local[:, 1:]], dim=1)

    @staticmethod
    def _mix(attention: nn.Module, kind: str, asking: Tensor, asked: Tensor, visible: Tensor) -> Tensor:
        """Softmax attention with the `query`, `key` and `value` of a kind, as `[rows, asking width, embedding]`."""

        def by_head(name: str, hidden: Tensor) -> Tensor:
            projected = getattr(attention, name + kind)(hidden)
            return projected.unflatten(-1, (attention.num_heads, attention.head_dim)).transpose(1, 2)

        scores = by_head("query", asking) @ by_head("key", asked).transpose(-1, -2) / math.sqrt(attention.head_dim)
        weights = scores.masked_fill(~visible, torch.finfo(scores.dtype).min).softmax(dim=-1)
        return (weights @ by_head("value", asked)).transpose(1, 2).flatten(2)
