"""How long a row may be."""

from tokenizers import Tokenizer
from torch import nn
from transformers import PreTrainedModel

from winnow_models.huggingface.refusal import Refusal

DEFAULT_LONGEST = 4096
"""Of models that take more: attention over a whole row needs memory that grows with its square."""


def maximum_tokens(model: PreTrainedModel, tokenizer_maximum: int, asked: int | None) -> int:
    """The longest row that is promised, in tokens; refused where more is asked than the model takes."""
    possible = min(_positions(model), tokenizer_maximum)
    if asked is not None and not 1 <= asked <= possible:
        raise Refusal(f"--maximum-tokens {asked} (expected: from 1 to {possible}, which the model takes)")
    return asked or min(possible, DEFAULT_LONGEST)


def _positions(model: PreTrainedModel) -> int:
    """Embeddings of the RoBERTa family count positions from behind the padding's index."""
    for name, module in model.named_modules():
        if name.endswith("position_embeddings") and isinstance(module, nn.Embedding):
            return module.num_embeddings - (0 if module.padding_idx is None else module.padding_idx + 1)
    return getattr(model.config.get_text_config(), "max_position_embeddings", DEFAULT_LONGEST)


def refuse_unknown_tokens(model: PreTrainedModel, tokenizer: Tokenizer) -> None:
    """A token that the embedding has no row for would fail in the middle of a run."""
    rows = model.get_input_embeddings().num_embeddings
    special = {index for index, token in tokenizer.get_added_tokens_decoder().items() if token.special}
    unknown = sorted(index for index in tokenizer.get_vocab().values() if index >= rows and index not in special)
    if unknown:
        raise Refusal(
            f"the tokenizer has token {unknown[0]}, {tokenizer.id_to_token(unknown[0])!r} "
            f"(expected: ids below {rows}, the rows of the model's embedding)"
        )
