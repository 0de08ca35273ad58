"""The sentences of a sample's context by nearness to its response. Ranking has one implementation, the service's."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from winnow_models.launcher import LAUNCHER, over_samples


@dataclass(frozen=True)
class Sentence:
    """Half-open span `[start, end)` of `context[passage]`, in code points; `rank` is None where `score` is 0."""

    passage: int
    start: int
    end: int
    score: float
    rank: int | None


def rank(samples: Sequence[dict], launcher: Path = LAUNCHER) -> list[list[Sentence]]:
    """Every sentence of each sample's `context`, nearest to its `response` first, in the order of the samples."""
    questions = [{"context": sample.get("context", []), "response": sample["response"]} for sample in samples]
    return [
        [Sentence(**sentence) for sentence in row["sentences"]]
        for row in over_samples(["nearest"], questions, launcher)
    ]
