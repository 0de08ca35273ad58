"""Training examples: pieces with token targets, segments with sentence targets, a text with its sequence target."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from winnow_models.segments import Segments
from winnow_models.toxic_spans import Post

WORD_SHARE = 0.5
"""A word counts as toxic where at least this share of its characters is marked."""


@dataclass(frozen=True)
class LabelledText:
    """A post, or a crop of one, with its words, sentences and sub-sentences."""

    post: Post
    words: Segments
    sentences: Segments
    sub_sentences: Segments

    def crop(self, first: int, last: int) -> "LabelledText":
        """The text from sentence `first` to sentence `last`, both included."""
        start, end = self.sentences.starts[first], self.sentences.ends[last]

        def inside(segments: Segments) -> Segments:
            kept = [(s - start, e - start) for s, e in segments if start <= s and e <= end]
            return Segments([s for s, _ in kept], [e for _, e in kept])

        toxic = frozenset(offset - start for offset in self.post.toxic if start <= offset < end)
        post = Post(self.post.text[start:end], toxic)
        return LabelledText(post, inside(self.words), inside(self.sentences), inside(self.sub_sentences))


@dataclass(frozen=True)
class Example:
    """Input ids with special tokens; `piece_targets` in {0, 1}, one a piece; segments as ranges of positions."""

    input_ids: list[int]
    piece_targets: list[float]
    ranges: list[tuple[int, int]]
    range_targets: list[float]
    sequence_target: float


@dataclass(frozen=True)
class Batch:
    """Tensors of one step: `[rows, width]`, ranges as `[segments]` of row, first and end position."""

    input_ids: Tensor
    attention_mask: Tensor
    piece_targets: Tensor
    piece_mask: Tensor
    range_rows: Tensor
    range_starts: Tensor
    range_ends: Tensor
    range_targets: Tensor
    sequence_targets: Tensor


def random_crop(text: LabelledText, source: random.Random) -> LabelledText | None:
    """A proper run of sentences, of clean ones where the text has any; None where it has a single sentence.

    It begins anywhere and goes on with probability one half, while the next sentence is as clean as the first.
    """
    count = len(text.sentences)
    if count < 2:
        return None
    clean = {i for i, (start, end) in enumerate(text.sentences) if not _marked(text.post, start, end)}
    allowed = clean or set(range(count))
    first = last = source.choice(sorted(allowed))
    while last + 1 in allowed and last - first + 2 < count and source.random() < 0.5:
        last += 1
    return text.crop(first, last)


def encode(text: LabelledText, tokenizer: Tokenizer) -> Example:
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
    )


def position_range(pieces: Encoding, start: int, end: int) -> tuple[int, int]:
    """Half-open range of the positions whose pieces overlap `[start, end)`; special tokens overlap nothing."""
    hits = [i for i, (s, e) in enumerate(pieces.offsets) if s < end and e > start and not pieces.special_tokens_mask[i]]
    return (hits[0], hits[-1] + 1) if hits else (0, 0)


def batches(examples: Sequence[Example], rows: int, source: random.Random) -> list[list[Example]]:
    """Shuffled batches of near lengths: sorted within chunks of 50 batches, so that little is padding."""
    shuffled = list(examples)
    source.shuffle(shuffled)
    result = []
    for first in range(0, len(shuffled), 50 * rows):
        chunk = sorted(shuffled[first : first + 50 * rows], key=lambda example: len(example.input_ids))
        result += [chunk[i : i + rows] for i in range(0, len(chunk), rows)]
    source.shuffle(result)
    return result


def collate(examples: Sequence[Example]) -> Batch:
    """Pads to the longest example; the piece mask leaves out special tokens and padding."""
    width = max(len(example.input_ids) for example in examples)

    def padded(rows: list[list]) -> Tensor:
        return torch.tensor([row + [0] * (width - len(row)) for row in rows])

    ranges = [(row, *positions) for row, example in enumerate(examples) for positions in example.ranges]
    rows, starts, ends = (torch.tensor(column, dtype=torch.long) for column in zip(*ranges, strict=True))
    return Batch(
        padded([example.input_ids for example in examples]),
        padded([[1] * len(example.input_ids) for example in examples]),
        padded([example.piece_targets for example in examples]).float(),
        padded([[0] + [1] * (len(example.input_ids) - 2) + [0] for example in examples]).float(),
        rows,
        starts,
        ends,
        torch.tensor([target for example in examples for target in example.range_targets]),
        torch.tensor([example.sequence_target for example in examples]),
    )


def _marked(post: Post, start: int, end: int) -> int:
    return sum(offset in post.toxic for offset in range(start, end))
