"""A BERT encoder whose parameter names are those of the published checkpoints (arXiv 1810.04805)."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class BertShape:
    """The numbers that fix an encoder's parameters; `heads` divides `width`."""

    vocabulary: int
    width: int
    inner_width: int
    layers: int
    heads: int
    positions: int = 512
    dropout: float = 0.1
    """Of hidden states alone: with dropout of attention weights PyTorch leaves its fused kernel on a CPU, and rows of
    300 tokens train 2.4 times slower."""


class Embeddings(nn.Module):
    def __init__(self, shape: BertShape):
        super().__init__()
        self.word_embeddings = nn.Embedding(shape.vocabulary, shape.width)
        self.position_embeddings = nn.Embedding(shape.positions, shape.width)
        self.token_type_embeddings = nn.Embedding(2, shape.width)
        self.LayerNorm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, input_ids: Tensor, token_type_ids: Tensor) -> Tensor:
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)
        total = self.word_embeddings(input_ids) + self.token_type_embeddings(token_type_ids)
        return self.dropout(self.LayerNorm(total + self.position_embeddings(positions)))


class Attention(nn.Module):
    """Self-attention, its output projection, the residual and the norm after it."""

    def __init__(self, shape: BertShape):
        super().__init__()
        self.shape = shape
        self.self = nn.ModuleDict({name: nn.Linear(shape.width, shape.width) for name in ("query", "key", "value")})
        self.output = _residual(shape.width, shape)

    def forward(self, hidden: Tensor, visible: Tensor) -> Tensor:
        rows, width, _ = hidden.shape

        def by_head(name: str) -> Tensor:
            return self.self[name](hidden).view(rows, width, self.shape.heads, -1).transpose(1, 2)

        mixed = functional.scaled_dot_product_attention(
            by_head("query"), by_head("key"), by_head("value"), attn_mask=visible
        )
        mixed = mixed.transpose(1, 2).reshape(rows, width, self.shape.width)
        return _add_and_norm(self.output, mixed, hidden)


class Layer(nn.Module):
    def __init__(self, shape: BertShape):
        super().__init__()
        self.attention = Attention(shape)
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(shape.width, shape.inner_width)})
        self.output = _residual(shape.inner_width, shape)

    def forward(self, hidden: Tensor, visible: Tensor) -> Tensor:
        attended = self.attention(hidden, visible)
        inner = functional.gelu(self.intermediate["dense"](attended))
        return _add_and_norm(self.output, inner, attended)


class Bert(nn.Module):
    """Maps `input_ids`, `attention_mask`, `token_type_ids` (int64 `[rows, width]`) to `[rows, width, shape.width]`."""

    def __init__(self, shape: BertShape):
        super().__init__()
        self.shape = shape
        self.embeddings = Embeddings(shape)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(shape) for _ in range(shape.layers))})

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        hidden = self.embeddings(input_ids, token_type_ids)
        visible = attention_mask[:, None, None, :].bool()
        for layer in self.encoder["layer"]:
            hidden = layer(hidden, visible)
        return hidden


def _residual(inputs: int, shape: BertShape) -> nn.ModuleDict:
    return nn.ModuleDict(
        {
            "dense": nn.Linear(inputs, shape.width),
            "dropout": nn.Dropout(shape.dropout),
            "LayerNorm": nn.LayerNorm(shape.width, eps=1e-12),
        }
    )


def _add_and_norm(block: nn.ModuleDict, branch: Tensor, trunk: Tensor) -> Tensor:
    return block["LayerNorm"](block["dropout"](block["dense"](branch)) + trunk)
