"""The Toxic Spans posts (SemEval-2021 Task 5, CC0) and the score that the task defines for them."""

import ast
import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Post:
    """A post and the offsets, in code points, of the characters that annotators marked toxic."""

    text: str
    toxic: frozenset[int]

    def __post_init__(self):
        if self.toxic and not 0 <= min(self.toxic) <= max(self.toxic) < len(self.text):
            raise ValueError(
                f"toxic offsets {min(self.toxic)}..{max(self.toxic)} (expected: within 0..{len(self.text) - 1})"
            )


def read(file: Path) -> list[Post]:
    """Posts in the order of the file, whose columns are `spans` (a Python list of offsets) and `text`."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [Post(row["text"], frozenset(ast.literal_eval(row["spans"]))) for row in csv.DictReader(rows)]


def character_f1(predicted: frozenset[int], marked: frozenset[int]) -> float:
    """F1 of one post's characters: 1 where both sets are empty, 0 where one of them is."""
    if not predicted and not marked:
        return 1.0
    return 2 * len(predicted & marked) / (len(predicted) + len(marked))


def mean_character_f1(predicted: Iterable[frozenset[int]], posts: Iterable[Post]) -> float:
    """The task's score: character F1 averaged over posts."""
    scores = [character_f1(characters, post.toxic) for characters, post in zip(predicted, posts, strict=True)]
    return sum(scores) / len(scores)


def flagged_characters(text: str, starts: Iterable[int], ends: Iterable[int], flags: Iterable[bool]) -> frozenset[int]:
    """Characters of the flagged segments, and the white space that alone lies between two of them."""
    characters: set[int] = set()
    previous_end = None
    for start, end, flag in zip(starts, ends, flags, strict=True):
        if not flag:
            previous_end = None
            continue
        joined = previous_end is not None and not text[previous_end:start].strip()
        characters.update(range(previous_end if joined else start, end))
        previous_end = end
    return frozenset(characters)
