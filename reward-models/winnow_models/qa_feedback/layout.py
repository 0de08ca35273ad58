"""Samples as rows of the encoder, laid out as the manifest says."""

from collections.abc import Callable, Sequence

from tokenizers import Tokenizer

from winnow_models import nearest
from winnow_models.nearest import Sentence
from winnow_models.qa_feedback.manifest import MANIFEST
from winnow_models.reference import Reference, Row

Rank = Callable[[Sequence[dict]], list[list[Sentence]]]
"""Ranks the sentences of each sample's context by nearness to its response."""


class Layout:
    """Turns samples into rows with one tokenizer."""

    def __init__(self, tokenizer: Tokenizer, rank: Rank = nearest.rank):
        self._reference = Reference(MANIFEST, tokenizer, run=lambda row: {})
        self._rank = rank

    def rows(self, samples: Sequence[dict]) -> list[Row]:
        """A row for each sample, in their order."""
        ranked = self._rank(samples)
        return [self._reference.lay_out(sample, "answer", each) for sample, each in zip(samples, ranked, strict=True)]
