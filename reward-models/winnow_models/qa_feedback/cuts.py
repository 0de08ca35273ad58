"""Sentences and sub-sentences of many texts, cut by the service in one call for each density."""

from collections.abc import Callable, Iterable, Sequence

from winnow_models.segments import Segments, segment


class Cuts:
    """The segments of every text that it was made with; asking for another is a `KeyError`."""

    def __init__(
        self, texts: Iterable[str], segment_all: Callable[[Sequence[str], str], list[Segments]] = segment
    ) -> None:
        distinct = list(dict.fromkeys(texts))
        self._sentences = dict(zip(distinct, segment_all(distinct, "SENTENCE"), strict=True))
        self._sub_sentences = dict(zip(distinct, segment_all(distinct, "SUB_SENTENCE"), strict=True))

    def sentences(self, text: str) -> Segments:
        return self._sentences[text]

    def sub_sentences(self, text: str) -> Segments:
        return self._sub_sentences[text]

    def sentence_texts(self, text: str) -> list[str]:
        return [text[start:end] for start, end in self._sentences[text]]
