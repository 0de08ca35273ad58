"""A transformers model as a function from a row's tensors to logits, in the shape that its bundle reads them."""

import inspect
from collections.abc import Callable
from enum import Enum

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from winnow_models.huggingface.longformer import WholeRowLongformer
from winnow_models.reference import LogitsByOutput, Row

OUTPUT = "logits"


class Head(Enum):
    """Where a model's logits sit."""

    POOLED = "one for the row, pooled by the model"
    EACH_TOKEN = "one for each token"
    LAST_TOKEN = "a score at each token, of which the last one counts"

    @staticmethod
    def of(model: PreTrainedModel) -> "Head":
        """A sequence classifier on a decoder has a linear `score` and takes it at the row's last token."""
        if type(model).__name__.endswith("ForTokenClassification"):
            return Head.EACH_TOKEN
        return Head.LAST_TOKEN if isinstance(getattr(model, "score", None), nn.Linear) else Head.POOLED


class Exportable(nn.Module):
    """Maps the tensors of `inputs`, int64 `[rows, width]`, to float32 logits: `[rows, labels]` where the model pools,
    else `[rows, width, labels]`."""

    def __init__(self, model: PreTrainedModel):
        super().__init__()
        self.model = model
        self.head = Head.of(model)
        self.inputs = ["input_ids", "attention_mask"]
        accepted = inspect.signature(model.forward).parameters
        if "token_type_ids" in accepted and getattr(model.config, "type_vocab_size", 0) > 1:
            self.inputs.append("token_type_ids")

    def forward(self, *tensors: Tensor) -> Tensor:
        named = dict(zip(self.inputs, tensors, strict=True))
        if self.head is Head.LAST_TOKEN:
            return self.model.score(self.model.base_model(**named, use_cache=False).last_hidden_state)
        return self.model(**named).logits

    def for_tracing(self) -> nn.Module:
        """The same function, without control flow that depends on a row's width."""
        return WholeRowLongformer(self.model).eval() if self.model.config.model_type == "longformer" else self


def run_in_torch(model: Exportable) -> Callable[[Row], LogitsByOutput]:
    """Runs a row alone, without padding, as the service does."""

    def run(row: Row) -> LogitsByOutput:
        with torch.inference_mode():
            return {OUTPUT: model(*tensors(row, model.inputs))[0]}

    return run


def tensors(row: Row, inputs: list[str]) -> list[Tensor]:
    """A row of its own, `[1, width]`, for each input."""
    ids, types = torch.tensor([row.input_ids]), torch.tensor([row.token_type_ids])
    given = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "token_type_ids": types}
    return [given[name] for name in inputs]
