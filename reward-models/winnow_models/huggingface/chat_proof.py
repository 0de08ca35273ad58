"""Proves that a layout gives the tokens of `apply_chat_template`, on conversations of every shape that is served."""

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import TemplateError
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

from winnow_models.huggingface.chat_template import ChatLayout, compile_template, renderer
from winnow_models.huggingface.layout import UNCUT, Layout
from winnow_models.huggingface.refusal import Refusal, difference
from winnow_models.reference import Reference

PLAIN = ["Hello.", "Why is it?", "1 + 1 = 2\n\n\tand so on", "the café, 東京, नमस्ते 🚢", "{'a': [1]} </p>"]
EDGED = [" hello", "two spaces  ", "\nnext line", "last line\n", "\n\n both \t\n", "\u3000wide\u00a0"]
"""Contents with white space at an edge."""
USERS = range(1, 5)
"""Numbers of user turns that are tried."""


@dataclass(frozen=True)
class Proof:
    """A layout that has the template's tokens on all `conversations`.

    `differing` are contents for which it has others, as a message and as the response: where white space begins or ends
    a content, a token of the template's may span that edge, or the template may strip it, while a layout tokenises each
    content alone and the response as it is.
    """

    conversations: int
    differing_messages: list[str]
    differing_responses: list[str]


def of_chat(published: PreTrainedTokenizerFast, tokenizer: Tokenizer, budget: int, system: bool) -> Layout:
    """The chat template as a layout, proven."""
    layout = compile_template(renderer(published), published.bos_token, system)
    _refuse_small(budget, layout, tokenizer)
    proof = prove(layout, published, tokenizer)
    remarks = [f"gives the tokens of apply_chat_template on {proof.conversations} conversations"]
    for what, contents in (("messages", proof.differing_messages), ("responses", proof.differing_responses)):
        if contents:
            remarks.append(f"gives other tokens for {what} such as {', '.join(map(repr, contents))}")
    if "system" not in layout.options["roles"]:
        remarks.append("takes no system turns")
    remarks += _added_to_plain_text(published)
    return Layout("chat", layout.pieces(budget), remarks)


def _refuse_small(budget: int, layout: ChatLayout, tokenizer: Tokenizer) -> None:
    texts = [layout.options.get(key, "") for key in ("begin", "default_system")]
    tokens = sum(len(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts)
    if budget <= tokens:
        raise Refusal(f"--prompt-budget {budget} (expected: more than {tokens}, the tokens before the first turn)")


def _added_to_plain_text(published: PreTrainedTokenizerFast) -> list[str]:
    """The tokens with which the tokenizer would begin or end a rendered conversation that it took for plain text."""
    ids, around = published("a")["input_ids"], published("a", return_special_tokens_mask=True)["special_tokens_mask"]
    added = [token for token, special in zip(published.convert_ids_to_tokens(ids), around, strict=True) if special]
    return (
        [f"the tokenizer adds {', '.join(map(repr, added))} to a plain text: not added to a conversation"]
        if added
        else []
    )


def prove(layout: ChatLayout, published: PreTrainedTokenizerFast, tokenizer: Tokenizer) -> Proof:
    """Refuses the first conversation, of contents without white space at their edges, on which the tokens differ."""
    manifest = {"inputs": {"chat": {"pieces": layout.pieces(UNCUT)}}, "maximum_tokens": UNCUT}
    reference = Reference(manifest, tokenizer, lambda row: {})

    def fault(turns: list[dict]) -> str | None:
        return _fault(layout, reference, published, turns)

    tried = list(conversations("system" in layout.options["roles"]))
    for turns in tried:
        if found := fault(turns):
            raise Refusal(found)
    question, *answers = ({"role": role, "content": PLAIN[0]} for role in ("user", "assistant"))
    return Proof(
        len(tried),
        [content for content in EDGED if fault([question | {"content": content}, *answers])],
        [content for content in EDGED if fault([question, answers[0] | {"content": content}])],
    )


def conversations(system: bool) -> Iterator[list[dict]]:
    """Every shape, begun by a system turn or not, with each of the plain contents in each place."""
    for begun in [False, True] if system else [False]:
        for users in USERS:
            roles = ["system"] * begun + ["user", "assistant"] * users
            for shift in range(len(PLAIN)):
                yield [
                    {"role": role, "content": PLAIN[(shift + place) % len(PLAIN)]} for place, role in enumerate(roles)
                ]


def _fault(
    layout: ChatLayout, reference: Reference, published: PreTrainedTokenizerFast, turns: list[dict]
) -> str | None:
    """What differs: the text, if the template is not fixed texts; or the tokens, if some span the edge of a content."""
    try:
        expected = published.apply_chat_template(turns, return_dict=False)
    except TemplateError as fault:
        return f"the chat template fails on {turns}: {fault} (expected: any number of turns)"
    found = reference.lay_out({"messages": turns[:-1], "response": turns[-1]["content"]}, "chat").input_ids
    if expected == found:
        return None
    text = renderer(published)(turns)
    if text != layout.text(turns):
        return difference("the chat template is not fixed texts around its turns", turns, text, layout.text(turns))
    sides = (published.convert_ids_to_tokens(ids) for ids in (expected, found))
    return difference("a token of the chat template spans the edge of a content", turns, *sides)
