"""Segments of a response. Segmentation has one implementation, the service's; this asks it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from winnow_models.launcher import LAUNCHER, over_samples


@dataclass(frozen=True)
class Segments:
    """Half-open spans `[starts[i], ends[i])` of one response, in code points."""

    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.starts, self.ends, strict=True)


def segment(texts: Sequence[str], density: str, launcher: Path = LAUNCHER) -> list[Segments]:
    """The segments of each text at a density (`TOKEN`, `SUB_SENTENCE` or `SENTENCE`), in the order of the texts."""
    rows = over_samples(["segment", "--density", density], [{"response": text} for text in texts], launcher)
    return [Segments(row["starts"], row["ends"]) for row in rows]
