"""An encoder with named heads, each a linear map from the trunk to `[rows, width, labels]` logits."""

import torch
from torch import Tensor, nn

from winnow_models.bert import Bert


class RewardModel(nn.Module):
    """One run of the trunk yields every head's logits, in the order of `heads` (output name to number of labels)."""

    def __init__(self, encoder: Bert, heads: dict[str, int]):
        super().__init__()
        self.bert = encoder
        self.dropout = nn.Dropout(encoder.shape.dropout)
        self.heads = nn.ModuleDict({name: nn.Linear(encoder.shape.width, labels) for name, labels in heads.items()})
        for head in self.heads.values():
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, ...]:
        hidden = self.dropout(self.bert(input_ids, attention_mask, token_type_ids))
        return tuple(head(hidden) for head in self.heads.values())


def range_means(logits: Tensor, rows: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
    """Means of `logits` (`[rows, width]`) over the positions `[starts, ends)` of each range, as `[ranges]`."""
    sums = torch.nn.functional.pad(logits.cumsum(dim=1), (1, 0))
    return (sums[rows, ends] - sums[rows, starts]) / (ends - starts)
