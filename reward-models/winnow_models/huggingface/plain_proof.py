"""Proves that a layout without a chat template gives the tokens that the model's own tokenizer does."""

from collections.abc import Sequence

from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

from winnow_models.huggingface.layout import PROMPT, RESPONSE, UNCUT, Layout
from winnow_models.huggingface.refusal import Refusal, difference
from winnow_models.reference import Reference


def prove(layout: Layout, published: PreTrainedTokenizerFast, tokenizer: Tokenizer, samples: Sequence[dict]) -> Layout:
    """The layout of one text or of a pair, with a remark; refused at the first sample with other tokens.

    An empty response is left out: with it, transformers drops the second text of a pair.
    """
    reference, compared = _reference(layout, tokenizer), _without_special_tokens(tokenizer, samples)
    for sample in compared:
        texts = [sample["response"]] if "prompt" not in layout.kinds() else [sample["prompt"], sample["response"]]
        given, row = published(*texts), reference.lay_out(sample, layout.name)
        types = given["token_type_ids"] if any(row.token_type_ids) else row.token_type_ids
        if (given["input_ids"], types) != (row.input_ids, row.token_type_ids):
            sides = (published.convert_ids_to_tokens(ids) for ids in (given["input_ids"], row.input_ids))
            raise Refusal(difference("the layout has other tokens than the model's tokenizer gives", texts, *sides))
    return layout.with_remark(f"gives the tokens of the model's tokenizer on {len(compared)} samples")


def compare(
    layout: Layout, text: str, published: PreTrainedTokenizerFast, tokenizer: Tokenizer, samples: Sequence[dict]
) -> Layout:
    """The layout of a text, with a remark on how many samples have other tokens where the text is cut whole: that is
    up to the person who gave the text."""
    reference, compared = _reference(layout, tokenizer), _without_special_tokens(tokenizer, samples)
    special = set(published.all_special_ids)
    equal = 0
    for sample in compared:
        whole = text.replace(PROMPT, sample["prompt"]).replace(RESPONSE, sample["response"])
        sides = (published(whole)["input_ids"], reference.lay_out(sample, layout.name).input_ids)
        expected, found = ([index for index in ids if index not in special] for ids in sides)
        equal += expected == found
    return layout.with_remark(
        f"gives the tokens of the whole text, special ones apart, on {equal} of {len(compared)} samples"
        + ("" if equal == len(compared) else "; on others a token of it spans the edge of prompt or response")
    )


def _reference(layout: Layout, tokenizer: Tokenizer) -> Reference:
    manifest = {"inputs": {layout.name: {"pieces": layout.uncut().pieces}}, "maximum_tokens": UNCUT}
    return Reference(manifest, tokenizer, lambda row: {})


def _without_special_tokens(tokenizer: Tokenizer, samples: Sequence[dict]) -> list[dict]:
    """Those that spell none: in a layout it stays text."""
    special = [token.content for token in tokenizer.get_added_tokens_decoder().values() if token.special]
    return [
        sample
        for sample in samples
        if sample["response"] and not any(token in sample.get("prompt", "") + sample["response"] for token in special)
    ]
