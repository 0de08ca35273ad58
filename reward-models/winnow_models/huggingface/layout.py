"""Layouts without a chat template: what the tokenizer's post-processor puts around one text, or around a pair."""

from dataclasses import dataclass, field, replace

from tokenizers import Tokenizer

from winnow_models.huggingface.refusal import Refusal

PROMPT, RESPONSE = "{prompt}", "{response}"
UNCUT = 1 << 30
"""More tokens than any text has."""


@dataclass(frozen=True)
class Layout:
    """A named input of a manifest, and what there is to say about how it came about."""

    name: str
    pieces: list[str | dict]
    remarks: list[str] = field(default_factory=list)

    def kinds(self) -> set[str]:
        """`prompt`, `messages`, `response`, `special`, `literal`: those that the layout has."""
        return {piece if isinstance(piece, str) else next(iter(piece)) for piece in self.pieces}

    def uncut(self) -> "Layout":
        """The same without a budget that a text could pass."""
        uncut = [
            {"prompt": piece["prompt"] | {"budget": UNCUT}} if isinstance(piece, dict) and "prompt" in piece else piece
            for piece in self.pieces
        ]
        return replace(self, pieces=uncut)

    def with_remark(self, remark: str) -> "Layout":
        return replace(self, remarks=[*self.remarks, remark])

    def has_system(self) -> bool:
        return any("system" in piece["messages"]["roles"] for piece in self.pieces if "messages" in piece)


def of_response(tokenizer: Tokenizer, types: bool) -> Layout:
    """The response alone, among the special tokens that the tokenizer adds to one text."""
    return Layout("response", _pieces(tokenizer, ["response"], types))


def of_pair(tokenizer: Tokenizer, types: bool, budget: int) -> Layout:
    """Prompt and response among the special tokens that the tokenizer adds to two texts."""
    return Layout("pair", [_cut(piece, budget) for piece in _pieces(tokenizer, ["prompt", "response"], types)])


def of_text(tokenizer: Tokenizer, text: str, budget: int) -> Layout:
    """A text with `{response}`, and `{prompt}` before it, as one text among the tokenizer's special tokens.

    A special token that the text itself begins or ends with is not added a second time.
    """
    before, found, after = text.partition(RESPONSE)
    if not found or RESPONSE in after or PROMPT in after or before.count(PROMPT) > 1:
        raise Refusal(f"--layout {text!r} (expected: {RESPONSE} once, and {PROMPT} at most once, before it)")
    lead, prompt, middle = before.partition(PROMPT)
    fixed = [lead, {"prompt": {"truncate": "left", "budget": budget}}, middle] if prompt else [before]
    inner = [piece if isinstance(piece, dict) else {"literal": piece} for piece in fixed if piece]
    around = _pieces(tokenizer, ["response"], types=False)
    at = around.index("response")
    head, tail = around[:at], around[at + 1 :]
    remarks = []
    if head and lead.startswith(head[-1]["special"]):
        remarks.append(f"{head.pop()['special']!r} stands in the text already: not added a second time")
    if tail and after.endswith(tail[0]["special"]):
        remarks.append(f"{tail.pop(0)['special']!r} stands in the text already: not added a second time")
    end = [{"literal": after}] if after else []
    return Layout("text", [*head, *inner, "response", *end, *tail], remarks)


def without_trailing(layout: Layout, token: str | None) -> Layout:
    """Without the token where the row ends with it; a decoder's head reads the score before its padding token."""
    if token is None:
        return layout
    pieces = list(layout.pieces)
    while isinstance(pieces[-1], dict) and pieces[-1].get("special", pieces[-1].get("literal", "")).endswith(token):
        last = pieces.pop()
        if shorter := last.get("literal", "").removesuffix(token):
            pieces.append({"literal": shorter})
    if pieces == layout.pieces:
        return layout
    remark = f"{token!r} at the end is the padding token, before which the model reads its score: left out"
    return replace(layout, pieces=pieces).with_remark(remark)


def _pieces(tokenizer: Tokenizer, texts: list[str], types: bool) -> list[str | dict]:
    """One piece for each special token, and one for each run of a text's own tokens."""
    encoding = tokenizer.encode(*texts)
    pieces, previous = [], None
    for token, sequence, token_type in zip(encoding.ids, encoding.sequence_ids, encoding.type_ids, strict=True):
        options = {"token_type": token_type} if types and token_type else {}
        if sequence is None:
            pieces.append({"special": tokenizer.id_to_token(token)} | options)
        elif sequence != previous:
            pieces.append({texts[sequence]: options} if options else texts[sequence])
        previous = sequence
    found = [name for piece in pieces for name in texts if piece == name or name in piece]
    if found != texts:
        raise Refusal(f"the tokenizer lays {texts} out as {found} (expected: each text once, in this order)")
    return pieces


def _cut(piece: str | dict, budget: int) -> str | dict:
    """A prompt gets its budget."""
    if piece == "prompt":
        return {"prompt": {"truncate": "left", "budget": budget}}
    if "prompt" in piece:
        return {"prompt": {"truncate": "left", "budget": budget} | piece["prompt"]}
    return piece
