"""Questions as tensors: a row for each answer, labelled ranges of its pieces, and pairs of rows."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from winnow_models.qa_feedback.labels import Label, Pair
from winnow_models.qa_feedback.layout import Layout
from winnow_models.qa_feedback.questions import Answer, Question
from winnow_models.reference import Row

FINE = ("relevance", "factuality")
COMPARED = ("completeness", "preference")


@dataclass(frozen=True)
class Target:
    """A half-open range of positions in a row, whether it is an error, and the label's weight."""

    start: int
    end: int
    error: bool
    weight: float


@dataclass(frozen=True)
class EncodedAnswer:
    """A row with the targets of each of `FINE`."""

    row: Row
    targets: dict[str, list[Target]]


@dataclass(frozen=True)
class EncodedQuestion:
    """Rows, and for each of `COMPARED` pairs of them (better, worse) by index."""

    answers: list[EncodedAnswer]
    pairs: dict[str, list[Pair]]

    @property
    def width(self) -> int:
        return max(len(answer.row.input_ids) for answer in self.answers)


@dataclass(frozen=True)
class Targets:
    """Targets of one head in a batch, each tensor `[targets]`."""

    rows: Tensor
    starts: Tensor
    ends: Tensor
    errors: Tensor
    weights: Tensor


@dataclass(frozen=True)
class Batch:
    """Tensors `[rows, width]`; targets of each of `FINE`; better and worse rows of each of `COMPARED`, `[pairs, 2]`."""

    input_ids: Tensor
    attention_mask: Tensor
    token_type_ids: Tensor
    targets: dict[str, Targets]
    pairs: dict[str, Tensor]


def encode(questions: Iterable[Question], layout: Layout) -> list[EncodedQuestion]:
    """One for each question, in their order."""
    listed = list(questions)
    rows = iter(layout.rows([answer.sample for question in listed for answer in question.answers]))
    return [
        EncodedQuestion(
            [_encode(answer, next(rows)) for answer in question.answers],
            {name: getattr(question, name) for name in COMPARED},
        )
        for question in listed
    ]


def _encode(answer: Answer, row: Row) -> EncodedAnswer:
    targets = {name: [_target(label, row) for label in getattr(answer, name)] for name in FINE}
    return EncodedAnswer(row, {name: [target for target in found if target] for name, found in targets.items()})


def _target(label: Label, row: Row) -> Target | None:
    """None where the tokenizer drops the whole segment."""
    hits = [i for i, span in enumerate(row.offsets) if span and span[0] < label.end and span[1] > label.start]
    return Target(hits[0], hits[-1] + 1, label.error, label.weight) if hits else None


def batches(
    questions: Sequence[EncodedQuestion], questions_per_batch: int, source: random.Random
) -> list[list[EncodedQuestion]]:
    """Shuffled batches of near widths: sorted within chunks of 16 batches, so that little is padding."""
    shuffled = source.sample(questions, len(questions))
    result = []
    for first in range(0, len(shuffled), 16 * questions_per_batch):
        chunk = sorted(shuffled[first : first + 16 * questions_per_batch], key=lambda question: question.width)
        result += [chunk[i : i + questions_per_batch] for i in range(0, len(chunk), questions_per_batch)]
    source.shuffle(result)
    return result


def collate(questions: Sequence[EncodedQuestion]) -> Batch:
    """Pads to the longest row."""
    answers = [answer for question in questions for answer in question.answers]
    width = max(question.width for question in questions)

    def padded(rows: list[list[int]]) -> Tensor:
        return torch.tensor([row + [0] * (width - len(row)) for row in rows])

    return Batch(
        padded([answer.row.input_ids for answer in answers]),
        padded([[1] * len(answer.row.input_ids) for answer in answers]),
        padded([answer.row.token_type_ids for answer in answers]),
        {name: _targets([answer.targets[name] for answer in answers]) for name in FINE},
        {name: _pairs(questions, name) for name in COMPARED},
    )


def _targets(by_row: Sequence[Sequence[Target]]) -> Targets:
    found = [(row, target) for row, targets in enumerate(by_row) for target in targets]
    return Targets(
        torch.tensor([row for row, _ in found], dtype=torch.long),
        torch.tensor([target.start for _, target in found], dtype=torch.long),
        torch.tensor([target.end for _, target in found], dtype=torch.long),
        torch.tensor([float(target.error) for _, target in found]),
        torch.tensor([target.weight for _, target in found]),
    )


def _pairs(questions: Sequence[EncodedQuestion], name: str) -> Tensor:
    """Pairs are of rows of one question; its rows stand behind those of the questions before it."""
    pairs, first = [], 0
    for question in questions:
        pairs += [(first + better, first + worse) for better, worse in question.pairs[name]]
        first += len(question.answers)
    return torch.tensor(pairs, dtype=torch.long).reshape(-1, 2)
