"""What of a response stands in the text before it, token by token: told to the encoder, which learns it slowly."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from winnow_models.bert import Bert
from winnow_models.reward_model import RewardModel

LOCAL = 8
GLOBAL = LOCAL + 1
LENGTH_UNIT = 128.0
"""Tokens of a response whose length counts as 1."""


class MatchingRewardModel(RewardModel):
    """A reward model whose heads also read which tokens of the response, those of type 1, are copied.

    Marks of a token of the response, each 0 or 1: its id stands before the response (1), and so do the pair that it
    ends (2), the pair that it begins (3) and the three around it (4); its id stands in the first part, up to the first
    separator (5); the pair that it ends stands earlier in the response (6). With them goes its place in the response,
    from the beginning (7) and as a share of the length (8). A head reads a token's marks, their sums over the response
    and its length, beside the encoder's output. All is computed within the graph, from the inputs alone.
    """

    def __init__(self, encoder: Bert, heads: dict[str, int], separator: int):
        super().__init__(encoder, heads)
        self.separator = separator
        self.mark_heads = nn.ModuleDict(
            {name: nn.Linear(LOCAL + GLOBAL, labels, bias=False) for name, labels in heads.items()}
        )
        for head in self.mark_heads.values():
            nn.init.zeros_(head.weight)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, ...]:
        hidden = self.dropout(self.bert(input_ids, attention_mask, token_type_ids))
        marks = match_marks(input_ids, attention_mask, token_type_ids, self.separator).to(hidden.dtype)
        return tuple(self.heads[name](hidden) + self.mark_heads[name](marks) for name in self.heads)


def match_marks(input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor, separator: int) -> Tensor:
    """The marks of each token, their sums over the response and its length, `[rows, width, LOCAL + GLOBAL]`.

    Sums and length are in units of `LENGTH_UNIT`.
    """
    response = (token_type_ids * attention_mask).bool()
    before = (1 - token_type_ids).bool() & attention_mask.bool()
    first_part = before & ((input_ids == separator).long().cumsum(dim=1) == 0)
    same = input_ids[:, :, None] == input_ids[:, None, :]
    pair = same & _earlier(same)
    three = pair & _later(same)
    earlier = torch.ones_like(same[0]).tril(-1)

    def stands_in(matches: Tensor, place: Tensor) -> Tensor:
        return (matches & place[:, None, :]).any(dim=2) & response

    marks = [
        stands_in(same, before),
        stands_in(pair, before),
        stands_in(same & _later(same), before),
        stands_in(three, before),
        stands_in(same, first_part),
        stands_in(pair & earlier, response),
    ]
    length = response.sum(dim=1, dtype=torch.float)[:, None]
    place = response.float().cumsum(dim=1) * response
    places = [place / LENGTH_UNIT, place / length]
    local = torch.stack([*(mark.float() for mark in marks), *places], dim=2)
    total = torch.cat([local.sum(dim=1), length], dim=1) / LENGTH_UNIT
    return torch.cat([local, total[:, None, :].expand(-1, input_ids.shape[1], -1)], dim=2)


def _earlier(same: Tensor) -> Tensor:
    """Whether the tokens one place before are the same, `[rows, width, width]`; False at the beginning."""
    return functional.pad(same[:, :-1, :-1], (1, 0, 1, 0))


def _later(same: Tensor) -> Tensor:
    return functional.pad(same[:, 1:, 1:], (0, 1, 0, 1))
