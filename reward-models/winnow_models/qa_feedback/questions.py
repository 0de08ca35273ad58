"""What there is to learn from one question: its answers, with labels where there are any, and how they compare."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from winnow_models.qa_feedback import labels, silver
from winnow_models.qa_feedback.cuts import Cuts
from winnow_models.qa_feedback.labels import Label, Pair
from winnow_models.qa_feedback.records import Prompt, Record

CORRECTED = 4
"""Index of the corrected answer among a record's answers, behind its four predictions."""
COMPLETE = frozenset({"Missing-Minor-Auxiliary"})
"""An answer that lacks this alone counts as complete, as in the reference."""


@dataclass(frozen=True)
class Answer:
    """A sample and the labels of its response."""

    sample: dict
    relevance: list[Label]
    factuality: list[Label]


@dataclass(frozen=True)
class Question:
    """Answers to one question, and pairs of them (better, worse) by index."""

    answers: list[Answer]
    completeness: list[Pair]
    preference: list[Pair]


def texts(prompts: Iterable[Prompt]) -> list[str]:
    """All texts whose sentences the functions below ask for."""
    result = []
    for prompt in prompts:
        result += [*prompt.passages, prompt.gold]
        if isinstance(prompt, Record):
            result += [*prompt.predictions, prompt.corrected]
    return result


def from_record(record: Record, completeness: Sequence[int] | None, cuts: Cuts) -> Question:
    """The marked prediction, the other three with silver labels, and the corrected answer.

    `completeness` holds the reference's preferences, None where it has none.
    """
    passage_sentences = [sentence for passage in record.passages for sentence in cuts.sentence_texts(passage)]
    good = [record.corrected, record.gold]
    first, *others = record.predictions
    answers = [
        Answer(
            record.sample(first),
            labels.relevance(record, cuts.sub_sentences(first)),
            labels.factuality(record, cuts.sentences(first)),
        )
    ]
    for other in others:
        relevance = silver.relevance(other, cuts.sub_sentences(other), good)
        factuality = silver.factuality(other, cuts.sentences(other), passage_sentences)
        answers.append(Answer(record.sample(other), relevance, factuality))
    pairs = [] if completeness is None else labels.pairs(completeness)
    if record.corrected:
        relevance = silver.correct(cuts.sub_sentences(record.corrected))
        factuality = silver.correct(cuts.sentences(record.corrected))
        answers.append(Answer(record.sample(record.corrected), relevance, factuality))
        if not COMPLETE.issuperset(record.missing):
            pairs.append((CORRECTED, 0))
    return Question(answers, pairs, labels.pairs(record.preferences))
