"""The training side's own computation of rewards: layout, logits, read-out, link and scale as a manifest says."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from winnow_models import messages, nearest
from winnow_models.callers_text import for_callers_text
from winnow_models.reward_model import RewardModel

LogitsByOutput = dict[str, Tensor]
"""Output name to the logits of one row, `[width, labels]`, or `[labels]` where the graph pools (`pooled`)."""


@dataclass(frozen=True)
class Row:
    """One laid-out sample; `offsets[i]` is the response span of position i, None for what is not of the response."""

    input_ids: list[int]
    token_type_ids: list[int]
    offsets: list[tuple[int, int] | None]


class Reference:
    """Computes rewards one sample at a time from a manifest, a tokenizer and a function that runs the graph."""

    def __init__(self, manifest: dict, tokenizer: Tokenizer, run: Callable[[Row], LogitsByOutput]):
        self.manifest = manifest
        self._tokenizer = tokenizer
        self._callers_tokenizer = for_callers_text(tokenizer)
        self._run = run

    def lay_out(self, sample: dict, input_name: str, ranked: Sequence[nearest.Sentence] = ()) -> Row:
        """Pieces are tokenised each by itself; special tokens are recognised in the bundle's own texts alone.

        `ranked` are the sentences of the sample's context, from `nearest.rank`, where the input reads it.
        """
        row = Row([], [], [])
        for piece in self.manifest["inputs"][input_name]["pieces"]:
            kind, options = _parse(piece)
            if kind == "response":
                encoding = self._callers_tokenizer.encode(sample["response"], add_special_tokens=False)
                ids, offsets = encoding.ids, encoding.offsets
            else:
                ids = self._piece(kind, options, sample, ranked)
                offsets = [None] * len(ids)
            row.input_ids.extend(ids)
            row.offsets.extend(offsets)
            row.token_type_ids.extend([options.get("token_type", 0)] * len(ids))
        if len(row.input_ids) > self.manifest["maximum_tokens"]:
            raise ValueError(f"{len(row.input_ids)} tokens (expected: at most {self.manifest['maximum_tokens']})")
        return row

    def _piece(self, kind: str, options: dict, sample: dict, ranked: Sequence[nearest.Sentence]) -> list[int]:
        """The tokens of a piece other than the response."""
        match kind:
            case "special":
                return [self._tokenizer.token_to_id(options["special"])]
            case "literal":
                return self._fixed(options["literal"])
            case "prompt":
                return messages.cut(self._callers(sample.get("prompt", "")), options["truncate"], options["budget"])
            case "messages":
                return messages.lay_out(options, sample.get("messages", []), self._fixed, self._callers)
            case "context":
                return nearest.lay_out(ranked, sample.get("context", []), options["budget"], self._callers)
        raise ValueError(f"piece {kind} (expected: one of special, literal, prompt, messages, context, response)")

    def _fixed(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def _callers(self, text: str) -> list[int]:
        return self._callers_tokenizer.encode(text, add_special_tokens=False).ids

    def logits(
        self, sample: dict, input_name: str, ranked: Sequence[nearest.Sentence] = ()
    ) -> tuple[Row, LogitsByOutput]:
        row = self.lay_out(sample, input_name, ranked)
        return row, self._run(row)

    def vector(
        self, reward: str, density: str, spans: Iterable[tuple[int, int]], row: Row, logits: LogitsByOutput
    ) -> dict:
        """The reward's segments with `raw_values` (the link's output) and `values`, shaped as the service answers.

        A segment that the tokenizer drops altogether has nothing to read and is left out.
        """
        definition = self.manifest["rewards"][reward]
        rule = definition["densities"][density]
        starts, ends, raw_values, values = [], [], [], []
        for start, end in spans:
            pooled = read_out(rule, row, logits[rule["output"]], start, end)
            if pooled is None:
                continue
            raw_value = link(definition["link"], pooled, rule["label"])
            starts.append(start)
            ends.append(end)
            raw_values.append(raw_value)
            values.append(
                (raw_value - definition["mean"]) / definition["std"] * definition["scale"] + definition["bias"]
            )
        vector = {"reward": reward, "density": density, "starts": starts, "ends": ends}
        return vector | {"raw_values": raw_values, "values": values}


def run_in_torch(model: RewardModel) -> Callable[[Row], LogitsByOutput]:
    """Runs a row alone, without padding, as the service does on CPU."""

    def run(row: Row) -> LogitsByOutput:
        input_ids, token_types = torch.tensor([row.input_ids]), torch.tensor([row.token_type_ids])
        with torch.inference_mode():
            outputs = model(input_ids, torch.ones_like(input_ids), token_types)
        return {name: output[0] for name, output in zip(model.heads, outputs, strict=True)}

    return run


def read_out(rule: dict, row: Row, logits: Tensor, start: int, end: int) -> Tensor | None:
    """Pools logits (`[width, labels]`) over the pieces that overlap `[start, end)`, or takes one end of the row.

    Logits that the graph has pooled (`[labels]`) are taken as they are.
    """
    if rule["read_out"] == "pooled":
        return logits
    if rule["read_out"] == "first_token":
        return logits[0]
    if rule["read_out"] == "last_token":
        return logits[-1]
    # A piece of no characters, as byte-level tokenizers make of a lone space, overlaps nothing.
    positions = [i for i, span in enumerate(row.offsets) if span and max(span[0], start) < min(span[1], end)]
    if not positions:
        return None
    pool = {"mean": lambda chosen: chosen.mean(dim=0), "max": lambda chosen: chosen.amax(dim=0)}
    return pool[rule["read_out"]](logits[positions])


def link(kind: str, logits: Tensor, label: int) -> float:
    """From the logits of one segment, `[labels]`, to the raw value of one label, in double precision."""
    if kind == "softmax":
        return logits.double().softmax(dim=0)[label].item()
    logit = logits[label].item()
    return {"sigmoid": _sigmoid, "linear": float}[kind](logit)


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))


def _parse(piece: str | dict) -> tuple[str, dict]:
    """A kind and its options: of `response`, `{response: {token_type: 1}}` or `{special: "[SEP]", token_type: 1}`."""
    if isinstance(piece, str):
        return piece, {}
    for fixed in ("special", "literal"):
        if fixed in piece:
            return fixed, piece
    ((kind, options),) = piece.items()
    return kind, options
