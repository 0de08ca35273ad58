"""Labels as arXiv 2306.01693 makes them of its feedback: a segment is an error, is none, or has no label."""

from collections.abc import Iterable
from dataclasses import dataclass

from winnow_models.qa_feedback.records import FACTUALITY_ERRORS, PAIRS, RELEVANCE_ERRORS, Error, Record

SHORTEST_SPAN = 5
"""Fewest words of a relevance span that counts; shorter ones are mostly slips of the mouse (appendix D)."""

Span = tuple[int, int]
Pair = tuple[int, int]
"""The better and the worse of two answers, by their index."""


@dataclass(frozen=True)
class Label:
    """Whether `[start, end)` of a response, in code points, is an error, and how much the label weighs in training."""

    start: int
    end: int
    error: bool
    weight: float = 1.0


def relevance(record: Record, sub_sentences: Iterable[Span]) -> list[Label]:
    """One label for each sub-sentence of the first prediction: an error if a relevance span touches it."""
    spans = _relevance_spans(record)
    return [Label(start, end, _touched(spans, start, end)) for start, end in sub_sentences]


def factuality(record: Record, sentences: Iterable[Span]) -> list[Label]:
    """Labels of the first prediction's sentences: an error if a factuality span touches it.

    A sentence with a relevance error alone has no label: people were told not to check the facts of such.
    """
    wrong = [error for error in record.errors if error.kind in FACTUALITY_ERRORS]
    unchecked = _relevance_spans(record)
    labels = [Label(start, end, _touched(wrong, start, end)) for start, end in sentences]
    return [label for label in labels if label.error or not _touched(unchecked, label.start, label.end)]


def pairs(preferences: Iterable[int]) -> list[Pair]:
    """Better and worse prediction of each preference; ties are left out."""
    decided = zip(PAIRS, preferences, strict=True)
    return [pair if preference == 1 else pair[::-1] for pair, preference in decided if preference]


def _relevance_spans(record: Record) -> list[Error]:
    text = record.predictions[0]
    spans = [error for error in record.errors if error.kind in RELEVANCE_ERRORS]
    return [span for span in spans if len(text[span.start : span.end].split()) >= SHORTEST_SPAN]


def _touched(spans: Iterable[Error], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)
