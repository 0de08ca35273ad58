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
    posts = []
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if not {"spans", "text"} <= set(rows.fieldnames or ()):
            raise ValueError(f"{file}: columns {rows.fieldnames} (expected: spans, text)")
        for number, row in enumerate(rows):
            try:
                posts.append(_post(row["spans"], row["text"]))
            except ValueError as fault:
                raise ValueError(f"{file}, record {number}: {fault}") from fault
    return posts


def _post(spans: str, text: str | None) -> Post:
    if text is None:
        raise ValueError("text None (expected: a text)")
    try:
        offsets = ast.literal_eval(spans)
    except (SyntaxError, ValueError):
        offsets = None
    if not isinstance(offsets, list) or not all(isinstance(offset, int) for offset in offsets):
        raise ValueError(f"spans {spans!r} (expected: a list of offsets, such as [3, 4])")
    return Post(text, frozenset(offsets))


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
