"""The `messages` piece of a layout: a conversation as one run of tokens."""

from collections.abc import Callable, Sequence

Tokenize = Callable[[str], list[int]]


def lay_out(options: dict, messages: Sequence[dict], fixed: Tokenize, callers: Tokenize) -> list[int]:
    """`fixed` tokenises the bundle's own texts and knows special tokens; `callers` tokenises the contents.

    `str.strip` is what templates with `| trim` call. The texts before the first turn are never cut on the left.
    """
    if not messages:
        raise ValueError("messages: empty (expected: at least one turn)")
    roles = options["roles"]
    head = fixed(options.get("begin", ""))
    if messages[0]["role"] != "system":
        head = head + fixed(options.get("default_system", ""))
    turns = []
    for index, message in enumerate(messages):
        if message["role"] not in roles:
            raise ValueError(f"messages[{index}].role: {message['role']} (expected: one of {sorted(roles)})")
        affixes = roles[message["role"]]
        content = message["content"].strip() if options.get("trim", False) else message["content"]
        turns += fixed(affixes["prefix"]) + callers(content) + fixed(affixes["suffix"])
    if options["truncate"] == "left":
        return head + cut(turns, "left", options["budget"] - len(head))
    return cut(head + turns, "right", options["budget"])


def cut(tokens: list, side: str, budget: int) -> list:
    """At most `budget` of the tokens; those on the given side give way."""
    surplus = max(0, len(tokens) - budget)
    return tokens[surplus:] if side == "left" else tokens[: len(tokens) - surplus]
