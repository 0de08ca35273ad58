"""Compiles a chat template to the fixed texts around each turn, by rendering conversations of marked contents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jinja2 import TemplateError
from transformers import PreTrainedTokenizerFast

from winnow_models import messages
from winnow_models.huggingface.refusal import Refusal, common_prefix

Render = Callable[[Sequence[dict]], str]
"""From turns of `role` and `content` to the text that the model reads."""


@dataclass(frozen=True)
class ChatLayout:
    """`options` are those of the `messages` piece but for truncation; the response stands between prefix and suffix."""

    options: dict
    prefix: str
    suffix: str

    def text(self, turns: Sequence[dict]) -> str:
        """What the layout makes of a conversation whose last turn is the response."""
        uncut = self.options | {"truncate": "right", "budget": 1 << 30}
        asked = "".join(messages.lay_out(uncut, turns[:-1], list, list))
        return asked + self.prefix + turns[-1]["content"] + self.suffix

    def pieces(self, budget: int) -> list[str | dict]:
        conversation = {"messages": self.options | {"truncate": "left", "budget": budget}}
        pieces = [conversation, {"literal": self.prefix}, "response", {"literal": self.suffix}]
        return [piece for piece in pieces if piece != {"literal": ""}]


def renderer(tokenizer: PreTrainedTokenizerFast) -> Render:
    """The tokenizer's own template, without the clock that transformers lends it."""

    def render(turns: Sequence[dict]) -> str:
        try:
            return tokenizer.apply_chat_template(list(turns), tokenize=False, strftime_now=None)
        except TypeError as fault:
            raise Refusal(
                f"the chat template does not render without a clock: {fault} (expected: no date in it)"
            ) from fault

    return render


def compile_template(render: Render, bos: str | None, system: bool = True) -> ChatLayout:
    """Takes the texts between markers for fixed; whether they are is for `chat_proof` to say.

    `bos` is the token that begins every row, if one does. With `system` false there are no system turns, whatever the
    template makes of them.
    """
    try:
        return _compile(render, bos, system)
    except TemplateError as fault:
        raise Refusal(f"the chat template fails on turns of user and assistant: {fault}") from fault


def _compile(render: Render, bos: str | None, system: bool) -> ChatLayout:
    _, after_question = _between(render, "user")
    opening, asked, answered = _between(render, "user", "assistant")
    _, first, between, last, end = _between(render, "user", "assistant", "user", "assistant")
    user_suffix = after_question if first.startswith(after_question) and last.startswith(after_question) else ""
    if asked != last or answered != end:
        raise Refusal(
            f"the chat template writes a first answer between {asked!r} and {answered!r}, "
            f"and a second one between {last!r} and {end!r} (expected: the same texts)"
        )
    split = len(end) if between.startswith(end) and opening.endswith(between[len(end) :]) else None
    if split is None:
        split = len(between) - common_prefix(opening[::-1], between[::-1])
    user_prefix = between[split:]
    roles = {
        "user": {"prefix": user_prefix, "suffix": user_suffix},
        "assistant": {"prefix": first[len(user_suffix) :], "suffix": between[:split]},
    }
    begin = opening[: len(opening) - len(user_prefix)]
    options = {"begin": begin, "roles": roles}
    if system:
        options = _with_system(render, bos or "", options)
    if _strips(render):
        options["trim"] = True
    return ChatLayout({key: value for key, value in options.items() if value}, last[len(user_suffix) :], end)


def _with_system(render: Render, bos: str, options: dict) -> dict:
    """Adds the system role; what stands there without one is the default. A template that raises knows no such role."""
    opening, user_prefix = options["begin"], options["roles"]["user"]["prefix"]
    try:
        head, after, *_ = _between(render, "system", "user", "assistant")
    except TemplateError:
        return options
    if not after.endswith(user_prefix):
        raise Refusal(
            f"the chat template writes {after!r} between a system turn and the user's (expected: a text that ends in "
            f"{user_prefix!r}, as before other user turns). --no-system leaves system turns out of the layout"
        )
    begin = next(text for text in (opening, bos, "") if opening.startswith(text) and head.startswith(text))
    system = {"prefix": head[len(begin) :], "suffix": after[: len(after) - len(user_prefix)]}
    return {"begin": begin, "default_system": opening[len(begin) :], "roles": {"system": system} | options["roles"]}


def _between(render: Render, *roles: str) -> list[str]:
    """The texts before, between and after the contents of turns of these roles."""
    markers = [f"Content{number}Marker" for number in range(len(roles))]
    rest = render([{"role": role, "content": marker} for role, marker in zip(roles, markers, strict=True)])
    texts = []
    for marker in markers:
        if rest.count(marker) != 1:
            raise Refusal(
                f"the chat template writes a content of {', '.join(roles)} {rest.count(marker)} times "
                "(expected: each once, in the order of the turns)"
            )
        text, rest = rest.split(marker)
        texts.append(text)
    return [*texts, rest]


def _strips(render: Render) -> bool:
    return " \n ContentMarker \n " not in render([{"role": "user", "content": " \n ContentMarker \n "}])
