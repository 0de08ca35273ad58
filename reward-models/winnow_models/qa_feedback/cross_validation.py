"""Judges the recipe on questions that it was not trained on, each in one of several folds."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from winnow_models.qa_feedback import labels
from winnow_models.qa_feedback.cuts import Cuts
from winnow_models.qa_feedback.labels import Label
from winnow_models.qa_feedback.overlap import best_share_found
from winnow_models.qa_feedback.records import Prompt, Record

NEAR = 0.1
"""Two answers are of near equal length where the longer has at most this share more characters."""


Vectors = dict[str, dict]
"""Reward to its vector at the default density: `starts`, `ends`, `values`."""
Scorer = Callable[[Sequence[dict]], list[Vectors]]
"""Scores samples, in their order."""


@dataclass(frozen=True)
class Decision:
    """The value that a segment was given, and whether people marked it as an error."""

    value: float
    error: bool


@dataclass(frozen=True)
class Comparison:
    """Two answers that people, or the reference, told apart: score and length of the better minus the worse's."""

    margin: float
    length_margin: int
    near: bool


@dataclass(frozen=True)
class Judged:
    """One held-out question: decisions on the marked prediction, comparisons of all four.

    `copied` has the sentences of `factuality`, but for a value the share of their words that one sentence of the
    passages has: a baseline without a model.
    """

    relevance: list[Decision]
    factuality: list[Decision]
    copied: list[Decision]
    completeness: list[Comparison]
    preference: list[Comparison]


def folds(prompts: Sequence[Prompt], count: int, seed: int = 1) -> list[int]:
    """A fold for each prompt, 0 to count - 1; prompts of one question share theirs; sizes differ by one question."""
    questions = sorted({prompt.key for prompt in prompts})
    if not 2 <= count <= len(questions):
        raise ValueError(f"{count} folds (expected: 2 to {len(questions)}, the number of questions)")
    random.Random(seed).shuffle(questions)
    fold = {question: place % count for place, question in enumerate(questions)}
    return [fold[prompt.key] for prompt in prompts]


def judge(
    records: Sequence[Record], completeness: Sequence[Sequence[int] | None], cuts: Cuts, score: Scorer
) -> list[Judged]:
    """Has all four predictions of each record scored, in one call, and lays the values beside the labels.

    `completeness` holds the reference's preferences for each record, None where it has none.
    """
    vectors = iter(score([record.sample(prediction) for record in records for prediction in record.predictions]))
    result = []
    for record, preferences in zip(records, completeness, strict=True):
        scored = [next(vectors) for _ in record.predictions]
        first = record.predictions[0]
        factuality = labels.factuality(record, cuts.sentences(first))
        result.append(
            Judged(
                _decisions(labels.relevance(record, cuts.sub_sentences(first)), scored[0]["relevance"]),
                _decisions(factuality, scored[0]["factuality"]),
                _copied(record, factuality, cuts),
                _comparisons(record, preferences or [0] * len(record.preferences), scored, "completeness"),
                _comparisons(record, record.preferences, scored, "preference"),
            )
        )
    return result


def choose_threshold(decisions: Sequence[Decision], figure: Callable[[list[bool], list[bool]], float]) -> float:
    """Of 0.05, 0.06, ... 0.95 the one whose decisions, an error below it, give the greatest figure.

    The figure is of what is true and what was decided.
    """
    errors = [decision.error for decision in decisions]
    candidates = [percent / 100 for percent in range(5, 96)]
    return max(candidates, key=lambda threshold: figure(errors, [d.value < threshold for d in decisions]))


def _decisions(labelled: Sequence[Label], vector: dict) -> list[Decision]:
    """A segment that the tokenizer drops altogether has no value and is left out."""
    values = dict(zip(zip(vector["starts"], vector["ends"], strict=True), vector["values"], strict=True))
    return [
        Decision(values[label.start, label.end], label.error)
        for label in labelled
        if (label.start, label.end) in values
    ]


def _copied(record: Record, labelled: Sequence[Label], cuts: Cuts) -> list[Decision]:
    sources = [sentence for passage in record.passages for sentence in cuts.sentence_texts(passage)]
    first = record.predictions[0]
    return [Decision(best_share_found(first[label.start : label.end], sources), label.error) for label in labelled]


def _comparisons(
    record: Record, preferences: Sequence[int], scored: Sequence[Vectors], reward: str
) -> list[Comparison]:
    result = []
    for better, worse in labels.pairs(preferences):
        (high,), (low,) = scored[better][reward]["values"], scored[worse][reward]["values"]
        lengths = len(record.predictions[better]), len(record.predictions[worse])
        near = max(lengths) <= (1 + NEAR) * min(lengths)
        result.append(Comparison(high - low, lengths[0] - lengths[1], near))
    return result
