"""Tokenizers as training and serving need them."""

import json
from pathlib import Path

from tokenizers import Tokenizer


def load_tokenizer(file: Path) -> Tokenizer:
    """The tokenizer without the padding and truncation that a published file may fix."""
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def without_special_tokens(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer for serving, where the layout puts special tokens into the row.

    A response that spells one, such as `[SEP]`, stays text: a policy could otherwise write the model's control tokens.
    """
    content = json.loads(tokenizer.to_str()) | {"post_processor": None, "added_tokens": []}
    return Tokenizer.from_str(json.dumps(content))
