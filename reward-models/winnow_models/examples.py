"""Training examples: pieces with token targets, segments with sentence targets, a text with its sequence target."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from winnow_models.segments import Segments
from winnow_models.toxic_spans import Post

WORD_SHARE = 0.5
"""A word counts as toxic where at least this share of its characters is marked."""


WORD_HEADS = ("token_logits", "edit_logits")
"""Heads that learn from pieces: marked words, and words dropped by an edit."""


@dataclass(frozen=True)
class LabelledText:
    """A post with its words, sentences and sub-sentences."""

    post: Post
    words: Segments
    sentences: Segments
    sub_sentences: Segments


@dataclass(frozen=True)
class Example:
    """Input ids with special tokens; `piece_targets` in {0, 1}, one a piece; segments as ranges of positions.

    `heads` are those whose words the piece targets speak of: annotators mark words by another rule than people drop
    them when they rewrite.
    """

    input_ids: list[int]
    piece_targets: list[float]
    ranges: list[tuple[int, int]]
    range_targets: list[float]
    sequence_target: float
    heads: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """Tensors of one step: `[rows, width]`, ranges as `[segments]` of row, first and end position.

    `piece_masks` `[heads, rows, width]` has, for each head of `WORD_HEADS`, 1 at the pieces that it learns from.
    """

    input_ids: Tensor
    attention_mask: Tensor
    piece_targets: Tensor
    piece_masks: Tensor
    range_rows: Tensor
    range_starts: Tensor
    range_ends: Tensor
    range_targets: Tensor
    sequence_targets: Tensor

    def to(self, device: str) -> "Batch":
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


def encode(text: LabelledText, tokenizer: Tokenizer, heads: tuple[str, ...] = WORD_HEADS) -> Example:
    """Targets are laid on pieces by their offsets, which are code points of the text."""
    pieces = tokenizer.encode(text.post.text)
    targets = [0.0] * len(pieces.ids)
    for start, end in text.words:
        if _marked(text.post, start, end) >= WORD_SHARE * (end - start):
            for position in range(*position_range(pieces, start, end)):
                targets[position] = 1.0
    segments = {*text.sentences, *text.sub_sentences}
    segments = sorted(span for span in segments if len(range(*position_range(pieces, *span))))
    return Example(
        pieces.ids,
        targets,
        [position_range(pieces, *span) for span in segments],
        [float(_marked(text.post, *span) > 0) for span in segments],
        float(bool(text.post.toxic)),
        heads,
    )


def position_range(pieces: Encoding, start: int, end: int) -> tuple[int, int]:
    """Half-open range of the positions whose pieces overlap `[start, end)`; special tokens overlap nothing."""
    hits = [i for i, (s, e) in enumerate(pieces.offsets) if s < end and e > start and not pieces.special_tokens_mask[i]]
    return (hits[0], hits[-1] + 1) if hits else (0, 0)


def batches(groups: Sequence[tuple[Example, ...]], rows: int, source: random.Random) -> list[list[Example]]:
    """Shuffled batches of `rows` groups of near lengths: sorted within chunks of 50 batches, to save padding.

    The examples of a group stay together, in their order.
    """
    shuffled = list(groups)
    source.shuffle(shuffled)
    result = []
    for first in range(0, len(shuffled), 50 * rows):
        chunk = sorted(shuffled[first : first + 50 * rows], key=_longest)
        result += [[each for group in chunk[i : i + rows] for each in group] for i in range(0, len(chunk), rows)]
    source.shuffle(result)
    return result


def _longest(group: tuple[Example, ...]) -> int:
    return max(len(example.input_ids) for example in group)


def collate(examples: Sequence[Example]) -> Batch:
    """Pads to the longest example; the piece masks leave out special tokens and padding."""
    width = max(len(example.input_ids) for example in examples)

    def padded(rows: list[list]) -> Tensor:
        return torch.tensor([row + [0] * (width - len(row)) for row in rows])

    ranges = [(row, *positions) for row, example in enumerate(examples) for positions in example.ranges]
    rows, starts, ends = (torch.tensor(column, dtype=torch.long) for column in zip(*ranges, strict=True))
    return Batch(
        padded([example.input_ids for example in examples]),
        padded([[1] * len(example.input_ids) for example in examples]),
        padded([example.piece_targets for example in examples]).float(),
        torch.stack([padded([_learnt_pieces(example, head) for example in examples]).float() for head in WORD_HEADS]),
        rows,
        starts,
        ends,
        torch.tensor([target for example in examples for target in example.range_targets]),
        torch.tensor([example.sequence_target for example in examples]),
    )


def _learnt_pieces(example: Example, head: str) -> list[int]:
    return [0] + [int(head in example.heads)] * (len(example.input_ids) - 2) + [0]


def _marked(post: Post, start: int, end: int) -> int:
    return sum(offset in post.toxic for offset in range(start, end))
