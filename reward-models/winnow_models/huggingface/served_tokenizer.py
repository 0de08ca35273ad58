"""The tokenizer as it goes into the bundle, where the layout and not the tokenizer puts special tokens into a row."""

import json

from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast


def of(published: PreTrainedTokenizerFast) -> Tokenizer:
    """Without fixed padding and truncation, and without the special tokens that it would add. Special tokens that a
    text spells are known to it still: the layout's own texts need them, and callers' texts are cut without."""
    content = json.loads(published.backend_tokenizer.to_str())
    content |= {"padding": None, "truncation": None, "post_processor": _offsets(content["pre_tokenizer"])}
    return Tokenizer.from_str(json.dumps(content))


def adding_special_tokens(published: PreTrainedTokenizerFast) -> Tokenizer:
    """The same tokenizer with the special tokens that it adds."""
    result = Tokenizer.from_str(published.backend_tokenizer.to_str())
    result.no_padding()
    result.no_truncation()
    return result


def fixed_by_file(published: PreTrainedTokenizerFast) -> list[str]:
    """What the published tokenizer would do to every row, said in words."""
    backend = published.backend_tokenizer
    remarks = []
    if backend.truncation:
        remarks.append(f"truncation to {backend.truncation['max_length']} tokens")
    if backend.padding:
        length = backend.padding["length"]
        remarks.append(f"padding on the {backend.padding['direction']}" + (f" to {length} tokens" if length else ""))
    return remarks


def _offsets(pre_tokenizer: dict | None) -> dict | None:
    """Byte-level tokens begin with the space before a word; with this step their offsets leave it out."""
    steps = [pre_tokenizer, *pre_tokenizer.get("pretokenizers", [])] if pre_tokenizer else []
    byte_level = [step for step in steps if step["type"] == "ByteLevel"]
    return byte_level[0] | {"trim_offsets": True} if byte_level else None
