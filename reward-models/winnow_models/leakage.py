"""Keeps what a model is judged on out of what it is trained on."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

Row = TypeVar("Row")

TELLING = 5
"""A judged text of fewer words, such as `you idiot`, is in many texts by chance."""

LARGEST_SHARE = 0.5
"""A training set that loses more than this share is a test set by mistake."""


def normalised(text: str) -> str:
    """Words in lower case with one space between them, so that case, punctuation and spacing do not hide a copy."""
    return " ".join(re.findall(r"\w+", text.lower()))


def drop_leaks(rows: Sequence[Row], text: Callable[[Row], str], judged: Sequence[str], source: str) -> list[Row]:
    """The rows whose text does not occur in a judged text, and does not contain one of several words.

    Raises ValueError where most of the rows occur there: `source`, which the message names, is then no training set.
    """
    judged_words = {f" {normalised(each)} " for each in judged}
    all_judged = "\n".join(sorted(judged_words))
    telling = [each for each in judged_words if len(each.split()) >= TELLING]

    def leaks(row: Row) -> bool:
        words = f" {normalised(text(row))} "
        return words.strip() != "" and (words in all_judged or any(each in words for each in telling))

    kept = [row for row in rows if not leaks(row)]
    if len(rows) - len(kept) > LARGEST_SHARE * len(rows):
        raise ValueError(
            f"{source}: {len(rows) - len(kept)} of {len(rows)} rows occur in test texts (expected: training rows)"
        )
    return kept
