"""The sentences of a sample's context by nearness to its response. Ranking has one implementation, the service's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from winnow_models.launcher import LAUNCHER, over_samples

MOST_SKIPPED = 32
"""Sentences that may turn out not to fit; so a nearly full budget does not cost the tokens of all passages."""


@dataclass(frozen=True)
class Sentence:
    """Half-open span `[start, end)` of `context[passage]`, in code points; `rank` is None where `score` is 0."""

    passage: int
    start: int
    end: int
    score: float
    rank: int | None


def rank(samples: Sequence[dict], launcher: Path = LAUNCHER) -> list[list[Sentence]]:
    """Every sentence of each sample's `context`, nearest to its `response` first, in the order of the samples.

    Where no sample has a context there is nothing to rank, and the launcher is not asked.
    """
    questions = [{"context": sample.get("context", []), "response": sample["response"]} for sample in samples]
    if not any(question["context"] for question in questions):
        return [[] for _ in samples]
    return [
        [Sentence(**sentence) for sentence in row["sentences"]]
        for row in over_samples(["nearest"], questions, launcher)
    ]


def lay_out(
    ranked: Sequence[Sentence], context: Sequence[str], budget: int, tokenize: Callable[[str], list[int]]
) -> list[int]:
    """The tokens of those sentences that fit the budget, nearest first, in the order of the passages."""
    if not ranked:
        raise ValueError("context: no ranked sentences (expected: those of nearest.rank)")
    taken, left, skipped = {}, budget, 0
    for sentence in ranked:
        if left == 0 or skipped == MOST_SKIPPED:
            break
        ids = tokenize(context[sentence.passage][sentence.start : sentence.end])
        if len(ids) <= left:
            taken[sentence.passage, sentence.start] = ids
            left -= len(ids)
        else:
            skipped += 1
    return [index for place in sorted(taken) for index in taken[place]]
