"""Proves an exported graph: ONNX Runtime, as the service runs it, against PyTorch."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import onnxruntime
import torch
from tokenizers import Tokenizer

from winnow_models.check import run_in_onnx
from winnow_models.huggingface.heads import OUTPUT, Exportable, Head, run_in_torch, tensors
from winnow_models.huggingface.refusal import Refusal, first_line
from winnow_models.reference import LogitsByOutput, Row
from winnow_models.rounding import RoundedWeight, round_parameters

WIDTHS = (1, 2, 3, 9, 33)
"""Of random rows, besides the longest: a graph that froze a width, or a branch of the model, fails at another."""
TOLERANCE = 1e-3
"""Largest difference of a logit, as a share of the largest logit or of 1: two runtimes add in different orders."""


@dataclass(frozen=True)
class Recorded:
    """A row and what PyTorch computed for it."""

    row: Row
    logits: torch.Tensor


class Recorder:
    """Runs rows in PyTorch, each of them once, and keeps them with their logits."""

    def __init__(self, model: Exportable):
        self._run = run_in_torch(model)
        self._recorded: dict[tuple, Recorded] = {}

    @property
    def records(self) -> list[Recorded]:
        return list(self._recorded.values())

    def __call__(self, row: Row) -> LogitsByOutput:
        key = (*row.input_ids, *row.token_type_ids)
        if key not in self._recorded:
            self._recorded[key] = Recorded(row, self._run(row)[OUTPUT])
        return {OUTPUT: self._recorded[key].logits}


def random_rows(tokenizer: Tokenizer, longest: int, types: bool) -> list[Row]:
    """Rows of ordinary tokens, one of each width up to the longest."""
    special = {index for index, token in tokenizer.get_added_tokens_decoder().items() if token.special}
    ordinary = sorted(set(tokenizer.get_vocab().values()) - special)
    source = random.Random(1)
    rows = []
    for width in sorted({*(width for width in WIDTHS if width < longest), longest}):
        kinds = [int(types and position > width // 2) for position in range(width)]
        rows.append(Row(source.choices(ordinary, k=width), kinds, [None] * width))
    return rows


def refuse_other_scores(model: Exportable, records: Sequence[Recorded], tokenizer: Tokenizer) -> None:
    """A decoder's own score, read before its padding tokens, must be the one at the last token of each row."""
    if model.head is not Head.LAST_TOKEN:
        return
    for record in records:
        with torch.inference_mode():
            own = model.model(*tensors(record.row, model.inputs)).logits[0]
        if (own - record.logits[-1]).abs().max() > TOLERANCE * max(1, own.abs().max()):
            padding = model.model.config.get_text_config().pad_token_id
            raise Refusal(
                f"{type(model.model).__name__} scores a row at {own.tolist()}, but at its last token "
                f"{tokenizer.id_to_token(record.row.input_ids[-1])!r} at {record.logits[-1].tolist()} (expected: the "
                f"same; the model takes the last token that is not its padding, {padding})"
            )


def round_weights(model: Exportable, rows: Sequence[Row]) -> tuple[dict[str, RoundedWeight], float]:
    """Rounds the model's matrices in place; returns them, and how far that moves any logit of these rows."""
    run = run_in_torch(model)
    exact = [run(row)[OUTPUT] for row in rows]
    rounded = round_parameters(model)
    moved = [(run(row)[OUTPUT] - logits).abs().max().item() for row, logits in zip(rows, exact, strict=True)]
    return rounded, max(moved)


def largest_difference(file: Path, records: Sequence[Recorded]) -> float:
    """Of any logit of any row in ONNX Runtime; refused where arithmetic in another order does not explain it."""
    try:
        run = run_in_onnx(file)
    except Exception as fault:  # the runtime raises types of its own
        raise Refusal(
            f"{file.name}: ONNX Runtime {onnxruntime.__version__} does not open it: {first_line(fault)} "
            "(expected: operators that it has)"
        ) from fault
    return max(_difference(run, record, file.name) for record in records)


def _difference(run: Callable[[Row], LogitsByOutput], record: Recorded, name: str) -> float:
    what = f"{name}: a row of {len(record.row.input_ids)} tokens"
    try:
        found = run(record.row)[OUTPUT]
    except Exception as fault:  # the runtime raises types of its own
        raise Refusal(f"{what} fails in ONNX Runtime: {first_line(fault)}") from fault
    if found.shape != record.logits.shape:
        raise Refusal(f"{what} has logits {list(found.shape)} (expected: {list(record.logits.shape)})")
    difference, largest = (found - record.logits).abs().max().item(), record.logits.abs().max().item()
    if not difference <= TOLERANCE * max(1, largest):
        raise Refusal(
            f"{what} has logits that differ by {difference:.2e} from PyTorch's, which reach {largest:.2e} "
            f"(expected: by at most {TOLERANCE} of that, or of 1); the graph may hold what is true of one width alone"
        )
    return difference
