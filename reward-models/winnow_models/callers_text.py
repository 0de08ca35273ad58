"""A tokenizer for callers' text, which never yields a control token whatever the text spells."""

import json
import uuid

from tokenizers import Tokenizer


def for_callers_text(tokenizer: Tokenizer) -> Tokenizer:
    """The same tokenizer with every special token renamed to what nobody can spell, in added tokens, vocabulary and
    merges. Removing them would not do: the library numbers later added tokens anew, and a Unigram model finds the
    pieces of its vocabulary in any text.
    """
    file = json.loads(tokenizer.to_str())
    prefix = uuid.uuid4().hex
    special = [token["content"] for token in file["added_tokens"] if token["special"]]
    names = {content: f"{prefix}-{index}" for index, content in enumerate(special)}
    for token in file["added_tokens"]:
        token["content"] = names.get(token["content"], token["content"])
    model = file["model"]
    if isinstance(model["vocab"], list):
        model["vocab"] = [[names.get(piece, piece), score] for piece, score in model["vocab"]]
    else:
        model["vocab"] = {names.get(piece, piece): index for piece, index in model["vocab"].items()}
    if model.get("unk_token") in names:
        model["unk_token"] = names[model["unk_token"]]
    if "merges" in model:
        model["merges"] = [merge for merge in model["merges"] if not names.keys() & _involved(merge)]
    return Tokenizer.from_str(json.dumps(file))


def _involved(merge: list[str] | str) -> set[str]:
    left, right = merge.split(" ", 1) if isinstance(merge, str) else merge
    return {left, right, left + right}
